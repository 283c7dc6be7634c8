/* SPDX-License-Identifier: Apache-2.0 */
/* Due against paid: the rights of now are merged with the ledger's, and each difference gets
 * its cause. */
#include "defray/settlement.h"

#include "defray/kilometres.h"

#include "former.h"
#include "overpaid.h"
#include "paid.h"

#include <assert.h>

struct cause_words {
    const char *word;
    const char *label;
};

static const struct cause_words causes[CAUSE_COUNT] = {
    [CAUSE_NEW] = {"new",       N_("new")                                        },
    [CAUSE_LATE] = {"late",      N_("late: an earlier day, not paid before")      },
    [CAUSE_CORRECTED] = {"corrected", N_("the sheet or the evidence was corrected")    },
    [CAUSE_REMOVED] = {"removed",   N_("paid before, and no longer in the files")    },
    [CAUSE_RATE] = {"rate",      N_("the rules changed, with effect on that day") },
    [CAUSE_RECOUNT] = {"recount",   N_("another line moved a ceiling or a counter")  },
    [CAUSE_LAPSED] = {"lapsed",    N_("an earlier day, too long ago to be paid")    },
    [CAUSE_STATUS] = {"status",
                   N_("the scheme pays nothing for that day: left as it is")     },
    [CAUSE_KEPT] = {"kept",
                   N_("the rules went down: what was paid stays with the member")},
    [CAUSE_REFUSED] = {"refused",   N_("an expense of an earlier day, refused")      },
    [CAUSE_OPEN] = {"open",      N_("undetermined: left as it is")                },
    [CAUSE_COUNTER] = {"counter",
                   N_("the kilometres before are not stated: left as it is")     },
};

const char *
cause_word(enum cause cause)
{
    return causes[cause].word;
}

bool
cause_is_left(enum cause cause)
{
    return cause == CAUSE_LAPSED || cause == CAUSE_OPEN || cause == CAUSE_STATUS ||
           cause == CAUSE_REFUSED || cause == CAUSE_KEPT || cause == CAUSE_COUNTER;
}

const char *
cause_label(enum language language, enum cause cause)
{
    return tr(language, causes[cause].label);
}

const char *
cause_word_label(enum language language, struct text word)
{
    for (size_t i = 0; i < CAUSE_COUNT; i++) {
        if (text_equals(word, text_of(causes[i].word))) {
            return tr(language, causes[i].label);
        }
    }
    return tr(language, N_("taken back by the office"));
}

struct settling {
    struct arena *keep;
    const struct batch *batch;
    uint32_t member;
    const struct position *standing;
    struct differences differences, left, kept;
    struct settlement settlement;
    struct money gained; /* what comes again, of what had been taken back or lowered */
    struct formers formers;
};

/* Those by which the day of the right was settled; NULL: it was not, or by those of today. */
static const struct rules *
rules_then(const struct settling *work, const struct right *right,
           const struct paid_right *was)
{
    return was != NULL ? was->rules : history_rules(work->batch->history, right->day);
}

/* Of a right at which nothing stands: whether the rules by which its day was settled give nothing
 * for it, or may, since they asked for other means. Then it is not the tables that it comes of. */
static bool
rules_brought(struct settling *work, const struct right *right,
              const struct paid_right *was)
{
    const struct claimed *then = NULL;
    const struct rules *rules = rules_then(work, right, was);
    return former_tests_otherwise(&work->formers, rules, right) ||
           (former_tells(&work->formers, rules, right, &then) &&
            (then == NULL || then->due.cents == 0));
}

/* Of a right that stands: whether the rules of its day see the facts that were paid, or the means
 * test of today, which is another, refuses what theirs let pass. */
static bool
rules_took(struct settling *work, const struct claimed *now, const struct paid_right *was)
{
    bool refused = now != NULL && now->reason == REASON_NOT_ELIGIBLE;
    return (refused && former_tests_otherwise(&work->formers, was->rules, &was->right)) ||
           former_as_paid(&work->formers, was);
}

/* The print of a fact goes by what the rules look at: where it differs, those that the right was
 * paid by say whether the fact does. */
