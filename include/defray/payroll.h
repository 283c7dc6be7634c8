/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* The month's document: état liquidatif, Paie, Détail, Frais, À traiter, Contrôle, and the
 * tables that only JSON has. Nothing in it reveals an income. */
#ifndef DEFRAY_PAYROLL_H
#define DEFRAY_PAYROLL_H

#include "defray/document.h"
#include "defray/summary.h"

struct payroll {
    const struct batch *batch;
    const struct summary *summary;
    enum language language;
    const struct input *const
        *inputs; /* every file read, rule files included, in order */
    size_t input_count;
    struct diag *diag; /* warnings, for À traiter */
    const char *version;
};

struct document *payroll_document(struct arena *keep, const struct payroll *payroll);

/* "cent cinquante-quatre euros et quatre-vingt-dix-huit centimes". */
const char *amount_in_words(struct arena *keep, enum language language,
                            struct money amount);

#endif
