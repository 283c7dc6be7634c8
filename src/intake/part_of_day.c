/* SPDX-License-Identifier: Apache-2.0 */
/* A spreadsheet holds 3:00 as 0.125, which as hours is 7 min 30. The number is one of hours or a
 * time whose format was lost; a time is what the session lasted, or a whole number of minutes where
 * as hours it is none. */
#include "part_of_day.h"

#include "attendance_reader.h"
#include "forms.h"

#define HOUR_MINUTES 60

/* The minutes that it is as a part of a day; -1 if it cannot be one. */
static int
minutes_of_day(const struct cell *cell, int64_t *units)
{
    bool in_workbook = cell->table->sheet->name_count > 0;
    if (!in_workbook || figures_show_hours(cell) ||
        decimal_parse(cell->text, 4, units) != DECIMAL_SOUND || *units <= 0 ||
        *units >= DECIMAL_UNIT || *units * MINUTES_IN_DAY % DECIMAL_UNIT != 0) {
        return -1;
    }
    return (int)(*units * MINUTES_IN_DAY / DECIMAL_UNIT);
}

bool
hours_are_no_part_of_day(const struct cell *cell, const struct session *session,
                         enum code code)
{
    char hours[DURATION_TEXT_MAX];
    char time[DURATION_TEXT_MAX];
    int64_t units = 0;
    int minutes = minutes_of_day(cell, &units);
    bool timed =
        session != NULL && session->start != TIME_NONE && session->end != TIME_NONE;
    bool lasted = timed && session->end - session->start == minutes;
    if (minutes < 0 || (!lasted && units * HOUR_MINUTES % DECIMAL_UNIT == 0)) {
        return true;
    }
    int32_t read = (int32_t)(units * (DURATION_HOUR / DECIMAL_UNIT));
    return diag_error(
        cell_diag(cell), cell_where(cell), code,
        "%s is %s, and as a part of a day %s: hours, or a time whose format "
        "was lost?",
        cell_named(cell), duration_text(read, hours),
        duration_text(minutes * DURATION_MINUTE, time));
}

/* The session of a claim; NULL if it names none and its day has none, or several. */
static const struct session *
session_of(const struct log *log, const struct claim *claim)
{
    const struct session *found = NULL;
    for (size_t i = 0; i < log->session_count; i++) {
        const struct session *session = &log->sessions[i];
        bool named = claim->session.size > 0;
        if (named ? !text_equals(session->id, claim->session)
                  : date_compare(session->date, claim->date) != 0) {
            continue;
        }
        if (found != NULL) {
            return NULL;
        }
        found = session;
    }
    return found;
}

static bool
counts_hours(const struct table *table, const struct claim *claim)
{
    const struct rules *rules = table->reading->rules;
    const struct category *found =
        rules == NULL ? NULL : rules_category(rules, table->scratch, claim->category);
    return found != NULL && found->price.unit == UNIT_HOUR;
}

bool
claimed_hours_check(const struct cell *cell, const struct log *log,
                    const struct claim *claim)
{
    int64_t units = 0;
    return minutes_of_day(cell, &units) < 0 || !counts_hours(cell->table, claim) ||
           hours_are_no_part_of_day(cell, session_of(log, claim), CODE_E011);
}
