/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of a scenario share: a file of settings is read by the loader of rule files,
 * with its strict pre-scan and its diagnostics. */
#ifndef DEFRAY_SCENARIO_PARTS_H
#define DEFRAY_SCENARIO_PARTS_H

#include "defray/scenarios.h"

#include "../rules/loader.h"

struct scenario_reader {
    struct loader loader;
    struct scenario *out;
};

/* scenario_parameter.c */
bool share_is_valid(struct ratio share);
/* "0.85" or "85 %", at most six decimals of the whole. */
bool share_parse(struct text text, struct ratio *out);
/* False, after V002. */
bool share_refused(struct scenario_reader *reader, const struct node *node,
                   struct text text);
/* A share under a key of a group; false after V002. */
bool share_read(struct scenario_reader *reader, struct node *group, const char *key,
                struct ratio *out);
/* { value = "0.85"; source or assumption } */
bool parameter_read(struct scenario_reader *reader, struct node *group, const char *key,
                    enum need need, struct parameter *out);
/* False after V003 with the name of those that are meant. */
bool name_refused(struct scenario_reader *reader, struct where where, struct text name,
                  const struct texts *known);

/* scenario_calendar.c */
bool series_read_all(struct scenario_reader *reader, struct node *root);
uint32_t series_find(const struct scenario *scenario, struct text name);

/* scenario_group.c, scenario_habit.c */
bool groups_read(struct scenario_reader *reader, struct node *root);
uint32_t group_find(const struct scenario *scenario, struct text name);
bool habits_read(struct scenario_reader *reader, struct node *entry, struct group *out);
bool brackets_read(struct scenario_reader *reader, struct node *entry, struct group *out);

/* scenario_cost.c */
bool fixed_read(struct scenario_reader *reader, struct node *root);
bool budgets_read(struct scenario_reader *reader, struct node *root);

/* scenario_idle.c: warns of what is said and never used. */
void scenarios_warn_idle(const struct scenarios *scenarios, struct diag *diag);

/* scenario_goal.c: the goals of the file, against its variants. */
bool goals_read(struct scenario_reader *reader, struct node *root, struct scenarios *out);

/* hold.c: what the rules say last is what they say to that day. */
void rules_hold(struct rules *rules, struct date to);

#endif
