/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of a matrix that have two readings: a 1 is a presence in one office, and an hour in
 * another; a 10h is ten hours, or when somebody came; a 3,30 is 3 h 18 min, or 3 h 30 min. */
#include "attendance_reader.h"

static bool
is_bare(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        bool digit = t.data[i] >= '0' && t.data[i] <= '9';
        if (!digit && t.data[i] != '.' && t.data[i] != ',') {
            return false;
        }
    }
    return true;
}

bool
figures_show_hours(const struct cell *cell)
{
    const struct sheet *sheet = cell->table->sheet;
    for (size_t i = 0; i < sheet->doubt_count; i++) {
        if (sheet->doubts[i].cell == cell->place) {
            return (sheet->doubts[i].kinds & SHEET_HOURS) != 0;
        }
    }
    return false;
}

static void
count(struct told *told, const struct cell *cell)
{
    if (told->count++ == 0) {
        told->first = cell_where(cell);
    }
}

void
figures_count(struct figures *figures, const struct cell *cell,
              const struct attendance *fact)
{
    bool bare = is_bare(cell->text) && !figures_show_hours(cell);
    if (fact->duration == DURATION_NONE) {
        if (fact->presence == PRESENCE_PRESENT && is_bare(cell->text)) {
            count(&figures->ones, cell);
        }
        bool timed = fact->start != TIME_NONE || fact->end != TIME_NONE;
        figures->words =
            figures->words || (fact->presence == PRESENCE_PRESENT && !bare && !timed);
        return;
    }
    figures->hours = figures->hours || fact->duration > 0;
    if (fact->duration >= DURATION_HOUR && is_bare(cell->text)) {
        figures->wholes = true;
    } else if (fact->duration > 0 && fact->duration < DURATION_HOUR && bare) {
        count(&figures->parts, cell);
    }
}

/* 0,5 beside "P". Where other figures are hours (2,5), it is one of them; where a 1 is asked about,
 * it is asked in the same breath. */
static void
tell_parts(const struct figures *figures, struct diag *diag)
{
    if (figures->parts.count > 0 && figures->words && !figures->wholes &&
        figures->ones.count == 0) {
        diag_error(
            diag, figures->parts.first, CODE_A031,
            tr_plural(
                diag_language(diag),
                "%zu cell holds a figure below 1 while others hold presences: part of "
                "an hour, or of a presence?",
                "%zu cells hold a figure below 1 while others hold presences: part of "
                "an hour each, or of a presence? The first here",
                figures->parts.count),
            figures->parts.count);
    }
}

void
figures_tell(const struct figures *figures, struct diag *diag)
{
    tell_parts(figures, diag);
    if (figures->hours && figures->ones.count > 0) {
        diag_error(
            diag, figures->ones.first, CODE_A025,
            tr_plural(diag_language(diag),
                      "%zu cell holds '1' while others hold hours: a presence, or one "
                      "hour?",
                      "%zu cells hold '1' while others hold hours: presences, or one "
                      "hour each? The first here",
                      figures->ones.count),
            figures->ones.count);
    }
}

bool
figures_may_be_time(const struct session *session, const struct attendance *fact)
{
    int minutes = fact->duration / DURATION_MINUTE;
    return fact->duration != DURATION_NONE && fact->duration % DURATION_MINUTE == 0 &&
           session->start != TIME_NONE && session->end != TIME_NONE &&
           minutes > session->end - session->start && session->start <= minutes &&
           minutes <= session->end;
}

/* The minutes of "3,30" read as hours and minutes; -1 if it is nothing of the kind. Quarters of an
 * hour (3,25, 3,5, 3,75) are decimals to everybody. */
static int
minutes_behind_mark(struct text t)
{
    size_t mark = 0;
    int hours = 0;
    for (; mark < t.size && mark < 2 && is_digit(t.data[mark]); mark++) {
        hours = hours * 10 + (t.data[mark] - '0');
    }
    size_t behind = t.size - mark;
    if (mark == 0 || behind < 2 || behind > 3 ||
        (t.data[mark] != ',' && t.data[mark] != '.') || !is_digit(t.data[mark + 1]) ||
        !is_digit(t.data[t.size - 1])) {
        return -1;
    }
    int minutes = (t.data[mark + 1] - '0') * 10;
    minutes += behind == 3 ? t.data[mark + 2] - '0' : 0;
    return minutes < 60 && minutes % 25 != 0 ? hours * 60 + minutes : -1;
}

bool
figures_check_decimal(const struct session *session, const struct cell *cell)
{
    char read[DURATION_TEXT_MAX];
    char lasted[DURATION_TEXT_MAX];
    int32_t decimal = DURATION_NONE;
    bool timed = session->start != TIME_NONE && session->end != TIME_NONE;
    if (!timed || minutes_behind_mark(cell->text) != session->end - session->start ||
        !duration_parse(cell->text, &decimal)) {
        return true;
    }
    int32_t whole = (session->end - session->start) * DURATION_MINUTE;
    return diag_error(cell_diag(cell), cell_where(cell), CODE_A030,
                      "'%s' is %s, and session '%.*s' lasted %s: hours with decimals, or "
                      "hours and minutes?",
                      cell_shown(cell), duration_text(decimal, read),
                      TEXT_ARG(session->id), duration_text(whole, lasted));
}
