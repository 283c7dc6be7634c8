/* SPDX-License-Identifier: Apache-2.0 */
/* Members under eighteen, or who were: who acts for them, and into whose account they are paid. */
#ifndef DEFRAY_MINOR_H
#define DEFRAY_MINOR_H

#include "tallying.h"

/* False where the date of birth is not stated. */
bool is_minor(const struct participant *participant, struct date date);
/* Whether the account is stated to be the member's own, or the legal representative's. An
 * account whose holder is not stated is neither. */
bool holder_is_settled(struct arena scratch, const struct participant *participant,
                       const struct participation *row);

/* Notes of the member what their age asks for: a minor is paid through a representative, and into a
 * known account; one who has come of age, themselves. Whether they are paid as a minor, which asks
 * for proof of the representative's capacity. */
bool minor_watch(struct arena scratch, const struct batch *batch, uint32_t member,
                 const struct computed *computed, struct person_total *person);

#endif
