/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the parts of the attendance reader share while it reads. */
#ifndef DEFRAY_ATTENDANCE_READER_H
#define DEFRAY_ATTENDANCE_READER_H

#include "defray/attendance.h"

#include "names.h"

struct own_sessions ARRAY_OF(struct session);

/* Bare figures of all sheets: a 1 says that the member was there, unless other cells are hours. */
struct figures {
    struct told ones;
    struct told parts; /* 0,5 */
    bool hours;        /* a number of hours, with a unit or without */
    bool wholes;       /* a figure of an hour or more, without a unit: 2,5 */
    bool words;        /* a presence in words: P */
};

/* A column of the long form that is not read, and may say when or how long somebody was there. */
struct unread {
    size_t place;
    uint8_t how; /* it is looked at */
    bool told;
};
struct unreads ARRAY_OF(struct unread);

struct attending {
    struct reading *reading;
    const struct roster *roster;
    const struct calendar *calendar;
    struct log *log;
    struct rows facts;
    struct arena scratch;
    struct own_sessions own; /* sessions that the facts define */
    struct map own_by_id;    /* their indexes, by id or, without one, by day and kind */
    struct map own_by_day;
    struct names *names; /* of the members */
    uint16_t file;       /* being read */
    uint32_t session;    /* of the calendar, that a row named last */
    bool named;          /* its rows have names beside the keys */
    bool undated;        /* no row of the file can date its session, which was filed */
    int guesses;
    struct figures figures;
    struct unreads unread; /* of the file; its rows share them */
    bool timed;            /* columns that are read say both times, or how long it was */
};

/* A row's own words for its session. */
struct named_session {
    struct cell id;
    struct date date; /* DATE_NONE */
    enum kind kind;   /* KIND_NONE */
    struct where date_where, kind_where;
};

/* The session a row belongs to: an index in the calendar, or past its count one of
 * `own`. False after a diagnostic. */
bool attendance_session(struct attending *a, const struct named_session *named,
                        uint32_t *out);
/* Files that no session has the id; suggests one. Always false. */
bool attendance_unknown_session(struct attending *a, const struct cell *id);
bool attendance_has_calendar(const struct attending *a);

/* How many sessions of the calendar a heading names, by their id or their day; the only one. */
size_t attendance_heading_names(const struct calendar *calendar, struct text heading,
                                uint32_t *out);
/* The session of each cell of a matrix; INDEX_NONE where there is none. */
void attendance_find_sessions(struct attending *a, const struct table *table,
                              uint32_t *sessions);
/* Whether a folded heading is of no session, but of what such a sheet has beside them. */
bool attendance_is_aside(struct text fold);
/* Whether it is of a column that says who a row is of. */
bool attendance_names_heading(struct arena scratch, struct text fold);
/* Splits "09:00-12:30", with a hyphen or a dash. */
bool attendance_range_parse(struct text t, struct attendance *fact);
/* What rows of attendance are like, on a sheet without their header. */
struct likeness attendance_likeness(struct attending *a);

/* Files a row of a matrix or of the long form under the facts. */
void attendance_add(struct attending *a, struct attendance fact);

/* Counts a cell that was read as `fact`; at the end of all sheets, files what may be either. */
void figures_count(struct figures *figures, const struct cell *cell,
                   const struct attendance *fact);
void figures_tell(const struct figures *figures, struct diag *diag);
/* Whether the cell of a workbook shows its number as hours. */
bool figures_show_hours(const struct cell *cell);
/* Whether a number of hours is more than the session lasted, and a time of day within it. */
bool figures_may_be_time(const struct session *session, const struct attendance *fact);
/* Files hours with decimals (3,30) that, as hours and minutes, are what the session lasted. */
bool figures_check_decimal(const struct session *session, const struct cell *cell);

/* Finds the columns of the long form that are not read and may say a time; none where the rules
 * do not pay by time. `complete`: those that are read can say both times, or how long it was. */
void unread_find(struct attending *a, const struct table *table, bool complete);
/* Files each of them once, at the first row in which it says something beside the fact. */
void unread_look(struct attending *a, const struct table *table,
                 const struct attendance *fact);

/* What the two forms ask of a header. */
struct layout attendance_long_layout(void);
struct layout attendance_matrix_layout(const struct attending *a);
/* The same without a column of keys: with one column of names, or with two. */
struct layout attendance_names_layout(const struct attending *a, bool in_one_column);
/* The rows of a table whose header was read. */
void attendance_read_long(struct attending *a, struct table *table);
void attendance_read_matrix(struct attending *a, struct table *table);
/* Whether the header is that of the long form. */
bool attendance_is_long(const struct table *table);

/* Puts sessions and facts in order, then compares the facts of each member. */
void attendance_settle(struct attending *a);
void attendance_compare(struct attending *a);

#endif
