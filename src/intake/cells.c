/* SPDX-License-Identifier: Apache-2.0 */
/* Cells that hold amounts, quantities, counts and words. Dates and times are in
 * cells_time.c. */
#include "cells.h"

#include "forms.h"

#include <assert.h>

#define QUANTITY_MAX 1000000 /* km, hours, nights: past it, a slip of the keyboard */

struct yes_word {
    struct text fold;
    int value;
};

static const struct yes_word yes_words[] = {
    {{"oui", 3},   1},
    {{"yes", 3},   1},
    {{"vrai", 4},  1},
    {{"true", 4},  1},
    {{"1", 1},     1},
    {{"x", 1},     1},
    {{"non", 3},   0},
    {{"no", 2},    0},
    {{"faux", 4},  0},
    {{"false", 5}, 0},
    {{"0", 1},     0},
};

static const struct text currencies[] = {
    {"\xE2\x82\xAC", 3},
    {"EUR",          3},
    {"eur",          3},
    {"euros",        5},
    {"euro",         4}
};

/* The text is not empty. */
static struct text
without_currency(struct text t)
{
    char last = t.data[t.size - 1];
    for (size_t i = 0; (last < '0' || last > '9') && i < ARRAY_COUNT(currencies); i++) {
        if (text_ends_with(t, currencies[i])) {
            return text_trim((struct text){t.data, t.size - currencies[i].size});
        }
    }
    return t;
}

bool
field_required(const struct cell *cell)
{
    if (cell->text.size > 0) {
        return true;
    }
    struct text heading =
        cell->place == TABLE_NOWHERE ? STR("") : cell->table->headings[cell->place];
    return diag_error(cell_diag(cell), cell_where(cell), CODE_T018,
                      "the cell '%.*s' is empty, and it is required", TEXT_ARG(heading));
}

bool
field_amount(const struct cell *cell, bool *stated, struct money *out)
{
    *stated = cell->text.size > 0;
    *out = (struct money){0};
    if (!*stated) {
        return true;
    }
    struct diag *diag = cell_diag(cell);
    int64_t units = 0;
    switch (decimal_parse(without_currency(cell->text), 2, &units)) {
    case DECIMAL_SOUND: break;
    case DECIMAL_UNREADABLE:
        return diag_error(diag, cell_where(cell), CODE_T050,
                          "%s is not an amount (write 12,50)", cell_named(cell));
    case DECIMAL_MIXED:
        return diag_error(diag, cell_where(cell), CODE_T052, "%s has two decimal marks",
                          cell_named(cell));
    case DECIMAL_NEGATIVE:
        return diag_error(diag, cell_where(cell), CODE_T053, "%s is negative",
                          cell_named(cell));
    case DECIMAL_LONG:
        return diag_error(diag, cell_where(cell), CODE_T051,
                          "%s has more than two decimals", cell_named(cell));
    case DECIMAL_LARGE: units = INT64_MAX; break;
    }
    int64_t cent = DECIMAL_UNIT / 100;
    if (units > MONEY_LINE_MAX_CENTS * cent) {
        return diag_error(diag, cell_where(cell), CODE_T054, "%s is above 10 000 000.00",
                          cell_named(cell));
    }
    *out = (struct money){units / cent};
    return true;
}

bool
field_quantity(const struct cell *cell, bool *stated, struct ratio *out)
{
    *stated = cell->text.size > 0;
    *out = (struct ratio){0, 1};
    if (!*stated) {
        return true;
    }
    struct diag *diag = cell_diag(cell);
    int64_t units = 0;
    int32_t duration = DURATION_NONE;
    switch (decimal_parse(cell->text, 4, &units)) {
    case DECIMAL_SOUND: break;
    case DECIMAL_UNREADABLE:
        if (duration_parse(cell->text, &duration)) {
            *out = duration_hours(duration);
            return true;
        }
        return diag_error(diag, cell_where(cell), CODE_T060,
                          "%s is not a quantity (write 12,5 or 2h30)", cell_named(cell));
    case DECIMAL_MIXED:
        return diag_error(diag, cell_where(cell), CODE_T052, "%s has two decimal marks",
                          cell_named(cell));
    case DECIMAL_NEGATIVE:
        return diag_error(diag, cell_where(cell), CODE_T053, "%s is negative",
                          cell_named(cell));
    case DECIMAL_LONG:
        return diag_error(diag, cell_where(cell), CODE_T042,
                          "%s has more than four decimals", cell_named(cell));
    case DECIMAL_LARGE: units = INT64_MAX; break;
    }
    if (units > INT64_C(1) * QUANTITY_MAX * DECIMAL_UNIT) {
        return diag_error(diag, cell_where(cell), CODE_T061, "%s is above 1 000 000",
                          cell_named(cell));
    }
    *out = ratio_of(units, DECIMAL_UNIT);
    return true;
}

