/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of rules made in a test: shared files in common/, and a rule file beside it. */
#ifndef TESTS_RULES_PLACE_H
#define TESTS_RULES_PLACE_H

#include "rules_probe.h"

#define PLACE_TEMPLATE "/tmp/defray-rules-XXXXXX"

struct rules_place {
    struct arena keep;
    const char *folder;
    char paths[48][96];
    size_t count;
};

/* In a new folder, whose name is made from `template`, a copy of PLACE_TEMPLATE. */
struct rules_place place_new(char *template);
/* Removes the folder and what was put there. */
void place_drop(struct rules_place *place);
/* A shared file of that name, in common/. */
void place_put(struct rules_place *place, const char *name, const char *text);
/* A rule file of that text beside the shared files. */
struct probe place_load_text(struct rules_place *place, const char *text);
/* probe_rules there, naming `series` in place of smic. */
struct probe place_load(struct rules_place *place, const char *series);

#define HEAD(format, id) \
    "format = \"" format "\"; id = \"" id "\"; label = { fr = \"a\"; en = \"b\"; };\n"
#define SOURCES \
    "sources = ( { id = \"S\"; kind = \"law\"; title = \"t\"; address = \"\"; } );\n"
#define SERIES(id, uses, values) \
    HEAD("defray.series/1", id)  \
    "unit = \"euro\"; series = [ " uses " ];\n" SOURCES "values = ( " values " );\n"
#define OF_2025 "from = \"2025-01-01\"; to = \"2025-12-31\"; "
#define INDEXED(on)                                                           \
    "{ " OF_2025 "source = \"S\"; index = { base = \"1.00\"; factor = \"2\";" \
    " series = \"" on "\"; taken = \"on_the_day\"; }; }"
#define PLAIN "{ " OF_2025 "source = \"S\"; amount = \"1.00\"; }"

#endif
