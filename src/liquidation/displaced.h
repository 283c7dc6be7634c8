/* SPDX-License-Identifier: Apache-2.0 */
/* What earlier days that are not settled, and that nobody paid, leave to those that are. */
#ifndef DEFRAY_DISPLACED_H
#define DEFRAY_DISPLACED_H

#include "tallying.h"

/* P126 where the ledger was kept on those days; else L030 where no run can have paid them. */
void displaced_notice(struct diag *diag, const struct batch *batch, uint32_t member,
                      const struct computed *computed);

#endif
