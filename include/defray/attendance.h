/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attendance log: who was where, and how long. 24 bytes a fact. After reading,
 * every reference is valid, a fact given twice says so,
 * and two facts of one person at one session do not overlap in time.
 */
#ifndef DEFRAY_ATTENDANCE_H
#define DEFRAY_ATTENDANCE_H

#include "defray/calendar.h"
#include "defray/roster.h"

struct attendance {
    uint32_t member;    /* index in the roster */
    uint32_t session;   /* index in log.sessions */
    uint32_t line;      /* first physical line of its record */
    int32_t duration;   /* stated minutes or hours, see date.h; DURATION_NONE, as it is
                           where both times are given */
    int16_t start, end; /* as given, not clipped; TIME_NONE */
    uint16_t file;      /* index in log.files */
    uint8_t presence;   /* enum presence */
    bool column : 1;    /* of a matrix: `line` is the row */
    bool repeats : 1;   /* another, see attendance_first() */
};

struct repeat { /* few facts are one: of each, the first that says the same */
    uint32_t fact, first;
};

struct log {
    struct attendance *items; /* by (member, date, start, session id, file, line) */
    size_t count;
    size_t *first; /* items of member m: first[m] to first[m + 1] */
    struct repeats ARRAY_OF(struct repeat) repeats; /* by fact */
    struct session *sessions; /* the calendar's, then those the facts alone define */
    size_t session_count;
    const struct input **files;
    size_t file_count;
    /* Of the calendar, or of these tables if there is none: what is not found may be theirs. */
    struct passed_over lost;
};

/* Long form and matrix, told apart by their headers. Never NULL. */
struct log *attendance_read(struct reading *reading, const struct input_list *files,
                            const struct roster *roster, const struct calendar *calendar);
/* The fact that this one repeats; NULL if it repeats none. */
const struct attendance *attendance_first(const struct log *log,
                                          const struct attendance *fact);
/* Where the fact was read. */
struct where attendance_where(const struct log *log, const struct attendance *fact);

#endif
