/* SPDX-License-Identifier: Apache-2.0 */
/* The outputs of a command: checked before anything is read, staged, published together. */
#ifndef DEFRAY_OUTPUTS_H
#define DEFRAY_OUTPUTS_H

#include "defray/output.h"

#include "run.h"

/* The extensions of what a result can be written as: a table to be read by programs beside the
 * document, or the document alone. */
#define FORMATS_TABLE  ".xlsx, .csv, .json, .html, .pdf"
#define FORMATS_REPORT ".xlsx, .json, .html, .pdf"
#define FORMATS_FORM   ".xlsx, .csv"

/* Extension among `extensions`, no name twice, none an input or a folder. False after
 * diagnostics (usage). */
bool outputs_check(struct run *run, const char *extensions);
/* What may be wrong with one name: a folder, an input, one of the `index` outputs before it. */
void outputs_check_path(struct run *run, struct text path, size_t index);
/* Whether a file of that name is there already, with these very bytes; *other: with others, or they
 * could not be read, which has been told. */
bool outputs_is_there(struct run *run, struct text path, const struct digest *digest,
                      bool *other);
/* Whether every file that was read is still what it was; false after diagnostics (F016). To be
 * asked last, before anything is published or recorded: outputs_stage and what uses it ask. */
bool outputs_inputs_stand(const struct run *run);
/* Writes the document in every format asked for, all or nothing, and with
 * them run.certificate where --certificate is given. False after a diagnostic. */
bool outputs_write(struct run *run, const struct document *document);
/* The first half of it: everything is written, nothing has its name yet. The stage is to be
 * published or discarded; NULL after a diagnostic. */
struct stage *outputs_stage(struct run *run, const struct document *document);
/* The same where not every format is given the same document. */
bool outputs_write_each(struct run *run,
                        const struct document *(*document_of)(
                            const void *context, const struct output *output),
                        const void *context);
/* The folder that DEFRAY_FONTS names; NULL: where systems keep fonts. */
const char *outputs_fonts(void);
/* "wrote FILE", a line a file, unless --quiet is given: for commands without a summary of their
 * own to put it in. */
void outputs_tell(const struct run *run);

#endif
