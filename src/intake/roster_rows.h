/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_ROSTER_ROWS_H
#define DEFRAY_ROSTER_ROWS_H

#include "defray/roster.h"

#include "rows.h"

/* Adds the rows of one file, in its order, each as a participant of its own row. A row with a
 * fault is kept if its member is known, so that what refers to the member is not reported as
 * well; what others hold is added to `lost`. */
void roster_rows_read(struct reading *reading, struct arena scratch, struct input *input,
                      struct rows *rows, struct passed_over *lost);
/* Files the warning that the holder of an account is named by no name (B007). */
void roster_tell_holder(struct diag *diag, struct where where);
/* Files a warning for each member who seems to be another one as well (M004). */
void roster_tell_twice(struct diag *diag, struct arena scratch,
                       const struct roster *roster);

#endif
