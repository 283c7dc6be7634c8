/* SPDX-License-Identifier: Apache-2.0 */
/* Each invariant has a row that breaks it. The row is appended with a valid link, as a faulty
 * program would: the chain is whole, and only the invariant can see it. */
#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct broken {
    const char *says; /* in the message */
    enum ledger_table table;
    const char *
        row; /* #1 a number, @person the first one, @+person the last, - nothing, x'…' bytes;
                after a | the next row */
};

#define ENTRY(what, row)       \
    {                          \
        what, TABLE_ENTRY, row \
    }
#define PAYMENT(what, row)       \
    {                            \
        what, TABLE_PAYMENT, row \
    }
#define EVENT(what, row)       \
    {                          \
        what, TABLE_EVENT, row \
    }
#define BY_ALICE " Alice - #0 - #0 - - -"
#define NOBODY   " - @ruleset e #0 - - - - - - -"
#define PLENARY  " stipend 2026-01-10 plenary "

static const struct broken rows[] = {
    ENTRY("at most one entry DUE",
          "#1 @person right DUE" PLENARY "#4000 #0 #0 new #0 #0"),
    ENTRY("stands below zero",
          "#1 @person right RAPPEL" PLENARY "#-9000 #0 #0 rate #0 #0"),
    ENTRY("exact opposite", "#1 @person right REVERSAL" PLENARY "#-1 #0 #0 x #0 @entry"),
    ENTRY("of a kind that is known", "#1 @person right GIFT" PLENARY "#1 #0 #0 x #0 #0"),
    ENTRY("of a kind that is known",
          "#1 @person right REVERSAL" PLENARY "#-1 #0 #0 x #0 #0"),
    ENTRY("of a kind that is known",
          "#1 @person recovery DUE" PLENARY "#1 #0 #0 x #0 #0"),
    ENTRY("by rules that are there", "#1 @person right DUE" PLENARY "#1 #0 #77 x #0 #0"),
    ENTRY("and not of nothing", "#1 @person right RAPPEL" PLENARY "#0 #0 #0 x #0 #0"),
    ENTRY("in the days that its batch",
          "#1 @person right DUE stipend 2026-05-11 x #1 #0 #0 x #0 #0"),
    ENTRY("told as late", "#1 @person right DUE stipend 2026-01-12 x #1 #0 #0 x #1 #0"),
    ENTRY("recovery is never below",
          "#0 @person collected COLLECTED - - - #5 #0 #0 x #0 #0"),
    ENTRY("a person and a batch", "#1 #77 right DUE s 2026-01-12 x #1 #0 #0 x #0 #0"),
    ENTRY("a person and a batch",
          "#77 @person right DUE s 2026-01-12 x #1 #0 #0 x #0 #0"),
    PAYMENT("at least one cent", "#1 #3 #0 #0 x'b x'p E"),
    PAYMENT("at most 10 000 000.00", "#1 #3 #0 #1000000001 x'b x'p E"),
    PAYMENT("numbered without a gap", "#1 #9 #0 #5 x'b x'p E"),
    PAYMENT("numbered without a gap", "#1 #1 #0 #5 x'b x'p E|#1 #3 #77 #5 x'b x'p F"),
    PAYMENT("that had been seen", "#1 #3 #0 #5 x'b x'p E"),
    PAYMENT("preparer had confirmed", "#1 #3 #0 #5 x'b x'p E"),
    PAYMENT("nobody was paid more", "#2 #1 @person #4000 x'b x'p E"),
    PAYMENT("sealed once", "#1 #3 #0 #5 x'b x'p E"),
    PAYMENT("is not what was sealed", "#1 #3 @+person #5 x'b x'p E"),
    EVENT("what they prepared", "#1 approve APPROVED" BY_ALICE),
    EVENT("without approval", "#1 export EXPORTED" BY_ALICE),
    EVENT("the fingerprint of a file", "#1 export EXPORTED" BY_ALICE),
    EVENT("not allowed in that state", "#1 sent SENT" BY_ALICE),
    EVENT("of a cancelled batch", "#1 cancel CANCELLED" BY_ALICE),
    {"that came back was sent", TABLE_ANSWER, "#1 @payment returned -"},
    {"had been closed",         TABLE_BATCH,
                                                              "#2 pay town0 t a en 2026-02-01 2026-02-28 2026-02-01" NOBODY    },
};

