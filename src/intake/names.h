/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Members by their names: on a sheet without keys, and as a proof beside them. */
#ifndef DEFRAY_NAMES_H
#define DEFRAY_NAMES_H

#include "member.h"

/* Three columns of a reader's list, one after the other. */
#define NAME_COLUMN_LAST                         \
    {                                            \
        "last_name", "nom|nom de famille", false \
    }
#define NAME_COLUMN_FIRST             \
    {                                 \
        "first_name", "prenom", false \
    }
#define NAME_COLUMN_FULL                                                   \
    {                                                                      \
        "name", "nom et prenom|nom prenom|prenom et nom|prenom nom", false \
    }

struct names;

struct row_name { /* as a row says it beside a key; the texts may be empty */
    struct cell last, first, full;
};

struct names *names_new(struct arena *keep, const struct roster *roster);
/* Takes the names of the members' table, once for all tables that have names. */
void names_know(struct names *names);
/* The member who alone has the name, first and last in either order; INDEX_NONE if there is none,
 * or if several have it. */
uint32_t names_find(struct names *names, struct arena scratch, struct text name,
                    bool *several);
/* Whether a table has any of the three columns; their cells in its row. */
bool names_stand(const struct table *table, size_t last_name);
struct row_name names_of_row(const struct table *table, size_t last_name);
/* Whether the name beside a key may be the member's, after names_know: false after A023, if it is
 * exactly that of another; true with a warning if it is nobody's. */
bool names_agree(const struct names *names, struct arena scratch,
                 const struct row_name *row, uint32_t member);

#endif