/* Three digits behind a mark, and one to three before it: perhaps thousands. */
static bool
may_be_thousands(struct text t)
{
    size_t whole = t.size > 4 ? t.size - 4 : 0;
    if (whole < 1 || whole > 3 || t.data[0] == '0' ||
        (t.data[whole] != '.' && t.data[whole] != ',')) {
        return false;
    }
    for (size_t i = 0; i < t.size; i++) {
        if (i != whole && (t.data[i] < '0' || t.data[i] > '9')) {
            return false;
        }
    }
    return true;
}

bool
field_no_duration(const struct cell *cell)
{
    int64_t units = 0;
    int32_t duration = DURATION_NONE;
    return decimal_parse(cell->text, 4, &units) != DECIMAL_UNREADABLE ||
           !duration_parse(cell->text, &duration) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T090,
                      "%s is a duration, and what is counted here is not hours",
                      cell_named(cell));
}

bool
field_kilometres(const struct cell *cell)
{
    return (!may_be_thousands(cell->text) ||
            diag_error(
                cell_diag(cell), cell_where(cell), CODE_T088,
                "%s has a mark between thousands, or three decimals: it reads both "
                "ways",
                cell_named(cell))) &&
           field_no_duration(cell);
}

bool
field_count(const struct cell *cell, uint32_t max, uint32_t *out)
{
    *out = 0;
    if (cell->text.size == 0) {
        return true;
    }
    int64_t units = 0;
    enum decimal_fault fault = decimal_parse(cell->text, 0, &units);
    if (fault != DECIMAL_SOUND || units == 0 || units > INT64_C(1) * max * DECIMAL_UNIT) {
        return diag_error(cell_diag(cell), cell_where(cell), CODE_T072,
                          "%s is not a whole number from 1 to %u", cell_named(cell),
                          (unsigned)max);
    }
    *out = (uint32_t)(units / DECIMAL_UNIT);
    return true;
}

/* A figure or a cross says what it says alone: the fold forgets the sign of "-1". */
int
yes_no(struct arena scratch, struct text t)
{
    struct text fold = text_fold(&scratch, t);
    if (fold.size == 1 && text_trim(t).size > 1) {
        return -1;
    }
    for (size_t i = 0; i < ARRAY_COUNT(yes_words); i++) {
        if (text_equals(fold, yes_words[i].fold)) {
            return yes_words[i].value;
        }
    }
    return -1;
}

bool
field_yes(const struct cell *cell, bool *out)
{
    int value = cell->text.size == 0 ? 0 : yes_no(cell->table->scratch, cell->text);
    *out = value == 1;
    return value >= 0 ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T070,
                      "%s is neither yes nor no (write oui or non)", cell_named(cell));
}

bool
field_kind(const struct cell *cell, enum kind *out)
{
    *out = KIND_NONE;
    struct arena scratch = cell->table->scratch;
    if (cell->text.size == 0 || kind_parse(scratch, cell->text, out)) {
        return true;
    }
    size_t count = 0;
    const struct text *words = kind_words(&count);
    diag_error(cell_diag(cell), cell_where(cell), CODE_T080,
               "%s is not a kind of session (plenary, half_day, evening, video, "
               "working_group, proposal_group, method_committee, follow_up, social)",
               cell_named(cell));
    diag_suggest(cell_diag(cell), text_nearest(scratch, cell->text, words, count));
    return false;
}

bool
field_status(const struct cell *cell, enum status *out)
{
    *out = STATUS_NONE;
    return cell->text.size == 0 || status_parse(cell->table->scratch, cell->text, out) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T080,
                      "%s is not a status (drawn, volunteer, alternate, companion, "
                      "official, agent)",
                      cell_named(cell));
}

bool
field_presence(const struct cell *cell, enum presence *out)
{
    *out = PRESENCE_ABSENT;
    if (!field_required(cell)) {
        return false;
    }
    return presence_parse(cell->table->scratch, cell->text, out) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T080,
                      "%s is not an attendance (present, absent, excused, partial)",
                      cell_named(cell));
}

bool
field_competence(const struct cell *cell, enum competence *out)
{
    *out = COMPETENCE_YES;
    struct arena scratch = cell->table->scratch;
    return cell->text.size == 0 || competence_parse(scratch, cell->text, out) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T080,
                      "%s is none of yes, no, advocacy", cell_named(cell));
}

bool
field_verdict(const struct cell *cell, enum verdict *out)
{
    *out = VERDICT_UNDETERMINED;
    if (!field_required(cell)) {
        return false;
    }
    return verdict_parse(cell->table->scratch, cell->text, out) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T080,
                      "%s is not a verdict (eligible, not_eligible, undetermined)",
                      cell_named(cell));
}
