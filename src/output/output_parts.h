/* SPDX-License-Identifier: Apache-2.0 */
/* What the formats share: the list's functions, and bytes on their way to a file. */
#ifndef DEFRAY_OUTPUT_PARTS_H
#define DEFRAY_OUTPUT_PARTS_H

#include "defray/document_rows.h"
#include "defray/output.h"

#define OUTPUT(word)                                                                  \
    bool output_##word##_write(struct arena scratch, const struct document *document, \
                               struct staged *file, struct diag *diag);
#include "outputs.def"
#undef OUTPUT

/* Rows of a sheet, header included, that a spreadsheet holds. */
#define SHEET_ROWS_MAX 1048576

/* What tests change of a workbook: the limit of rows a sheet, and whether the library
 * carries and compresses all rows itself. */
struct xlsx_way {
    uint32_t rows_max;
    bool plainly;
};
bool output_xlsx_write_as(struct arena scratch, const struct document *document,
                          struct staged *file, struct xlsx_way way, struct diag *diag);

/* Bytes gathered into large writes. After a failure it swallows the rest. */
struct output_stream {
    struct staged *file;
    struct diag *diag;
    char *buffer;
    size_t filled;
    bool failed;
};
struct output_stream output_stream_new(struct arena *keep, struct staged *file,
                                       struct diag *diag);
void output_stream_add(struct output_stream *stream, struct text bytes);
/* False if anything failed; the diagnostic has been filed. */
bool output_stream_finish(struct output_stream *stream);

/* False after a diagnostic if the text is not valid UTF-8. */
bool output_text_check(struct text t, struct diag *diag);

#endif
