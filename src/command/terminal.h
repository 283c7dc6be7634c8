/* SPDX-License-Identifier: Apache-2.0 */
/* What a terminal shows and takes: progress, colour, columns, words as they are typed. */
#ifndef DEFRAY_TERMINAL_H
#define DEFRAY_TERMINAL_H

#include "defray/language.h"
#include "defray/progress.h"

#include <stdio.h>

/* Whether diagnostics may be coloured: on a terminal, unless NO_COLOR is set. */
bool terminal_takes_colour(void);
/* A name as it is typed in a command: between quotes, unless it is plain. */
const char *typed_word(struct arena *keep, struct text name);
/* NULL when standard error is not a terminal, or a dumb one. */
struct progress *terminal_progress(struct arena *keep, enum language language);
/* Wipes the line, if one was shown. */
void terminal_progress_done(struct progress *progress);

/* Columns are as wide as their characters: an accented letter is two bytes, a no-break space is
 * three. To the left: what is wider stays whole, and nothing follows it. */
void put_left(FILE *out, const char *text, size_t width);
/* To the right: what is as wide as its column, or wider, keeps a space from what stands before. */
void put_right(FILE *out, const char *text, size_t width);

#endif
