/* SPDX-License-Identifier: Apache-2.0 */
/* The worked examples of a rule file: what it states against what is computed. */
#include "invented.h"

#include <assert.h>

/* "refused: no request"; why an example comes to something else is mostly here. */
static const char *
said_of(struct arena *keep, enum language language, const struct line *line)
{
    const char *state = line_state_label(language, line->state);
    const char *reason = line_reason(keep, language, line);
    return reason[0] == '\0' ? state : arena_printf(keep, "%s: %s", state, reason);
}

static bool
example_holds(struct arena scratch, const struct rules *rules,
              const struct example *example, struct diag *diag)
{
    struct member_result result = liquidate_invented(&scratch, rules, example);
    assert(result.count >
           0); /* a session or a claim gives a line, whatever it comes to */
    const struct line *last = &result.lines[result.count - 1];
    struct text state = text_of(line_state_word(last->state));
    char found[MONEY_TEXT_MAX];
    char stated[MONEY_TEXT_MAX];
    if (money_compare(result.total, example->due) != 0) {
        return diag_error(
            diag, example->where, CODE_X001,
            "example '%.*s' states %s, and the rules give %s (last line: %s)",
            TEXT_ARG(example->says), money_text(example->due, stated),
            money_text(result.total, found),
            said_of(&scratch, diag_language(diag), last));
    }
    if (example->state.size > 0 && !text_equals(example->state, state)) {
        return diag_error(
            diag, example->where, CODE_X001,
            "example '%.*s' states '%.*s', and its last line is '%.*s' (%s)",
            TEXT_ARG(example->says), TEXT_ARG(example->state), TEXT_ARG(state),
            said_of(&scratch, diag_language(diag), last));
    }
    return true;
}

bool
examples_hold(struct arena scratch, const struct rules *rules, struct diag *diag)
{
    bool hold = true;
    for (size_t i = 0; i < rules->example_count; i++) {
        hold = example_holds(scratch, rules, &rules->examples[i], diag) && hold;
    }
    return hold;
}
