/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of the means test. No message shows anything of a row. */
#include "defray/means.h"

#include "defray/discretion.h"

#include "columns.h"
#include "names.h"
#include "wording.h"

#define ROW_BYTES 256 /* scratch for a byte of a table */
#define ROW_LEAST 8   /* bytes that a row takes */

#define FIGURES_MANY \
    1000 /* of one member: a document with a number may show one of so many */

enum {
    ID,
    MEASURE,
    VALUE,
    METHOD,
    MONTH,
    CHECKED_ON,
    DOCUMENT,
    LAST_NAME, /* from here on no column that the form has: names, as a proof beside keys */
    FIRST_NAME,
    FULL_NAME,
    COLUMN_COUNT
};

static const struct column columns[COLUMN_COUNT] = {
    [ID] = {"id",         "identifiant|matricule|member|membre|n°|numero", true },
    [MEASURE] = {"measure",    "mesure",                                         true },
    [VALUE] = {"value",      "valeur",                                         true },
    [METHOD] = {"method",     "methode",                                        true },
    [MONTH] = {"month",      "mois",                                           true },
    [CHECKED_ON] = {"checked_on", "verifie_le",                                     false},
    [DOCUMENT] = {"document",   "piece",                                          false},
    [LAST_NAME] = NAME_COLUMN_LAST,
    [FIRST_NAME] = NAME_COLUMN_FIRST,
    [FULL_NAME] = NAME_COLUMN_FULL,
};

struct figuring {
    const struct roster *roster;
    struct names *names;
    bool named; /* the table has names beside the keys */
};

struct synonym {
    const char *fold;
    struct text word;
};

static const struct synonym measures[] = {
    {"quotientfamilial", {"quotient_familial", 17}},
    {"qf",               {"quotient_familial", 17}},
};

static bool
find_synonym(struct text fold, const struct synonym *list, size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equals(fold, text_of(list[i].fold))) {
            *out = list[i].word;
            return true;
        }
    }
    return false;
}

/* The word of the rules that the cell means, if it is one of them. */
static bool
find_word(const struct table *table, struct text given, const struct text *words,
          size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (text_folds_equal(table->scratch, given, words[i])) {
            *out = words[i];
            return true;
        }
    }
    return false;
}

static bool
read_method(const struct table *table, struct text *out)
{
    struct cell cell = table_cell(table, METHOD);
    const struct rules *rules = table->reading->rules;
    if (!field_required(&cell)) {
        return false;
    }
    if (rules != NULL && find_word(table, cell.text, rules->stipend.means.methods,
                                   rules->stipend.means.method_count, out)) {
        return true;
    }
    return evidence_method_parse(table->scratch, cell.text, out) ||
           diag_error(cell_diag(&cell), cell_where(&cell), CODE_N005,
                      "the method is not known (caf, msa, tax_household)");
}

static bool
read_measure(const struct table *table, struct text *out)
{
    struct cell cell = table_cell(table, MEASURE);
    const struct rules *rules = table->reading->rules;
    struct arena scratch = table->scratch;
    if (!field_required(&cell)) {
        return false;
    }
    *out = cell.text;
    find_synonym(text_fold(&scratch, cell.text), measures, ARRAY_COUNT(measures), out);
    if (rules == NULL || !rules->stipend.means.required) {
        return true;
    }
    struct text tested = rules->stipend.means.measure;
    if (text_folds_equal(scratch, *out, tested)) {
        *out = tested;
        return true;
    }
    diag_warning(cell_diag(&cell), cell_where(&cell), CODE_N004,
                 "the rules test '%.*s', which is not the measure of this row",
                 TEXT_ARG(tested));
    return true;
}

static void
tell_withheld(struct diag *diag, struct where where)
{
    diag_warning(diag, where, CODE_N006,
                 "the document's name shows a figure, and is left out of decisions");
}

/* A row without a figure is no figure: it is told, and the person stays without
 * evidence. */
