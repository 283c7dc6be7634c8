/* SPDX-License-Identifier: Apache-2.0 */
/* Documents written to a staged file and taken back as bytes, and workbooks as text. */
#ifndef TESTS_WRITTEN_H
#define TESTS_WRITTEN_H

#include "defray/output.h"

struct written {
    bool done;
    struct text bytes; /* of the staged file, whatever became of it */
    struct diag *diag;
};

/* Writes to a file of that name in a new folder under `folder`, then throws both away.
 * The name's extension picks the format; rows_max 0 is the format's own. */
struct written document_written(struct arena *keep, const char *folder, const char *name,
                                const struct document *document, uint32_t rows_max);
/* A workbook whose rows the library carries and compresses itself. */
struct written document_written_plainly(struct arena *keep,
                                        const struct document *document);
/* The id of the first diagnostic, or "". */
const char *first_code(struct diag *diag);
/* A line a cell, "Sheet!B2 n 12.5" or "Sheet!B3 n 12.5 =SUM(B2)", types t n d b e; a line
 * "[Sheet]" before each sheet. NULL if the bytes are no workbook. */
const char *book_dump(struct arena *keep, struct text bytes, struct diag *diag);
struct book_source;
const char *book_dump_source(struct arena *keep, const struct book_source *source,
                             struct diag *diag);

#endif
