/* SPDX-License-Identifier: Apache-2.0 */
/* How a sentence shows a day, a length, an exact figure, a place and a text of law. */
#ifndef DEFRAY_WORDING_H
#define DEFRAY_WORDING_H

#include "defray/liquidation.h"

/* "21 mars 2026", "1er avril 2026", "21 March 2026". */
const char *worded_day(struct arena *keep, enum language language, struct date date);
/* "mars 2026" from "2026-03"; anything else as it is. */
const char *worded_month(struct arena *keep, enum language language, struct text month);
/* "3 h 30"; "1,67 h" where it is no whole number of minutes. */
const char *worded_duration(struct arena *keep, enum language language, int32_t duration);
/* "48,09 €", "1 234,50 €". */
const char *worded_euros(struct arena *keep, enum language language, struct money amount);
/* The same of an exact figure, all its decimals if they end: "45,795 €", "22,33… €". */
const char *worded_exact(struct arena *keep, enum language language, struct ratio euros);
/* A number of units: "3,5 h", "100/60 h", "2 nights". */
const char *worded_units(struct arena *keep, enum language language,
                         struct ratio quantity, enum unit unit);
/* "per hour". */
const char *worded_per(enum language language, enum unit unit);
/* "emargement.csv, line 12", without the file's folder. */
const char *worded_place(struct arena *keep, enum language language, struct where where);
/* "Question écrite n° 16831 du 9 avril 2024, art. 2", or the assumption. */
const char *worded_basis(struct arena *keep, enum language language,
                         const struct basis *basis);
/* The whole: title, date, article, address. */
const char *worded_source(struct arena *keep, enum language language,
                          const struct basis *basis);
/* As the rules page says it, but for half a cent, "upwards" in a sentence. */
const char *worded_rounding(enum language language, enum rounding rounding);
const char *worded_ceiling(enum language language, enum span span); /* "of the day" */
const char *worded_scheme(enum language language, enum scheme_state state);

#endif
