/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tests/tables/liquidation.batch, which says at its top how it is written. */
#include "defray/means_test.h"
#include "defray/summary.h"

#include <check.h>
#include <stdio.h>

enum part {
    PART_MEMBERS,
    PART_SESSIONS,
    PART_ATTENDANCE,
    PART_EXPENSES,
    PART_MEANS,
    PART_LINES
};
#define PART_COUNT (PART_LINES + 1)

static const struct {
    const char *name;
    const char *file;
} parts[PART_COUNT] = {
    {"members",    "m.csv"},
    {"sessions",   "s.csv"},
    {"attendance", "a.csv"},
    {"expenses",   "e.csv"},
    {"means",      "q.csv"},
    {"lines",      ""     },
};

struct scenario {
    struct text says, rules, period;
    const char *parts[PART_COUNT]; /* NULL: not given */
    int columns;                   /* of the table being read; -1: none yet */
};

struct scenarios ARRAY_OF(struct scenario);

/* Rows are written without their trailing empty cells there; files have them all. */
static const char *
with_all_cells(struct arena *keep, struct scenario *scenario, struct text row)
{
    int cells = 0;
    for (size_t i = 0; i < row.size; i++) {
        cells += row.data[i] == ';';
    }
    scenario->columns = scenario->columns < 0 ? cells : scenario->columns;
    return arena_printf(keep, "%.*s%.*s\n", TEXT_ARG(row), scenario->columns - cells,
                        ";;;;;;;;;;;;");
}

static struct text
rest_after(struct text line, struct text start)
{
    return (struct text){line.data + start.size, line.size - start.size};
}

static void
take_line(struct arena *keep, struct scenario *scenario, int *part, struct text line)
{
    if (text_starts_with(line, STR("rules "))) {
        scenario->rules = rest_after(line, STR("rules "));
    } else if (text_starts_with(line, STR("period "))) {
        scenario->period = rest_after(line, STR("period "));
    } else if (text_starts_with(line, STR("-- "))) {
        *part = 0;
        while (*part < PART_COUNT &&
               !text_equals(rest_after(line, STR("-- ")), text_of(parts[*part].name))) {
            ++*part;
        }
        ck_assert_msg(*part < PART_COUNT, "no part '%.*s'", TEXT_ARG(line));
        scenario->parts[*part] = "";
        scenario->columns = -1;
    } else {
        const char *row = *part == PART_LINES
                              ? arena_printf(keep, "%.*s\n", TEXT_ARG(line))
                              : with_all_cells(keep, scenario, line);
        scenario->parts[*part] = arena_printf(keep, "%s%s", scenario->parts[*part], row);
    }
}

static struct scenarios
read_scenarios(struct arena *keep)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct input *input =
        input_read(keep, STR("tests/tables/liquidation.batch"), 1 << 20, false, diag);
    ck_assert_ptr_nonnull(input);
    struct scenarios scenarios = {0};
    int part = 0;
    for (size_t at = 0; at < input->bytes.size;) {
        struct text line = {input->bytes.data + at, 0};
        while (at < input->bytes.size && input->bytes.data[at] != '\n') {
            at++;
            line.size++;
        }
        at++;
        if (text_starts_with(line, STR("== "))) {
            *ARRAY_PUSH(keep, &scenarios) =
                (struct scenario){.says = rest_after(line, STR("== "))};
        } else if (line.size > 0 && line.data[0] != '#') {
            ck_assert_uint_gt(scenarios.count, 0);
            take_line(keep, &scenarios.items[scenarios.count - 1], &part, line);
        }
    }
    return scenarios;
}

static struct input_list
table(struct arena *keep, const struct scenario *scenario, enum part part)
{
    struct input_list list = {0};
    if (scenario->parts[part] != NULL) {
        *ARRAY_PUSH(keep, &list) =
            input_of(keep, text_of(parts[part].file), text_of(scenario->parts[part]));
    }
    return list;
}

static void
read_batch(struct arena *keep, const struct scenario *scenario, struct diag *diag,
           struct batch *batch)
{
    static const struct text folders[] = {
        {"rules",              5 },
        {"tests/tables/rules", 18}
    };
    const struct rules *rules = rules_load(keep, scenario->rules, folders, 2, diag);
    struct reading reading = {.keep = keep, .rules = rules, .diag = diag};
    struct input_list members = table(keep, scenario, PART_MEMBERS);
    struct input_list sessions = table(keep, scenario, PART_SESSIONS);
    struct input_list attendance = table(keep, scenario, PART_ATTENDANCE);
    struct input_list expenses = table(keep, scenario, PART_EXPENSES);
    struct input_list means = table(keep, scenario, PART_MEANS);
    ck_assert_ptr_nonnull(rules);
    ck_assert(period_parse(scenario->period, &batch->period));
    struct roster *roster = roster_read(&reading, &members);
    struct calendar *calendar = calendar_read(&reading, &sessions);
    struct log *log = attendance_read(&reading, &attendance, roster, calendar);
    batch->rules = rules;
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = log;
    batch->claims = expenses_read(&reading, &expenses, roster, log);
    batch->decisions = batch_decide(keep, batch, means_read(&reading, &means, roster));
}

static void
judge(struct arena *keep, const struct scenario *scenario)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct batch batch = {0};
    read_batch(keep, scenario, diag, &batch);
    if (diag_errors(diag) > 0) {
        diag_print(diag, stderr, (struct diag_style){.quiet = true});
        ck_abort_msg("%.*s: the tables are refused", TEXT_ARG(scenario->says));
    }
    const char *got = "";
    for (uint32_t member = 0; member < batch.roster->count; member++) {
        struct member_result result = liquidate_member(keep, &batch, member);
        for (size_t i = 0; i < result.count; i++) {
            const struct line *line = &result.lines[i];
            const char *reason = reason_word(line->reason);
            char due[MONEY_TEXT_MAX];
            got =
                arena_printf(keep, "%s%s %s %s%s%s\n", got, where_text(keep, line->where),
                             line_state_word(line->state), money_text(line->due, due),
                             reason[0] == '\0' ? "" : " ", reason);
        }
    }
    const char *expected = scenario->parts[PART_LINES];
    ck_assert_msg(expected != NULL && text_equals(text_of(got), text_of(expected)),
                  "%.*s:\nexpected\n%sgot\n%s", TEXT_ARG(scenario->says), expected, got);
    ck_assert(batch_summarise(keep, &batch, NULL, NULL)->holds);
}

START_TEST(every_batch_gives_its_lines)
{
    struct arena keep = arena_reserve(ARENA_KEEP_BYTES);
    struct scenarios scenarios = read_scenarios(&keep);
    ck_assert_uint_ge(scenarios.count, 28);
    for (size_t i = 0; i < scenarios.count; i++) {
        struct arena scratch = keep;
        judge(&scratch, &scenarios.items[i]);
    }
    arena_release(keep);
}
END_TEST

Suite *test_liquidation_suite(void);

Suite *
test_liquidation_suite(void)
{
    Suite *suite = suite_create("liquidation");
    TCase *tcase = tcase_create("batches");
    tcase_add_test(tcase, every_batch_gives_its_lines);
    suite_add_tcase(suite, tcase);
    return suite;
}
