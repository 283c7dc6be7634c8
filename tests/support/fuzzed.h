/* SPDX-License-Identifier: Apache-2.0 */
/* What fuzz targets share: bytes as inputs, several inputs in one, rules that are loaded once,
 * and what must hold whatever was read. A failed check ends the process. */
#ifndef TESTS_FUZZED_H
#define TESTS_FUZZED_H

#include "defray/attendance.h"

#define FUZZED_ROOM ((size_t)256 << 20) /* of what one execution keeps */

/* Memory of one execution. What readers reserve for their results in between, and leave to the end
 * of a run, goes with it where mappings are kept track of (tests/fuzz/alone/mappings.c). */
struct arena fuzzed_begin(void);
void fuzzed_end(struct arena start);
void fuzzed_mappings_mark(void);
void fuzzed_mappings_back(void);

/* One file of these bytes. */
struct input_list fuzzed_list(struct arena *keep, const char *name, struct text bytes);

/* The parts of an input: each starts with a line "=== name", and lasts to the next one. */
struct fuzzed_part {
    struct text name, bytes;
};
struct fuzzed_parts ARRAY_OF(struct fuzzed_part);
struct fuzzed_parts fuzzed_split(struct arena *keep, struct text given);
/* The bytes of the part of that name; empty if there is none. */
struct text fuzzed_part(const struct fuzzed_parts *parts, const char *name);

/* A shipped rule file, loaded at its first use and kept. */
const struct rules *fuzzed_rules(const char *id);
/* Two invented members P1 and P2, and their three sessions S1 to S3, read once. */
const struct roster *fuzzed_roster(void);
const struct calendar *fuzzed_calendar(void);

/* Every message has its place, and is text. */
void fuzzed_check_said(struct diag *diag);
/* Facts in order, references in their bounds. */
void fuzzed_check_log(const struct log *log, const struct roster *roster);

#endif
