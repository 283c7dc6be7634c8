/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences and the operands of one line. */
#ifndef DEFRAY_SENTENCES_H
#define DEFRAY_SENTENCES_H

#include "defray/explanation.h"

/* Fills in the title, the sentences and the operands. */
void line_tell(struct arena *keep, const struct explaining *explaining,
               const struct line *line, struct line_account *out);

/* How the amount came about: rate, product, rounding, ceilings; adds to the sentences. */
void line_tell_amount(struct arena *keep, const struct explaining *explaining,
                      struct line_account *out);
void sentence_add(struct arena *keep, struct line_account *out, enum sentence_role role,
                  const char *text);
void operand_add(struct arena *keep, const struct explaining *explaining,
                 struct line_account *out, struct operand operand);

#endif
