/* SPDX-License-Identifier: Apache-2.0 */
/* A line rests on the text of its amount, on that of its rate where a ceiling gave the amount, on
 * those of all ceilings that took something, on that of a full day where its hours made one, and on
 * that of the series where a rate or a ceiling follows one. */
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

static void
mark_series(struct summary *summary, const struct rules *rules, const struct value *value)
{
    if (value != NULL && value->indexed != NULL) {
        mark(summary, rules, value->indexed->basis);
    }
}

void
cited_mark_line(struct summary *summary, const struct rules *rules,
                const struct line *line, struct marked *last)
{
    if (line->basis == NULL || line->due.cents == 0) {
        return;
    }
    summary->assumed += line->basis->source == NULL;
    if (line->basis == last->basis && line->rate_basis == last->rate_basis &&
        ceilings_alike(&line->ceilings, &last->ceilings)) {
        return;
    }
    *last = (struct marked){line->basis, line->rate_basis, line->ceilings};
    struct grounds grounds = grounds_of(rules, line, (struct circumstances){0});
    const struct tariff *tariff = line_tariff(rules, line);
    mark(summary, rules, line->basis);
    mark(summary, rules, line->rate_basis);
    if (tariff != NULL && line->unit != tariff->price.unit) {
        mark(summary, rules, &tariff->full_day_basis);
    }
    mark_series(summary, rules, grounds.rate);
    for (size_t i = 0; i < line->ceilings.count; i++) {
        mark(summary, rules, &line->ceilings.items[i]->basis);
        mark_series(summary, rules, line->ceilings.items[i]);
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
