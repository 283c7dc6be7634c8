/* SPDX-License-Identifier: Apache-2.0 */
/* Tables for tests: texts that stand for files, and what was filed about them. */
#ifndef TESTS_TABLES_H
#define TESTS_TABLES_H

#include "defray/decisions.h"
#include "defray/expenses.h"
#include "defray/means.h"

#include <check.h>

struct tables {
    struct arena start;
    struct arena keep;
    struct arena scratch;
    struct reading reading; /* without rules */
    struct roster *roster;
    struct calendar *calendar;
};

/* English messages, no rules, an empty roster and calendar. */
struct tables *tables_new(void);
void tables_end(struct tables *t);

/* Rules that hold from 2025-01-01 to 2026-12-31, pay parking and mileage, and test the
 * quotient familial by caf or msa. */
void tables_rules(struct tables *t);

/* One file of that name and those bytes. */
struct input_list tables_bytes(struct tables *t, const char *name, struct text bytes);
struct input_list tables_file(struct tables *t, const char *name, const char *bytes);
struct input_list tables_none(void);

void tables_members(struct tables *t, const char *bytes);
void tables_sessions(struct tables *t, const char *bytes);
struct log *tables_attendance(struct tables *t, const char *bytes);

/* How many diagnostics have the code; the first of them, or NULL. */
size_t tables_filed(struct tables *t, enum code code);
const struct diagnostic *tables_first(struct tables *t, enum code code);
/* All texts filed, a line each, for what must not be in them. */
const char *tables_said(struct tables *t);
/* Fails the test unless exactly the codes named (space between, sorted as printed)
 * were filed: "T020 T020 T030". */
void tables_expect(struct tables *t, const char *codes);

#endif
