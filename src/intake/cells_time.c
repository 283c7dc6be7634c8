/* SPDX-License-Identifier: Apache-2.0 */
/* Cells that hold dates, months, times of day and durations. */
#include "cells.h"
#include "forms.h"

enum date_fault { DATE_READ, DATE_SHORT_YEAR, DATE_SHORT_DAY, DATE_SERIAL };

struct date_form {
    const char *form;
    enum date_fault fault;
    bool year_first;
};

/* The two forms that are read come first, then those that get a reason. */
static const struct date_form date_forms[] = {
    {"9999-99-99", DATE_READ,       true },
    {"99/99/9999", DATE_READ,       false},
    {"99/99/99",   DATE_SHORT_YEAR, false},
    {"9/99/99",    DATE_SHORT_YEAR, false},
    {"99/9/99",    DATE_SHORT_YEAR, false},
    {"9/9/99",     DATE_SHORT_YEAR, false},
    {"99-99-99",   DATE_SHORT_YEAR, false},
    {"99.99.99",   DATE_SHORT_YEAR, false},
    {"9999-9-9",   DATE_SHORT_DAY,  false},
    {"9999-99-9",  DATE_SHORT_DAY,  false},
    {"9999-9-99",  DATE_SHORT_DAY,  false},
    {"9/9/9999",   DATE_SHORT_DAY,  false},
    {"99/9/9999",  DATE_SHORT_DAY,  false},
    {"9/99/9999",  DATE_SHORT_DAY,  false},
    {"99999",      DATE_SERIAL,     false},
};

static const char *const time_forms[] = {"99:99", "9:99", "99h99",    "9h99",
                                         "99h",   "9h",   "99:99:99", "9:99:99"};

static const char *const month_names[12][2] = {
    {"janvier",   "january"  },
    {"fevrier",   "february" },
    {"mars",      "march"    },
    {"avril",     "april"    },
    {"mai",       "may"      },
    {"juin",      "june"     },
    {"juillet",   "july"     },
    {"aout",      "august"   },
    {"septembre", "september"},
    {"octobre",   "october"  },
    {"novembre",  "november" },
    {"decembre",  "december" },
};

bool
month_is_spelt(struct text fold, int month)
{
    for (size_t i = 0; i < 2 && fold.size >= MONTH_LETTERS_MIN; i++) {
        struct text name = text_of(month_names[month - 1][i]);
        if (text_starts_with(name, fold) || text_starts_with(fold, name)) {
            return true;
        }
    }
    return false;
}

/* Two digits at p; 100 if something else stands there. */
static int
two_digits(const char *p)
{
    unsigned tens = (unsigned)(uint8_t)p[0] - '0';
    unsigned units = (unsigned)(uint8_t)p[1] - '0';
    return tens <= 9 && units <= 9 ? (int)(tens * 10 + units) : 100;
}

/* Hours and minutes of a text, without a limit on the hours; false if there is
 * something else, or a number of seconds. */
static bool
parse_clock(struct text t, int *minutes)
{
    if (t.size == 5 && t.data[2] == ':') { /* 18:20, as most files have it */
        int hours = two_digits(t.data);
        int rest = two_digits(t.data + 3);
        if (hours < 100 && rest < 60) {
            *minutes = hours * 60 + rest;
            return true;
        }
    }
    char compact[COMPACT_MAX];
    struct text spelled = text_compact(t, compact);
    for (size_t i = 0; i < ARRAY_COUNT(time_forms); i++) {
        int numbers[FORM_NUMBERS] = {0};
        if (!form_match(spelled, time_forms[i], numbers)) {
            continue;
        }
        *minutes = numbers[0] * 60 + numbers[1];
        return numbers[1] < 60 && numbers[2] == 0;
    }
    return false;
}

static bool
report_date(const struct cell *cell, enum date_fault fault)
{
    struct diag *diag = cell_diag(cell);
    switch (fault) {
    case DATE_READ:
        return diag_error(diag, cell_where(cell), CODE_T021,
                          "%s is not a day that exists", cell_named(cell));
    case DATE_SHORT_YEAR:
        return diag_error(diag, cell_where(cell), CODE_T022,
                          "%s has a year of two digits", cell_named(cell));
    case DATE_SHORT_DAY:
        return diag_error(diag, cell_where(cell), CODE_T023,
                          "%s lacks a digit in its day or month (write 07/03/2026)",
                          cell_named(cell));
    case DATE_SERIAL: break;
    }
    return diag_error(diag, cell_where(cell), CODE_T024,
                      "%s is a spreadsheet's day number, not a date", cell_named(cell));
}

bool
field_date(const struct cell *cell, struct date *out)
{
    *out = DATE_NONE;
    if (cell->text.size == 0) {
        return true;
    }
    if (date_parse_iso(cell->text, out)) {
        return true;
    }
    for (size_t i = 0; i < ARRAY_COUNT(date_forms); i++) {
        int numbers[FORM_NUMBERS] = {0};
        const struct date_form *form = &date_forms[i];
        if (!form_match(cell->text, form->form, numbers)) {
            continue;
        }
        int year = form->year_first ? numbers[0] : numbers[2];
        int day = form->year_first ? numbers[2] : numbers[0];
        return (form->fault == DATE_READ && date_make(year, numbers[1], day, out)) ||
               report_date(cell, form->fault);
    }
    return diag_error(cell_diag(cell), cell_where(cell), CODE_T020,
                      "%s is not a date (write 2026-03-07 or 07/03/2026)",
                      cell_named(cell));
}

