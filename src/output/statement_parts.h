/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a member as a statement tells them (statement_told.c), and what a member may do
 * about those that give nothing (statement_advice.c). */
#ifndef DEFRAY_STATEMENT_PARTS_H
#define DEFRAY_STATEMENT_PARTS_H

#include "defray/settlement.h"
#include "defray/statement.h"

#include "document_parts.h"
#include "sentences.h"

struct told_line {
    const struct line *line;
    bool gives; /* due, capped or paid before */
    const char *what, *why;
    const char *advice; /* of a line that gives nothing; may be empty */
};

struct told {
    struct member_result result;
    struct settlement settlement; /* without a ledger, what is due is paid */
    struct told_line *lines;      /* in order */
    size_t count, giving;
    struct references references; /* cited by number: those of what gives first */
};

struct told told_of(struct arena *keep, const struct statements *statements,
                    uint32_t member);

/* The texts of a difference of an earlier day, " (text 1)"; "" where it has none. */
const char *told_difference(struct arena *keep, const struct statements *statements,
                            struct references *references, const struct difference *one);

/* Why a line gives nothing, said to the member. */
const char *advice_reason(struct arena *keep, enum language language,
                          const struct line *line);
/* What the member may do; "" where nothing would change it. */
const char *advice_of(enum language language, enum reason reason);

struct paper { /* of one member; the context of the tables on it */
    const struct statements *statements;
    uint32_t member;
    enum language language;
};

/* Beside what is due: what of earlier days is paid, what is kept back, and what will be. */
void statement_note_settled(struct arena *keep, const struct paper *paper,
                            const struct told *told, struct notes *notes);
/* Whether what was recorded before was not, or not all, transferred. */
bool statement_has_trail(const struct paper *paper);
/* What stands between due and paid, and what came of earlier batches; its title and columns are
 * still to be translated. */
struct table statement_settlement(struct arena *keep, const struct paper *paper);

#endif
