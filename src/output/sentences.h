/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences and the operands of one line. */
#ifndef DEFRAY_SENTENCES_H
#define DEFRAY_SENTENCES_H

#include "defray/explanation.h"

/* Fills in the title, the sentences and the operands. */
void line_tell(struct arena *keep, const struct explaining *explaining,
               const struct line *line, struct line_account *out);

struct telling { /* of one line */
    struct arena *keep;
    const struct explaining *explaining;
    const struct line *line;
    struct line_account *out;
    enum language language;
};

/* How the amount came about: rate, product, rounding, ceilings; adds to the sentences. */
void line_tell_amount(const struct telling *work);
/* Neither adds an empty text. The label is in English. */
void sentence_add(const struct telling *work, enum sentence_role role, const char *text);
void operand_add(const struct telling *work, const char *key, const char *label,
                 const char *value);

#endif
