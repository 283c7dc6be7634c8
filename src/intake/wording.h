/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What the words of a cell say, whatever parts them. */
#ifndef DEFRAY_WORDING_H
#define DEFRAY_WORDING_H

#include "defray/arena.h"
#include "defray/text.h"

/* The next word, folded, empty if there is none; `rest` is what follows it. */
struct text word_next(struct arena *keep, struct text *rest);
/* Whether it is one of the words, each of which stands between spaces. */
bool word_is_among(const char *words, struct text folded);
/* A key without what people do not tell apart by: case, accents, and whatever parts words, but for
 * two numbers: "Siège 4" and "siege-4", but not "1-2" and "12". */
struct text words_spelled(struct arena *keep, struct text t);
/* The same of a seat, which may be a number: without zeros before it, and without "siège", "n°". */
struct text words_of_seat(struct arena *keep, struct text t);
bool words_hold_a_digit(struct text t); /* of ASCII */
/* Whether a cell holds no word, or one by which people say that there is nothing to write: a dash,
 * "néant", "sans objet". */
bool words_say_nothing(struct arena scratch, struct text t);
/* Whether a cell that ought to name somebody does not: it says nothing, or "oui", "à compléter". */
bool words_name_nobody(struct arena scratch, struct text t);
/* Whether it means the member of the row: "lui-même", "le membre". */
bool words_name_oneself(struct arena scratch, struct text t);
/* Whether it means what stands elsewhere, be it the line above or the member: "idem". */
bool words_say_the_same(struct arena scratch, struct text t);

#endif
