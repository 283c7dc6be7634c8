/* SPDX-License-Identifier: Apache-2.0 */
/* A rule file as tables: one a block for people, one in all for programs. */
#include "defray/document_rows.h"
#include "defray/rules_document.h"
#include "defray/status.h"

#include "document_parts.h"

struct shown_rules {
    const struct rules *rules;
    enum language language;
    struct provisions all;
};

struct shown_section {
    const struct shown_rules *shown;
    enum section section;
};

static const struct column section_columns[] = {
    {"subject", N_("Subject"),  CELL_TEXT, 26, false, 0, 0},
    {"item",    N_("Point"),    CELL_TEXT, 26, false, 0, 0},
    {"value",   N_("Rule"),     CELL_TEXT, 44, false, 0, 0},
    {"days",    N_("Days"),     CELL_TEXT, 26, false, 0, 0},
    {"basis",   N_("Rests on"), CELL_TEXT, 30, false, 0, 0},
    {"note",    N_("Note"),     CELL_TEXT, 44, false, 0, 0},
};

static const struct column provision_columns[] = {
    {.key = "section"},    {.key = "subject"}, {.key = "item"},    {.key = "value"},
    {.key = "from"},       {.key = "to"},      {.key = "adopted"}, {.key = "retroactive"},
    {.key = "checked_on"}, {.key = "source"},  {.key = "article"}, {.key = "assumption"},
    {.key = "note"},
};

static const struct column source_columns[] = {
    {"id",      N_("Reference"), CELL_TEXT, 26, false, 0, 0},
    {"kind",    N_("Nature"),    CELL_TEXT, 26, false, 0, 0},
    {"title",   N_("Source"),    CELL_TEXT, 44, false, 0, 0},
    {"date",    N_("Date"),      CELL_DATE, 26, false, 0, 0},
    {"cited",   N_("Cited"),     CELL_TEXT, 30, false, 0, 0},
    {"address", N_("Address"),   CELL_TEXT, 44, false, 0, 0},
};

static const struct column assumption_columns[] = {
    {"at",         N_("Written at"),                 CELL_TEXT, 26,  false, 0, 0},
    {"assumption", N_("Assumption to be confirmed"), CELL_TEXT, 170, false, 0, 5},
};

static struct cell
text_or_nothing(const char *text)
{
    return text[0] == '\0' ? cell_empty() : cell_string(text);
}

static struct cell
stated(struct text text)
{
    return text.size == 0 ? cell_empty() : cell_text(text);
}

static void
put_section(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct shown_section *section = context;
    const struct shown_rules *shown = section->shown;
    enum language language = shown->language;
    for (size_t i = 0; i < shown->all.count; i++) {
        const struct provision *provision = &shown->all.items[i];
        if (provision->section != section->section) {
            continue;
        }
        struct arena row = scratch;
        const struct basis *basis = provision->basis;
        bool assumed = basis != NULL && basis->source == NULL;
        struct cell cells[] = {
            text_or_nothing(provision->subject),
            text_or_nothing(provision->item),
            cell_string(provision->value),
            text_or_nothing(provision_days(&row, language, provision)),
            cell_toned(text_or_nothing(basis_text(&row, language, basis)),
                       assumed ? TONE_QUIET : TONE_PLAIN),
            basis == NULL ? cell_empty() : stated(basis->note),
        };
        sink->row(sink, cells);
    }
}

static void
put_provisions(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct shown_rules *shown = context;
    (void)scratch;
    for (size_t i = 0; i < shown->all.count; i++) {
        const struct provision *provision = &shown->all.items[i];
        const struct basis *basis = provision->basis;
        bool sourced = basis != NULL && basis->source != NULL;
        struct cell cells[] = {
            cell_string(section_word(provision->section)),
            text_or_nothing(provision->subject_key),
            cell_string(provision->item_key),
            cell_string(provision->value),
            provision->dated ? cell_date(provision->during.from) : cell_empty(),
            provision->dated ? cell_date(provision->during.to) : cell_empty(),
            cell_date(provision->adopted),
            provision->retroactive ? cell_string("yes") : cell_empty(),
            cell_date(provision->checked_on),
            sourced ? cell_text(basis->source->id) : cell_empty(),
            basis == NULL ? cell_empty() : stated(basis->article),
            basis == NULL ? cell_empty() : stated(basis->assumption),
            basis == NULL ? cell_empty() : stated(basis->note),
        };
        sink->row(sink, cells);
    }
}

static void
put_sources(const struct legal_source *sources, size_t count, enum language language,
            struct row_sink *sink)
{
    for (size_t i = 0; i < count; i++) {
        const struct legal_source *source = &sources[i];
        const char *cited = source->cited ? N_("yes") : N_("no");
        struct cell cells[] = {
            cell_text(source->id),
            cell_text(text_of(source_kind_label(language, source->kind))),
            cell_text(source->title),
            cell_date(source->date),
            cell_worded(tr(language, cited), cited),
            stated(source->address),
        };
        cells[1].word = source->kind;
        sink->row(sink, cells);
    }
}

static void
put_own_sources(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct shown_rules *shown = context;
    (void)scratch;
    put_sources(shown->rules->sources, shown->rules->source_count, shown->language, sink);
}

