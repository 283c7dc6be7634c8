/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger knows of other rules and assemblies: whether a batch rests on rules that give the
 * amounts of today's, whether it was of the same assembly, what others have paid for. */
#include "defray/ledger_view.h"

#include "../../src/ledger/same_rules.h"
#include "support/days.h"
#include "support/desk.h"
#include "support/filed.h"
#include "support/rules_probe.h"

#include <check.h>
#include <string.h>

Suite *test_ledger_rules_suite(void);

static const struct town one = {.members = 1, .rate = 4000, .present = {{true}}};

/* Keeps a rule file of that text in the ledger: the number of its rules. */
static int64_t
keep_rules(struct desk *desk, const char *text)
{
    struct digest fingerprint = digest_of(text, strlen(text));
    const struct datum ruleset[] = {
        datum_text(STR("town0")),
        datum_bytes(fingerprint.bytes, sizeof fingerprint.bytes),
    };
    int64_t number =
        chain_append(desk->ledger, TABLE_RULESET, ruleset, ARRAY_COUNT(ruleset));
    const struct datum file[] = {
        datum_integer(number),
        datum_text(STR("town.cfg")),
        datum_text(STR("x")),
        datum_text(text_of(text)),
    };
    ck_assert(chain_append(desk->ledger, TABLE_RULEFILE, file, ARRAY_COUNT(file)) != 0);
    return number;
}

static bool
is_same(struct same_rules *work, int64_t ruleset, const char *component, const char *date)
{
    struct right right = {text_of(component), day(date), STR("")};
    return same_rules_on(work, ruleset, &right);
}

