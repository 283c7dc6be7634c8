/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diagnostics collect. A function that meets bad input files a diagnostic (place,
 * code, text) and carries on; it returns false or NULL, and whoever takes a diag
 * and returns false has spoken. The command prints them once, sorted by file,
 * line, column, and decides.
 *
 *     attendance.csv:41:7: error: session 'S9' is not in the calendar [A012]
 *         P004;S9;present
 *              ^
 *         remedy: add the session to the calendar, or correct its name here
 *         did you mean 'S8'?
 *
 * A text is one phrase: lower case, no full stop, the failure first, the subject
 * in 'quotes', what was found and what is expected. Never an income, a whole
 * IBAN or a birth date. It is given in English and translated here.
 */
#ifndef DEFRAY_DIAG_H
#define DEFRAY_DIAG_H

#include "defray/language.h"
#include "defray/text.h"

#include <stdio.h>

struct input;

/* A place: the physical line and character column (from 1) of a file; 0 for "the
 * whole file" or "the whole line". For an input with a sheet they are the row and
 * the column of the cell, and print as "presences.xlsx[Présences!D14]". */
struct where {
    const struct input *input;
    uint32_t line;
    uint32_t column;
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* One row a code: CODE(id, severity, title, meaning, remedy). */
enum code {
#define CODE(id, severity, title, meaning, remedy) CODE_##id,
#include "defray/codes.def"
#undef CODE
    CODE_COUNT
};

struct code_page {
    const char *id; /* "A012" */
    enum severity severity;
    const char *title;   /* English; translate with tr */
    const char *meaning; /* what it means, one to three sentences */
    const char *remedy;  /* what to do, one phrase */
};

/* What exit status a failure calls for; the gravest filed wins. */
enum failure {
    FAILURE_NONE,
    FAILURE_USAGE,
    FAILURE_DATA,
    FAILURE_POLICY,
    FAILURE_MACHINE,
    FAILURE_RECORDED, /* the machine failed when the outcome may be recorded */
    FAILURE_INVARIANT,
};

struct diag; /* owned by the command */

struct diag *diag_new(struct arena *keep, enum language language);
const struct code_page *code_page(enum code code);
const struct code_page *code_find(struct text id); /* NULL if there is none */

/* File one. Always false, so that a caller may `return diag_error(…)`. The code's
 * own severity counts; the verb only says it again for the reader. Codes that
 * start with P are refusals of policy, codes F004 to F008 and F010 the machine's
 * failures, those of G as their list says. */
bool diag_error(struct diag *diag, struct where where, enum code code, const char *format,
                ...) __attribute__((format(printf, 4, 5)));
bool diag_warning(struct diag *diag, struct where where, enum code code,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
bool diag_note(struct diag *diag, struct where where, enum code code, const char *format,
               ...) __attribute__((format(printf, 4, 5)));
/* Adds "did you mean 'x'?" to the diagnostic just filed; nothing if x is empty. */
void diag_suggest(struct diag *diag, struct text meant);
/* The same of what looks like what is written, and consists of other characters. */
void diag_suggest_alike(struct diag *diag, struct text meant);
/* Adds a second place ("the other one is at x:12:3") to the diagnostic just filed. */
void diag_other_place(struct diag *diag, struct where other);

/* Files what another has, in its order: of a part of a table that was read beside others. */
void diag_take_over(struct diag *diag, const struct diag *from);

/* How many were filed so far. */
size_t diag_filed(const struct diag *diag);
/* Of the errors filed since, those that lie outside the passage begin with these words, and tell
 * it as the other place if they tell none: what caused them stands there. No input, no place. */
struct passage {
    struct where from, to;
};
void diag_put_before(struct diag *diag, size_t since, struct passage cause,
                     const char *words);

size_t diag_errors(const struct diag *diag);
size_t diag_warnings(const struct diag *diag);
enum failure diag_failure(const struct diag *diag);
enum language diag_language(const struct diag *diag);
struct arena *diag_arena(struct diag *diag); /* for texts that only a message needs */

/* All that was filed so far, in print order, as an array of `count`: for the control
 * sheet and "À traiter". The text is in the diag's language; control characters
 * and bytes that are not UTF-8 show as '?'. */
struct diagnostic {
    struct where where;
    struct where other; /* input NULL if there is none */
    enum code code;
    bool alike; /* what is meant looks like what is written there */
    const char *text;
    struct text meant; /* empty if there is no suggestion */
};
const struct diagnostic *diag_sorted(struct diag *diag, size_t *count);
/* The same in an arena of the caller's, for a thread beside the one that files. */
const struct diagnostic *diag_sorted_into(const struct diag *diag, struct arena *keep,
                                          size_t *count);

struct diag_style {
    bool json; /* one JSON object a line */
    bool colour;
    bool quiet; /* errors only */
};
/* Prints all that was filed and not yet printed. */
void diag_print(struct diag *diag, FILE *out, struct diag_style style);
/* Takes now the memory that printing needs: what was done can be told when there is none. */
void diag_reserve(struct diag *diag);

/* "attendance.csv:41", for `at` and for documents. */
const char *where_text(struct arena *keep, struct where where);
/* The same without the file's folder, for what is filed elsewhere; "" without a file. */
const char *where_name(struct arena *keep, struct where where);

/* The text as it may be shown on a terminal or stored in a document: a tab is a
 * space; other control characters, marks that turn the direction of writing, and
 * bytes that are not UTF-8 are a '?'. */
struct text diag_clean(struct arena *keep, struct text t);

#endif
