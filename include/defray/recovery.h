/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* What members were paid too much and has not come back, as plain data: from whom, for which
 * rights, how much is left. Nothing that has not left yet is part of it. From it, a draft of the
 * title that the authorising officer may issue. */
#ifndef DEFRAY_RECOVERY_H
#define DEFRAY_RECOVERY_H

#include "defray/date.h"
#include "defray/money.h"

struct
    recovery_line { /* one right that changed, in the batch that listed the sum or before */
    int64_t batch;         /* that listed it */
    int64_t paid_by;       /* the batch that had paid the right and has left; 0: none */
    struct text component; /* empty: what earlier batches left, and no right */
    struct date day;
    struct text unit, cause;
    struct money before, change;
};

struct recovery_debt { /* of one member */
    struct text id, last_name, first_name, postcode, town;
    struct recovery_line *lines; /* they add up to -listed */
    size_t line_count;
    struct money listed, settled, open; /* open = listed - settled */
    struct money unsent; /* listed besides, and paid by batches that have not left */
    int64_t unsent_by;   /* the last of these; 0: none */
    struct date until;   /* last day of the periods in which it was listed */
};

struct recovery {
    struct text assembly;
    struct date until; /* last day of the periods in which it was listed */
    struct recovery_debt *items;
    size_t count;
    struct money open;
    const char *head; /* of the ledger */
};

#endif
