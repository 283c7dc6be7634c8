/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* The search for a header: what is looked for, and what one sheet gave (table_find.c). Sheets that
 * would fit too, and are not read, are looked at in table_rivals.c; those that do not fit, and
 * whose rows would be missed, in table_lost.c. */
#ifndef DEFRAY_TABLE_SEARCH_H
#define DEFRAY_TABLE_SEARCH_H

#include "table_parts.h"

/* What looking through the first lines of a sheet gave. */
struct found {
    const struct layout *layout; /* NULL: no line is its header */
    size_t row;                  /* that line, or the one with most names that we know */
    size_t known;                /* names of it that we know */
    bool plausible;              /* hardly any name of it is not known */
};

/* A sheet of which that was found. */
struct fit {
    size_t index;
    struct found found;
};
struct fits ARRAY_OF(struct fit);

/* What is searched for, and by whom. */
struct search {
    struct table *table;
    const struct layout *layouts;
    size_t count;
};

/* Takes the line that the sheet is at as the header. */
void table_take_headings(struct table *table, struct arena *arena);
/* Gives the columns of a layout their places; whether all required ones have one. */
bool table_place_layout(struct table *table, struct arena *arena,
                        const struct layout *layout, size_t *known);
/* The names of sheets, between quotation marks. NULL: the first `count` ones. */
const char *table_sheet_names(const struct table *table, const size_t *indexes,
                              size_t count);

/* Looks through the lines from the one that comes on. */
struct found table_look_through(const struct search *search, struct sheet *sheet);
/* Whether some row of the rival does not stand on the sheet that is to be read. */
bool table_has_own_rows(const struct search *search, const struct fit *chosen,
                        const struct fit *rival, struct arena arena);
/* Whether another input of the run is that sheet of the same file. */
bool table_is_given(const struct search *search, size_t index);
/* Names sheets that nobody reads and that have rows like those of the table, without its header or
 * hidden; beside one that was asked for by its name, those in the same form. False after a
 * diagnostic. */
bool table_tell_lost(const struct search *search, const struct fit *chosen, bool named);

/* Looks whether the sheets that fit less well than the one to be read have rows that it
 * lacks. False after a diagnostic; one that can hardly be of the table is only named. */
bool table_check_rivals(const struct search *search, const struct fit *chosen,
                        const struct fits *rivals);

#endif
