/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the program's own files lie: found from the place of the program, so that one and the
 * same program serves under any prefix, in a build tree, and in a folder that was moved.
 */
#ifndef DEFRAY_PLACES_H
#define DEFRAY_PLACES_H

#include "run.h"

#define FRENCH_CATALOGUE "/fr/LC_MESSAGES/defray.mo"

/* The folder of the catalogues: DEFRAY_LOCALE, the installed one, or that of the build tree. */
const char *places_catalogues(struct arena *keep);
/* The folders of the rule files, first the one that wins: DEFRAY_RULES, the installed one, that
 * of the build tree, then rules/ here. */
void places_find_rules(struct run *run);
/* Whether the folder of rules that the environment names is one. False after a diagnostic. */
bool places_hold(struct run *run);

#endif
