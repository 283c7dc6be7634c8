/* SPDX-License-Identifier: Apache-2.0 */
/* What of a working folder is newer than what was made of it. */
#ifndef DEFRAY_STATUS_LATE_H
#define DEFRAY_STATUS_LATE_H

#include "status_next.h"

/* When the file was last changed, in nanoseconds, since that may be in the second in which
 * something was made of it; 0 if there is none. */
int64_t status_changed_at(struct arena scratch, struct text path);
struct made { /* of a month's tables */
    int64_t at;
    struct text tables; /* those that the last batch was made of; empty: not kept */
};
/* Whether something that the month rests on is newer than what was made of it, or was not in it. */
bool status_is_late(const struct looking *l, const struct month *month, struct made made);
/* Whether the batch is of these rules and of a day of the period, and was not given up. */
bool status_is_batch_of(const struct looking *l, const struct ledger_batch *batch,
                        struct period period);
/* When the last sheets of a batch of the month were made, or, of a closed month, of one that
 * settled it again, and of what; `otherwise` where there are none. */
struct made status_made(const struct looking *l, const struct month *month,
                        int64_t otherwise);
/* Whether a table for import has no row below its header. */
bool status_is_without_rows(const struct looking *l, struct text path);
/* Whether a sheet or the claims of a closed month were not in what it was paid by, nor in a run
 * that found nothing to pay. The members and the calendar go on changing: they do not count. */
bool status_closed_is_late(const struct looking *l, const struct month *month,
                           struct made made);
/* What pays the first closed month of which a table is late; no command where there is none. */
struct step status_next_late(const struct looking *l);

#endif
