/* SPDX-License-Identifier: Apache-2.0 */
/* A rule file as a page for a lawyer: dated amounts, conditions, sources, assumptions. */
#ifndef DEFRAY_RULES_PAGE_H
#define DEFRAY_RULES_PAGE_H

#include "defray/rules.h"

#include <stdio.h>

void rules_page_print(FILE *out, struct arena scratch, const struct rules *rules,
                      enum language language);
/* The latest status of the scheme, and until when the rules hold: "in force until 2025-05-31". */
const char *rules_page_last_state(struct arena *keep, const struct rules *rules,
                                  enum language language);

#endif
