/* SPDX-License-Identifier: Apache-2.0 */
/* Rule files on the terminal, as a lawyer reads them: what one says, what two say otherwise. */
#ifndef DEFRAY_RULES_PAGE_H
#define DEFRAY_RULES_PAGE_H

#include "defray/provision.h"

#include <stdio.h>

void rules_page_print(FILE *out, struct arena scratch, const struct rules *rules,
                      enum language language);
/* How many differences there were. */
size_t rules_page_compare(FILE *out, struct arena scratch, const struct rules *before,
                          const struct rules *after, enum language language);
/* The latest status of the scheme, and until when the rules hold: "in force until 2025-05-31". */
const char *rules_page_last_state(struct arena *keep, const struct rules *rules,
                                  enum language language);

#endif
