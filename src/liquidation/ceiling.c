/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic of ceilings, apart from the rules and lines that they are about. */
#include "ceiling.h"

struct money
ceiling_left(struct money most, struct money paid)
{
    struct money left = money_subtract(most, paid);
    return left.cents < 0 ? (struct money){0} : left;
}

struct split
ceiling_split(struct money due, struct money most)
{
    struct money left = money_min(due, most);
    return (struct split){left, money_subtract(due, left)};
}
