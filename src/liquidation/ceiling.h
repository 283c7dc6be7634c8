/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a ceiling leaves of a sum, and what it takes: the two make the sum, to the cent; what is
 * left never passes the ceiling, and a higher ceiling never leaves less. `make proof` proves it.
 */
#ifndef DEFRAY_CEILING_H
#define DEFRAY_CEILING_H

#include "defray/money.h"

struct split {
    struct money left;
    struct money taken;
};

/*@
  logic integer left_under(integer due, integer most) = \min(due, most);
  lemma a_higher_ceiling_leaves_no_less: \forall integer due, low, high;
    low <= high ==> left_under(due, low) <= left_under(due, high);
  lemma a_higher_due_leaves_no_less: \forall integer low, high, most;
    low <= high ==> left_under(low, most) <= left_under(high, most);
*/

/* What is left of a ceiling once so much of it is paid: never below nothing. */
/*@
  requires money_within(most.cents) && money_within(paid.cents);
  requires money_within(most.cents - paid.cents);
  assigns \nothing;
  ensures \result.cents == \max(0, most.cents - paid.cents);
  ensures paid.cents <= most.cents ==> paid.cents + \result.cents == most.cents;
*/
struct money ceiling_left(struct money most, struct money paid);

/*@
  requires 0 <= due.cents <= MONEY_MAX_CENTS && 0 <= most.cents <= MONEY_MAX_CENTS;
  assigns \nothing;
  ensures \result.left.cents + \result.taken.cents == due.cents;
  ensures \result.left.cents == left_under(due.cents, most.cents);
  ensures 0 <= \result.left.cents <= most.cents && 0 <= \result.taken.cents <= due.cents;
*/
struct split ceiling_split(struct money due, struct money most);

#endif
