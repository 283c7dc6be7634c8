/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* Two sessions at which members are paid for the same time. */
#ifndef DEFRAY_SIMULTANEOUS_H
#define DEFRAY_SIMULTANEOUS_H

#include "defray/liquidation.h"

struct two_sessions {
    const struct session *first, *second; /* in the order of the log */
    size_t members;
    uint32_t member, last;              /* the first and the last of them */
    struct where first_row, second_row; /* of the first of them */
};

struct simultaneous ARRAY_OF(struct two_sessions);

/* Whether there is any of the member's; it touches nothing. */
bool simultaneous_any(const struct batch *batch, const struct member_result *result);
void simultaneous_add(struct arena *keep, struct simultaneous *found,
                      const struct batch *batch, uint32_t member,
                      const struct member_result *result);
void simultaneous_tell(struct diag *diag, const struct batch *batch,
                       const struct simultaneous *found);

#endif
