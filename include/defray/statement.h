/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * What each member is told of a period: what was read, what it gives and under which text, what is
 * not paid and what would change that, how to contest. A section a member, whatever is due. It
 * holds no income, no birth date, and of an account number the last four characters.
 */
#ifndef DEFRAY_STATEMENT_H
#define DEFRAY_STATEMENT_H

#include "defray/document.h"
#include "defray/summary.h"

struct statements {
    const struct batch *batch; /* traced */
    const struct summary *summary;
    enum language language;
};

struct chosen { /* members, by index in the roster */
    const uint32_t *items;
    size_t count;
};

/* The statements of these members as one document, which lives as long as `keep`. */
struct document *statement_document(struct arena *keep, struct arena scratch,
                                    const struct statements *statements,
                                    struct chosen chosen);

#endif
