/* SPDX-License-Identifier: Apache-2.0 */
/* Expense claims. Two claims alike in every column are one fact, reported. */
#ifndef DEFRAY_EXPENSES_H
#define DEFRAY_EXPENSES_H

#include "defray/attendance.h"

struct claim {
    uint32_t member;
    uint32_t same_as; /* index of the claim it repeats, or INDEX_NONE */
    struct date date;
    struct text session;  /* as given; may be empty */
    struct text category; /* as given */
    bool has_quantity, has_amount;
    struct ratio quantity; /* km, hours, nights, meals */
    struct money amount;   /* total of the receipt */
    bool receipt;
    struct text receipt_reference; /* may be empty */
    struct date claimed_on;        /* DATE_NONE */
    struct text note;
    struct text place, route, mode; /* of the trip, for the état de frais; may be empty */
    struct where where;
};

struct claims {
    struct claim *items; /* by (member, date, session, file in the order given, line) */
    size_t count;
    size_t *first; /* items of member m: first[m] to first[m + 1] */
};

struct claims *expenses_read(struct reading *reading, const struct input_list *files,
                             const struct roster *roster, const struct log *log);

#endif
