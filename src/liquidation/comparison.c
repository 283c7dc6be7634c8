/* SPDX-License-Identifier: Apache-2.0 */
/* Two liquidations of one member, side by side. The lines of both are the facts of the period in
 * the order of the specification, so that they pair by their place. */
#include "defray/comparison.h"

#include <assert.h>

static bool
differs(const struct line *a, const struct line *b)
{
    return a->state != b->state || money_compare(a->due, b->due) != 0;
}

static void
add(struct compared_total *sum, const struct member_result *result)
{
    sum->stipend = money_add(sum->stipend, result->stipend);
    sum->expenses = money_add(sum->expenses, result->expenses);
    sum->total = money_add(sum->total, result->total);
}

static void
compare_member(struct comparison *comparison, struct arena scratch, uint32_t member)
{
    struct compared_member *out = &comparison->members[member];
    struct member_result before = liquidate_member(&scratch, comparison->before, member);
    struct member_result after = liquidate_member(&scratch, comparison->after, member);
    assert(before.count == after.count);
    add(&out->before, &before);
    add(&out->after, &after);
    add(&comparison->total_before, &before);
    add(&comparison->total_after, &after);
    out->lines = before.count;
    for (size_t i = 0; i < before.count; i++) {
        out->changed += differs(&before.lines[i], &after.lines[i]);
        out->waits = out->waits || before.lines[i].state == LINE_UNDETERMINED ||
                     after.lines[i].state == LINE_UNDETERMINED;
    }
    comparison->lines += out->lines;
    comparison->changed += out->changed;
    int order = money_compare(out->after.total, out->before.total);
    comparison->waiting += out->waits;
    comparison->gain += !out->waits && order > 0;
    comparison->lose += !out->waits && order < 0;
    comparison->same += !out->waits && order == 0;
}

struct comparison *
comparison_make(struct arena *keep, const struct batch *before, const struct batch *after)
{
    struct comparison *comparison = NEW(keep, struct comparison);
    assert(before->roster->count == after->roster->count);
    assert(before->log->count == after->log->count);
    *comparison = (struct comparison){
        .before = before,
        .after = after,
        .members = NEW_ARRAY(keep, struct compared_member, before->roster->count + 1),
    };
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    for (size_t i = 0; i < before->roster->count; i++) {
        compare_member(comparison, scratch, (uint32_t)i);
    }
    arena_release(scratch);
    return comparison;
}

struct compared_line *
comparison_lines(struct arena *keep, const struct comparison *comparison, uint32_t member,
                 size_t *count)
{
    struct member_result before = liquidate_member(keep, comparison->before, member);
    struct member_result after = liquidate_member(keep, comparison->after, member);
    struct compared_line *lines = NEW_ARRAY(keep, struct compared_line, before.count + 1);
    *count = 0;
    for (size_t i = 0; i < before.count; i++) {
        if (differs(&before.lines[i], &after.lines[i])) {
            lines[(*count)++] = (struct compared_line){&before.lines[i], &after.lines[i]};
        }
    }
    return lines;
}

bool
comparison_decisions_stand(struct arena scratch, const struct batch *batch,
                           const struct rules *other)
{
    const struct means_condition *a = &batch->rules->stipend.means;
    const struct means_condition *b = &other->stipend.means;
    if (!b->required) {
        return true; /* nobody is asked for a verdict */
    }
    if (!a->required) {
        return false;
    }
    for (size_t i = 0; i < batch->log->session_count; i++) {
        struct date date = batch->log->sessions[i].date;
        if (date_compare(date, batch->period.to) > 0) {
            continue;
        }
        if (!means_tests_agree(scratch, a, b, date)) {
            return false;
        }
    }
    return true;
}
