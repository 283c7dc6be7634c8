/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* The draft of a title of recovery (titre de recette), one a debtor: defray proposes, the
 * authorising officer issues it, the accounting officer collects. */
#ifndef DEFRAY_RECOVERY_DOCUMENT_H
#define DEFRAY_RECOVERY_DOCUMENT_H

#include "defray/document.h"
#include "defray/recovery.h"
#include "defray/rules.h"

/* Both live as long as the document. */
struct document *recovery_document(struct arena *keep, const struct recovery *recovery,
                                   const struct rules *rules, enum language language);

#endif
