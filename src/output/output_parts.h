/* SPDX-License-Identifier: Apache-2.0 */
/* What the formats share: the list's functions, and bytes on their way to a file. */
#ifndef DEFRAY_OUTPUT_PARTS_H
#define DEFRAY_OUTPUT_PARTS_H

#include "defray/document_rows.h"
#include "defray/output.h"

#include <string.h>

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

/* Bytes on their way: gathered into large writes to a file or, of a part of a table, kept until
 * the part is told. After a failure it swallows the rest. */
struct output_stream {
    struct staged *file; /* NULL: the bytes are kept */
    struct diag *diag;   /* NULL: as long as they are kept */
    struct arena *keep;
    char *buffer;
    size_t filled, capacity;
    bool failed;
    struct text bad; /* the text that could not be told, if the bytes are kept */
};
struct output_stream output_stream_new(struct arena *keep, struct staged *file,
                                       struct diag *diag);
/* In an arena that holds nothing else until then. */
struct output_stream output_stream_kept(struct arena *keep);
/* What output_stream_add does with bytes for which there is no room. */
void output_stream_spill(struct output_stream *stream, struct text bytes);
/* False if the text is not valid UTF-8: the stream has failed. */
bool output_stream_takes(struct output_stream *stream, struct text t);
/* Tells what was kept; if that failed, this one fails with its diagnostic. */
void output_stream_join(struct output_stream *stream, const struct output_stream *kept);
/* False if anything failed; the diagnostic has been filed. */
bool output_stream_finish(struct output_stream *stream);

static inline void
output_stream_add(struct output_stream *stream, struct text bytes)
{
    if (bytes.size == 0) {
        return;
    }
    if (bytes.size < stream->capacity - stream->filled) {
        memcpy(stream->buffer + stream->filled, bytes.data, bytes.size);
        stream->filled += bytes.size;
    } else {
        output_stream_spill(stream, bytes);
    }
}

void output_stream_add_integer(struct output_stream *stream, int64_t value);

/* Rows on their way to a format whose rows do not depend on one another. */
struct output_rows {
    const struct table *table;
    /* Writes one, perhaps beside those of other parts. */
    void (*row)(struct output_stream *stream, const void *context,
                const struct cell *cells);
    const void *context;
    struct text between; /* rows */
};
/* Tells all rows, those of parts on all processors. False if there is none. */
bool output_rows_put(struct arena scratch, const struct output_rows *rows,
                     struct output_stream *stream);

/* False after a diagnostic if the text is not valid UTF-8. */
bool output_text_check(struct text t, struct diag *diag);

#endif
