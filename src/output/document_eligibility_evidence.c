/* SPDX-License-Identifier: Apache-2.0 */
/* The figure behind each verdict, its document and its month; and the edge of the test: one
 * cent below, on it, one cent above. */
#include "eligibility_parts.h"

static const struct column evidence_columns[] = {
    {"member",      N_("Id"),                  CELL_TEXT,  10, false, 0, 0},
    {"name",        N_("Name"),                CELL_TEXT,  24, false, 0, 0},
    {"from",        N_("From"),                CELL_DATE,  11, false, 0, 0},
    {"to",          N_("To"),                  CELL_DATE,  11, false, 0, 0},
    {"verdict",     N_("Verdict"),             CELL_TEXT,  16, false, 0, 0},
    {"figure",      N_("Figure (€)"),        CELL_MONEY, 13, false, 0, 0},
    {"operator",    N_("Test"),                CELL_TEXT,  10, false, 0, 0},
    {"threshold",   N_("Threshold (€)"),     CELL_MONEY, 13, false, 0, 0},
    {"method",      N_("Method"),              CELL_TEXT,  13, false, 0, 0},
    {"month",       N_("Month"),               CELL_TEXT,  9,  false, 0, 0},
    {"document",    N_("Document"),            CELL_TEXT,  24, false, 0, 0},
    {"checked_on",  N_("Checked on"),          CELL_DATE,  11, false, 0, 0},
    {"valid_until", N_("Recent enough until"), CELL_DATE,  12, false, 0, 0},
    {"left_aside",  N_("Not looked at"),       CELL_TEXT,  22, false, 0, 0},
    {"at",          N_("Read at"),             CELL_TEXT,  18, false, 0, 0},
};

static struct cell
operator_cell(enum language language, const struct means_condition *test)
{
    return test->inclusive ? cell_worded(tr(language, N_("at most")), "at_most")
                           : cell_worded(tr(language, N_("below")), "below");
}

static struct cell
verdict_cell(enum language language, enum verdict verdict)
{
    enum tone tone = verdict == VERDICT_UNDETERMINED ? TONE_ALERT : TONE_PLAIN;
    return cell_toned(
        cell_worded(verdict_label(language, verdict), verdict_word(verdict)), tone);
}

/* "tax_household 2026-01": figures that the test does not look at; and where the one it looks at is
 * too old, those of months that come too late: a certificate handed in since settles nothing before
 * its month. */
static const char *
left_aside(struct arena *keep, const struct eligibility_report *report, uint32_t member,
           const struct assessment *found)
{
    const struct means *means = report->means;
    const struct means_condition *test = &report->rules->stipend.means;
    const struct figure *old =
        found->finding.reason == REASON_FIGURE_TOO_OLD ? found->figure : NULL;
    const char *list = "";
    for (size_t i = means->first[member]; i < means->first[member + 1]; i++) {
        const struct figure *figure = &means->items[i];
        bool measured = text_folds_equal(*keep, figure->measure, test->measure);
        bool late = old != NULL && figure->month > old->month;
        if (!measured || late || !means_accepts(*keep, test, figure->method)) {
            list = arena_printf(keep, "%s%s%.*s %04d-%02d", list,
                                list[0] == '\0' ? "" : ", ",
                                TEXT_ARG(measured ? figure->method : figure->measure),
                                figure->month / 12, figure->month % 12 + 1);
        }
    }
    return list;
}

static void
put_evidence(struct arena *scratch, const struct eligibility_report *report,
             const struct stretch *stretch, struct row_sink *sink)
{
    enum language language = report->language;
    struct assessment found = eligibility_assess(scratch, report, stretch);
    const struct figure *figure = found.figure;
    const struct value *threshold = found.threshold;
    struct cell cells[] = {
        cell_text(report->roster->items[stretch->member].id),
        cell_string(eligibility_name(scratch, report, stretch->member)),
        cell_date(stretch->during.from),
        cell_date(stretch->during.to),
        verdict_cell(language, found.finding.verdict),
        figure == NULL ? cell_empty() : cell_money(figure->value),
        operator_cell(language, &report->rules->stipend.means),
        threshold == NULL ? cell_empty()
                          : cell_money(money_round(threshold->amount, ROUND_HALF_UP)),
        cell_text(found.finding.method),
        cell_text(found.finding.month),
        figure == NULL ? cell_empty() : cell_text(figure->document),
        figure == NULL ? cell_empty() : cell_date(figure->checked_on),
        cell_date(found.valid_until),
        cell_toned(cell_string(left_aside(scratch, report, stretch->member, &found)),
                   TONE_QUIET),
        figure == NULL ? cell_empty() : cell_string(where_text(scratch, figure->where)),
    };
    sink->row(sink, cells);
}

