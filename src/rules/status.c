/* SPDX-License-Identifier: Apache-2.0 */
/* What the status of a scheme was in a period, and what it is now. */
#include "defray/status.h"

const struct scheme_status *
rules_status_now(const struct rules *rules)
{
    return rules->status_count == 0 ? NULL : &rules->statuses[rules->status_count - 1];
}

const char *
scheme_state_word(enum scheme_state state)
{
    static const char *const words[] = {
        [SCHEME_DRAFT] = "draft",         [SCHEME_IN_FORCE] = "in_force",
        [SCHEME_CONTESTED] = "contested", [SCHEME_SUSPENDED] = "suspended",
        [SCHEME_ANNULLED] = "annulled",
    };
    return words[state];
}

const char *
scheme_state_label(enum language language, enum scheme_state state)
{
    static const char *const words[] = {
        [SCHEME_DRAFT] = N_("draft"),         [SCHEME_IN_FORCE] = N_("in force"),
        [SCHEME_CONTESTED] = N_("contested"), [SCHEME_SUSPENDED] = N_("suspended"),
        [SCHEME_ANNULLED] = N_("annulled"),
    };
    return tr(language, words[state]);
}

bool
scheme_pays(enum scheme_state state)
{
    return state == SCHEME_IN_FORCE || state == SCHEME_CONTESTED;
}

bool
day_pays(const struct rules *rules, struct date day)
{
    const struct scheme_status *status = rules_status(rules, day);
    return status == NULL || scheme_pays(status->state);
}

bool
status_touches(const struct scheme_status *status, struct period period)
{
    return period_overlaps(status->during, period);
}

/* The next status of the period from `at` on that is another than the one before it. */
static const struct scheme_status *
next_status(const struct rules *rules, struct period period, size_t *at,
            const struct scheme_status *before)
{
    while (*at < rules->status_count) {
        const struct scheme_status *status = &rules->statuses[(*at)++];
        if (status_touches(status, period) &&
            (before == NULL || before->state != status->state)) {
            return status;
        }
    }
    return NULL;
}

/* "contested, then in force"; "" if none is known. */
static const char *
states_then(struct arena *keep, enum language language, const struct rules *rules,
            struct period period)
{
    size_t at = 0;
    const char *list = "";
    const struct scheme_status *status = next_status(rules, period, &at, NULL);
    while (status != NULL) {
        const char *label = scheme_state_label(language, status->state);
        list = list[0] == '\0'
                   ? label
                   : arena_printf(keep, tr(language, N_("%s, then %s")), list, label);
        status = next_status(rules, period, &at, status);
    }
    return list;
}

const char *
status_then_words(struct arena *keep, const struct rules *rules, struct period period)
{
    size_t at = 0;
    const char *list = "";
    const struct scheme_status *status = next_status(rules, period, &at, NULL);
    while (status != NULL) {
        const char *word = scheme_state_word(status->state);
        list = list[0] == '\0' ? word : arena_printf(keep, "%s,%s", list, word);
        status = next_status(rules, period, &at, status);
    }
    return list;
}

const char *
status_sentence(struct arena *keep, enum language language, const struct rules *rules,
                struct period period)
{
    const struct scheme_status *now = rules_status_now(rules);
    if (now == NULL) {
        return tr(language, N_("none was known"));
    }
    char since[DATE_TEXT_MAX];
    date_text(now->during.from, since);
    const char *state = scheme_state_label(language, now->state);
    if (date_compare(now->during.from, period.from) <= 0) {
        return arena_printf(keep, tr(language, N_("%s since %s")), state, since);
    }
    const char *then = states_then(keep, language, rules, period);
    return arena_printf(keep, tr(language, N_("%s in the period; now %s, since %s")),
                        then, state, since);
}
