/* SPDX-License-Identifier: Apache-2.0 */
/* One member's days held against a ledger's, whose history is made by hand: a row a test. */
#ifndef DEFRAY_TEST_LOOKED_H
#define DEFRAY_TEST_LOOKED_H

#include "rules_probe.h"

#include <stdbool.h>
#include <stdint.h>

/* What is replaced in the rules of the probe, and by what. */
/* clang-format off */
#define SPAN      "from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; "
#define TARIFF    "per = \"session\"; kinds = [ \"plenary\" ];"
#define TARIFFS   "  tariffs = ("
#define EXCUSED   "  excused = {"
#define RECEIPT   "method = \"receipt\"; unit = \"claim\";"
#define CATEGORY  "receipt = { required"
#define LIMIT(of) "limits = ( { " SPAN of " } ); "
#define MONTHLY   "caps = ( { per = \"month\"; " LIMIT("amount = \"50.00\";") "} ); "
#define YEARLY    "caps = ( { per = \"year\"; " LIMIT("amount = \"50.00\";") "} ); "
/* of the year, up to 20 May and after it */
#define YEARLY_OF(first, then)                                                  \
    "caps = ( { per = \"year\"; limits = ( { from = \"2025-01-01\"; to = "       \
    "\"2025-05-20\"; source = \"D1\"; amount = \"" first "\"; }, { from = "     \
    "\"2025-05-21\"; to = \"2026-12-31\"; source = \"D1\"; amount = \"" then "\"; } ); } ); "
#define SOFT \
    "caps = ( { per = \"year\"; limit = \"soft\"; " LIMIT("amount = \"50.00\";") "} ); "
#define CAPPED_PLENARIES "per = \"session\"; kinds = [ \"plenary\" ]; " YEARLY
#define FLAT         "per = \"mandate\"; kinds = [ \"plenary\" ];"
#define LIFE_TO_2026 "to = \"2026-12-31\"; source = \"D1\"; } );\nstatus"
#define TWO_LIVES \
    "to = \"2025-12-31\"; source = \"D1\"; }, { from = \"2026-01-01\"; " LIFE_TO_2026
#define TEN_HOURS                                                                 \
    "per = \"hour\"; kinds = [ \"plenary\" ]; caps = ( { per = \"year\"; " LIMIT( \
        "quantity = \"10\";") "} );"
#define EVENINGS                                                               \
    TARIFFS " { per = \"session\"; kinds = [ \"evening\" ]; source = \"D1\"; " \
            "amounts = ( { " SPAN "amount = \"30.00\"; } ); }, "
#define NO_EVENING "\"half_day\", \"evening\","
#define NONE       "\"half_day\","
#define STATUSES   "statuses ="
#define KEEPS \
    "payment = { retroactive = ( { " SPAN "decrease = \"keep\"; } ); }; examples ="
#define CATEGORIES "  categories = (\n"
#define SUPPER                                                               \
    CATEGORIES "{ category = \"supper\"; label = { fr = \"R\"; en = \"S\"; }; " \
               "method = \"receipt\"; unit = \"claim\"; source = \"D1\"; "     \
               "receipt = { required = true; source = \"D1\"; }; },\n"
#define HOURS \
    "method = \"unit\"; unit = \"hour\"; rates = ( { " SPAN "amount = \"10.00\"; } );"
#define LOSS                                                                          \
    "method = \"unit\"; unit = \"hour\"; annexe = \"income_loss\"; rates = ( { " SPAN \
    "amount = \"10.00\"; } );"
#define SERIES  "[ \"smic\" ]"
#define SCALES  "[ \"smic\", \"state-mileage\" ]"

/* Rows of tables, and what a ledger has. */
#define S1_OF_MAY "A;S1;2025-05-17;plenary;P;\n"
#define S2_OF_MAY "A;S2;2025-05-24;plenary;P;\n"
#define OF_MAY_3 "A;S3;2025-05-03;plenary;P;\n"
#define TWO_HOURS(session, day) "A;" session ";" day ";plenary;P;2\n"
#define PARKED "A;2025-05-17;parking;"
#define WAS(what, on, of, sum) .component = what, .day = on, .session = of, .cents = sum
#define STIPEND(on, of, sum) {WAS("stipend", on, of, sum)}
#define PARKING(on, sum) {WAS("parking", on, "", sum)}
#define APRIL STIPEND("2025-04-12", "S0", 4000)
#define OF_B(what) {WAS(what, "2025-04-12", "S0", 4000), .other = "B"}
#define OF_A_RECEIPT(who) \
    {WAS("parking", "2025-04-12", "", 900), .receipt = "FACT-2211", .other = who}
#define ON_REQUEST "conditions = { on_request = { source = \"D1\"; }; };\n  statuses ="
#define BESIDE_EVENINGS TARIFF, FLAT, TARIFFS, EVENINGS, NO_EVENING, NONE
/* clang-format on */

struct looked_past { /* of a ledger */
    const char *component, *day, *session;
    int64_t cents;
    const char *receipt; /* NULL: none */
    const char *other;   /* not A: "B", or "" for somebody in no row of the table */
    bool old_rules;
};

struct looked {
    const char *edits[6];              /* of the rules: what is replaced, and by what */
    const char *attendance, *expenses; /* NULL: no such table */
    struct looked_past elsewhere[2], known[4];
    const char *period, *since; /* NULL: May 2025 */
    const char *km_before;      /* of A; NULL: not stated */
    const char *asked;          /* the day of A's request; NULL: not stated */
    const char *kept;           /* the first day of the ledger; NULL: not known */
    bool taken_back;            /* what is taken back (L032, L034) is told as well */
    const char *filed;          /* of what is looked for here; NULL: nothing */
    const char *says;           /* in one of them; NULL: nothing in particular */
};

/* The codes of what is looked for here that a run of the row files, and what they say. */
void looked_assert(const struct looked *row);

#endif
