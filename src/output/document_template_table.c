/* SPDX-License-Identifier: Apache-2.0 */
/* The empty tables of the program, and the sheet that explains their columns. */
#include "defray/template_document.h"

#include "document_parts.h"

#include <string.h>

#define BLANK_ROWS 200

enum { G_COLUMN, G_OTHER, G_NEEDED, G_MEANING, G_VALUES, G_EXAMPLE, G_COUNT };

static const struct column guide_columns[G_COUNT] = {
    [G_COLUMN] = {"column",  N_("Column"),                CELL_TEXT, 19, false, 0, 0},
    [G_OTHER] = {"other",   N_("In the other language"), CELL_TEXT, 19, false, 0, 0},
    [G_NEEDED] = {"needed",  N_("Fill it in"),            CELL_TEXT, 30, false, 0, 0},
    [G_MEANING] = {"meaning", N_("What it is"),            CELL_TEXT, 46, false, 0, 0},
    [G_VALUES] = {"values",  N_("How it is written"),     CELL_TEXT, 40, false, 0, 0},
    [G_EXAMPLE] = {"example", N_("Example"),               CELL_TEXT, 26, false, 0, 0},
};

struct choices {
    const char **items;
    size_t count;
};

struct explaining {
    struct arena *keep;
    const struct rules *rules;
    enum language language;
    enum guided_table table;
    const struct guided_column *columns;
    size_t count;
};

static void
choose(struct choices *choices, const char *word)
{
    choices->items[choices->count++] = word;
}

/* The name of a category in the language: the rule file's other name, if there is one. */
static const char *
category_name(const struct explaining *e, const struct category *category)
{
    bool other = e->language == LANGUAGE_FR && category->also_count > 0;
    return text_string(e->keep, other ? category->also[0] : category->price.key);
}

static size_t
choices_most(const struct rules *rules)
{
    size_t most = rules->category_count + rules->stipend.means.method_count;
    return most + KIND_COUNT + STATUS_COUNT + COMPETENCE_COUNT;
}

/* The words to choose from; none where anything may be written. */
static struct choices
choices_of(const struct explaining *e, enum column_values values)
{
    const struct rules *rules = e->rules;
    const struct means_condition *means = &rules->stipend.means;
    enum language language = e->language;
    struct choices list = {NEW_ARRAY(e->keep, const char *, choices_most(rules)), 0};
    switch (values) {
    case VALUES_KIND:
        for (int i = KIND_NONE + 1; i < KIND_COUNT; i++) {
            choose(&list, kind_label(language, (enum kind)i));
        }
        break;
    case VALUES_STATUS:
        for (int i = STATUS_NONE + 1; i < STATUS_COUNT; i++) {
            choose(&list, status_label(language, (enum status)i));
        }
        break;
    case VALUES_COMPETENCE:
    case VALUES_YES:
        choose(&list, tr(language, N_("yes")));
        choose(&list, tr(language, N_("no")));
        if (values == VALUES_COMPETENCE) {
            choose(&list, tr(language, N_("advocacy")));
        }
        break;
    case VALUES_CATEGORY:
        for (size_t i = 0; i < rules->category_count; i++) {
            choose(&list, category_name(e, &rules->categories[i]));
        }
        break;
    case VALUES_MEASURE:
        if (means->required) {
            choose(&list, text_string(e->keep, means->measure));
        }
        break;
    case VALUES_METHOD:
        for (size_t i = 0; i < means->method_count; i++) {
            choose(&list, text_string(e->keep, means->methods[i]));
        }
        break;
    case VALUES_TEXT:
    case VALUES_DATE:
    case VALUES_MONTH:
    case VALUES_TIME:
    case VALUES_AMOUNT:
    case VALUES_NUMBER: break;
    }
    return list;
}

/* "oui, non", or the form of what is written. */
static const char *
written_as(const struct explaining *e, enum column_values values)
{
    struct choices list = choices_of(e, values);
    const char *all = "";
    for (size_t i = 0; i < list.count; i++) {
        all = arena_printf(e->keep, "%s%s%s", all, i == 0 ? "" : ", ", list.items[i]);
    }
    if (list.count > 0) {
        return arena_printf(e->keep, tr(e->language, N_("one of: %s")), all);
    }
    switch (values) {
    case VALUES_DATE: return tr(e->language, N_("a day, 07/03/2026 or 2026-03-07"));
    case VALUES_MONTH: return tr(e->language, N_("a month, 2026-03"));
    case VALUES_TIME: return tr(e->language, N_("a time of day, 09:00 or 9h"));
    case VALUES_AMOUNT: return tr(e->language, N_("an amount, 12.50 or 12,50"));
    case VALUES_NUMBER: return tr(e->language, N_("a number"));
    case VALUES_CATEGORY: return tr(e->language, N_("these rules reimburse no expense"));
    case VALUES_MEASURE:
    case VALUES_METHOD: return tr(e->language, N_("these rules have no means test"));
    case VALUES_TEXT:
    case VALUES_YES:
    case VALUES_STATUS:
    case VALUES_KIND:
    case VALUES_COMPETENCE: break;
    }
    return tr(e->language, N_("text"));
}

static const char *
example_of(const struct explaining *e, const struct guided_column *column)
{
    struct choices list = choices_of(e, column->values);
    if (column->example[0] != '\0' || list.count > 0) {
        return column->example[0] != '\0' ? column->example : list.items[0];
    }
    switch (column->values) {
    case VALUES_DATE: return e->language == LANGUAGE_FR ? "07/03/2026" : "2026-03-07";
    case VALUES_MONTH: return "2026-03";
    case VALUES_AMOUNT: return e->language == LANGUAGE_FR ? "12,50" : "12.50";
    case VALUES_TEXT:
    case VALUES_TIME:
    case VALUES_NUMBER:
    case VALUES_YES:
    case VALUES_STATUS:
    case VALUES_KIND:
    case VALUES_COMPETENCE:
    case VALUES_CATEGORY:
    case VALUES_MEASURE:
    case VALUES_METHOD: break;
    }
    return "";
}

