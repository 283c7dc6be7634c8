/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* What finance gets of the means test: the table that `--decisions` reads. It is made from
 * decisions, which hold no figure, and from nothing else. */
#ifndef DEFRAY_DECISIONS_DOCUMENT_H
#define DEFRAY_DECISIONS_DOCUMENT_H

#include "defray/decisions.h"
#include "defray/document.h"

struct document *decisions_document(struct arena *keep, const struct rules *rules,
                                    const struct roster *roster,
                                    const struct decisions *decisions,
                                    enum language language);

#endif