static void
produce_evidence(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    for (size_t i = 0; i < report->stretches.count; i++) {
        const struct stretch *stretch = &report->stretches.items[i];
        struct arena row = scratch;
        if (stretch->participation != NULL) {
            put_evidence(&row, report, stretch, sink);
        }
    }
}

static const struct column probe_columns[] = {
    {"from",      N_("From"),                CELL_DATE,  12, false, 0, 0},
    {"to",        N_("To"),                  CELL_DATE,  12, false, 0, 0},
    {"operator",  N_("Test"),                CELL_TEXT,  12, false, 0, 0},
    {"threshold", N_("Threshold (€)"),     CELL_MONEY, 14, false, 0, 0},
    {"position",  N_("Position"),            CELL_TEXT,  26, false, 0, 0},
    {"figure",    N_("Figure probed (€)"), CELL_MONEY, 16, false, 0, 0},
    {"verdict",   N_("Verdict"),             CELL_TEXT,  16, false, 0, 0},
    {"source",    N_("Text or assumption"),  CELL_TEXT,  40, false, 0, 0},
};

static void
put_probe(struct arena *scratch, const struct eligibility_report *report,
          const struct value *value, int cents, struct row_sink *sink)
{
    static const char *const positions[] = {N_("one cent below"), N_("on the threshold"),
                                            N_("one cent above")};
    static const char *const words[] = {"below", "on", "above"};
    enum language language = report->language;
    const struct means_condition *test = &report->rules->stipend.means;
    struct money threshold = money_round(value->amount, ROUND_HALF_UP);
    struct money probed = money_add(threshold, (struct money){cents});
    bool passes = means_pass(test, probed, value->amount);
    struct cell cells[] = {
        cell_date(value->during.from),
        cell_date(value->during.to),
        operator_cell(language, test),
        cell_money(threshold),
        cell_worded(tr(language, positions[cents + 1]), words[cents + 1]),
        cell_money(probed),
        verdict_cell(language, passes ? VERDICT_ELIGIBLE : VERDICT_NOT_ELIGIBLE),
        cell_string(basis_text(scratch, language, &value->basis)),
    };
    sink->row(sink, cells);
}

static void
produce_probes(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    const struct timeline *thresholds = &report->rules->stipend.means.threshold;
    for (size_t i = 0; i < thresholds->count; i++) {
        const struct value *value = &thresholds->items[i];
        bool used = period_overlaps(value->during, report->period);
        for (int cents = -1; cents <= 1 && used; cents++) {
            struct arena row = scratch;
            put_probe(&row, report, value, cents, sink);
        }
    }
}

static const char *
measure_text(struct arena *keep, const struct eligibility_report *report)
{
    const struct means_condition *test = &report->rules->stipend.means;
    const char *methods = "";
    for (size_t i = 0; i < test->method_count; i++) {
        methods = arena_printf(keep, "%s%s%.*s", methods, i == 0 ? "" : ", ",
                               TEXT_ARG(test->methods[i]));
    }
    return arena_printf(
        keep,
        tr(report->language,
           N_("Measure: %.*s, by these methods only: %s. A figure of a family "
              "benefit fund (caf, msa) and one of the tax household count "
              "different shares of the same income: they are two measures, and "
              "are never mixed.")),
        TEXT_ARG(test->measure), methods);
}

void
eligibility_add_evidence(struct arena *keep, const struct eligibility_report *report,
                         struct tables *tables)
{
    struct table *table = eligibility_add_table(
        keep, report,
        &(struct eligibility_table){"evidence", N_("Evidence"), NULL, evidence_columns,
                                    ARRAY_COUNT(evidence_columns), produce_evidence},
        tables);
    struct notes notes = {0};
    document_note(keep, &notes, TONE_PLAIN, measure_text(keep, report));
    table->before = notes.items;
    table->before_count = notes.count;
    table->filter = true;
    table->frozen_columns = 2;
    eligibility_add_table(keep, report,
                          &(struct eligibility_table){
                              "probes", N_("Edges"), N_("The edge of the means test"),
                              probe_columns, ARRAY_COUNT(probe_columns), produce_probes},
                          tables);
}
