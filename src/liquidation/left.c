/* SPDX-License-Identifier: Apache-2.0 */
/* One right after the other. */
#include "left.h"

void
left_add(struct left_rights *sum, const struct left_rights *more)
{
    if (more->count == 0) {
        return;
    }
    if (sum->count == 0 || date_compare(more->days.from, sum->days.from) < 0) {
        sum->days.from = more->days.from;
    }
    if (sum->count == 0 || date_compare(more->days.to, sum->days.to) > 0) {
        sum->days.to = more->days.to;
    }
    sum->count += more->count;
    sum->undecided += more->undecided;
    sum->kept = money_add(sum->kept, more->kept);
}

void
left_count(const struct rules *rules, struct summary *summary,
           struct person_total *person, const struct settlement *settlement)
{
    person->left = (uint32_t)settlement->left_count;
    for (size_t i = 0; i < settlement->kept_count; i++) {
        person->lapsed += settlement->kept[i].cause == CAUSE_LAPSED;
    }
    for (size_t i = 0; i < settlement->left_count; i++) {
        const struct difference *one = &settlement->left[i];
        const struct left_rights right = {
            .count = 1,
            .undecided = one->reason == REASON_NO_DECISION ||
                         one->reason == REASON_NO_EVIDENCE_GIVEN,
            .days = {one->right.day, one->right.day},
            .kept = one->before,
        };
        person->lapsed += one->cause == CAUSE_LAPSED;
        if (one->cause == CAUSE_OPEN) {
            left_add(&summary->open, &right);
        } else if (one->cause == CAUSE_REFUSED) {
            left_add(&summary->refused, &right);
        } else if (one->cause == CAUSE_COUNTER) {
            left_add(&summary->uncounted, &right);
        } else if (one->cause == CAUSE_STATUS) {
            size_t index =
                (size_t)(rules_status(rules, one->right.day) - rules->statuses);
            left_add(&summary->barred[index], &right);
        }
    }
}