/* 45.00 in 2025 and 40.00 from 2026 on, against 40.00 throughout: each year for itself. */
START_TEST(rules_are_the_same_where_they_pay_the_same)
{
    struct desk *desk = desk_open_prepared(one);
    struct batch *batch = desk_batch(desk, 0);
    const char *now = text_string(&desk->keep, batch->rules->file->bytes);
    ck_assert(ledger_begin(desk->ledger));
    int64_t other = keep_rules(
        desk, probe_edit(&desk->keep, now, "to = \"2026-12-31\"; amount = \"40.00\"",
                         "to = \"2025-12-31\"; amount = \"45.00\"; source = \"D1\"; }, "
                         "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = "
                         "\"40.00\""));
    int64_t torn = keep_rules(desk, "format = \"defray.rules/1\"; id = {");
    struct same_rules work = {.keep = &desk->keep,
                              .ledger = desk->ledger,
                              .rules = batch->rules,
                              .ruleset = 777};
    ck_assert(is_same(&work, 777, "stipend", "2025-06-14"));
    ck_assert(!is_same(&work, other, "stipend", "2025-06-14"));
    ck_assert(is_same(&work, other, "stipend", "2026-02-07"));
    ck_assert(!is_same(&work, other, "stipend", "2025-06-14"));
    ck_assert(is_same(&work, other, "meal", "2025-06-14")); /* neither pays any */
    /* By rules that are not there, or that cannot be read, nothing was paid that is paid now. */
    ck_assert(!is_same(&work, torn, "stipend", "2026-02-07"));
    ck_assert(!is_same(&work, 888, "stipend", "2026-02-07"));
    ck_assert(!is_same(&work, 0, "stipend", "2026-02-07"));
    ck_assert(
        !is_same(&work, 0, "stipend", "2024-06-15")); /* when nothing was paid yet */
    ck_assert_uint_eq(diag_errors(desk->diag), 0);
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* 45.00 in January, against 40.00 throughout: what bears on an amount of March is what its ceilings count with it. */
START_TEST(only_what_bears_on_a_day_counts)
{
#define SPAN(per)                                                   \
    "caps = ( { per = \"" per                                       \
    "\"; limits = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; " \
    "amount = \"100.00\"; source = \"D1\"; } ); } ); excused ="
    static const struct {
        const char *caps;
        bool january, march;
    } spans[] = {
        {NULL,            false, true },
        {SPAN("day"),     false, true },
        {SPAN("month"),   false, true },
        {SPAN("year"),    false, false},
        {SPAN("mandate"), false, false},
    };
    struct desk *desk = desk_open_prepared(one);
    struct batch *batch = desk_batch(desk, 0);
    const char *file = text_string(&desk->keep, batch->rules->file->bytes);
    ck_assert(ledger_begin(desk->ledger));
    for (size_t i = 0; i < ARRAY_COUNT(spans); i++) {
        const char *now = spans[i].caps == NULL
                              ? file
                              : probe_edit(&desk->keep, file, "excused =", spans[i].caps);
        int64_t other = keep_rules(
            desk,
            probe_edit(&desk->keep, now, "to = \"2026-12-31\"; amount = \"40.00\"",
                       "to = \"2026-01-31\"; amount = \"45.00\"; source = \"D1\"; }, "
                       "{ from = \"2026-02-01\"; to = \"2026-12-31\"; amount = "
                       "\"40.00\""));
        struct probe probe = probe_load(STR("town.cfg"), text_of(now));
        probe_loaded(&probe);
        struct same_rules work = {.keep = &desk->keep,
                                  .ledger = desk->ledger,
                                  .rules = probe.rules,
                                  .ruleset = 777};
        ck_assert(is_same(&work, other, "stipend", "2026-01-10") == spans[i].january);
        ck_assert(is_same(&work, other, "stipend", "2026-03-07") == spans[i].march);
        ck_assert_ptr_null(rules_before(&work, 777));
        ck_assert_ptr_null(rules_before(&work, 0));
        ck_assert_ptr_nonnull(rules_before(&work, other));
    }
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* 45.00 in 2025, against 40.00 throughout, and a ceiling of the mandate: what bears on a day of March 2026 begins with
 * the mandate of either file; where one knows of none on that day, with the year. */
START_TEST(what_bears_on_a_day_of_a_mandate)
{
#define FROM_2025 "{ from = \"2025-01-01\"; "
#define LIFE      "life = ( " FROM_2025 "to = \"2026-12-31\"; source = \"D1\"; } );"
#define TWO                                                           \
    "life = ( " FROM_2025 "to = \"2025-12-31\"; source = \"D1\"; }, " \
    "{ from = \"2026-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );"
#define FIRST "life = ( " FROM_2025 "to = \"2025-12-31\"; source = \"D1\"; } );"
    static const struct {
        const char *then, *now;
        bool same;
    } lives[] = {
        {LIFE,  LIFE,  false},
        {LIFE,  TWO,   false},
        {TWO,   LIFE,  false},
        {TWO,   TWO,   true },
        {FIRST, TWO,   true },
        {TWO,   FIRST, true },
    };
    struct desk *desk = desk_open_prepared(one);
    struct batch *batch = desk_batch(desk, 0);
    const char *file = text_string(&desk->keep, batch->rules->file->bytes);
    file = probe_edit(&desk->keep, file, "excused =", SPAN("mandate"));
    ck_assert(ledger_begin(desk->ledger));
    for (size_t i = 0; i < ARRAY_COUNT(lives); i++) {
        const char *then = probe_edit(
            &desk->keep, file, "to = \"2026-12-31\"; amount = \"40.00\"",
            "to = \"2025-12-31\"; amount = \"45.00\"; source = \"D1\"; }, "
            "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"40.00\"");
        then = probe_edit(&desk->keep, then, "due = \"40.00\"", "due = \"45.00\"");
        then = probe_edit(&desk->keep, then, LIFE, lives[i].then);
        int64_t other = keep_rules(desk, arena_printf(&desk->keep, "# %zu\n%s", i, then));
        struct probe probe = probe_load(
            STR("town.cfg"), text_of(probe_edit(&desk->keep, file, LIFE, lives[i].now)));
        probe_loaded(&probe);
        struct same_rules work = {.keep = &desk->keep,
                                  .ledger = desk->ledger,
                                  .rules = probe.rules,
                                  .ruleset = 777};
        ck_assert_ptr_nonnull(rules_before(&work, other));
        ck_assert(is_same(&work, other, "stipend", "2026-03-07") == lives[i].same);
    }
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* The name of the assembly and that of its authority: one that differs is another assembly. */
START_TEST(a_namesake_is_of_another_name_or_authority)
{
    static const struct {
        struct text assembly, authority;
        size_t told;
    } rows[] = {
        {{"A0", 2}, {"Ville", 5},   0},
        {{"B0", 2}, {"Ville", 5},   1},
        {{"A0", 2}, {"Village", 7}, 1},
        {{"B0", 2}, {"Village", 7}, 1},
    };
    struct desk *desk = desk_open_prepared(one);
    struct rules rules = *desk_batch(desk, 0)->rules;
    size_t told = 0;
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        rules.assembly = rows[i].assembly;
        rules.authority = rows[i].authority;
        ck_assert(ledger_tell_namesake(desk->ledger, &rules));
        told += rows[i].told;
        ck_assert_uint_eq(filed_with(desk->diag, CODE_G018), told);
    }
    desk_close(desk);
}
END_TEST

/* Of the receipts that another assembly has paid, those that claims of the run name are read. */
START_TEST(a_receipt_paid_beside)
{
    static const char *const paid[] = {"F-2026-17", "F-2026-18", ""};
    struct history history = {.since = day("2026-01-01")};
    struct desk *desk = desk_open_prepared(one);
    struct batch *batch = desk_batch(desk, 0);
    struct claim_words words = {.receipt_reference = STR("F-2026-18")};
    struct claim claim = {.date = day("2026-01-10"), .words = &words};
    struct claims claims = {.items = &claim, .count = 1};
    batch->claims = &claims;
    ck_assert(ledger_begin(desk->ledger));
    int64_t person = person_row(desk->ledger, STR("town9"), STR("X"));
    for (size_t i = 0; i < ARRAY_COUNT(paid); i++) {
        const struct datum entry[] = {
            datum_integer(1),
            datum_integer(person),
            datum_text(STR("right")),
            datum_text(STR("DUE")),
            datum_text(STR("meal")),
            datum_text(STR("2026-01-08")),
            datum_text(unit_of_claim(&desk->keep, STR("S1"), text_of(paid[i]))),
            datum_integer(1200),
            datum_integer(0),
            datum_integer(0),
            datum_text(STR("new")),
            datum_integer(0),
            datum_integer(0),
        };
        ck_assert(chain_append(desk->ledger, TABLE_ENTRY, entry, ARRAY_COUNT(entry)) !=
                  0);
    }
    read_elsewhere(&desk->keep, desk->ledger, batch, &history);
    ck_assert_uint_eq(history.beside_count, 1);
    ck_assert(text_equals(history.beside[0].assembly, STR("town9")));
    ck_assert(
        text_equals(history.beside[0].mark, unit_mark(&desk->keep, STR("F-2026-18"))));
    ck_assert_int_eq(date_compare(history.beside[0].day, day("2026-01-08")), 0);
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

Suite *
test_ledger_rules_suite(void)
{
    Suite *suite = suite_create("ledger_rules");
    TCase *cases = tcase_create("ledger_rules");
    tcase_add_test(cases, rules_are_the_same_where_they_pay_the_same);
    tcase_add_test(cases, only_what_bears_on_a_day_counts);
    tcase_add_test(cases, what_bears_on_a_day_of_a_mandate);
    tcase_add_test(cases, a_namesake_is_of_another_name_or_authority);
    tcase_add_test(cases, a_receipt_paid_beside);
    suite_add_tcase(suite, cases);
    return suite;
}