static enum cause
cause_of(struct settling *work, const struct claimed *now, const struct paid_right *was,
         const struct difference *one)
{
    bool stands = was != NULL && was->amount.cents != 0;
    if (!stands && rules_brought(work, &one->right, was)) {
        return CAUSE_RATE;
    }
    if (was == NULL) {
        return one->earlier ? CAUSE_LATE : CAUSE_NEW;
    }
    bool same = now != NULL && claimed_as_paid(now, was);
    if (stands && !same && rules_took(work, now, was)) {
        return CAUSE_RATE;
    }
    if (now == NULL) {
        return CAUSE_REMOVED;
    }
    if (!same || !stands) {
        return CAUSE_CORRECTED;
    }
    return was->same_rules ? CAUSE_RECOUNT : CAUSE_RATE;
}

/* A right of an earlier day that stays as it is, and is told. */
static void
leave(struct settling *work, const struct difference *one, enum cause cause)
{
    struct difference *left = ARRAY_PUSH(work->keep, &work->left);
    *left = *one;
    left->after = one->before;
    left->cause = cause;
}

/* What was paid stays as it is: of the period, what is due counts as paid. */
static void
keep_paid(struct settling *work, const struct difference *one)
{
    struct settlement *settlement = &work->settlement;
    if (!one->earlier) {
        struct money kept = money_subtract(one->before, one->after);
        settlement->paid = money_subtract(settlement->paid, kept);
    }
}

/* Whether what moves the right may be kilometres that were stated when it was paid, and are no
 * more: bands of another year, of which no row of the member states them. */
static bool
opens_unknown(const struct settling *work, const struct difference *one)
{
    const struct batch *batch = work->batch;
    int year = date_year(one->right.day);
    int first = date_year(batch->period.from);
    struct ratio before;
    if (one->cause != CAUSE_RECOUNT || !one->earlier || year == first) {
        return false;
    }
    const struct category *category =
        rules_category(batch->rules, *work->keep, one->right.component);
    return category != NULL && category->price.scale.count > 0 &&
           !kilometres_before(&batch->roster->items[work->member], year, first, &before);
}

/* Of a day that has lapsed, no more is paid than was in time, unless a text reaches it. The day of
 * the payment says so, also where the period is that of the day. */
static bool
rise_has_lapsed(const struct settling *work, const struct difference *one)
{
    return one->cause != CAUSE_RATE && one->before.cents > 0 &&
           money_compare(one->before, one->after) < 0 &&
           day_has_lapsed(work->batch, one->right.day);
}

/* Of the period, what has lapsed is told beside what was paid; of an earlier day once, where no
 * line of the right has `told` it. */
static void
keep_lapsed(struct settling *work, struct difference *one, bool told)
{
    keep_paid(work, one);
    if (!one->earlier) {
        one->cause = CAUSE_LAPSED;
        *ARRAY_PUSH(work->keep, &work->kept) = *one;
    } else if (!told) {
        leave(work, one, CAUSE_LAPSED);
    }
}

/* What of an amount had been taken back or lowered before: so much is a correction. */
static struct money
comes_again(const struct paid_right *was, struct money after)
{
    struct money again = {0};
    if (was != NULL) {
        again = money_subtract(money_min(was->most, after), was->amount);
    }
    return again.cents > 0 ? again : (struct money){0};
}

static struct difference
compare(const struct settling *work, const struct claimed *now,
        const struct paid_right *was)
{
    const struct right *right = now != NULL ? &now->right : &was->right;
    return (struct difference){
        .right = *right,
        .before = was != NULL ? was->amount : (struct money){0},
        .after = now != NULL ? now->due : (struct money){0},
        .known = was != NULL,
        .earlier = date_compare(right->day, work->batch->period.from) < 0,
        .fact = now != NULL ? now->fact : was->fact,
        .session = now != NULL ? now->session : unit_parts(right->unit).session,
        .where = now != NULL ? now->where : (struct where){0},
        .basis = now != NULL ? now->basis : NULL,
    };
}

