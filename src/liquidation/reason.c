/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a line: its state, why it is what it is, and what would settle it. */
#include "defray/liquidation.h"

#include <assert.h>

struct state_words {
    const char *word;
    const char *label;
};

static const struct state_words states[LINE_STATE_COUNT] = {
    [LINE_DUE] = {"due",          N_("due")         },
    [LINE_CAPPED] = {"capped",       N_("capped")      },
    [LINE_ZERO] = {"zero",         N_("zero")        },
    [LINE_REFUSED] = {"refused",      N_("refused")     },
    [LINE_UNDETERMINED] = {"undetermined", N_("undetermined")},
    [LINE_PAID_BEFORE] = {"paid_before",  N_("paid before") },
};

struct reason_words {
    enum line_state state;
    const char *word;
    const char *says;    /* empty: the rule file's own words */
    const char *settles; /* empty: nothing would */
};

static const struct reason_words reasons[REASON_COUNT] = {
#define REASON(id, state, word, says, settles) \
    [REASON_##id] = {LINE_##state, word, says, settles},
#include "defray/reasons.def"
#undef REASON
};

const char *
line_state_word(enum line_state state)
{
    return states[state].word;
}

const char *
line_state_label(enum language language, enum line_state state)
{
    return tr(language, states[state].label);
}

enum line_state
reason_state(enum reason reason)
{
    return reasons[reason].state;
}

const char *
reason_word(enum reason reason)
{
    return reasons[reason].word;
}

const char *
reason_phrase(enum language language, enum reason reason)
{
    const char *says = reasons[reason].says;
    return says[0] == '\0' ? "" : tr(language, says);
}

const char *
reason_settles(enum language language, enum reason reason)
{
    const char *settles = reasons[reason].settles;
    return settles[0] == '\0' ? "" : tr(language, settles);
}

bool
reason_is_said(struct arena scratch, enum reason reason, struct text t)
{
    return text_folds_equal(scratch, t, text_of(reason_word(reason))) ||
           text_folds_equal(scratch, t, text_of(reason_phrase(LANGUAGE_EN, reason))) ||
           text_folds_equal(scratch, t, text_of(reason_phrase(LANGUAGE_FR, reason)));
}

const char *
line_reason(struct arena *keep, enum language language, const struct line *line)
{
    const struct reason_words *words = &reasons[line->reason];
    assert(words->word != NULL);
    if (words->says[0] == '\0') {
        return "";
    }
    switch (line->reason) {
    case REASON_SAME_FACT:
    case REASON_SESSION_COUNTED:
    case REASON_DAY_COUNTED:
    case REASON_HALF_DAYS_COUNTED:
    case REASON_MANDATE_COUNTED:
        return arena_printf(keep, "%s %s", tr(language, words->says),
                            where_text(keep, line->other_where));
    case REASON_SEAT_TAKEN:
    case REASON_SEAT_WAITS:
        return arena_printf(keep, "%s (%s)", tr(language, words->says),
                            where_text(keep, line->other_where));
    default: break;
    }
    if (line->own_words.fr.size > 0) {
        return text_string(keep, label_in(&line->own_words, language));
    }
    if (line->remark.size > 0) {
        return arena_printf(keep, "%s (%.*s)", tr(language, words->says),
                            TEXT_ARG(line->remark));
    }
    return tr(language, words->says);
}

const char *
line_settles(enum language language, const struct line *line)
{
    return reason_settles(language, line->reason);
}
