/* SPDX-License-Identifier: Apache-2.0 */
/* What the facts and the rules give now, right by right: two stays at one session are one. */
#ifndef DEFRAY_CLAIMED_H
#define DEFRAY_CLAIMED_H

#include "defray/history.h"
#include "defray/liquidation.h"

struct claimed { /* a right as the facts and the rules give it now */
    struct right right;
    struct money due;
    uint64_t fact;
    uint64_t
        stem; /* of it, whatever the presence is called; 0: of a claim, or of several */
    struct text session;
    struct where where;
    const struct basis *basis; /* of the first line that comes to something; or NULL */
    bool lapsed;
    bool open;          /* a line of it, or one that it hangs on, is undetermined */
    bool refused;       /* an expense of it is refused */
    enum reason reason; /* why, if it is open or refused */
};

struct claimed_rights ARRAY_OF(struct claimed);

/* Adds what the lines give to the rights, a right a line. */
void claimed_collect(struct arena *keep, const struct batch *batch,
                     const struct member_result *result, struct claimed_rights *rights);
/* The same of the days that the batch settles before its period. */
void claimed_collect_earlier(struct arena *keep, const struct batch *batch,
                             uint32_t member, struct claimed_rights *rights);
/* The days before the period that are settled, year by year: the next of them, beginning with
 * `from`, as a batch of its own. False after the last. */
bool claimed_next_earlier(const struct batch *batch, struct date *from,
                          struct batch *earlier);
/* In order, one a right. */
void claimed_gather(struct claimed_rights *rights);
/* The right, if it is among those in order; or NULL. */
const struct claimed *claimed_find(const struct claimed_rights *rights,
                                   const struct right *right);
/* Whether the facts are those on which the right was paid. "Partial" for "present" is the same fact
 * if both are judged alike: hours are looked at apart. */
bool claimed_as_paid(const struct claimed *now, const struct paid_right *was);
/* What names a presence within its day: the session, or its kind where it has no id. */
struct text presence_unit(const struct session *session);
/* What names the line within its day. The text may be of the line. */
struct text claimed_unit(struct arena *keep, const struct batch *batch,
                         const struct line *line);

#endif
