/* SPDX-License-Identifier: Apache-2.0 */
/* The members of an assembly: one participant a person, one participation an
 * interval of membership. Intervals of one person never overlap. */
#ifndef DEFRAY_ROSTER_H
#define DEFRAY_ROSTER_H

#include "defray/iban.h"
#include "defray/intake.h"
#include "defray/map.h"
#include "defray/passed_over.h"

/* Of two faults the account number's is the one that is kept. */
enum bank_state { BANK_MISSING, BANK_WRONG, BANK_WRONG_BIC, BANK_WRONG_NAME, BANK_RIGHT };

struct bank {
    enum bank_state state;
    struct text iban; /* upper case, no spaces; as given if wrong */
};

/* What many tables do not state: it is kept apart from what all of them do. Each may be empty. */
struct particulars {
    struct text title;
    struct text body, seat;
    struct text bic;
    struct text holder; /* of the account; empty: the member */
    struct text guardian;
    struct text town, postcode, country;
    struct ratio km_before; /* 0 if empty; of which year, see kilometres.h */
    bool km_stated;         /* be it 0 */
};

struct participation {    /* one row of the table: 64 bytes */
    struct period during; /* open ends where the table is empty */
    enum status status;
    uint32_t horsepower; /* 0: not stated */
    struct bank bank;
    const struct particulars *particulars; /* see particulars_of(); NULL: none */
    struct where where;
};

/* 136 bytes, with the row that most have: of all that is in memory, members take the most after
 * the facts. */
struct participant {
    struct text id, last_name, first_name;
    struct date birth;          /* DATE_NONE if not stated */
    struct date requested_on;   /* the earliest; DATE_NONE: has not asked */
    struct participation *rows; /* by date */
    uint32_t row_count;
    uint32_t read;            /* how many rows were read before its own */
    struct participation own; /* the only row; if there are several, they lie elsewhere */
};

struct roster {
    struct participant *items; /* by id, bytewise */
    size_t count;
    struct map by_id; /* id -> index in items */
    uint32_t
        *seat_order;    /* indexes of participants who hold a seat, by (seat, id); one who
                           * held two seats comes once for each */
    struct text *seats; /* the seat of each of them */
    size_t seat_count;
    struct passed_over lost; /* rows: who is not found may be in one of them */
};

struct roster *roster_read(struct reading *reading, const struct input_list *files);
/* The index of a member, or INDEX_NONE. */
uint32_t roster_find(const struct roster *roster, struct text id);
/* The same, looked for at `last` and behind it first: tables mostly name members in order. */
uint32_t roster_find_near(const struct roster *roster, struct text id, uint32_t last);
/* The id most like a wrong one, for "did you mean". */
struct text roster_nearest(const struct roster *roster, struct arena scratch,
                           struct text id);
/* The participation that holds on the day, or NULL. */
const struct participation *participant_at(const struct participant *participant,
                                           struct date date);
/* The one whose bank details and guardian count for a payment of the period: the last
 * that holds in it, else the last before it, else the first. Never NULL. */
const struct participation *participant_in(const struct participant *participant,
                                           struct period period);

/* What the row states besides, also where it states nothing. */
const struct particulars *particulars_of(const struct participation *row);
/* Of the first row that has one; may be empty. */
struct text participant_title(const struct participant *participant);

/* An IBAN: upper-cases and strips spaces (also no-break), checks country, length and
 * mod 97. The result is kept in the arena, or is `given` itself; state BANK_MISSING for an
 * empty text. */
enum bank_state iban_parse(struct arena *keep, struct text given, struct text *iban);

#endif
