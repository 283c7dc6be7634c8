/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The explanation as a page to file: who and which period; for each line its sentences and its
 * operands; what it adds up to; the texts in full; the assumptions. Programs get the
 * same as flat tables.
 */
#include "defray/explanation.h"
#include "defray/status.h"

#include "document_parts.h"
#include "wording.h"

enum { W_LABEL = 28, W_VALUE = 72 };
#define FOR_READERS (FOR_PAGE | FOR_SHEET)

struct paper {
    const struct explaining *explaining;
    const struct explanation *explanation;
    enum language language;
};

struct one_line { /* context of a line's table */
    const struct paper *paper;
    const struct line_account *account;
};

static struct column
column(enum language language, const char *key, const char *title, int width)
{
    return (struct column){
        .key = key, .title = tr(language, title), .type = CELL_TEXT, .width = width};
}

static const struct column *
two_columns(struct arena *keep, enum language language, const char *first,
            const char *second)
{
    struct column *columns = NEW_ARRAY(keep, struct column, 2);
    columns[0] = column(language, "item", first, W_LABEL);
    columns[1] = column(language, "value", second, W_VALUE);
    return columns;
}

static void
put_pair(struct row_sink *sink, const char *label, const char *value, enum tone tone)
{
    struct cell cells[] = {cell_toned(cell_string(label), tone),
                           cell_toned(cell_string(value), tone)};
    sink->row(sink, cells);
}

static void
produce_head(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    const struct rules *rules = paper->explaining->batch->rules;
    const struct participant *member = paper->explanation->member;
    enum language language = paper->language;
    struct period shown = paper->explanation->shown;
    struct arena *keep = &scratch;
    put_pair(
        sink, tr(language, N_("Member")),
        arena_printf(keep, "%s (%.*s)", shown_name(keep, member), TEXT_ARG(member->id)),
        TONE_STRONG);
    put_pair(sink, tr(language, N_("Authority")), text_string(keep, rules->authority),
             TONE_PLAIN);
    put_pair(sink, tr(language, N_("Assembly")), text_string(keep, rules->assembly),
             TONE_PLAIN);
    if (!date_is_open(shown.from)) {
        put_pair(sink, tr(language, N_("Period")),
                 arena_printf(keep, tr(language, N_("%s to %s")),
                              worded_day(keep, language, shown.from),
                              worded_day(keep, language, shown.to)),
                 TONE_PLAIN);
    }
    put_pair(sink, tr(language, N_("Total due")),
             worded_euros(keep, language, paper->explanation->total), TONE_STRONG);
    if (paper->explanation->unpaid.cents > 0) {
        put_pair(sink, tr(language, N_("Of which not paid")),
                 arena_printf(keep,
                              tr(language, N_("%s: the scheme pays nothing on these "
                                              "days")),
                              worded_euros(keep, language, paper->explanation->unpaid)),
                 TONE_ALERT);
    }
    put_pair(sink, tr(language, N_("Legal status")),
             status_sentence(keep, language, rules, shown), TONE_PLAIN);
    if (!date_is_none(rules->known_on)) {
        put_pair(sink, tr(language, N_("Rules as known on")),
                 worded_day(keep, language, rules->known_on), TONE_PLAIN);
    }
}

static void
produce_own_operands(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct one_line *one = context;
    (void)scratch;
    for (size_t i = 0; i < one->account->operands.count; i++) {
        const struct operand *operand = &one->account->operands.items[i];
        put_pair(sink, operand->label, operand->value, TONE_PLAIN);
    }
}

static enum tone
tone_of(enum sentence_role role)
{
    switch (role) {
    case SENTENCE_RESULT: return TONE_STRONG;
    case SENTENCE_DOUBT: return TONE_QUIET;
    case SENTENCE_PLAIN:
    case SENTENCE_TEXT: break;
    }
    return TONE_PLAIN;
}

static void
add_line(struct arena *keep, const struct paper *paper, size_t index,
         struct tables *tables)
{
    const struct line_account *account = &paper->explanation->lines[index];
    struct one_line *one = NEW(keep, struct one_line);
    struct note *notes = NEW_ARRAY(keep, struct note, account->sentences.count + 1);
    *one = (struct one_line){paper, account};
    for (size_t i = 0; i < account->sentences.count; i++) {
        const struct sentence *sentence = &account->sentences.items[i];
        notes[i] = (struct note){tone_of(sentence->role), sentence->text};
    }
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = arena_printf(keep, "line_%zu", index + 1),
        .sheet = tr(paper->language, N_("Explanation")),
        .title = arena_printf(keep, "%zu. %s", index + 1, account->title),
        .before = notes,
        .before_count = account->sentences.count,
        .columns = two_columns(keep, paper->language, N_("Operand"), N_("Value")),
        .column_count = 2,
        .audience = FOR_READERS,
        .rows_known = true,
        .rows = account->operands.count,
        .produce = produce_own_operands,
        .context = one,
    };
}

