/* SPDX-License-Identifier: Apache-2.0 */
/* Methods side by side, and the same members under another threshold, operator, method or age
 * of evidence: how many verdicts would change, and whose. All on the last day of the period. */
#include "eligibility_parts.h"

#define METHODS_MAX 16

static const struct column method_columns[] = {
    {"method",       N_("Method"),                   CELL_TEXT,    18, false, 0, 0},
    {"accepted",     N_("Accepted"),                 CELL_TEXT,    12, false, 0, 0},
    {"members",      N_("Members with a figure"),    CELL_INTEGER, 14, false, 0, 0},
    {"rests",        N_("Verdicts that rest on it"), CELL_INTEGER, 14, false, 0, 0},
    {"eligible",     N_("Alone: eligible"),          CELL_INTEGER, 14, false, 0, 0},
    {"not_eligible", N_("Alone: not eligible"),      CELL_INTEGER, 14, false, 0, 0},
    {"undetermined", N_("Alone: undetermined"),      CELL_INTEGER, 14, false, 0, 0},
    {"changed",      N_("Verdicts changed"),         CELL_INTEGER, 14, false, 0, 0},
};

static const struct column what_if_columns[] = {
    {"what_if",      N_("If"),               CELL_TEXT,    44, false, 0, 0},
    {"eligible",     N_("Eligible"),         CELL_INTEGER, 14, false, 0, 0},
    {"not_eligible", N_("Not eligible"),     CELL_INTEGER, 14, false, 0, 0},
    {"undetermined", N_("Undetermined"),     CELL_INTEGER, 14, false, 0, 0},
    {"changed",      N_("Verdicts changed"), CELL_INTEGER, 14, false, 0, 0},
};

static const struct column change_columns[] = {
    {"what_if", N_("If"),   CELL_TEXT, 44, false, 0, 0},
    {"member",  N_("Id"),   CELL_TEXT, 14, false, 0, 0},
    {"name",    N_("Name"), CELL_TEXT, 28, false, 0, 2},
    {"now",     N_("Now"),  CELL_TEXT, 14, false, 0, 0},
    {"then",    N_("Then"), CELL_TEXT, 14, false, 0, 0},
};

static bool
is_member(const struct eligibility_report *report, uint32_t member)
{
    return participant_at(&report->roster->items[member], report->period.to) != NULL;
}

static enum verdict
verdict_under(struct arena scratch, const struct eligibility_report *report,
              const struct means_condition *test, uint32_t member)
{
    return means_test_at(&scratch, test, report->means, member, report->period.to)
        .finding.verdict;
}

struct tally {
    size_t verdicts[VERDICT_COUNT];
    size_t changed;
};

static struct tally
count_under(struct arena scratch, const struct eligibility_report *report,
            const struct means_condition *test)
{
    struct tally tally = {0};
    const struct means_condition *now = &report->rules->stipend.means;
    for (size_t i = 0; i < report->roster->count; i++) {
        uint32_t member = (uint32_t)i;
        if (is_member(report, member)) {
            enum verdict then = verdict_under(scratch, report, test, member);
            tally.verdicts[then]++;
            tally.changed += then != verdict_under(scratch, report, now, member);
        }
    }
    return tally;
}

/* Every method that the rules accept or a figure names, each once. */
static size_t
list_methods(struct arena scratch, const struct eligibility_report *report,
             struct text out[METHODS_MAX])
{
    const struct means_condition *test = &report->rules->stipend.means;
    const struct means *means = report->means;
    size_t count = 0;
    for (size_t i = 0; i < test->method_count + means->count; i++) {
        struct text method = i < test->method_count
                                 ? test->methods[i]
                                 : means->items[i - test->method_count].method;
        bool known = false;
        for (size_t j = 0; j < count; j++) {
            known = known || text_folds_equal(scratch, out[j], method);
        }
        if (!known && count < METHODS_MAX) {
            out[count++] = method;
        }
    }
    return count;
}

static bool
has_figure(struct arena scratch, const struct eligibility_report *report, uint32_t member,
           struct text method)
{
    const struct means *means = report->means;
    for (size_t i = means->first[member]; i < means->first[member + 1]; i++) {
        if (text_folds_equal(scratch, means->items[i].method, method)) {
            return true;
        }
    }
    return false;
}

