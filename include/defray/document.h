/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* A document says what is told: properties and titled tables with typed cells, whose rows are
 * produced on demand (so memory does not grow with lines). An output says how it is written. One
 * document, every format. */
#ifndef DEFRAY_DOCUMENT_H
#define DEFRAY_DOCUMENT_H

#include "defray/chart.h"
#include "defray/date.h"
#include "defray/form.h"
#include "defray/language.h"
#include "defray/money.h"

enum cell_type {
    CELL_EMPTY, /* nothing: a blank cell; left out of JSON */
    CELL_TEXT,
    CELL_MONEY, /* euros with two decimals */
    CELL_INTEGER,
    CELL_QUANTITY, /* exact ratio, shown with two decimals or more */
    CELL_DATE,
    CELL_DURATION, /* h:mm */
};

/* How a cell or a note is shown; what it says does not depend on it. */
enum tone {
    TONE_PLAIN,
    TONE_STRONG,
    TONE_QUIET, /* assumptions, and what is left empty */
    TONE_ALERT,
};

struct cell {
    enum cell_type type;
    enum tone tone;
    struct text text;
    struct text word; /* of a text: what CSV and JSON say, the same in every language */
    union {
        struct money money;
        int64_t integer; /* also a duration, see date.h */
        struct ratio ratio;
        struct date date;
    };
};

struct column {
    const char *key;   /* stable: CSV, JSON and the manual ("amount_cents") */
    const char *title; /* translated */
    enum cell_type type;
    int width;     /* characters */
    bool total;    /* summed below the rows by a live formula with its cached value;
                      money, integers and durations only */
    uint32_t adds; /* bit set of columns of which each row is the sum (a live formula) */
    int span;      /* columns of the sheet that it takes; 0 is 1. Short tables only. */
};

struct row_sink {
    void (*row)(struct row_sink *sink, const struct cell *cells);
};

/* FOR_PAGE: what people read in a browser or on paper (HTML, PDF). */
enum audience { FOR_SHEET = 1, FOR_CSV = 2, FOR_JSON = 4, FOR_PAGE = 8 };

struct note { /* a line above or below a table; leading spaces indent it */
    enum tone tone;
    const char *text;
};
struct column_group { /* a heading over neighbouring columns; "": none */
    const char *title;
    size_t columns;
};

struct table {
    const char *key;   /* JSON: "lines" */
    const char *sheet; /* translated sheet name; consecutive tables of one sheet share it,
                          and a section of a page, which NULL leaves without a heading */
    const char *heading;       /* of the section on a page; NULL: the sheet's name */
    const char *title;         /* above the table; may be NULL */
    const struct note *before; /* between the title and the header row */
    size_t before_count;
    const struct note *after; /* sum in words, certification */
    size_t after_count;
    const char *const *boxes; /* side by side below, to be signed; the first line bold */
    size_t box_count;
    const struct column *columns; /* at most 32, of a form 96; none: title and notes */
    size_t column_count;
    const struct column_group *groups; /* over all columns, in order; on sheets only */
    size_t group_count;
    int row_lines; /* a row is at least so many lines high: room to sign; 0: as usual */
    size_t frozen_columns;     /* stay in view, if `filter` */
    unsigned audience;         /* bit set of enum audience */
    bool filter;               /* autofilter and frozen header */
    const struct chart *chart; /* NULL: none */
    const struct form *form;   /* to be filled in; on sheets only; NULL: it is told */
    bool list; /* long, and read row by row: no borders, no cell where there is nothing */
    bool facts; /* two columns, on a page a term and what it is: no header row */
    bool
        rows_known; /* `rows` says how many there will be; else a first pass counts them */
    size_t rows;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
    /* Instead of it, in a long table: the rows of a part, made beside those of others, and what
     * the cells point to, kept until the part is told. */
    size_t parts;
    void (*produce_part)(const void *context, struct arena *keep, size_t part,
                         struct row_sink *sink);
    const void *context;
};

struct property { /* JSON: "period.from"; a dot nests */
    const char *key;
    struct cell value;
    const char *after; /* key of the JSON table it follows; NULL: before all tables */
};

struct order;

struct document {
    const char *schema; /* "defray.batch/1" */
    const char *title, *author, *subject;
    const char *footer; /* on each printed page, beside its number; may be NULL */
    const char *fonts;  /* folder of the fonts; NULL: where systems keep them */
    enum language language;
    bool sortable;     /* on a page, by the heads of its columns */
    bool confidential; /* incomes, or names with amounts: only its owner may read it */
    bool public;       /* it names nobody: see file.h */
    bool leaflets;     /* each section of a page is one reader's, with its own numbers */
    struct date dated; /* of the file's own properties: the last day of the period */
    bool form;         /* people fill it in: never written over one that is there */
    const struct property *properties;
    size_t property_count;
    const struct table *tables;
    size_t table_count;
    const struct order *order; /* the payments, for a bank; NULL: it orders none */
};

struct cell cell_text(struct text t);
struct cell cell_string(const char *string);
/* A text for people, and the stable word that a program keys on. */
struct cell cell_worded(const char *string, const char *word);
struct cell cell_money(struct money amount);
struct cell cell_integer(int64_t integer);
struct cell cell_quantity(struct ratio ratio);
struct cell cell_date(struct date date);
struct cell cell_duration(int64_t duration);
struct cell cell_empty(void);
struct cell cell_toned(struct cell cell, enum tone tone);
/* What a cell adds to the total of its column: cents, a count or a length; 0 for an empty one. */
int64_t cell_summand(const struct cell *cell);

#endif
