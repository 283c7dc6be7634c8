/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Spellings made of digits: forms ("99/99/9999") and decimals. */
#ifndef DEFRAY_FORMS_H
#define DEFRAY_FORMS_H

#include "defray/text.h"

#define FORM_NUMBERS 3

/* Whether the text has the form, in which 9 stands for a digit and any other
 * character for itself. Gives the number that each run of digits makes. */
bool form_match(struct text t, const char *form, int numbers[FORM_NUMBERS]);

enum decimal_fault {
    DECIMAL_SOUND,
    DECIMAL_UNREADABLE,
    DECIMAL_MIXED, /* 1.234,50 */
    DECIMAL_NEGATIVE,
    DECIMAL_LONG,  /* more decimals than asked */
    DECIMAL_LARGE, /* more than nine whole digits */
};

#define DECIMAL_UNIT 10000 /* a value is in ten-thousandths */

/* A decimal with a comma or a point and at most `decimals` (0 to 4) after it; the
 * whole part may be grouped in threes by spaces of any kind. */
enum decimal_fault decimal_parse(struct text t, int decimals, int64_t *out);

/* Lower-case ASCII without any space, if it is short: "9 H 30" gives "9h30". The
 * text as it is otherwise. */
#define COMPACT_MAX 24
struct text text_compact(struct text t, char out[COMPACT_MAX]);

#endif
