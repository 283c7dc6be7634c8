/* SPDX-License-Identifier: Apache-2.0 */
/* What rules of before make of the tables of now. Where they see the facts that were paid, or
 * give what the rules of today give, one knows which of the two has changed: the tables, or the
 * rules. */
#ifndef DEFRAY_FORMER_H
#define DEFRAY_FORMER_H

#include "claimed.h"

struct former {
    const struct rules *rules;
    struct period days; /* settled, and they hold on them; none: `from` is after `to` */
    struct claimed_rights rights;
};

struct formers { /* of one member, made once they are asked for */
    struct arena *keep;
    const struct batch *batch; /* the run's, with its history */
    uint32_t member;
    struct former_list ARRAY_OF(struct former) list;
};

/* Whether they tell: false without rules, or if they do not hold on the day and on those that bear
 * on it. `claimed` becomes the right by them; NULL: they give none. */
bool former_tells(struct formers *formers, const struct rules *rules,
                  const struct right *right, const struct claimed **claimed);
/* Whether they hold on the day of a stipend and ask for means otherwise than those of today: their
 * verdict is then not known, for the one that there is was reached by the test of today. */
bool former_tests_otherwise(const struct formers *formers, const struct rules *rules,
                            const struct right *right);
/* Whether the tables of now are, by the rules that the right was paid by, what it was paid on. */
bool former_as_paid(struct formers *formers, const struct paid_right *was);

#endif
