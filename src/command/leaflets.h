/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that go each to a member: one file a member in a folder, or all in one file. All of them
 * appear together or not at all. */
#ifndef DEFRAY_LEAFLETS_H
#define DEFRAY_LEAFLETS_H

#include "defray/statement.h"

#include "run.h"

/* Makes the document of some members; `scratch` is gone on return. */
struct leaflet_maker {
    struct document *(*make)(struct arena *keep, struct arena scratch,
                             const void *context, struct chosen chosen);
    const void *context;
    const char *suffix; /* of the files in a folder: "P001<suffix>.pdf" */
};

/* Each -o is a folder, or a file that ends in .html or .pdf; each --format one of the two. False
 * after diagnostics (usage). */
bool leaflets_check(struct run *run);
/* The members asked for: the one of --member, or all. False after a diagnostic (usage). */
bool leaflets_choose(struct run *run, struct chosen *chosen);
/* Writes every -o; a folder that is not there is made. False after a diagnostic. */
bool leaflets_write(struct run *run, struct leaflet_maker maker, struct chosen chosen);
/* "wrote DIR/ (43 files)", a line an output. */
void leaflets_tell(const struct run *run, struct chosen chosen);

/* The name of a member's file: the id, with every byte that is no letter, digit, '-' or '_' as %XX,
 * so that no two ids meet and none leaves the folder. */
const char *leaflet_name(struct arena *keep, struct text id);

#endif
