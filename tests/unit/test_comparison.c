/* SPDX-License-Identifier: Apache-2.0 */
/* Whether decisions taken under one rule file answer what another asks. */
#include "defray/comparison.h"

#include "support/reckon.h"

#include <check.h>

#define TEST \
    "  conditions = { means_test = { measure = \"quotient_familial\"; source = \"D1\"; "
#define FROM(from, to, most) \
    "{ from = \"" from "\"; to = \"" to "\"; source = \"D1\"; at_most = \"" most "\"; }"
#define AT(most) "thresholds = ( " FROM("2025-01-01", "2026-12-31", most) " ); "
#define CAF      "methods = [ \"caf\" ]; "
#define CAF_MSA  "methods = [ \"caf\", \"msa\" ]; "
#define THEN_1200                                                            \
    "thresholds = ( " FROM("2025-01-01", "2025-06-30", "1000.00") ", " FROM( \
        "2025-07-01", "2026-12-31", "1200.00") " ); "
#define EXCUSED "  excused = {"
#define TO_JULY "2025-05-01..2025-07-31"

static const char nobody[] = "";
static const char caf[] = TEST CAF AT("1000.00") "}; };\n";
static const char caf_1200[] = TEST CAF AT("1200.00") "}; };\n";
static const char caf_then_1200[] = TEST CAF THEN_1200 "}; };\n";
static const char caf_msa[] = TEST CAF_MSA AT("1000.00") "}; };\n";

/* Whom nobody tests needs no verdict, and whoever was not tested has none; evidence that one takes
 * and the other does not changes who passes, whichever comes first; a threshold that changes after
 * the days paid does not. */
static const struct two_tests {
    const char *before, *after;
    const char *period;
    bool stand;
} rows[] = {
    {caf,     caf,           TO_JULY,   true },
    {caf,     caf_1200,      TO_JULY,   false},
    {caf,     nobody,        TO_JULY,   true },
    {nobody,  caf,           TO_JULY,   false},
    {nobody,  nobody,        TO_JULY,   true },
    {caf,     caf_msa,       TO_JULY,   false},
    {caf_msa, caf,           TO_JULY,   false},
    {caf_msa, caf_msa,       TO_JULY,   true },
    {caf,     caf_then_1200, TO_JULY,   false},
    {caf,     caf_then_1200, "2025-05", true },
    {caf,     caf_then_1200, "2025-07", false},
};

START_TEST(decisions_under_two_rule_files)
{
    const struct two_tests *row = &rows[_i];
    struct office office = {
        .members = "id;last_name;first_name;status\nA;Aubier;Lou;drawn\n",
        .attendance = "member;date;kind;attendance\nA;2025-05-17;plenary;P\n"
                      "A;2025-07-05;plenary;P\n",
        .period = row->period,
    };
    struct arena room = arena_reserve((size_t)1 << 20);
    const char *before = arena_printf(&room, "%s" EXCUSED, row->before);
    const char *after = arena_printf(&room, "%s" EXCUSED, row->after);
    struct reckoned town =
        reckon(probe_edit(&room, probe_rules, EXCUSED, before), &office);
    struct probe other = probe_edited(EXCUSED, after);
    probe_loaded(&other);
    ck_assert_int_eq(comparison_decisions_stand(room, &town.batch, other.rules),
                     row->stand);
    tables_end(town.tables);
}
END_TEST

Suite *test_comparison_suite(void);

Suite *
test_comparison_suite(void)
{
    Suite *suite = suite_create("comparison");
    TCase *cases = tcase_create("decisions");
    tcase_add_loop_test(cases, decisions_under_two_rule_files, 0, (int)ARRAY_COUNT(rows));
    suite_add_tcase(suite, cases);
    return suite;
}