static int64_t
first_seq(struct ledger *ledger, const char *table)
{
    bool last = table[0] == '+';
    const char *sql = arena_printf(ledger->store.keep, "SELECT %s(seq) FROM %s",
                                   last ? "max" : "min", last ? table + 1 : table);
    return store_value(&ledger->store, store_statement(&ledger->store, sql));
}

static struct datum
parse_cell(struct ledger *ledger, struct text cell)
{
    struct arena *keep = ledger->store.keep;
    const char *string = text_string(keep, cell);
    switch (string[0]) {
    case '#': return datum_integer(strtoll(string + 1, NULL, 10));
    case '@': return datum_integer(first_seq(ledger, string + 1));
    case '-': return datum_text(STR(""));
    default: break;
    }
    if (strncmp(string, "x'", 2) == 0) {
        return datum_bytes(string + 2, strlen(string + 2));
    }
    return datum_text(cell);
}

static void
append_row(struct ledger *ledger, const struct broken *broken, struct text rest)
{
    struct datum cells[24];
    size_t count = 0;
    while (rest.size > 0) {
        size_t size = 0;
        while (size < rest.size && rest.data[size] != ' ') {
            size++;
        }
        cells[count++] = parse_cell(ledger, (struct text){rest.data, size});
        size += size < rest.size;
        rest = (struct text){rest.data + size, rest.size - size};
    }
    ck_assert_msg(chain_append(ledger, broken->table, cells, count) != 0, "%s",
                  broken->row);
}

static void
append(struct ledger *ledger, const struct broken *broken)
{
    const char *next = strchr(broken->row, '|');
    size_t size = next == NULL ? strlen(broken->row) : (size_t)(next - broken->row);
    append_row(ledger, broken, (struct text){broken->row, size});
    if (next != NULL) {
        append_row(ledger, broken, text_of(next + 1));
    }
}

START_TEST(each_is_broken_by_a_row)
{
    const struct broken *broken = &rows[_i];
    static const struct town town = {.members = 2, .rate = 4000, .present = {{true}}};
    bool found = false;
    bool edited = false;
    size_t count = 0;
    struct desk *desk = desk_open_prepared(town);
    struct ledger *ledger = desk->ledger;
    ck_assert(ledger_verify(ledger));
    ck_assert(ledger_begin(ledger));
    if (broken->table == TABLE_BATCH) {
        const struct datum closing[] = {datum_text(STR("town0")),
                                        datum_text(STR("2026-02-01")),
                                        datum_text(STR("2026-02-28"))};
        ck_assert(chain_append(ledger, TABLE_CLOSING, closing, ARRAY_COUNT(closing)) !=
                  0);
    }
    append(ledger, broken);
    ck_assert_msg(!ledger_verify(ledger), "nothing was said of '%s'", broken->says);
    const struct diagnostic *filed = diag_sorted(desk->diag, &count);
    for (size_t i = 0; i < count; i++) {
        /* A row that no act has written is told beside it where it names nobody known. */
        ck_assert(filed[i].code == CODE_G041 || filed[i].code == CODE_G040);
        found = found || strstr(filed[i].text, broken->says) != NULL;
        edited = edited || filed[i].code == CODE_G040;
    }
    ck_assert_msg(found, "'%s' did not speak; first: %s", broken->says, filed[0].text);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_INVARIANT);
    ledger_rollback(ledger);
    ck_assert(edited || chain_check(ledger)); /* after an edit nothing more is read */
    desk_drop(desk);
}
END_TEST

Suite *test_ledger_invariants_suite(void);

Suite *
test_ledger_invariants_suite(void)
{
    Suite *suite = suite_create("ledger_invariants");
    TCase *cases = tcase_create("ledger_invariants");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, each_is_broken_by_a_row, 0, (int)ARRAY_COUNT(rows));
    suite_add_tcase(suite, cases);
    return suite;
}