static void
put_method(struct arena *scratch, const struct eligibility_report *report,
           struct text method, struct row_sink *sink)
{
    const struct means_condition *test = &report->rules->stipend.means;
    struct means_condition alone = *test;
    size_t having = 0;
    size_t rests = 0;
    alone.methods = &method;
    alone.method_count = 1;
    for (size_t i = 0; i < report->roster->count; i++) {
        uint32_t member = (uint32_t)i;
        if (is_member(report, member)) {
            struct assessment now =
                means_test_at(scratch, test, report->means, member, report->period.to);
            having += has_figure(*scratch, report, member, method);
            rests += now.figure != NULL &&
                     text_folds_equal(*scratch, now.figure->method, method);
        }
    }
    struct tally tally = count_under(*scratch, report, &alone);
    struct cell cells[] = {
        cell_text(method),
        means_accepts(*scratch, test, method)
            ? cell_worded(tr(report->language, N_("yes")), "yes")
            : cell_worded(tr(report->language, N_("no")), "no"),
        cell_integer((int64_t)having),
        cell_integer((int64_t)rests),
        cell_integer((int64_t)tally.verdicts[VERDICT_ELIGIBLE]),
        cell_integer((int64_t)tally.verdicts[VERDICT_NOT_ELIGIBLE]),
        cell_integer((int64_t)tally.verdicts[VERDICT_UNDETERMINED]),
        cell_integer((int64_t)tally.changed),
    };
    sink->row(sink, cells);
}

static void
produce_methods(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    struct text methods[METHODS_MAX];
    size_t count = list_methods(scratch, report, methods);
    for (size_t i = 0; i < count; i++) {
        struct arena row = scratch;
        put_method(&row, report, methods[i], sink);
    }
}

static void
put_what_if(struct arena scratch, const struct eligibility_report *report,
            struct cell says, const struct means_condition *test, struct row_sink *sink)
{
    struct tally tally = count_under(scratch, report, test);
    struct cell cells[] = {
        says,
        cell_integer((int64_t)tally.verdicts[VERDICT_ELIGIBLE]),
        cell_integer((int64_t)tally.verdicts[VERDICT_NOT_ELIGIBLE]),
        cell_integer((int64_t)tally.verdicts[VERDICT_UNDETERMINED]),
        cell_integer((int64_t)tally.changed),
    };
    sink->row(sink, cells);
}

static void
produce_what_ifs(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    put_what_if(scratch, report,
                cell_worded(tr(report->language, N_("the rules as they are")), "rules"),
                &report->rules->stipend.means, sink);
    for (size_t i = 0; i < report->what_if_count; i++) {
        const struct what_if *what_if = &report->what_ifs[i];
        put_what_if(scratch, report, cell_string(what_if->says), &what_if->test, sink);
    }
}

static void
produce_changes(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    enum language language = report->language;
    for (size_t i = 0; i < report->what_if_count; i++) {
        const struct what_if *what_if = &report->what_ifs[i];
        for (size_t m = 0; m < report->roster->count; m++) {
            uint32_t member = (uint32_t)m;
            struct arena row = scratch;
            enum verdict now =
                verdict_under(row, report, &report->rules->stipend.means, member);
            enum verdict then = verdict_under(row, report, &what_if->test, member);
            if (now == then || !is_member(report, member)) {
                continue;
            }
            struct cell cells[] = {
                cell_string(what_if->says),
                cell_text(report->roster->items[m].id),
                cell_string(eligibility_name(&row, report, member)),
                cell_worded(verdict_label(language, now), verdict_word(now)),
                cell_worded(verdict_label(language, then), verdict_word(then)),
            };
            sink->row(sink, cells);
        }
    }
}

/* A threshold, evidence or a mandate may have been otherwise before. */
static const char *
of_last_day(struct arena *keep, const struct eligibility_report *report)
{
    return arena_printf(
        keep,
        tr(report->language,
           N_("Of those who are members on %s, as things stand on that day; another day: "
              "--on.")),
        shown_date(keep, report->language, report->period.to));
}

void
eligibility_add_what_if(struct arena *keep, const struct eligibility_report *report,
                        struct tables *tables)
{
    const char *sheet = N_("What if");
    static const char *const titles[] = {
        N_("Each method alone"),
        N_("Another test"),
        N_("Whose verdict would change"),
    };
    const struct eligibility_table given[] = {
        {"methods",  sheet, titles[0], method_columns,  ARRAY_COUNT(method_columns),
         produce_methods },
        {"what_ifs", sheet, titles[1], what_if_columns, ARRAY_COUNT(what_if_columns),
         produce_what_ifs},
        {"changes",  sheet, titles[2], change_columns,  ARRAY_COUNT(change_columns),
         produce_changes },
    };
    for (size_t i = 0; i < ARRAY_COUNT(given); i++) {
        struct table *table = eligibility_add_table(keep, report, &given[i], tables);
        struct notes notes = {0};
        document_note(keep, &notes, TONE_PLAIN, of_last_day(keep, report));
        table->before = notes.items;
        table->before_count = notes.count;
    }
}
