/* SPDX-License-Identifier: Apache-2.0 */
/* --what-if NAME=VALUE: the means test of the rules, changed in one respect. */
#ifndef DEFRAY_WHAT_IF_H
#define DEFRAY_WHAT_IF_H

#include "defray/eligibility_report.h"

#include "run.h"

/* Every --what-if given. False after diagnostics (usage). */
bool what_ifs_read(struct run *run, const struct what_if **items, size_t *count);

#endif
