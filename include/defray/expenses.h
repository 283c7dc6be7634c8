/* SPDX-License-Identifier: Apache-2.0 */
/* Expense claims. Two claims alike in every column are one fact, reported; so are two alike in all
 * but the session, if one names none and the day has one only. */
#ifndef DEFRAY_EXPENSES_H
#define DEFRAY_EXPENSES_H

#include "defray/attendance.h"

struct claim_words { /* what a claim says besides; each may be empty */
    struct text receipt_reference;
    struct text note;
    struct text place, route, mode; /* of the trip, for the état de frais */
};

struct claim {
    uint32_t member;
    uint32_t same_as; /* index of the claim it repeats, or INDEX_NONE */
    struct date date;
    struct date claimed_on;          /* DATE_NONE */
    struct text session;             /* as given; may be empty */
    struct text category;            /* as given */
    struct ratio quantity;           /* km, hours, nights, meals */
    struct money amount;             /* total of the receipt */
    const struct claim_words *words; /* see claim_words(); NULL: none */
    struct where where;
    bool has_quantity, has_amount;
    bool receipt;
};

struct claims {
    struct claim *items; /* by (member, date, session, what they say, file, line) */
    size_t count;
    size_t *first; /* items of member m: first[m] to first[m + 1] */
};

/* What the claim says besides, also where it says nothing. */
const struct claim_words *claim_words(const struct claim *claim);
/* Whether the reference is one that another claim would not have by chance: it has four letters
 * and digits or more, and a digit among them. "R1" only counts the receipts of a sheet. */
bool claim_names_receipt(const struct claim *claim);

struct claims *expenses_read(struct reading *reading, const struct input_list *files,
                             const struct roster *roster, const struct log *log);

#endif
