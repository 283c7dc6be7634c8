/* SPDX-License-Identifier: Apache-2.0 */
/* The month's document: its sheets in order. */
#include "payroll_parts.h"

struct document *
payroll_document(struct arena *keep, const struct payroll *given)
{
    struct payroll *payroll = NEW(keep, struct payroll);
    *payroll = *given;
    const struct rules *rules = payroll->batch->rules;
    enum language language = payroll->language;
    struct tables tables = {0};
    struct document *document = NEW(keep, struct document);

    payroll_add_statement(keep, payroll, &tables);
    payroll_add_pay(keep, payroll, &tables);
    payroll_add_detail(keep, payroll, &tables);
    payroll_add_expenses(keep, payroll, &tables);
    payroll_add_recap(keep, payroll, &tables);
    payroll_add_adjustments(keep, payroll, &tables);
    payroll_add_waiting(keep, payroll, &tables);
    payroll_add_control(keep, payroll, &tables);
    payroll_add_json(keep, payroll, &tables);

    const char *from = shown_date(keep, language, payroll->batch->period.from);
    const char *to = shown_date(keep, language, payroll->batch->period.to);
    document->schema = "defray.batch/1";
    document->title = tr(language, N_("Statement of stipends and expenses"));
    document->author = text_string(keep, rules->authority);
    document->subject = text_string(keep, rules->assembly);
    document->footer =
        arena_printf(keep, tr(language, N_("%.*s, %.*s, %s to %s")),
                     TEXT_ARG(rules->authority), TEXT_ARG(rules->assembly), from, to);
    document->language = language;
    document->dated = payroll->batch->period.to;
    document->tables = tables.items;
    document->table_count = tables.count;
    payroll_set_properties(keep, payroll, document);
    return document;
}
