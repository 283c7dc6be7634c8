/* SPDX-License-Identifier: Apache-2.0 */
/* What the ledger has on days that are not settled, held against what is about to be paid. */
#ifndef DEFRAY_ELSEWHERE_H
#define DEFRAY_ELSEWHERE_H

#include "tallying.h"

/* What the member is about to be paid, and was paid on another day already: P121 for a session
 * that moved, P122 for a ceiling that would be passed; warnings where a person decides. */
void elsewhere_notice(struct diag *diag, const struct batch *batch, uint32_t member,
                      const struct computed *computed);

/* Claims of the settled days that name the same receipt. */
void receipts_notice(struct arena scratch, struct diag *diag, const struct batch *batch);

#endif
