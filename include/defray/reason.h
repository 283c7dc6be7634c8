/* SPDX-License-Identifier: Apache-2.0 */
/* layer: liquidation */
/* Why a line, or a verdict, is what it is: one closed list, with its words. */
#ifndef DEFRAY_REASON_H
#define DEFRAY_REASON_H

#include "defray/language.h"
#include "defray/text.h"

enum reason {
#define REASON(id, state, word, says, settles) REASON_##id,
#include "defray/reasons.def"
#undef REASON
    REASON_COUNT
};

const char *reason_word(enum reason reason); /* "no_request"; "" for none */
/* One phrase for people; "" for none. */
const char *reason_phrase(enum language language, enum reason reason);
/* What would settle it; "" where nothing would, or nothing is wrong. */
const char *reason_settles(enum language language, enum reason reason);
/* Whether a cell says this reason: its word, or its phrase in either language. */
bool reason_is_said(struct arena scratch, enum reason reason, struct text t);

#endif
