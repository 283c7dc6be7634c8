/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* The equality table as a document: profiles by assemblies, then each amount with its reason
 * and its text, then what each column is. */
#ifndef DEFRAY_EQUALITY_DOCUMENT_H
#define DEFRAY_EQUALITY_DOCUMENT_H

#include "defray/document.h"
#include "defray/equality.h"

struct equality_report {
    const struct equality *equality;
    enum language language;
    const struct input *const *inputs; /* every file read */
    size_t input_count;
    const char *version;
};

struct document *equality_document(struct arena *keep,
                                   const struct equality_report *report);
/* "from 0.00 € (lanester) to 101.04 € (cese-convention), 101.04 € apart". */
const char *equality_sentence(struct arena *keep, enum language language,
                              const struct equality *equality, size_t profile);
/* "grenoble-2022: a flat amount for the whole mandate, not compared …"; "" if there is none. */
const char *equality_flat_amounts(struct arena *keep, enum language language,
                                  const struct equality *equality);

#endif
