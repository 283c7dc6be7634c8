/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * What a cell may say. Each reader of a cell gives true and a value, or files what
 * is wrong with it and gives false. An empty cell is true and the "none" of its
 * type, unless the reader asks for field_required first. One meaning a spelling:
 * what could be read in two ways is refused.
 */
#ifndef DEFRAY_CELLS_H
#define DEFRAY_CELLS_H

#include "defray/date.h"
#include "defray/money.h"

#include "table.h"

bool field_required(const struct cell *cell);

/* 2026-03-07, 07/03/2026; DATE_NONE. */
bool field_date(const struct cell *cell, struct date *out);
/* The two bounds of an interval: open where they are empty, and in order. */
bool field_period(const struct cell *from, const struct cell *to, struct period *out);
/* 2026-03, 03/2026, mars 2026, March 2026: year * 12 + month - 1; -1. */
bool field_month(const struct cell *cell, int *out);
/* Whether a folded word is the name of the month (1 to 12), begins it or begins with it. */
#define MONTH_LETTERS_MIN 3
bool month_is_spelt(struct text fold, int month);

/* 09:00, 9h, 9h30, and 24:00 where a time is an end; TIME_NONE. */
bool field_start(const struct cell *cell, int16_t *out);
bool field_end(const struct cell *cell, int16_t *out);
/* 7h, 3h30, 3:30, decimal hours; whole minutes. At most 24 hours; DURATION_NONE. */
bool field_hours(const struct cell *cell, int32_t *out);
bool field_minutes(const struct cell *cell, int32_t *out);

/* 12,50 12.50 12 1 234,50 €; *stated is false for an empty cell. */
bool field_amount(const struct cell *cell, bool *stated, struct money *out);
/* Up to four decimals, or 2h30. */
bool field_quantity(const struct cell *cell, bool *stated, struct ratio *out);
/* Of a quantity that counts something else than hours: false after a diagnostic if it is written
 * as a duration (2h30, 2:30). */
bool field_no_duration(const struct cell *cell);
/* Of a quantity that is read as kilometres: the same, and if its mark may be one between thousands
 * (1.900). */
bool field_kilometres(const struct cell *cell);
/* A whole number from 1 to max; 0 for an empty cell. */
bool field_count(const struct cell *cell, uint32_t max, uint32_t *out);
/* oui, non, yes, no, vrai, faux, 1, 0, x; empty is no. */
bool field_yes(const struct cell *cell, bool *out);
/* The same words without a message: 1, 0, or -1 for any other text. */
int yes_no(struct arena scratch, struct text t);

/* The words of vocabulary.h; the NONE of the list for an empty cell. */
bool field_kind(const struct cell *cell, enum kind *out);
bool field_status(const struct cell *cell, enum status *out);
bool field_presence(const struct cell *cell, enum presence *out); /* empty is refused */
bool field_competence(const struct cell *cell, enum competence *out);
bool field_verdict(const struct cell *cell, enum verdict *out); /* empty is refused */

/* For the cells of a matrix: what a text says, without a message. */
bool time_parse(struct text t, int16_t *out);     /* up to 24:00 */
bool duration_parse(struct text t, int32_t *out); /* as in field_hours */

#endif
