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
/* "3 h × 13.74 € -> 3 h × 14.59 €", or what decided under each. */
const char *compared_reason(struct arena *keep, enum language language,
                            const struct compared_line *line);
/* "B: annulled since 2026-02-20: nothing is paid for these days", the next of such sentences from
 * `*next` on (first 0), which moves on; NULL after the last. */
const char *comparison_unpaid(struct arena *keep, enum language language,
                              const struct comparison *comparison, size_t *next);
struct document *comparison_document(struct arena *keep,
                                     const struct comparison_report *report);

#endif
