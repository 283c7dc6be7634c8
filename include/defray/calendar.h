/* SPDX-License-Identifier: Apache-2.0 */
/* The sessions of an assembly, by date, start and id. */
#ifndef DEFRAY_CALENDAR_H
#define DEFRAY_CALENDAR_H

#include "defray/intake.h"
#include "defray/map.h"
#include "defray/passed_over.h"

struct session {
    struct text id; /* empty: only known by date and kind */
    struct date date;
    enum kind kind;
    int16_t start, end; /* minutes since midnight, the end later; TIME_NONE */
    struct text body;   /* the organ that meets; may be empty */
    bool meal_served;
    struct text subject;
    enum competence competence;
    struct where
        where; /* of its row in the calendar, or of the first fact that named it */
};

struct calendar {
    struct session *items; /* by (date, start, id) */
    size_t count;
    struct map by_id;
    bool given;              /* files were read, even if they hold no session */
    struct passed_over lost; /* rows: what is not found may be in one of them */
};

/* An empty calendar when there are no files. */
struct calendar *calendar_read(struct reading *reading, const struct input_list *files);
/* The index of a session, or INDEX_NONE. */
uint32_t calendar_find(const struct calendar *calendar, struct text id);
/* The same, looked at `last` first: tables mostly name a session many times on end. */
uint32_t calendar_find_near(const struct calendar *calendar, struct text id,
                            uint32_t last);
/* How many sessions have that date and kind, and the index of the first of them (the
 * others come later, not always next to it). */
size_t calendar_on(const struct calendar *calendar, struct date date, enum kind kind,
                   uint32_t *first);

/* Whether the rules hold on the day; false after S004, which says what was not adopted yet. */
bool day_holds(const struct reading *reading, struct date date, struct where where);

#endif