static bool
read_row(void *context, const struct table *table, void *out)
{
    const struct figuring *f = context;
    struct figure figure = {.where = table_row(table)};
    struct cell id = table_cell(table, ID);
    struct cell value = table_cell(table, VALUE);
    struct cell month = table_cell(table, MONTH);
    struct cell checked_on = table_cell(table, CHECKED_ON);
    bool stated = false;
    struct cell document = table_cell(table, DOCUMENT);
    figure.document = document.text;
    bool sound = cell_member(&id, f->roster, &figure.member);
    if (sound && f->named) {
        struct row_name name = names_of_row(table, LAST_NAME);
        sound = names_agree(f->names, table->scratch, &name, figure.member);
    }
    sound = field_amount(&value, &stated, &figure.value) && sound;
    if (!stated) {
        diag_warning(cell_diag(&value), cell_where(&value), CODE_N003,
                     "the row has no figure, and is left out");
        return false;
    }
    sound = read_measure(table, &figure.measure) && sound;
    sound = read_method(table, &figure.method) && sound;
    sound = field_required(&month) && field_month(&month, &figure.month) && sound;
    sound = field_date(&checked_on, &figure.checked_on) && sound;
    if (sound && !date_is_none(figure.checked_on) &&
        figure.month > date_month_index(figure.checked_on)) {
        diag_warning(cell_diag(&month), cell_where(&month), CODE_N007,
                     "the month of the figure is after the day on which it was checked");
    }
    if (sound && discretion_shows(document.text, figure.value)) {
        tell_withheld(cell_diag(&document), cell_where(&document));
    } else {
        figure.reference = document.text;
    }
    *(struct figure *)out = figure;
    return sound;
}

static int
compare_figures(const void *context, uint32_t a, uint32_t b)
{
    const struct figure *left = &((const struct figure *)context)[a];
    const struct figure *right = &((const struct figure *)context)[b];
    int order = compare_numbers(left->member, right->member);
    if (order == 0) {
        order = compare_numbers(left->month, right->month);
    }
    if (order == 0) {
        order = date_compare(left->checked_on, right->checked_on);
    }
    return order != 0 ? order : compare_numbers(a, b);
}

struct comparing {
    const struct figure *figures;
    const struct means_condition *test; /* NULL where the rules test no means */
};

/* Whether the test looks at the figure: others contradict nobody. */
static bool
is_looked_at(const struct means_condition *test, const struct figure *figure)
{
    for (size_t i = 0; test != NULL && i < test->method_count; i++) {
        if (text_equals(figure->method, test->methods[i])) {
            return text_equals(figure->measure, test->measure);
        }
    }
    return test == NULL;
}

static int
first_order(const int *orders, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

/* What holds one value, unless the days on which it was checked put several in order: by whichever
 * of the accepted methods. */
static int
compare_keys(const struct means_condition *test, const struct figure *a,
             const struct figure *b)
{
    bool any_method = test != NULL && is_looked_at(test, a) && is_looked_at(test, b);
    const int orders[] = {
        compare_numbers(a->member, b->member),
        compare_numbers(is_looked_at(test, a), is_looked_at(test, b)),
        text_compare(a->measure, b->measure),
        any_method ? 0 : text_compare(a->method, b->method),
        compare_numbers(a->month, b->month),
    };
    return first_order(orders, ARRAY_COUNT(orders));
}

static int
compare_all(const void *context, uint32_t a, uint32_t b)
{
    const struct comparing *comparing = context;
    const struct figure *left = &comparing->figures[a];
    const struct figure *right = &comparing->figures[b];
    const int orders[] = {
        compare_keys(comparing->test, left, right),
        date_compare(left->checked_on, right->checked_on),
        text_compare(left->method, right->method),
        text_compare(left->document, right->document),
        compare_numbers(a, b),
    };
    return first_order(orders, ARRAY_COUNT(orders));
}

/* Whether two rows of one key agree, or the later check replaces the earlier one. A
 * row without the day of its check comes first, and is in no order. */
static bool
rows_agree(struct reading *reading, const struct comparing *comparing,
           const struct figure *first, const struct figure *figure)
{
    bool ordered = !date_is_none(first->checked_on) &&
                   date_compare(first->checked_on, figure->checked_on) != 0;
    if (ordered || money_compare(first->value, figure->value) == 0 ||
        !is_looked_at(comparing->test, figure)) {
        return true;
    }
    bool read_later = figure > first;
    diag_error(reading->diag, (read_later ? figure : first)->where, CODE_N002,
               "two rows give one member two figures for the same month");
    diag_other_place(reading->diag, (read_later ? first : figure)->where);
    return false;
}

/* Of rows alike the first stands and the others are dropped; rows that contradict each
 * other are an error. */
static void
compare_rows(struct reading *reading, struct arena scratch, const struct rows *rows,
             bool *dropped)
{
    const struct rules *rules = reading->rules;
    bool tests = rules != NULL && rules->stipend.means.required;
    const struct figure *figures = rows->items;
    const struct comparing comparing = {figures, tests ? &rules->stipend.means : NULL};
    const uint32_t *order =
        sorted_indexes(&scratch, rows->count, (struct order){compare_all, &comparing});
    const struct figure *first = NULL;
    for (size_t i = 0; i < rows->count; i++) {
        const struct figure *figure = &figures[order[i]];
        if (first == NULL || compare_keys(comparing.test, first, figure) != 0) {
            first = figure;
            continue;
        }
        if (!rows_agree(reading, &comparing, first, figure)) {
            continue;
        }
        bool same_day = date_compare(first->checked_on, figure->checked_on) == 0;
        bool other = same_day && !text_equals(first->method, figure->method);
        if (same_day && !other && money_compare(first->value, figure->value) == 0) {
            diag_warning(reading->diag, figure->where, CODE_N001,
                         "the row repeats another, and counts once");
            diag_other_place(reading->diag, first->where);
            dropped[order[i]] = true;
        } else if (other || !date_is_none(first->checked_on)) {
            first = figure;
        }
    }
}

static void
drop_repeated(struct reading *reading, struct arena scratch, struct rows *rows)
{
    struct figure *figures = rows->items;
    bool *dropped = NEW_ARRAY(&scratch, bool, rows->count);
    compare_rows(reading, scratch, rows, dropped);
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!dropped[i]) {
            figures[kept++] = figures[i];
        }
    }
    rows->count = kept;
}

