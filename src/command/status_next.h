/* SPDX-License-Identifier: Apache-2.0 */
/* Where a month of a working folder stands, and what to type next. */
#ifndef DEFRAY_STATUS_NEXT_H
#define DEFRAY_STATUS_NEXT_H

#include "defray/ledger_view.h"

#include "folder.h"

struct month {
    struct period period;
    size_t sessions;
    struct file_names sheets, claims;
    const char *paid; /* the workbook of 'defray pay' */
    bool is_paid;     /* it is there */
    bool is_late;     /* something it rests on is newer */
    bool
        is_late_for_batch; /* the same of the sheets of its batches; closed: of its own tables */
    bool is_empty;         /* computed against the ledger, and nothing is to pay */
    bool is_unsure;        /* nothing was to pay, before a batch was given up */
    /* The first that waits for an act, else the last, of those that were not given up. */
    const struct ledger_batch *batch;
    const struct ledger_batch *last;
    bool is_closed;
};

struct looking {
    struct run *run;
    const struct folder *folder;
    struct month *months;
    size_t month_count;
    struct ledger_batch *batches;
    size_t batch_count;
    size_t owed; /* members */
    bool has_ledger;
    struct folder_sheet unknown; /* sheets of a batch that the ledger does not have */
};

struct step {
    const char *before; /* NULL: nothing */
    const char *command;
};

/* The next command of a month, and what comes before it; no command when nothing is left. */
struct step status_next(const struct looking *l, const struct month *month);
/* A command, as it is typed where the folder is not the current one. */
const char *status_in_folder(const struct looking *l, const char *command);
/* Whether somebody has still to do something with the batch: one without payments is done once it
 * is approved. */
bool batch_waits(const struct ledger_batch *batch);

#endif
