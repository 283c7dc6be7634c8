/* SPDX-License-Identifier: Apache-2.0 */
/* The rule files that there are, and those that a run has read. */
#ifndef DEFRAY_RULE_FILES_H
#define DEFRAY_RULE_FILES_H

#include "run.h"

/* The ids of the rule files in the folders, in order; where two share one, the first is used. */
struct text_list rule_files_find(struct run *run);
/* Puts a rule file and the series it uses among the files read. */
void rule_files_enter(struct run *run, const struct rules *rules);

#endif