/* "attestation (remplace celle de 950)": a document that shows the figure of another row of the
 * member is named to nobody else. Where it shows its own, it is left out already. */
static void
withhold_others(const struct reading *reading, struct arena scratch,
                struct figure *figures, size_t count)
{
    struct money *amounts = NEW_ARRAY(&scratch, struct money, count);
    for (size_t i = 0; i < count; i++) {
        amounts[i] = figures[i].value;
    }
    for (size_t i = 0; i < count; i++) {
        struct text shown = figures[i].reference;
        if (words_hold_a_digit(shown) &&
            (count > FIGURES_MANY || discretion_shows_any(shown, amounts, count))) {
            figures[i].reference = STR("");
            tell_withheld(reading->diag, figures[i].where);
        }
    }
}

/* Tells of each member whose first figure that the test looks at lies further after the period than
 * one may lie before a session: it is used for want of another. */
static void
warn_far_ahead(const struct reading *reading, const struct means *means, size_t members)
{
    const struct rules *rules = reading->rules;
    if (rules == NULL || !rules->stipend.means.required ||
        rules->stipend.means.age_months_max == 0 || date_is_open(reading->until) ||
        date_compare(reading->until, rules->lives[0].during.from) < 0) {
        return;
    }
    const struct means_condition *test = &rules->stipend.means;
    int last = date_month_index(reading->until) + test->age_months_max;
    for (size_t member = 0; member < members; member++) {
        size_t i = means->first[member];
        size_t end = means->first[member + 1];
        while (i < end && !is_looked_at(test, &means->items[i])) {
            i++;
        }
        if (i < end && means->items[i].month > last) {
            diag_warning(reading->diag, means->items[i].where, CODE_N008,
                         "the figure is of a month more than %d months after the period, "
                         "and no other that counts comes before it",
                         test->age_months_max);
        }
    }
}

struct means *
means_read(struct reading *reading, const struct input_list *files,
           const struct roster *roster)
{
    struct arena start = intake_scratch(files, ROW_BYTES);
    struct rows rows = rows_new(files, ROW_LEAST, sizeof(struct figure));
    struct figuring f = {.roster = roster, .names = names_new(reading->keep, roster)};
    for (size_t i = 0; i < files->count; i++) {
        files->items[i]->confidential = true;
        files->items[i]->guessable = true;
        struct table *table =
            table_open(reading, start, files->items[i], columns, COLUMN_COUNT);
        f.named = table != NULL && names_stand(table, LAST_NAME);
        if (f.named) {
            names_know(f.names);
        }
        if (table != NULL) {
            table_read(table, &(struct row_reader){
                                  .context = &f, .rows = &rows, .read = read_row});
        }
    }
    drop_repeated(reading, start, &rows);
    struct means *means = NEW(reading->keep, struct means);
    means->items = rows.items;
    means->count = rows.count;
    means->first = facts_sort(reading->keep, start, roster, &rows,
                              (struct order){compare_figures, rows.items});
    means->held = rows_memory(&rows);
    for (size_t i = 0; i < roster->count; i++) {
        size_t count = means->first[i + 1] - means->first[i];
        if (count > 1) {
            withhold_others(reading, start, means->items + means->first[i], count);
        }
    }
    warn_far_ahead(reading, means, roster->count);
    arena_release(start);
    return means;
}

void
means_forget(struct means *means)
{
    arena_release(means->held);
    *means = (struct means){0};
}

struct columns
means_columns(void)
{
    return (struct columns){columns, LAST_NAME};
}
