/* SPDX-License-Identifier: Apache-2.0 */
/* From figures to verdicts. This is the only file of the computation that sees an income;
 * the decisions it makes hold none. */
#include "defray/means_test.h"

#include "defray/parallel.h"

#include <assert.h>
#include <string.h>

#define MEMBERS_A_PART 128

bool
means_accepts(struct arena scratch, const struct means_condition *test,
              struct text method)
{
    for (size_t i = 0; i < test->method_count; i++) {
        if (text_folds_equal(scratch, test->methods[i], method)) {
            return true;
        }
    }
    return false;
}

/* Whether `candidate` is to be used rather than `best` for a session of the month: the
 * latest that is not after it, else the earliest later one; in one month, the later check; checked
 * on one day they agree, and the method that comes first by name is told. */
static bool
is_nearer(const struct figure *candidate, const struct figure *best, int month)
{
    if (best == NULL) {
        return true;
    }
    bool candidate_before = candidate->month <= month;
    bool best_before = best->month <= month;
    if (candidate_before != best_before) {
        return candidate_before;
    }
    if (candidate->month != best->month) {
        return candidate_before == (candidate->month > best->month);
    }
    int check = date_compare(candidate->checked_on, best->checked_on);
    return check > 0 || (check == 0 && text_compare(candidate->method, best->method) < 0);
}

static struct finding
undetermined(const struct means_condition *test, enum reason reason)
{
    return (struct finding){
        .verdict = VERDICT_UNDETERMINED,
        .reason = reason,
        .basis = reason == REASON_FIGURE_TOO_OLD ? &test->age_basis : &test->basis,
    };
}

/* "2026-03" */
static struct text
month_text(struct arena *keep, int month)
{
    char text[DATE_TEXT_MAX];
    struct date first = DATE_NONE;
    bool exists = date_make(month / 12, month % 12 + 1, 1, &first);
    assert(exists); /* a table has no other months */
    (void)exists;
    struct text day = text_of(date_text(first, text));
    return text_copy(keep, (struct text){day.data, day.size - strlen("-01")});
}

/* The figure to be used for a session of the month; NULL if there is none by an accepted
 * method. `other_method`: there are some by others, which are not looked at. */
static const struct figure *
figure_for(struct arena scratch, const struct means_condition *test,
           const struct means *means, uint32_t member, int month, bool *other_method)
{
    const struct figure *best = NULL;
    *other_method = false;
    for (size_t i = means->first[member]; i < means->first[member + 1]; i++) {
        const struct figure *figure = &means->items[i];
        if (!text_folds_equal(scratch, figure->measure, test->measure)) {
            continue;
        }
        if (!means_accepts(scratch, test, figure->method)) {
            *other_method = true;
        } else if (is_nearer(figure, best, month)) {
            best = figure;
        }
    }
    return best;
}

bool
means_pass(const struct means_condition *test, struct money value, struct ratio threshold)
{
    int order = ratio_compare(money_ratio(value), threshold);
    return test->inclusive ? order <= 0 : order < 0;
}

static struct date
last_day_of(int month)
{
    struct date first = DATE_OPEN_FUTURE;
    return date_make(month / 12, month % 12 + 1, 1, &first) ? date_month_last(first)
                                                            : first;
}

struct assessment
means_test_at(struct arena *keep, const struct means_condition *test,
              const struct means *means, uint32_t member, struct date date)
{
    bool other_method = false;
    int month = date_month_index(date);
    const struct figure *figure =
        figure_for(*keep, test, means, member, month, &other_method);
    struct assessment found = {
        .figure = figure,
        .threshold = timeline_at(&test->threshold, date),
        .valid_until = DATE_NONE,
    };
    if (figure == NULL) {
        found.finding = undetermined(test, other_method ? REASON_METHOD_NOT_ACCEPTED
                                                        : REASON_NO_FIGURE);
        return found;
    }
    int age = test->age_months_max;
    found.valid_until = age > 0 ? last_day_of(figure->month + age) : DATE_OPEN_FUTURE;
    if (found.threshold == NULL) {
        found.finding = undetermined(test, REASON_NO_FIGURE);
    } else if (date_compare(date, found.valid_until) > 0) {
        found.finding = undetermined(test, REASON_FIGURE_TOO_OLD);
    } else {
        bool passes = means_pass(test, figure->value, found.threshold->amount);
        found.finding = (struct finding){
            .verdict = passes ? VERDICT_ELIGIBLE : VERDICT_NOT_ELIGIBLE,
            .reason = passes ? REASON_NONE : REASON_NOT_ELIGIBLE,
            .basis = &found.threshold->basis,
        };
    }
    found.finding.method = figure->method;
    found.finding.month = month_text(keep, figure->month);
    found.finding.document = figure->reference;
    return found;
}

/* The last day on which the test can give what it gives on `date`: figures count by month,
 * and thresholds change on their day. */
static struct date
end_of_stretch(const struct means_condition *test, struct date date, struct date last)
{
    struct date end = date_month_last(date);
    const struct value *threshold = timeline_at(&test->threshold, date);
    if (threshold != NULL && date_compare(threshold->during.to, end) < 0) {
        end = threshold->during.to;
    }
    for (size_t i = 0; threshold == NULL && i < test->threshold.count; i++) {
        struct date from = test->threshold.items[i].during.from;
        if (date_compare(from, date) > 0 && date_compare(from, end) <= 0) {
            end = date_add_days(from, -1);
        }
    }
    return date_compare(end, last) < 0 ? end : last;
}

