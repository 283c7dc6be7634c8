/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* The formats. One file each, src/output/output_<name>.c, and one list of them. */
#ifndef DEFRAY_OUTPUT_H
#define DEFRAY_OUTPUT_H

#include "defray/document.h"
#include "defray/file.h"

struct output {
    const char *extension; /* ".xlsx" */
    /* Writes and, where the format needs it, reads back and compares. False after a diagnostic. */
    bool (*write)(struct arena scratch, const struct document *document,
                  struct staged *file, struct diag *diag);
};
/* By the extension of the path (any case), or NULL. */
const struct output *output_find(struct text path);
/* One format after the other; NULL after the last. */
const struct output *output_at(size_t index);
/* ".xlsx, .csv, .json, .html, .pdf, .xml". */
const char *output_extensions(struct arena *keep);

#endif
