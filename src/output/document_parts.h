/* SPDX-License-Identifier: Apache-2.0 */
/* What the documents share, whatever they tell. */
#ifndef DEFRAY_DOCUMENT_PARTS_H
#define DEFRAY_DOCUMENT_PARTS_H

#include "defray/document.h"
#include "defray/provision.h"
#include "defray/roster.h"

struct tables ARRAY_OF(struct table);
struct notes ARRAY_OF(struct note);
struct properties ARRAY_OF(struct property);

/* The columns with their titles, if they have any, translated. */
const struct column *document_columns(struct arena *keep, enum language language,
                                      const struct column *columns, size_t count);
/* A table for sheets with these columns. */
struct table document_table(struct arena *keep, enum language language,
                            const struct column *columns, size_t count);
/* Gives the document a copy of them. */
void document_set_properties(struct arena *keep, struct document *document,
                             const struct property *properties, size_t count);
void document_note(struct arena *keep, struct notes *notes, enum tone tone,
                   const char *text);
/* A row of a file read: path, SHA-256 (withheld where it would let a figure be guessed). */
void document_put_input(enum language language, const struct input *input,
                        struct row_sink *sink);

/* document_status.c: the status of the scheme in the period and now, a row each: when and what it
 * was, then the text it rests on. */
void document_put_status(struct arena scratch, enum language language,
                         const struct rules *rules, struct period period,
                         struct row_sink *sink);

/* "attendance.csv:41"; a rule file without its folder, so that a document does not change with
 * the place where the program is installed. */
const char *shown_place(struct arena *keep, const struct rules *rules,
                        struct where where);
/* "Durand Alice". */
const char *shown_name(struct arena *keep, const struct participant *participant);
/* "1 234,50 €", "07/03/2026", as a sentence shows them. */
const char *shown_amount(struct arena *keep, enum language language, struct money amount);
const char *shown_date(struct arena *keep, enum language language, struct date date);
/* What an amount came about by, with the decimal mark of the language. */
struct cell derivation_cell(struct arena *keep, enum language language,
                            struct text derivation);
/* A category by its common name, for a reader without the rules' own; NULL: it has none. */
const char *shown_category(enum language language, struct text key);

#endif