static void
put_shared_sources(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct shown_rules *shown = context;
    (void)scratch;
    put_sources(shown->rules->shared_sources, shown->rules->shared_source_count,
                shown->language, sink);
}

static void
put_assumptions(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct shown_rules *shown = context;
    for (size_t i = 0; i < shown->rules->assumption_count; i++) {
        const struct basis *basis = shown->rules->assumptions[i];
        struct arena row = scratch;
        struct cell cells[] = {
            cell_string(where_name(&row, basis->where)),
            cell_toned(cell_text(basis->assumption), TONE_QUIET),
        };
        sink->row(sink, cells);
    }
}

static void
add_table(struct arena *keep, struct tables *tables, struct table table)
{
    if (table_rows(&table, *keep) > 0) {
        *ARRAY_PUSH(keep, tables) = table;
    }
}

static void
add_sections(struct arena *keep, const struct shown_rules *shown, struct tables *tables)
{
    enum language language = shown->language;
    size_t count = ARRAY_COUNT(section_columns);
    for (enum section section = SECTION_HEAD; section < SECTION_SOURCES; section++) {
        struct shown_section *context = NEW(keep, struct shown_section);
        *context = (struct shown_section){shown, section};
        add_table(keep, tables,
                  (struct table){
                      .key = section_word(section),
                      .sheet = tr(language, N_("Rules")),
                      .title = section_label(language, section),
                      .columns = document_columns(keep, language, section_columns, count),
                      .column_count = count,
                      .audience = FOR_SHEET | FOR_PAGE,
                      .produce = put_section,
                      .context = context,
                  });
    }
    add_table(keep, tables,
              (struct table){
                  .key = "provisions",
                  .columns = provision_columns,
                  .column_count = ARRAY_COUNT(provision_columns),
                  .audience = FOR_JSON | FOR_CSV,
                  .produce = put_provisions,
                  .context = shown,
              });
}

struct part {
    const char *key, *sheet, *title;
    const struct column *columns;
    size_t count;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
};

#define PART(key, sheet, title, columns, produce)                 \
    {                                                             \
        key, sheet, title, columns, ARRAY_COUNT(columns), produce \
    }
static const struct part parts[] = {
    PART("sources", N_("Sources"), N_("Sources"), source_columns, put_own_sources),
    PART("shared_sources", N_("Sources"), N_("Sources of the shared series"),
         source_columns, put_shared_sources),
    PART("assumptions", N_("Assumptions"), N_("Assumptions to be confirmed"),
         assumption_columns, put_assumptions),
};
#undef PART

static void
add_texts(struct arena *keep, const struct shown_rules *shown, struct tables *tables)
{
    enum language language = shown->language;
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        add_table(keep, tables,
                  (struct table){
                      .key = parts[i].key,
                      .sheet = tr(language, parts[i].sheet),
                      .title = tr(language, parts[i].title),
                      .columns = document_columns(keep, language, parts[i].columns,
                                                  parts[i].count),
                      .column_count = parts[i].count,
                      .audience = FOR_SHEET | FOR_PAGE | FOR_JSON,
                      .produce = parts[i].produce,
                      .context = shown,
                  });
    }
}

static void
set_properties(struct arena *keep, const struct rules *rules, const char *version,
               struct document *document)
{
    char hexadecimal[65] = "";
    digest_text(rules->file->digest, hexadecimal);
    const struct scheme_status *now = rules_status_now(rules);
    const char *state = now == NULL ? "" : scheme_state_word(now->state);
    struct cell sha256 = cell_string(arena_printf(keep, "%s", hexadecimal));
    const struct property properties[] = {
        {"assembly",     cell_text(rules->id),       NULL},
        {"as_known_on",  cell_date(rules->known_on), NULL},
        {"status",       text_or_nothing(state),     NULL},
        {"rules_sha256", sha256,                     NULL},
        {"version",      cell_string(version),       NULL},
    };
    document_set_properties(keep, document, properties, ARRAY_COUNT(properties));
    document->dated =
        date_is_none(rules->known_on) && now != NULL ? now->during.from : rules->known_on;
}

struct document *
rules_document(struct arena *keep, const struct rules *rules, enum language language,
               const char *version)
{
    struct document *document = NEW(keep, struct document);
    struct shown_rules *shown = NEW(keep, struct shown_rules);
    struct tables tables = {0};
    *shown =
        (struct shown_rules){rules, language, rules_provisions(keep, rules, language)};
    add_sections(keep, shown, &tables);
    add_texts(keep, shown, &tables);
    char day[DATE_TEXT_MAX];
    date_text(rules->known_on, day);
    *document = (struct document){
        .schema = "defray.rules-shown/1",
        .public = true,
        .title = tr(language, N_("The rules, with the texts they rest on")),
        .author = text_string(keep, rules->authority),
        .subject = text_string(keep, rules->assembly),
        .footer = arena_printf(
            keep, day[0] == '\0' ? "%.*s, %.*s%s%s" : "%.*s, %.*s, %s %s",
            TEXT_ARG(rules->authority), TEXT_ARG(rules->assembly),
            day[0] == '\0' ? "" : tr(language, N_("rules as known on")), day),
        .language = language,
        .tables = tables.items,
        .table_count = tables.count,
    };
    set_properties(keep, rules, version, document);
    return document;
}
