/* SPDX-License-Identifier: Apache-2.0 */
/* A line rests on the text of its amount, on that of its rate where a ceiling gave the amount, and
 * on that of the series where a rate follows one. */
#include "cited_sources.h"

#include "defray/bases.h"

size_t
summary_source_count(const struct rules *rules)
{
    return rules->source_count + rules->shared_source_count;
}

const struct legal_source *
summary_source(const struct rules *rules, size_t index)
{
    return index < rules->source_count
               ? &rules->sources[index]
               : &rules->shared_sources[index - rules->source_count];
}

static void
mark(struct summary *summary, const struct rules *rules, const struct basis *basis)
{
    size_t count = basis == NULL ? 0 : summary_source_count(rules);
    for (size_t i = 0; i < count; i++) {
        summary->sources_used[i] = summary->sources_used[i] ||
                                   source_is(basis->source, summary_source(rules, i));
    }
}

void
cited_mark_line(struct summary *summary, const struct rules *rules,
                const struct line *line, struct marked *last)
{
    struct marked now = {line->basis, line->rate_basis, line->further_basis};
    if (line->basis == NULL || line->due.cents == 0) {
        return;
    }
    summary->assumed += line->basis->source == NULL;
    if (now.basis == last->basis && now.rate_basis == last->rate_basis &&
        now.further_basis == last->further_basis) {
        return;
    }
    *last = now;
    struct grounds grounds = grounds_of(rules, line, (struct circumstances){0});
    mark(summary, rules, now.basis);
    mark(summary, rules, now.rate_basis);
    mark(summary, rules, now.further_basis);
    if (grounds.rate != NULL && grounds.rate->indexed != NULL) {
        mark(summary, rules, grounds.rate->indexed->basis);
    }
}

void
cited_mark_settlement(struct summary *summary, const struct rules *rules,
                      const struct settlement *settlement)
{
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *one = &settlement->items[i];
        const struct retroactivity *reach =
            one->cause == CAUSE_RATE ? rules_reach(rules, one->right.day) : NULL;
        if (one->earlier) {
            mark(summary, rules, one->basis);
            mark(summary, rules, reach == NULL ? NULL : &reach->basis);
        }
    }
}