/* --- what it adds up to, and on which texts --- */

static void
produce_recapitulation(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    (void)scratch;
    for (size_t i = 0; i < paper->explanation->count; i++) {
        const struct line_account *account = &paper->explanation->lines[i];
        struct cell cells[] = {
            cell_integer((int64_t)i + 1),
            cell_string(account->title),
            cell_worded(line_state_label(paper->language, account->line->state),
                        line_state_word(account->line->state)),
            cell_money(account->line->due),
        };
        sink->row(sink, cells);
    }
}

static void
produce_texts(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    const struct bases *texts = &paper->explanation->texts;
    (void)scratch;
    for (size_t i = 0; i < texts->count; i++) {
        const struct legal_source *source = texts->items[i]->source;
        struct cell cells[] = {
            cell_text(source->id),      cell_text(source->title),
            cell_date(source->date),    cell_text(texts->items[i]->article),
            cell_text(source->address),
        };
        sink->row(sink, cells);
    }
}

static void
produce_assumptions(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    const struct bases *list = &paper->explanation->assumptions;
    for (size_t i = 0; i < list->count; i++) {
        struct arena row = scratch;
        struct cell cells[] = {
            cell_text(list->items[i]->assumption),
            cell_string(worded_place(&row, paper->language, list->items[i]->where)),
        };
        sink->row(sink, cells);
    }
}

/* --- what programs read --- */

static void
produce_lines(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    for (size_t i = 0; i < paper->explanation->count; i++) {
        const struct line *line = paper->explanation->lines[i].line;
        const struct basis *basis = line->basis;
        struct arena row = scratch;
        struct cell cells[] = {
            cell_integer((int64_t)i + 1),
            cell_text(line->session_id),
            cell_date(line->date),
            cell_text(line->entitlement),
            cell_string(line_state_word(line->state)),
            cell_string(reason_word(line->reason)),
            cell_money(line->gross),
            cell_money(line->due),
            cell_text(basis != NULL && basis->source != NULL ? basis->source->id
                                                             : STR("")),
            cell_string(where_text(&row, line->where)),
        };
        sink->row(sink, cells);
    }
}

static void
produce_sentences(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    static const char *const roles[] = {
        [SENTENCE_PLAIN] = "fact",
        [SENTENCE_RESULT] = "result",
        [SENTENCE_TEXT] = "text",
        [SENTENCE_DOUBT] = "assumption",
    };
    (void)scratch;
    for (size_t i = 0; i < paper->explanation->count; i++) {
        const struct line_account *account = &paper->explanation->lines[i];
        for (size_t j = 0; j < account->sentences.count; j++) {
            const struct sentence *sentence = &account->sentences.items[j];
            struct cell cells[] = {cell_integer((int64_t)i + 1),
                                   cell_string(roles[sentence->role]),
                                   cell_string(sentence->text)};
            sink->row(sink, cells);
        }
    }
}

static void
produce_operands(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    (void)scratch;
    for (size_t i = 0; i < paper->explanation->count; i++) {
        const struct line_account *account = &paper->explanation->lines[i];
        for (size_t j = 0; j < account->operands.count; j++) {
            const struct operand *operand = &account->operands.items[j];
            struct cell cells[] = {cell_integer((int64_t)i + 1),
                                   cell_string(operand->key),
                                   cell_string(operand->value)};
            sink->row(sink, cells);
        }
    }
}

static const struct column lines_columns[] = {
    {.key = "line"},   {.key = "session"}, {.key = "date"},  {.key = "entitlement"},
    {.key = "state"},  {.key = "reason"},  {.key = "gross"}, {.key = "due"},
    {.key = "source"}, {.key = "at"},
};
static const struct column sentences_columns[] = {
    {.key = "line"}, {.key = "role"}, {.key = "text"}};
static const struct column operands_columns[] = {
    {.key = "line"}, {.key = "operand"}, {.key = "value"}};
static const struct column recapitulation_columns[] = {
    {"line",  N_("No."),       CELL_INTEGER, 6,  false, 0, 0},
    {"title", N_("Line"),      CELL_TEXT,    60, false, 0, 0},
    {"state", N_("State"),     CELL_TEXT,    16, false, 0, 0},
    {"due",   N_("Due (€)"), CELL_MONEY,   18, true,  0, 0},
};
static const struct column texts_columns[] = {
    {"id",      N_("Reference"), CELL_TEXT, 16, false, 0, 0},
    {"title",   N_("Text"),      CELL_TEXT, 46, false, 0, 0},
    {"date",    N_("Date"),      CELL_DATE, 12, false, 0, 0},
    {"article", N_("Article"),   CELL_TEXT, 16, false, 0, 0},
    {"address", N_("Address"),   CELL_TEXT, 40, false, 0, 0},
};
static const struct column assumptions_columns[] = {
    {"assumption", N_("Assumption to be confirmed"), CELL_TEXT, 60, false, 0, 0},
    {"at",         N_("Written at"),                 CELL_TEXT, 40, false, 0, 0},
};

