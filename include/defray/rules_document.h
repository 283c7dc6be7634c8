/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * A rule file as a document for the legal team: every provision with its days and the text
 * it rests on, the status over time, the sources, the assumptions to be confirmed. And two
 * rule files side by side. JSON and CSV have the provisions as one table.
 */
#ifndef DEFRAY_RULES_DOCUMENT_H
#define DEFRAY_RULES_DOCUMENT_H

#include "defray/document.h"
#include "defray/provision.h"

/* The document lives as long as `keep` and the rules. */
struct document *rules_document(struct arena *keep, const struct rules *rules,
                                enum language language, const char *version);
struct document *rules_difference_document(struct arena *keep, const struct rules *before,
                                           const struct rules *after,
                                           enum language language, const char *version);

#endif