static const char *
name_in(const struct guided_column *column, enum language language)
{
    return language == LANGUAGE_FR ? column->french : column->name;
}

static enum language
other_than(enum language language)
{
    return language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
}

static void
produce_guide(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct explaining *e = given;
    (void)scratch;
    for (size_t i = 0; i < e->count; i++) {
        const struct guided_column *column = &e->columns[i];
        const char *needed =
            column->needed[0] == '\0' ? N_("if you like") : column->needed;
        struct cell cells[G_COUNT] = {
            [G_COLUMN] = cell_toned(cell_string(name_in(column, e->language)),
                                    column->required ? TONE_STRONG : TONE_PLAIN),
            [G_OTHER] = cell_toned(cell_string(name_in(column, other_than(e->language))),
                                   TONE_QUIET),
            [G_NEEDED] = cell_string(tr(e->language, needed)),
            [G_MEANING] = cell_string(tr(e->language, column->meaning)),
            [G_VALUES] = cell_string(written_as(e, column->values)),
            [G_EXAMPLE] = cell_string(example_of(e, column)),
        };
        sink->row(sink, cells);
    }
}

static void
produce_nothing(const void *given, struct arena scratch, struct row_sink *sink)
{
    (void)given;
    (void)scratch;
    (void)sink;
}

static enum field_kind
kind_of_field(enum column_values values)
{
    switch (values) {
    case VALUES_DATE: return FIELD_DATE;
    case VALUES_AMOUNT: return FIELD_AMOUNT;
    case VALUES_NUMBER: return FIELD_NUMBER;
    case VALUES_TEXT:
    case VALUES_MONTH:
    case VALUES_TIME:
    case VALUES_YES:
    case VALUES_STATUS:
    case VALUES_KIND:
    case VALUES_COMPETENCE:
    case VALUES_CATEGORY:
    case VALUES_MEASURE:
    case VALUES_METHOD: break;
    }
    return FIELD_TEXT;
}

static const struct field *
field_of(const struct explaining *e, const struct guided_column *column)
{
    struct field *field = NEW(e->keep, struct field);
    struct choices list = choices_of(e, column->values);
    *field = (struct field){
        .kind = kind_of_field(column->values),
        .choices = list.items,
        .choice_count = list.count,
        .open = column->values == VALUES_CATEGORY,
        .prompt_title = name_in(column, e->language),
        .prompt = arena_printf(e->keep, "%s (%s)", tr(e->language, column->meaning),
                               written_as(e, column->values)),
    };
    return field;
}

static int
width_of(const struct guided_column *column, const char *title)
{
    int width = (int)strlen(title) + 4;
    int least = column->values == VALUES_KIND || column->values == VALUES_CATEGORY ? 22
                : strcmp(column->name, "iban") == 0                                ? 36
                                                                                   : 13;
    return width > least ? width : least;
}

static struct table
blank_table(const struct explaining *e)
{
    struct arena *keep = e->keep;
    struct form *form = NEW(keep, struct form);
    struct column *columns = NEW_ARRAY(keep, struct column, e->count);
    const struct field **fields = NEW_ARRAY(keep, const struct field *, e->count);
    for (size_t i = 0; i < e->count; i++) {
        const char *name = name_in(&e->columns[i], e->language);
        columns[i] = (struct column){.key = name,
                                     .title = name,
                                     .type = CELL_TEXT,
                                     .width = width_of(&e->columns[i], name)};
        fields[i] = field_of(e, &e->columns[i]);
    }
    *form = (struct form){
        .fields = fields,
        .counts = NEW_ARRAY(keep, const struct count *, e->count),
        .blank_rows = BLANK_ROWS,
    };
    return (struct table){
        .key = "table",
        .sheet = arena_printf(keep, "%s", guided_table_word(e->language, e->table)),
        .columns = columns,
        .column_count = e->count,
        .frozen_columns = 1,
        .audience = FOR_SHEET | FOR_CSV,
        .form = form,
        .produce = produce_nothing,
        .context = e,
    };
}

static struct table
guide_table(const struct explaining *e)
{
    struct table table =
        document_table(e->keep, e->language, guide_columns, ARRAY_COUNT(guide_columns));
    table.key = "guide";
    table.sheet = tr(e->language, N_("Guide"));
    table.title =
        arena_printf(e->keep, tr(e->language, N_("The columns of the table '%s'")),
                     guided_table_word(e->language, e->table));
    table.audience = FOR_SHEET;
    table.produce = produce_guide;
    table.context = e;
    return table;
}

const struct document *
table_template_document(struct arena *keep, const struct rules *rules,
                        enum guided_table table, enum language language)
{
    struct explaining *e = NEW(keep, struct explaining);
    struct table *tables = NEW_ARRAY(keep, struct table, 2);
    struct document *document = NEW(keep, struct document);
    *e = (struct explaining){keep, rules, language, table, NULL, 0};
    e->columns = column_guide(keep, table, &e->count);
    tables[0] = blank_table(e);
    tables[1] = guide_table(e);
    *document = (struct document){
        .schema = "defray.template/1",
        .public = table == GUIDED_SESSIONS, /* the others are filled with people */
        .form = true,
        .title = tables[0].sheet,
        .author = text_string(keep, rules->authority),
        .subject = text_string(keep, rules->assembly),
        .language = language,
        .dated = rules->life_count > 0 ? rules->lives[0].during.from : DATE_NONE,
        .tables = tables,
        .table_count = 2,
    };
    return document;
}
