/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * Why a member gets what they get: for each line its sentences, its operands, and the texts
 * it rests on. The terminal prints the sentences, and the document sets them out as a page
 * that can be filed. No income, birth date or account number is in either.
 */
#ifndef DEFRAY_EXPLANATION_H
#define DEFRAY_EXPLANATION_H

#include "defray/document.h"
#include "defray/liquidation.h"

struct explaining {
    const struct batch *batch; /* traced */
    uint32_t member;
    struct text session; /* empty: all */
    enum language language;
    const char *version;
};

enum sentence_role { SENTENCE_PLAIN, SENTENCE_RESULT, SENTENCE_TEXT, SENTENCE_DOUBT };

struct sentence {
    enum sentence_role role;
    const char *text;
};

struct operand {
    const char *key; /* the same in every language */
    const char *label, *value;
};

struct line_account {
    const struct line *line;
    const char *title;
    struct account_sentences ARRAY_OF(struct sentence) sentences;
    struct account_operands ARRAY_OF(struct operand) operands;
};

struct explanation {
    const struct participant *member;
    struct period shown; /* of the lines, where no period was asked for */
    struct line_account *lines;
    size_t count;
    struct money stipend, expenses, total; /* of what is due by these lines */
    struct money unpaid; /* of the total, on days on which the scheme pays nothing */
    struct bases ARRAY_OF(const struct basis *) texts; /* cited, each once */
    struct bases assumptions;                          /* relied on, each once */
};

struct explanation *explanation_make(struct arena *keep,
                                     const struct explaining *explaining);
struct document *explanation_document(struct arena *keep,
                                      const struct explaining *explaining,
                                      const struct explanation *explanation);

#endif
