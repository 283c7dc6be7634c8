/* SPDX-License-Identifier: Apache-2.0 */
/* Cases: folders that show the program as a user sees it. case.sh runs one and says
 * in plain text what differs; this runs many at once and reads what it said. */
#ifndef TESTS_CASE_H
#define TESTS_CASE_H

#include <stdbool.h>

#define CASE_NAME_MAX   256
#define CASE_REPORT_MAX 3500 /* Check carries 4096 bytes of a message */

/* Number of case folders directly under `parent`. */
int case_count(const char *parent);
/* The name of case `index` in the order of names. False past the last. */
bool case_name(const char *parent, int index, char out[CASE_NAME_MAX]);
/* Runs every case of `parent`, as many at a time as there are processors. */
void case_run_all(const char *parent);
/* What the run of a case said: true and "" when nothing differed. */
bool case_outcome(const char *name, char report[CASE_REPORT_MAX]);

#endif
