/* SPDX-License-Identifier: Apache-2.0 */
/* Who acts, on which machine, and when: the only place that asks the system for it. */
#ifndef DEFRAY_ACTOR_H
#define DEFRAY_ACTOR_H

#include "defray/ledger.h"

#include "run.h"

/* The system's user, or the name given with --as; the clock, or SOURCE_DATE_EPOCH. With
 * --reason and --evidence, if given. False after a diagnostic (the evidence cannot be read). */
bool act_now(struct run *run, struct act *out);

/* The login name of the system's user; the empty text if the machine failed to say. It may ask a
 * server, so that it is looked up before the process is shut in (run->login). */
struct text actor_login(struct arena *keep);

/* "2026-04-02 14:05 UTC". */
const char *time_shown(struct arena *keep, int64_t seconds);

#endif