struct chapter {
    const char *key, *sheet, *title;
    const struct column *columns;
    size_t column_count;
    unsigned audience;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
};

#define CHAPTER(key, sheet, title, audience)                                     \
    {                                                                            \
#key, sheet, title, key##_columns, ARRAY_COUNT(key##_columns), audience, \
            produce_##key                                                        \
    }
#define FOR_ALL (FOR_READERS | FOR_JSON)
static const struct chapter chapters[] = {
    CHAPTER(recapitulation, N_("Recapitulation"), N_("What it adds up to"), FOR_READERS),
    CHAPTER(lines, NULL, NULL, FOR_JSON),
    CHAPTER(sentences, NULL, NULL, FOR_JSON),
    CHAPTER(operands, NULL, NULL, FOR_JSON),
    CHAPTER(texts, N_("Texts"), N_("Texts cited"), FOR_ALL),
    CHAPTER(assumptions, N_("Assumptions"), N_("Assumptions relied on, to be confirmed"),
            FOR_ALL),
};
#undef CHAPTER

static void
add_chapter(struct arena *keep, const struct paper *paper, const struct chapter *chapter,
            struct tables *tables)
{
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = chapter->key,
        .sheet = chapter->sheet == NULL ? NULL : tr(paper->language, chapter->sheet),
        .title = chapter->title == NULL ? NULL : tr(paper->language, chapter->title),
        .columns = document_columns(keep, paper->language, chapter->columns,
                                    chapter->column_count),
        .column_count = chapter->column_count,
        .audience = chapter->audience,
        .produce = chapter->produce,
        .context = paper,
    };
}

static void
set_properties(struct arena *keep, const struct paper *paper, struct document *document)
{
    const struct explaining *explaining = paper->explaining;
    const struct explanation *explanation = paper->explanation;
    const struct property properties[] = {
        {"assembly",        cell_text(explaining->batch->rules->id),   NULL         },
        {"member",          cell_text(paper->explanation->member->id), NULL         },
        {"period.from",     cell_date(paper->explanation->shown.from), NULL         },
        {"period.to",       cell_date(paper->explanation->shown.to),   NULL         },
        {"totals.stipend",  cell_money(explanation->stipend),          "assumptions"},
        {"totals.expenses", cell_money(explanation->expenses),         "assumptions"},
        {"totals.total",    cell_money(explanation->total),            "assumptions"},
        {"totals.unpaid",   cell_money(explanation->unpaid),           "assumptions"},
        {"version",         cell_string(explaining->version),          "assumptions"},
    };
    document_set_properties(keep, document, properties, ARRAY_COUNT(properties));
}

struct document *
explanation_document(struct arena *keep, const struct explaining *explaining,
                     const struct explanation *explanation)
{
    struct paper *paper = NEW(keep, struct paper);
    *paper = (struct paper){explaining, explanation, explaining->language};
    const struct rules *rules = explaining->batch->rules;
    enum language language = paper->language;
    struct tables tables = {0};
    *ARRAY_PUSH(keep, &tables) = (struct table){
        .key = "head",
        .sheet = tr(language, N_("Explanation")),
        .title = tr(language, N_("Why this amount")),
        .columns = two_columns(keep, language, N_("Subject"), N_("Value")),
        .column_count = 2,
        .audience = FOR_READERS,
        .produce = produce_head,
        .context = paper,
    };
    for (size_t i = 0; i < explanation->count; i++) {
        add_line(keep, paper, i, &tables);
    }
    for (size_t i = 0; i < ARRAY_COUNT(chapters); i++) {
        add_chapter(keep, paper, &chapters[i], &tables);
    }
    struct document *document = NEW(keep, struct document);
    *document = (struct document){
        .schema = "defray.explanation/1",
        .title = tr(language, N_("Explanation of the amounts due")),
        .author = text_string(keep, rules->authority),
        .subject = text_string(keep, rules->assembly),
        .footer = arena_printf(keep, "%.*s, %.*s", TEXT_ARG(rules->authority),
                               TEXT_ARG(explanation->member->id)),
        .language = language,
        .dated = explanation->shown.to,
        .tables = tables.items,
        .table_count = tables.count,
    };
    set_properties(keep, paper, document);
    return document;
}