/* The document goes with the month: one figure a month is used. */
static bool
says_the_same(const struct decision *decision, const struct finding *finding)
{
    return decision->verdict == finding->verdict &&
           text_equals(decision->reason, text_of(reason_word(finding->reason))) &&
           text_equals(decision->method, finding->method) &&
           text_equals(decision->month, finding->month);
}

struct decision_list ARRAY_OF(struct decision);

static void
decide_member(struct arena *keep, const struct means_condition *test,
              const struct means *means, uint32_t member, struct period span,
              struct decision_list *list)
{
    size_t first = list->count;
    struct date date = span.from;
    while (date_compare(date, span.to) <= 0) {
        struct date end = end_of_stretch(test, date, span.to);
        struct finding found = means_test_at(keep, test, means, member, date).finding;
        struct decision *last =
            list->count > first ? &list->items[list->count - 1] : NULL;
        if (last != NULL && says_the_same(last, &found)) {
            last->during.to = end;
        } else {
            *ARRAY_PUSH(keep, list) = (struct decision){
                .member = member,
                .verdict = found.verdict,
                .during = {date, end},
                .method = found.method,
                .month = found.month,
                .document = found.document,
                .reason = text_of(reason_word(found.reason)),
            };
        }
        date = date_add_days(end, 1);
    }
}

/* Members are judged in parts, one beside the other. */
struct deciding {
    struct arena *keep;
    const struct means_condition *test;
    const struct means *means;
    size_t members;
    struct period span;
    struct decision_list list; /* in `keep` */
    size_t *first;
    struct text month; /* the last that was kept: most figures are of one */
};

struct part {
    struct decision_list list;
    size_t ends[MEMBERS_A_PART]; /* in the list, of each member */
};

static size_t
part_end(const struct deciding *deciding, size_t index)
{
    size_t end = (index + 1) * MEMBERS_A_PART;
    return end < deciding->members ? end : deciding->members;
}

static void *
make_part(void *context, size_t index, struct arena *arena)
{
    const struct deciding *deciding = context;
    struct part *part = NEW(arena, struct part);
    size_t from = index * MEMBERS_A_PART;
    for (size_t i = from; i < part_end(deciding, index); i++) {
        decide_member(arena, deciding->test, deciding->means, (uint32_t)i, deciding->span,
                      &part->list);
        part->ends[i - from] = part->list.count;
    }
    return part;
}

static void
take_part(void *context, size_t index, void *made, struct arena *arena)
{
    struct deciding *deciding = context;
    const struct part *part = made;
    size_t from = index * MEMBERS_A_PART;
    size_t before = deciding->list.count;
    (void)arena;
    for (size_t i = 0; i < part->list.count; i++) {
        struct decision *decision = ARRAY_PUSH(deciding->keep, &deciding->list);
        *decision = part->list.items[i];
        if (!text_equals(decision->month, deciding->month)) {
            deciding->month = text_copy(deciding->keep, decision->month);
        }
        decision->month = deciding->month;
    }
    for (size_t i = from; i < part_end(deciding, index); i++) {
        deciding->first[i + 1] = before + part->ends[i - from];
    }
}

/* The verdicts of every member over the days of a span on which there is a threshold. */
static struct decisions *
decide(struct arena *keep, const struct means_condition *test, const struct means *means,
       size_t members, struct period span)
{
    struct decisions *decisions = NEW(keep, struct decisions);
    struct deciding deciding = {
        .keep = keep, .test = test, .means = means, .members = members, .span = span};
    deciding.first = NEW_ARRAY(keep, size_t, members + 1);
    if (test->required) {
        deciding.list.capacity = members + members / 8 + 1; /* mostly one each */
        deciding.list.items =
            arena_room(keep, deciding.list.capacity * sizeof *deciding.list.items);
        struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
        parallel_in_order(scratch,
                          &(struct parallel_work){
                              .context = &deciding,
                              .parts = (members + MEMBERS_A_PART - 1) / MEMBERS_A_PART,
                              .make = make_part,
                              .take = take_part});
        arena_release(scratch);
    }
    decisions->first = deciding.first;
    decisions->items = deciding.list.items;
    decisions->count = deciding.list.count;
    return decisions;
}

struct decisions *
means_decide_period(struct arena *keep, const struct rules *rules,
                    const struct means *means, size_t members, struct period period)
{
    if (liquidation_looks_back(rules)) {
        period.from = rules->lives[0].during.from;
    }
    return decide(keep, &rules->stipend.means, means, members, period);
}

static void
reach(struct period *span, struct date date)
{
    if (!date_is_open(date)) {
        span->from = date_compare(date, span->from) < 0 ? date : span->from;
        span->to = date_compare(date, span->to) > 0 ? date : span->to;
    }
}

const struct decisions *
batch_decide(struct arena *keep, const struct batch *batch, const struct means *means)
{
    struct period span = {DATE_OPEN_FUTURE, DATE_OPEN_PAST};
    reach(&span, batch->period.from);
    reach(&span, batch->period.to);
    for (size_t i = 0; i < batch->log->session_count; i++) {
        reach(&span, batch->log->sessions[i].date);
    }
    return decide(keep, &batch->rules->stipend.means, means, batch->roster->count, span);
}
