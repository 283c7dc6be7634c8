/* SPDX-License-Identifier: Apache-2.0 */
/* What depends on there being a terminal: progress and colour. */
#ifndef DEFRAY_TERMINAL_H
#define DEFRAY_TERMINAL_H

#include "defray/language.h"
#include "defray/progress.h"

/* NULL when standard error is not a terminal. */
struct progress *terminal_progress(struct arena *keep, enum language language);
/* Wipes the line, if one was shown. */
void terminal_progress_done(struct progress *progress);

#endif