/* One right: `now` or `was` may be NULL, not both. */
static void
settle_right(struct settling *work, const struct claimed *now,
             const struct paid_right *was)
{
    assert(now != NULL || was != NULL);
    struct settlement *settlement = &work->settlement;
    const struct right *right = now != NULL ? &now->right : &was->right;
    struct difference one = compare(work, now, was);
    const bool lapsed = now != NULL && now->lapsed;
    if (!one.earlier) {
        settlement->paid = money_add(settlement->paid, one.before);
    }
    if (!day_pays(work->batch->rules, right->day)) { /* for the authority to decide */
        if (one.before.cents > 0 || one.after.cents > 0) {
            leave(work, &one, CAUSE_STATUS);
        }
        keep_paid(work, &one);
        return;
    }
    if (lapsed && one.earlier) {
        leave(work, &one, CAUSE_LAPSED);
    } else if (now != NULL && now->refused && !now->open && was == NULL && one.earlier) {
        one.reason = now->reason;
        leave(work, &one, CAUSE_REFUSED);
    }
    if (now != NULL && now->open) {
        one.reason = now->reason;
        if (one.earlier) {
            leave(work, &one, CAUSE_OPEN);
        }
        if (money_compare(one.after, one.before) < 0) {
            keep_paid(work, &one); /* until it is known what it comes to */
            if (!one.earlier) {
                one.cause = CAUSE_OPEN;
                *ARRAY_PUSH(work->keep, &work->kept) = one;
            }
            return;
        }
    }
    if (money_compare(one.before, one.after) == 0) {
        return;
    }
    one.cause = cause_of(work, now, was, &one);
    if (opens_unknown(work, &one)) {
        leave(work, &one, CAUSE_COUNTER);
        return;
    }
    if (rise_has_lapsed(work, &one)) {
        keep_lapsed(work, &one, lapsed);
        return;
    }
    const struct retroactivity *text = rules_reach(work->batch->rules, right->day);
    if (one.cause == CAUSE_RATE && text != NULL && text->keeps_decreases &&
        money_compare(one.after, one.before) < 0) {
        keep_paid(work, &one);
        one.cause = CAUSE_KEPT;
        *ARRAY_PUSH(work->keep, one.earlier ? &work->left : &work->kept) = one;
        return;
    }
    struct money change = money_subtract(one.after, one.before);
    if (one.earlier) {
        settlement->earlier = money_add(settlement->earlier, change);
    }
    one.again = comes_again(was, one.after);
    work->gained = money_add(work->gained, one.again);
    one.retroactive_missing = one.cause == CAUSE_RATE && text == NULL;
    settlement->untold += one.retroactive_missing;
    *ARRAY_PUSH(work->keep, &work->differences) = one;
}

/* What of a payment is kept back for what was paid too much before: a share of what this run
 * adds, so that what waited (`waits`) for another reason is not reduced twice. */
static struct money
kept_back(const struct settling *work, struct money sum, struct money waits,
          struct money open)
{
    int percent = work->batch->rules->payment.recovery.percent_max;
    struct money added = sum;
    if (waits.cents > 0) {
        added = money_subtract(sum, waits);
    }
    if (added.cents <= 0 || open.cents <= 0) {
        return (struct money){0};
    }
    struct money share =
        money_times(money_ratio(added), ratio_of(percent, 100), ROUND_DOWN);
    return money_min(open, share);
}

/* What was paid too much is listed for recovery, whole, whatever the same run adds: of that, as of
 * any later payment, a share is kept back. What the member is owed and has not got makes up for it
 * first. Gives what is left to pay of `sum`. */
