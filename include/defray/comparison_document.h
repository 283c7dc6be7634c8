/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* One log under two rule files, as a document: the totals, each member by id, and every line that
 * differs with the texts of both. No name, no account number. */
#ifndef DEFRAY_COMPARISON_DOCUMENT_H
#define DEFRAY_COMPARISON_DOCUMENT_H

#include "defray/comparison.h"
#include "defray/document.h"

struct comparison_report {
    const struct comparison *comparison;
    enum language language;
    const struct input *const *inputs;
    size_t input_count;
    const char *version;
};

/* "26 gain, 0 lose, 13 stay the same, 4 wait; 48 lines of 176 differ". */
const char *comparison_sentence(struct arena *keep, enum language language,
                                const struct comparison *comparison);
struct document *comparison_document(struct arena *keep,
                                     const struct comparison_report *report);

#endif
