/* SPDX-License-Identifier: Apache-2.0 */
/* What a free text gives away. A decision, and whatever finance gets, carries the name of a
 * document and a reason; neither may tell an income. */
#ifndef DEFRAY_DISCRETION_H
#define DEFRAY_DISCRETION_H

#include "defray/money.h"
#include "defray/text.h"

/* Whether a text shows what looks like an amount: digits with two decimals, digits beside a
 * currency, or any number after the name of a measure ("QF 640", "QF nul : 0") that is not plainly
 * a day, the year of a month ("QF mars 2026"), a count ("3 enfants"), or a reference ("art. 3"). */
bool discretion_shows_amount(struct text t);
/* The same of a sentence: a number from 100 on that is no year, and no reference (n°, art.), may be
 * what somebody has, or what is asked for. */
bool discretion_shows_bare(struct text t);
/* The same of a cell under a heading that may be the name of a measure, or of figures: any number
 * is one then. */
bool discretion_shows_under(struct text heading, struct text t);
/* Whether it shows this amount: its euros, or the next whole euro, as a number of its own; or its
 * cents, or twelve times the amount, as what is earned in a month makes a year. */
bool discretion_shows(struct text t, struct money amount);
/* The same of any of several. */
bool discretion_shows_any(struct text t, const struct money *amounts, size_t count);

#endif
