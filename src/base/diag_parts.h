/* SPDX-License-Identifier: Apache-2.0 */
/* What diag.c (filing, sorting) and diag_print.c (printing) share. */
#ifndef DEFRAY_DIAG_PARTS_H
#define DEFRAY_DIAG_PARTS_H

#include "defray/diag.h"
#include "defray/file.h"

struct diagnostics ARRAY_OF(struct diagnostic);

struct diag {
    struct arena *keep;
    enum language language;
    struct diagnostics filed; /* in filing order */
    size_t printed;           /* the first so many have been printed */
    size_t errors;
    size_t warnings;
    enum failure failure;
    struct arena printing; /* once reserved */
    bool may_print;
};

/* Those filed from `first` on, in print order. */
const struct diagnostic *diag_sorted_from(const struct diag *diag, size_t first,
                                          struct arena *keep);

/* The text as it may be shown on a terminal or stored in a document: a tab is a
 * space; other control characters, marks that turn the direction of writing, and
 * bytes that are not UTF-8 are a '?'. */
struct text diag_clean(struct arena *keep, struct text t);

/* "attendance.csv:41:7", without the column if `column` is false or none is known. */
struct text diag_place(struct arena *keep, struct where where, bool column);

#endif
