/* SPDX-License-Identifier: Apache-2.0 */
/* Members under eighteen: who acts for them, and into whose account they are paid. */
#ifndef DEFRAY_MINOR_H
#define DEFRAY_MINOR_H

#include "defray/roster.h"

/* False where the date of birth is not stated. */
bool is_minor(const struct participant *participant, struct date date);
/* Whether the account is stated to be the member's own, or the legal representative's. An
 * account whose holder is not stated is neither. */
bool holder_is_settled(struct arena scratch, const struct participant *participant,
                       const struct participation *row);

#endif
