/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * Reads the cells of an .xlsx workbook one by one, in the order of the file, without
 * holding a sheet in memory. It knows zip, XML and where the parts lie; it does
 * not know what a cell means. A hostile file ends in a diagnostic: size,
 * ratio and depth are bounded and a DOCTYPE is refused.
 *
 * Names start with book_: workbook_ belongs to the library that writes workbooks.
 */
#ifndef DEFRAY_WORKBOOK_H
#define DEFRAY_WORKBOOK_H

#include "defray/diag.h"
#include "defray/limits.h"
#include "defray/money.h"

struct book_limits {
    uint64_t packed_max;   /* bytes of the file */
    uint64_t inflated_max; /* bytes of all parts read; 0: no bound */
    uint64_t
        ratio_max; /* inflated to packed, past WORKBOOK_RATIO_FROM a part; 0: no bound */
    bool every_part;  /* also parse the parts that hold no cells */
    bool some_sheets; /* of every part, not the sheets that the visitor skips */
};
/* Of a file that was given to the program. */
#define BOOK_LIMITS_GIVEN                                             \
    ((struct book_limits){WORKBOOK_PACKED_MAX, WORKBOOK_INFLATED_MAX, \
                          WORKBOOK_RATIO_MAX, false, false})
#define BOOK_ROWS_MAX    1048576
#define BOOK_COLUMNS_MAX 16384

struct book_source {
    const char *path; /* a file to open, or NULL: the bytes of where.input */
    struct where where;
    struct book_limits limits;
    bool own; /* this program has just written it */
    bool
        plainly; /* every byte of XML goes through the library: what tests compare with */
};

enum book_type {
    BOOK_EMPTY, /* a formula without a stored value */
    BOOK_TEXT,
    BOOK_NUMBER, /* text: decimal digits, perhaps with an exponent */
    BOOK_DATE,   /* text: an ISO 8601 date or time */
    BOOK_YES_NO, /* text: "1" or "0" */
    BOOK_FAULT,  /* text: "#DIV/0!" */
};

/* What the format of a number shows of it: bits. */
enum book_shown { BOOK_SHOWN_DATE = 1, BOOK_SHOWN_TIME = 2, BOOK_SHOWN_ELAPSED = 4 };

/* What else the format of a number makes of it. */
enum book_form {
    BOOK_FORM_PLAIN,
    BOOK_FORM_HOURS, /* a plain number, and the word or the letter of hours */
    BOOK_FORM_PERCENT,
    BOOK_FORM_CURRENCY, /* another than the euro */
    BOOK_FORM_PARTED,   /* letters or signs between its digits: 330 as 3h30 */
    BOOK_FORM_MINUTES,  /* a plain number, and the word of minutes */
    BOOK_FORM_OTHER,    /* nothing is shown, a word, or thousands */
};

struct book_cell {
    size_t sheet; /* index, from 0 */
    uint32_t row; /* from 1, as in places */
    uint32_t column;
    enum book_type type;
    uint8_t shown;       /* book_shown: not 0 if it is shown as a date, a time or both */
    uint8_t zeros;       /* digits that the format fills up with zeros ("0000": 4) */
    uint8_t form;        /* book_form */
    int8_t decimals;     /* that the format shows; -1: all */
    bool is_formula;     /* the text is then its stored value */
    bool is_shared;      /* the text lives as long as the arena of the book */
    bool is_struck;      /* a line goes through it, or through some of its letters */
    bool is_in_signs;    /* its letters, or some of them, are in a font of signs */
    struct text text;    /* gone when the callback returns */
    struct text formula; /* without '='; may be empty (shared formulas) */
};

struct book_sheet {
    size_t index;
    struct text name;
    bool from_1904; /* dates count from 1904-01-01 */
};

/* What a sheet says of its areas beside their values. */
enum book_remark { BOOK_HIDDEN_ROWS, BOOK_HIDDEN_COLUMNS, BOOK_MERGED, BOOK_SHADED };
struct book_area {
    uint32_t row, column; /* from 1; 0 for "all" */
    uint32_t last_row, last_column;
};

struct book_visitor {
    /* False skips the sheet. NULL: all sheets are wanted. */
    bool (*sheet)(struct book_visitor *visitor, const struct book_sheet *sheet);
    /* Called for each cell that is not blank. False stops the reading; whoever gives
     * it has filed the diagnostic. NULL: no cells are wanted, only names. */
    bool (*cell)(struct book_visitor *visitor, const struct book_cell *cell);
    /* May be NULL. Shaded: a cell that has a colour and nothing else. */
    void (*remark)(struct book_visitor *visitor, enum book_remark remark,
                   struct book_area area);
    /* Both may be NULL: cells then come in order. Else a visitor that meets cells of the same sheet
     * beside others, and is joined to this one afterwards. */
    struct book_visitor *(*apart)(const struct book_visitor *visitor, struct arena *keep);
    void (*join)(struct book_visitor *visitor, const struct book_visitor *apart);
    /* May be NULL. Each element of the parts that hold no cells ("ser" of a chart), where those
     * are read at all; attributes: name, value, …, NULL. */
    void (*element)(struct book_visitor *visitor, const char *name,
                    const char *const *attributes);
};

/* Loads what workbooks are read with; false after F010, if there is a diag. Reading does so itself:
 * this is for who writes one first, to be read back. */
bool book_libraries_load(struct diag *diag);
/* False after a diagnostic (W001 to W007, W011), also if the visitor stopped it. */
bool book_read(struct arena scratch, const struct book_source *source,
               struct book_visitor *visitor, struct diag *diag);

/* What a packed file is. False after a diagnostic: it cannot be opened, or is no
 * workbook that is read here. */
enum book_kind { BOOK_KIND_NONE, BOOK_KIND_XLSX, BOOK_KIND_ODS };
bool book_tell(struct arena scratch, const struct book_source *source,
               enum book_kind *kind, struct diag *diag);

/* A stored number, rounded to the 15 significant digits that a spreadsheet knows:
 * digits / 10^scale in lowest terms (77.48999999999999 is 7749 / 10^2). */
struct book_decimal {
    int64_t digits;
    int scale; /* may be negative for large whole numbers; 0 for zero */
};
/* False if the text is no decimal number, or too large or small to be anything. */
bool book_decimal_parse(struct text t, struct book_decimal *out);
/* digits / 10^scale in lowest terms. */
struct book_decimal book_decimal_of(int64_t digits, int scale);

#endif
