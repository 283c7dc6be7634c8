/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The legal status of a scheme, said to people: what it was on the days of a period, and
 * what it is now, which is the latest that the rules state. The words are those of the
 * rule files.
 */
#ifndef DEFRAY_STATUS_H
#define DEFRAY_STATUS_H

#include "defray/rules.h"

/* The latest status stated; NULL if none was known. */
const struct scheme_status *rules_status_now(const struct rules *rules);
/* "in_force", and "in force". */
const char *scheme_state_word(enum scheme_state state);
const char *scheme_state_label(enum language language, enum scheme_state state);
/* Whether anything is paid for days of the state. */
bool scheme_pays(enum scheme_state state);
/* Whether the status of the scheme lets it pay on that day. */
bool day_pays(const struct rules *rules, struct date day);
/* Whether the status holds on some day of the period. */
bool status_touches(const struct scheme_status *status, struct period period);
/* The states of a period in the order of days, each once, in words of the rule files:
 * "contested,in_force"; "" if none is known. */
const char *status_then_words(struct arena *keep, const struct rules *rules,
                              struct period period);
/* What it was in the period and what it is now, in one line. */
const char *status_sentence(struct arena *keep, enum language language,
                            const struct rules *rules, struct period period);

#endif
