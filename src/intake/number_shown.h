/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What stands beside the digits of a number, in the code of its format or on the screen, and makes
 * something else of it than the number that is stored: 330 shown as 3h30, 50 as 50 CHF. */
#ifndef DEFRAY_NUMBER_SHOWN_H
#define DEFRAY_NUMBER_SHOWN_H

#include "defray/text.h"

struct shown_signs {
    bool foreign; /* another currency than the euro */
    bool percent;
    bool parted;  /* letters or signs between its digits: 3h30, 03:30 */
    bool minutes; /* 90 min */
};

/* Where the letters and signs stand that are judged. */
enum shown_place { SHOWN_BEFORE, SHOWN_BETWEEN, SHOWN_BEHIND };

/* Adds what letters and signs side by side, none of them a digit, say there. */
void shown_judge(struct shown_signs *signs, struct text literal, enum shown_place place);
/* The same of a number as it stands on the screen. */
void shown_read(struct shown_signs *signs, struct text screen);
/* Why the number is refused, in English; NULL if it is not. */
const char *shown_refusal(const struct shown_signs *signs);
/* Whether the screen has other digits than the number, zeros on both sides aside. */
bool shown_has_other_digits(struct text screen, struct text number);
/* 42 that is shown as 00042 is a code. */
bool shown_is_filled_up(struct text screen, struct text number);

#endif
