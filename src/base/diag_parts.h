/* SPDX-License-Identifier: Apache-2.0 */
/* What diag.c (filing, sorting) and diag_print.c (printing) share. */
#ifndef DEFRAY_DIAG_PARTS_H
#define DEFRAY_DIAG_PARTS_H

#include "defray/diag.h"
#include "defray/file.h"

struct diagnostics ARRAY_OF(struct diagnostic);

struct diag {
    struct arena keep; /* apart: what is filed while scratch is in use lies elsewhere */
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

/* "attendance.csv:41:7", without the column if `column` is false or none is known. */
struct text diag_place(struct arena *keep, struct where where, bool column);

#endif
