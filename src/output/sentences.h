/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences and the operands of one line. */
#ifndef DEFRAY_SENTENCES_H
#define DEFRAY_SENTENCES_H

#include "defray/explanation.h"

/* Fills in the title, the sentences and the operands. */
void line_tell(struct arena *keep, const struct explaining *explaining,
               const struct line *line, struct line_account *out);

/* What is cited by number: "text 1", "assumption 2"; the list stands elsewhere. */
struct references ARRAY_OF(const struct basis *);

struct telling { /* of one line */
    struct arena *keep;
    const struct explaining *explaining;
    const struct line *line;
    struct line_account *out;
    enum language language;
    struct references
        *references; /* NULL: texts are named in full, and nothing is left out */
};

/* The number of the basis, which joins the list if it is new: "text 1". */
const char *reference_to(struct arena *keep, enum language language,
                         struct references *references, const struct basis *basis);

/* The basis of a figure, for the brackets behind it: by number or in full; "" for none. */
const char *basis_cited(const struct telling *work, const struct basis *basis);

/* How the amount came about: rate, product, rounding, ceilings; adds to the sentences. With
 * references, without the ceilings that took nothing. */
void line_tell_amount(const struct telling *work);
/* What a refusal for a day, an age or the time gone by was measured by: the day, the limit. */
void line_tell_limit(const struct telling *work);
/* Whether the tariff's step took minutes off, or the rules' own quantity stands in for the claim's:
 * what line_tell_amount then says first, with its text. */
bool line_was_stepped(const struct telling *work);
bool line_has_default(const struct telling *work);
/* Whether the rules pay a member who was excused, and that they do, with their text: no presence
 * was counted. */
bool telling_excused(const struct telling *work);
const char *excused_text(const struct telling *work);
/* Neither adds an empty text. The label is in English. */
void sentence_add(const struct telling *work, enum sentence_role role, const char *text);
void operand_add(const struct telling *work, const char *key, const char *label,
                 const char *value);

#endif
