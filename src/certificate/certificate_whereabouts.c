/* SPDX-License-Identifier: Apache-2.0 */
/* Where a claimant was on a day: an expense goes with the sessions that its day tells. */
#include "certificate_whereabouts.h"

unsigned
whereabouts_session(const struct conditions *work, const struct stated *line)
{
    const struct rules *rules = work->rules;
    struct text body = tree_get_text(line->tree, "body");
    if (rules_tariff(rules, *work->check->keep, line->kind, body) != NULL) {
        return COVERED;
    }
    if (rules_exclusion(rules, line->kind) != NULL) {
        return KIND_EXCLUDED;
    }
    return body.size > 0 ? BODY_EXCLUDED : BODY_UNKNOWN;
}

/* Whether the member may have been there for a while, as far as the line says. */
static bool
may_have_stayed(const struct stated *line)
{
    return (line->presence == PRESENCE_PRESENT || line->presence == PRESENCE_PARTIAL) &&
           (line->priced || line->reason != REASON_NO_MINUTE_INSIDE);
}

/* Whether they were: what is looked at after the stay, or asks for one. */
static bool
has_stayed(const struct stated *line)
{
    return line->priced || line->reason == REASON_SESSION_BODY_MISSING ||
           line->reason == REASON_DURATION_MISSING ||
           line->reason == REASON_BELOW_MINIMUM || line->reason == REASON_BELOW_STEP ||
           line->reason == REASON_LAPSED;
}

static unsigned
place_of(const struct conditions *work, const struct stated *line)
{
    if (line->kind == KIND_VIDEO) {
        return BY_VIDEO;
    }
    unsigned session =
        work->rules->stipend.nil ? COVERED : whereabouts_session(work, line);
    return session == COVERED        ? AT_COVERED
           : session == BODY_UNKNOWN ? AT_SOME_BODY
                                     : IN_PERSON;
}

unsigned
whereabouts_of_day(const struct conditions *work, const struct stated *claim,
                   enum kind *awaited)
{
    unsigned least = NOWHERE;
    unsigned possible = 0;
    bool told = false;
    for (size_t i = 0; i < work->lines->count; i++) {
        const struct stated *line = &work->lines->items[i];
        if (line->earlier || line->is_claim ||
            date_compare(line->date, claim->date) != 0) {
            continue;
        }
        told = true;
        if (may_have_stayed(line)) {
            unsigned place = place_of(work, line);
            *awaited = place == AT_SOME_BODY && !*awaited ? line->kind : *awaited;
            possible |= place;
            least = has_stayed(line) && place > least ? place : least;
        }
    }
    return claim->earlier || !told ? ANYWHERE : least | (possible & ~(least - 1));
}

enum kind
whereabouts_awaited(const struct conditions *work, const struct stated *claim)
{
    enum kind awaited = KIND_NONE;
    (void)whereabouts_of_day(work, claim, &awaited);
    return awaited;
}