static struct money
recover(struct settling *work, struct money sum)
{
    struct settlement *settlement = &work->settlement;
    const struct position *standing = work->standing;
    struct money over =
        overpaid_of(*work->keep, work->batch, work->member, &work->differences);
    struct money owed = money_subtract(standing->balance, over);
    if (owed.cents < 0) {
        settlement->recovery = (struct money){-owed.cents};
        owed = (struct money){0};
    }
    sum = money_add(sum, settlement->recovery);
    assert(sum.cents >= 0); /* what the run adds is left */
    /* The bank brought back what had been listed: nobody has it any more. */
    struct money returned = money_min(standing->returned, standing->receivable);
    returned = money_min(returned, owed);
    struct money open = money_add(standing->receivable, settlement->recovery);
    struct money given = money_min(money_add(returned, work->gained), open);
    given = money_min(given, sum);
    settlement->recovery = money_subtract(settlement->recovery, given);
    sum = money_subtract(sum, given);
    settlement->offset =
        kept_back(work, sum, money_subtract(owed, returned), money_subtract(open, given));
    return money_subtract(sum, settlement->offset);
}

/* What the account comes to; below zero, the rest is carried over. */
static void
balance(struct settling *work)
{
    struct settlement *settlement = &work->settlement;
    struct money sum = money_subtract(settlement->due, settlement->paid);
    sum = money_add(money_add(sum, settlement->earlier), settlement->brought);
    if (work->batch->rules->recover_overpayment) {
        sum = recover(work, sum);
    }
    settlement->total = sum.cents > 0 ? sum : (struct money){0};
    settlement->carried = money_subtract(sum, settlement->total);
}

struct settlement
settle_member(struct arena *keep, const struct batch *batch, uint32_t member,
              const struct member_result *result)
{
    const struct history *history = batch->history;
    struct claimed_rights now = {0};
    struct settling work = {
        .keep = keep,
        .batch = batch,
        .member = member,
        .standing = &history->standings[member],
        .formers = {keep, batch, member, {0}}
    };
    work.settlement.due = result->total;
    work.settlement.brought = work.standing->balance;
    claimed_collect_earlier(keep, batch, member, &now);
    claimed_collect(keep, batch, result, &now);
    claimed_gather(&now);
    size_t at = 0;
    for (size_t i = history->first[member]; i < history->first[member + 1]; i++) {
        const struct paid_right *was = &history->items[i];
        while (at < now.count && right_compare(&now.items[at].right, &was->right) < 0) {
            settle_right(&work, &now.items[at++], NULL);
        }
        bool both =
            at < now.count && right_compare(&now.items[at].right, &was->right) == 0;
        settle_right(&work, both ? &now.items[at] : NULL, was);
        at += both;
    }
    while (at < now.count) {
        settle_right(&work, &now.items[at++], NULL);
    }
    balance(&work);
    work.settlement.items = work.differences.items;
    work.settlement.count = work.differences.count;
    work.settlement.left = work.left.items;
    work.settlement.left_count = work.left.count;
    work.settlement.kept = work.kept.items;
    work.settlement.kept_count = work.kept.count;
    return work.settlement;
}

struct money
settlement_owed_before(const struct settlement *settlement)
{
    struct money owed = settlement->brought;
    if (owed.cents < 0) {
        return (struct money){0};
    }
    return money_compare(owed, settlement->total) < 0 ? owed : settlement->total;
}

static bool
was_paid(const struct history *history, uint32_t member, const struct claimed *claimed)
{
    assert(claimed != NULL); /* it was collected of the same lines */
    const struct paid_right *paid = paid_find(history, member, &claimed->right);
    return paid != NULL && money_compare(paid->amount, claimed->due) == 0;
}

void
settlement_mark(struct arena scratch, const struct batch *batch, uint32_t member,
                struct member_result *result)
{
    struct claimed_rights now = {0};
    if (batch->history->first[member] == batch->history->first[member + 1]) {
        return;
    }
    claimed_collect(&scratch, batch, result, &now);
    claimed_gather(&now);
    for (size_t i = 0; i < result->count; i++) {
        struct line *line = &result->lines[i];
        struct arena one = scratch;
        struct right right = {line->entitlement, line->date,
                              claimed_unit(&one, batch, line)};
        bool pays = line->state == LINE_DUE || line->state == LINE_CAPPED;
        if (pays && line->due.cents > 0 &&
            was_paid(batch->history, member, claimed_find(&now, &right))) {
            line->state = LINE_PAID_BEFORE;
        }
    }
}
