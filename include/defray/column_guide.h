/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * What people are told of the columns of a table before they fill it in. The columns are
 * those that the reader of the table looks for, in its order; nothing here knows a
 * column that the reader does not.
 */
#ifndef DEFRAY_COLUMN_GUIDE_H
#define DEFRAY_COLUMN_GUIDE_H

#include "defray/language.h"

enum guided_table {
    GUIDED_MEMBERS,
    GUIDED_SESSIONS,
    GUIDED_EXPENSES,
    GUIDED_MEANS,
    GUIDED_COUNT
};

/* What a cell of the column holds. */
enum column_values {
    VALUES_TEXT,
    VALUES_DATE,
    VALUES_MONTH,
    VALUES_TIME,
    VALUES_AMOUNT,
    VALUES_NUMBER,
    VALUES_YES,
    VALUES_STATUS,
    VALUES_KIND,
    VALUES_COMPETENCE,
    VALUES_CATEGORY, /* of the rule file */
    VALUES_MEASURE,  /* of the rule file */
    VALUES_METHOD,
};

struct guided_column {
    const char *name;   /* English, as in the manual */
    const char *french; /* the same for "iban" */
    bool required;      /* the table is refused without it */
    enum column_values values;
    const char *needed; /* when; English, to be translated; "" for never, it only helps */
    const char *meaning; /* English, to be translated */
    const char *example; /* of a text; "": made from the kind of values */
};

/* The columns of the table in the reader's order. */
const struct guided_column *column_guide(struct arena *keep, enum guided_table table,
                                         size_t *count);
/* "members", and the French "membres". */
const char *guided_table_word(enum language language, enum guided_table table);
/* By its word in either language; false if there is none. */
bool guided_table_parse(struct arena scratch, struct text word, enum guided_table *out);

#endif
