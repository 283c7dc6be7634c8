/* SPDX-License-Identifier: Apache-2.0 */
/* A row a verdict and the days it holds; the reason in words, as finance may read it. */
#include "defray/decisions_document.h"
#include "defray/reason.h"

#include "document_parts.h"

struct context {
    const struct rules *rules;
    const struct roster *roster;
    const struct decisions *decisions;
    enum language language;
};

static const struct column columns[] = {
    {"id",       N_("Id"),       CELL_TEXT, 12, false, 0, 0},
    {"rule",     N_("Rules"),    CELL_TEXT, 16, false, 0, 0},
    {"verdict",  N_("Verdict"),  CELL_TEXT, 14, false, 0, 0},
    {"from",     N_("From"),     CELL_DATE, 12, false, 0, 0},
    {"to",       N_("To"),       CELL_DATE, 12, false, 0, 0},
    {"method",   N_("Method"),   CELL_TEXT, 14, false, 0, 0},
    {"month",    N_("Month"),    CELL_TEXT, 10, false, 0, 0},
    {"document", N_("Document"), CELL_TEXT, 24, false, 0, 0},
    {"reason",   N_("Reason"),   CELL_TEXT, 48, false, 0, 0},
};

/* The phrase of the reason, if it is one of the program's words. */
static const char *
reason_of(struct arena *keep, enum language language, const struct decision *decision)
{
    for (int i = REASON_NONE + 1; i < REASON_COUNT; i++) {
        enum reason reason = (enum reason)i;
        if (text_equals(decision->reason, text_of(reason_word(reason)))) {
            return reason_phrase(language, reason);
        }
    }
    return text_string(keep, decision->reason);
}

static void
produce(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct context *context = given;
    for (size_t i = 0; i < context->decisions->count; i++) {
        const struct decision *decision = &context->decisions->items[i];
        struct arena row = scratch;
        struct cell cells[] = {
            cell_text(context->roster->items[decision->member].id),
            cell_text(context->rules->id),
            cell_string(verdict_word(decision->verdict)),
            cell_date(decision->during.from),
            cell_date(decision->during.to),
            cell_text(decision->method),
            cell_text(decision->month),
            cell_text(decision->document),
            cell_string(reason_of(&row, context->language, decision)),
        };
        sink->row(sink, cells);
    }
}

struct document *
decisions_document(struct arena *keep, const struct rules *rules,
                   const struct roster *roster, const struct decisions *decisions,
                   enum language language)
{
    struct context *context = NEW(keep, struct context);
    *context = (struct context){rules, roster, decisions, language};
    struct table *table = NEW(keep, struct table);
    *table = document_table(keep, language, columns, ARRAY_COUNT(columns));
    table->key = "decisions";
    table->sheet = tr(language, N_("Decisions"));
    table->audience = FOR_CSV;
    table->rows_known = true;
    table->rows = decisions->count;
    table->produce = produce;
    table->context = context;
    struct document *document = NEW(keep, struct document);
    *document = (struct document){
        .schema = "defray.decisions/1",
        .title = tr(language, N_("Decisions of the means test")),
        .author = text_string(keep, rules->authority),
        .subject = text_string(keep, rules->assembly),
        .language = language,
        .tables = table,
        .table_count = 1,
    };
    return document;
}
