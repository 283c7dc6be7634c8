/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_EXPENSES_TWICE_H
#define DEFRAY_EXPENSES_TWICE_H

#include "defray/expenses.h"

/* By member, day and session. */
int claims_compare_keys(const struct claim *a, const struct claim *b);
/* Files a warning for each claim that repeats another (E001), which counts once, or may (E008). */
void claims_mark_repeated(const struct reading *reading, struct arena scratch,
                          const struct roster *roster, const struct log *log,
                          struct claims *claims);

#endif
