/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two languages: messages follow the person (the environment, or --lang),
 * documents follow the assembly. Message ids are the English texts; French comes
 * from po/fr.po through gettext. The locale of numbers is never touched: only
 * LC_MESSAGES is set, so a printed 77.49 is always 77.49.
 */
#ifndef DEFRAY_LANGUAGE_H
#define DEFRAY_LANGUAGE_H

#include "defray/money.h"
#include "defray/text.h"

#include <stdbool.h>

enum language { LANGUAGE_EN, LANGUAGE_FR };

/* Finds the catalogues under `folder` (…/fr/LC_MESSAGES/defray.mo). */
void language_start(const char *folder);
/* The language that LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for (values given by
 * the command layer, in that order, NULL where unset). English if none says French. */
enum language language_from(const char *const values[], int count);
bool language_parse(struct text t, enum language *out); /* "fr", "en" */
const char *language_text(enum language language);      /* "fr", "en" */

/* Whether a text was asked for in French without a catalogue, and English was given. */
bool language_is_wanting(void);

/* The translation of an English text. Valid to the end of the run. */
const char *tr(enum language language, const char *english)
    __attribute__((format_arg(2)));
/* The same with a plural form. */
const char *tr_plural(enum language language, const char *one, const char *many,
                      unsigned long count) __attribute__((format_arg(2), format_arg(3)));
/* What the system's error number means, as a phrase: "permission denied". */
const char *tr_errno(enum language language, int error);
/* An amount as people of the language write it: "10 245,16" (narrow no-break spaces),
 * "10,245.16". */
const char *tr_money(struct arena *keep, enum language language, struct money amount);
/* A text written with decimal points, "6.00 + 0.8 x 11.27", with the marks of the language. */
const char *tr_decimals(struct arena *keep, enum language language, const char *plain);
/* Marks a text for translation where it stands in a table. */
#define N_(english) english

#endif
