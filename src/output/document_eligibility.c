/* SPDX-License-Identifier: Apache-2.0 */
/* The legal team's report: its sheets in order, and what they share. */
#include "eligibility_parts.h"

bool
eligibility_is_last(const struct eligibility_report *report, size_t stretch)
{
    const struct stretches *all = &report->stretches;
    return stretch + 1 == all->count ||
           all->items[stretch + 1].member != all->items[stretch].member;
}

struct assessment
eligibility_assess(struct arena *keep, const struct eligibility_report *report,
                   const struct stretch *stretch)
{
    if (report->means == NULL || stretch->participation == NULL) {
        return (struct assessment){.valid_until = DATE_NONE};
    }
    return means_test_at(keep, &report->rules->stipend.means, report->means,
                         stretch->member, stretch->during.to);
}

bool
eligibility_expires(const struct eligibility_report *report,
                    const struct assessment *assessment)
{
    enum verdict verdict = assessment->finding.verdict;
    struct date last = date_month_last(report->period.to);
    for (int i = 0; i < ELIGIBILITY_EXPIRY_MONTHS; i++) {
        last = date_month_last(date_add_days(last, 1));
    }
    return (verdict == VERDICT_ELIGIBLE || verdict == VERDICT_NOT_ELIGIBLE) &&
           date_compare(assessment->valid_until, last) <= 0;
}

const char *
eligibility_name(struct arena *keep, const struct eligibility_report *report,
                 uint32_t member)
{
    return shown_name(keep, &report->roster->items[member]);
}

struct eligibility_count
eligibility_count(const struct eligibility_report *report)
{
    struct eligibility_count count = {.members = report->roster->count};
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    for (size_t i = 0; i < report->stretches.count; i++) {
        const struct stretch *stretch = &report->stretches.items[i];
        if (!eligibility_is_last(report, i)) {
            continue;
        }
        struct arena one = scratch;
        struct assessment assessment = eligibility_assess(&one, report, stretch);
        enum condition decider = stretch_decider(stretch);
        bool failed = decider < CONDITION_COUNT &&
                      stretch->standings[decider].outcome == OUTCOME_FAILED;
        count.entitled += decider == CONDITION_COUNT;
        count.refused += failed;
        count.open += decider < CONDITION_COUNT && !failed;
        count.verdicts[stretch->finding.verdict]++;
        count.expiring += eligibility_expires(report, &assessment);
    }
    arena_release(scratch);
    return count;
}

struct table *
eligibility_add_table(struct arena *keep, const struct eligibility_report *report,
                      const struct eligibility_table *given, struct tables *tables)
{
    struct table table =
        document_table(keep, report->language, given->columns, given->column_count);
    table.key = given->key;
    table.sheet = tr(report->language, given->sheet);
    table.title = given->title == NULL ? NULL : tr(report->language, given->title);
    table.audience = FOR_SHEET | FOR_PAGE | FOR_JSON;
    table.produce = given->produce;
    table.context = report;
    *ARRAY_PUSH(keep, tables) = table;
    return &tables->items[tables->count - 1];
}

static void
set_properties(struct arena *keep, const struct eligibility_report *report,
               struct document *document)
{
    struct eligibility_count count = eligibility_count(report);
    const struct property properties[] = {
        {"assembly",            cell_text(report->rules->id),          NULL     },
        {"period.from",         cell_date(report->period.from),        NULL     },
        {"period.to",           cell_date(report->period.to),          NULL     },
        {"totals.members",      cell_integer((int64_t)count.members),  "members"},
        {"totals.entitled",     cell_integer((int64_t)count.entitled), "members"},
        {"totals.not_entitled", cell_integer((int64_t)count.refused),  "members"},
        {"totals.undetermined", cell_integer((int64_t)count.open),     "members"},
        {"version",             cell_string(report->version),          "files"  },
    };
    document_set_properties(keep, document, properties, ARRAY_COUNT(properties));
}

struct document *
eligibility_document(struct arena *keep, const struct eligibility_report *given)
{
    struct eligibility_report *report = NEW(keep, struct eligibility_report);
    *report = *given;
    const struct rules *rules = report->rules;
    enum language language = report->language;
    struct tables tables = {0};
    eligibility_add_members(keep, report, &tables);
    if (report->means != NULL) {
        eligibility_add_evidence(keep, report, &tables);
        eligibility_add_what_if(keep, report, &tables);
    }
    eligibility_add_texts(keep, report, &tables);

    const char *from = shown_date(keep, language, report->period.from);
    const char *to = shown_date(keep, language, report->period.to);
    struct document *document = NEW(keep, struct document);
    document->schema = "defray.eligibility/1";
    document->title = tr(language, N_("Eligibility report, confidential"));
    document->author = text_string(keep, rules->authority);
    document->subject = text_string(keep, rules->assembly);
    document->footer = arena_printf(
        keep, tr(language, N_("%.*s, %.*s, %s to %s, for the legal team only")),
        TEXT_ARG(rules->authority), TEXT_ARG(rules->assembly), from, to);
    document->language = language;
    document->confidential = true;
    document->dated = report->period.to;
    document->tables = tables.items;
    document->table_count = tables.count;
    set_properties(keep, report, document);
    return document;
}
