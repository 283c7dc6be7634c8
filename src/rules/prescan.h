/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The strict lexical pre-scan of a rule file. libconfig turns some numbers into
 * others, joins texts, swallows the rest of a file after an unclosed comment and
 * ends the process on some includes; all of that is refused here, with line and
 * column, before the library sees a byte. What passes is in the library's
 * grammar, and the place of every setting is known.
 */
#ifndef DEFRAY_RULES_PRESCAN_H
#define DEFRAY_RULES_PRESCAN_H

#include "defray/file.h"

/* Where a setting (name) or a list element (no name) begins. */
struct place {
    struct text name;
    uint32_t line, column;
};

struct places ARRAY_OF(struct place);

struct scanned {
    const char *clean; /* without byte order mark, one newline at the end, then a NUL */
    struct places places; /* in document order */
};

/* Files every fault and returns false, or fills `out`. Sets input->utf8. */
bool prescan_check(struct arena *keep, struct input *input, struct scanned *out,
                   struct diag *diag);

#endif