bool
field_period(const struct cell *from, const struct cell *to, struct period *out)
{
    bool sound = field_date(from, &out->from);
    sound = field_date(to, &out->to) && sound;
    out->from = date_is_none(out->from) ? DATE_OPEN_PAST : out->from;
    out->to = date_is_none(out->to) ? DATE_OPEN_FUTURE : out->to;
    if (sound && date_compare(out->to, out->from) < 0) {
        return diag_error(cell_diag(to), cell_where(to), CODE_T081,
                          "the interval ends before it starts");
    }
    return sound;
}

bool
field_month(const struct cell *cell, int *out)
{
    *out = -1;
    if (cell->text.size == 0) {
        return true;
    }
    int numbers[FORM_NUMBERS] = {0};
    int year = 0;
    int month = 0;
    /* A spreadsheet keeps a month as its first day. */
    if (form_match(cell->text, "9999-99", numbers) ||
        form_match(cell->text, "9999-99-01", numbers)) {
        year = numbers[0];
        month = numbers[1];
    } else if (form_match(cell->text, "99/9999", numbers)) {
        year = numbers[1];
        month = numbers[0];
    }
    struct arena scratch = cell->table->scratch;
    struct text fold = month > 0 ? STR("") : text_fold(&scratch, cell->text);
    for (int i = 0; fold.size > 0 && i < 12 * 2; i++) {
        struct text name = text_of(month_names[i / 2][i % 2]);
        if (text_starts_with(fold, name) &&
            form_match((struct text){fold.data + name.size, fold.size - name.size},
                       "9999", numbers)) {
            year = numbers[0];
            month = i / 2 + 1;
        }
    }
    struct date first;
    if (!date_make(year, month, 1, &first)) {
        return diag_error(cell_diag(cell), cell_where(cell), CODE_T071,
                          "%s is not a month (write 2026-03, 03/2026 or mars 2026)",
                          cell_named(cell));
    }
    *out = date_month_index(first);
    return true;
}

bool
time_parse(struct text t, int16_t *out)
{
    int minutes = 0;
    if (!parse_clock(t, &minutes) || minutes > MINUTES_IN_DAY) {
        return false;
    }
    *out = (int16_t)minutes;
    return true;
}

bool
field_end(const struct cell *cell, int16_t *out)
{
    *out = TIME_NONE;
    return cell->text.size == 0 || time_parse(cell->text, out) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_T030,
                      "%s is not a time (write 09:00 or 9h30)", cell_named(cell));
}

bool
field_start(const struct cell *cell, int16_t *out)
{
    if (!field_end(cell, out)) {
        return false;
    }
    if (*out == MINUTES_IN_DAY) {
        *out = TIME_NONE;
        return diag_error(cell_diag(cell), cell_where(cell), CODE_T031,
                          "nothing starts at 24:00, which only ends a day");
    }
    return true;
}

/* A duration; what is wrong with it otherwise. A fault of LARGE means more than 24
 * hours. */
static enum decimal_fault
parse_hours(struct text t, int32_t *out)
{
    int minutes = 0;
    int64_t units = 0;
    int64_t duration = 0;
    if (parse_clock(t, &minutes)) {
        duration = INT64_C(1) * minutes * DURATION_MINUTE;
    } else {
        enum decimal_fault fault = decimal_parse(t, 4, &units);
        if (fault != DECIMAL_SOUND) {
            return fault;
        }
        duration = units * (DURATION_HOUR / DECIMAL_UNIT);
    }
    if (duration > INT64_C(24) * DURATION_HOUR) {
        return DECIMAL_LARGE;
    }
    *out = (int32_t)duration;
    return DECIMAL_SOUND;
}

bool
duration_parse(struct text t, int32_t *out)
{
    return parse_hours(t, out) == DECIMAL_SOUND;
}

bool
field_hours(const struct cell *cell, int32_t *out)
{
    *out = DURATION_NONE;
    if (cell->text.size == 0) {
        return true;
    }
    struct diag *diag = cell_diag(cell);
    switch (parse_hours(cell->text, out)) {
    case DECIMAL_SOUND: return true;
    case DECIMAL_NEGATIVE:
        return diag_error(diag, cell_where(cell), CODE_T053, "%s is negative",
                          cell_named(cell));
    case DECIMAL_LONG:
        return diag_error(diag, cell_where(cell), CODE_T042,
                          "%s has more than four decimals", cell_named(cell));
    case DECIMAL_LARGE:
        return diag_error(diag, cell_where(cell), CODE_T041, "%s is longer than 24 hours",
                          cell_named(cell));
    case DECIMAL_UNREADABLE:
    case DECIMAL_MIXED: break;
    }
    return diag_error(diag, cell_where(cell), CODE_T040,
                      "%s is not a duration (write 3h30, 3:30 or 3,5)", cell_named(cell));
}

bool
field_minutes(const struct cell *cell, int32_t *out)
{
    *out = DURATION_NONE;
    if (cell->text.size == 0) {
        return true;
    }
    struct diag *diag = cell_diag(cell);
    int64_t units = 0;
    enum decimal_fault fault = decimal_parse(cell->text, 0, &units);
    if (fault == DECIMAL_LARGE || units > INT64_C(1) * MINUTES_IN_DAY * DECIMAL_UNIT) {
        return diag_error(diag, cell_where(cell), CODE_T041, "%s is longer than 24 hours",
                          cell_named(cell));
    }
    if (fault == DECIMAL_NEGATIVE) {
        return diag_error(diag, cell_where(cell), CODE_T053, "%s is negative",
                          cell_named(cell));
    }
    if (fault != DECIMAL_SOUND) {
        return diag_error(diag, cell_where(cell), CODE_T040,
                          "%s is not a whole number of minutes", cell_named(cell));
    }
    *out = (int32_t)(units / DECIMAL_UNIT) * DURATION_MINUTE;
    return true;
}
