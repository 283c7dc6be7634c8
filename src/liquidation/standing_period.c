/* SPDX-License-Identifier: Apache-2.0 */
/* A period, day by day: a birthday, a request, a certificate that expires, a mandate that
 * ends, each falls on its day, and days alike are told once. */
#include "defray/standing.h"

enum condition
stretch_decider(const struct stretch *stretch)
{
    for (int i = 0; i < CONDITION_COUNT; i++) {
        enum outcome outcome = stretch->standings[i].outcome;
        if (outcome == OUTCOME_FAILED || outcome == OUTCOME_OPEN) {
            return (enum condition)i;
        }
    }
    return CONDITION_COUNT;
}

static bool
same_standing(const struct standing *a, const struct standing *b)
{
    return a->outcome == b->outcome && a->reason == b->reason && a->basis == b->basis;
}

/* The verdict follows from the outcome of the condition and its reason. */
static bool
same_finding(const struct finding *a, const struct finding *b)
{
    return text_equals(a->method, b->method) && text_equals(a->month, b->month) &&
           text_equals(a->document, b->document) && text_equals(a->remark, b->remark);
}

/* Of two days of one member that follow one another. */
static bool
same_stretch(const struct stretch *a, const struct stretch *b)
{
    bool same =
        a->participation == b->participation && same_finding(&a->finding, &b->finding);
    for (int i = 0; i < CONDITION_COUNT && same; i++) {
        same = same_standing(&a->standings[i], &b->standings[i]);
    }
    return same;
}

static struct stretch
day_of(struct arena *keep, struct candidate *candidate, struct date date)
{
    candidate->date = date;
    candidate->participation = participant_at(candidate->participant, date);
    struct stretch day = {
        .member = candidate->member,
        .during = {date, date},
        .participation = candidate->participation
    };
    for (int i = 0; i < CONDITION_COUNT; i++) {
        day.standings[i] = standing_of(keep, candidate, (enum condition)i, &day.finding);
    }
    return day;
}

struct stretch_list ARRAY_OF(struct stretch);

struct stretches
standing_over(struct arena *keep, const struct rules *rules,
              const struct decisions *decisions, const struct roster *roster,
              struct period period, struct date asked_by)
{
    struct stretch_list list = {0};
    for (size_t i = 0; i < roster->count; i++) {
        struct candidate candidate = {.rules = rules,
                                      .decisions = decisions,
                                      .participant = &roster->items[i],
                                      .member = (uint32_t)i,
                                      .asked_by = asked_by};
        size_t first = list.count;
        struct date date = period.from;
        for (; date_compare(date, period.to) <= 0; date = date_add_days(date, 1)) {
            if (!rules_alive(rules, date)) {
                continue;
            }
            struct stretch day = day_of(keep, &candidate, date);
            struct stretch *last =
                list.count > first ? &list.items[list.count - 1] : NULL;
            bool follows = last != NULL &&
                           date_compare(date_add_days(last->during.to, 1), date) == 0;
            if (follows && same_stretch(last, &day)) {
                last->during.to = date;
            } else {
                *ARRAY_PUSH(keep, &list) = day;
            }
        }
    }
    return (struct stretches){list.items, list.count};
}
