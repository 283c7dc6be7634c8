/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A right is known by its day. A session that moved to another month, a receipt that comes back
 * (moved.c) and a ceiling of more days than are settled would be paid as if they were new; here
 * what is about to be paid is held against what the ledger has on the other days.
 */
#include "defray/kilometres.h"

#include "caps.h"
#include "elsewhere_parts.h"
#include "paid.h"

static bool
is_gain(const struct difference *difference)
{
    return money_compare(difference->after, difference->before) > 0;
}

struct within {          /* what one span comes to, of one entitlement */
    struct money before; /* paid on the other days of the span, or left as it is */
    struct money
        left; /* of that: undetermined now, so no line of it counts in a ceiling */
    struct money recounted; /* of that: CAUSE_COUNTER, whose lines do count in bands */
    struct money known;     /* else paid on the settled days */
    struct money gained;
    struct date first, last; /* of the other days */
};

struct reach {                /* what is added up */
    const struct right *like; /* of its component, and of its span */
    enum span span;
    struct date to; /* up to that day; DATE_NONE: all of it */
};

static bool
is_within(const struct looking *work, const struct right *right,
          const struct reach *reach)
{
    const struct rules *rules = work->batch->rules;
    return text_equals(right->component, reach->like->component) &&
           span_of(rules, reach->span, right->day) ==
               span_of(rules, reach->span, reach->like->day) &&
           (date_is_none(reach->to) || date_compare(right->day, reach->to) <= 0);
}

static void
add_before(struct within *sum, const struct right *right, struct money amount)
{
    sum->before = money_add(sum->before, amount);
    if (date_is_none(sum->first) || date_compare(right->day, sum->first) < 0) {
        sum->first = right->day;
    }
    if (date_is_none(sum->last) || date_compare(right->day, sum->last) > 0) {
        sum->last = right->day;
    }
}

/* What was paid, is undetermined now and stays paid. */
static void
add_left(const struct looking *work, const struct difference *one,
         const struct reach *reach, struct within *sum)
{
    if (is_within(work, &one->right, reach)) {
        add_before(sum, &one->right, one->before);
        sum->left = money_add(sum->left, one->before);
        sum->known = money_subtract(sum->known, one->before);
        if (one->cause == CAUSE_COUNTER) {
            sum->recounted = money_add(sum->recounted, one->before);
        }
    }
}

static struct within
add_within(const struct looking *work, const struct reach *reach)
{
    const struct history *history = work->batch->history;
    const struct settlement *settlement = &work->computed->settlement;
    struct within sum = {.first = DATE_NONE, .last = DATE_NONE};
    for (size_t i = 0; i < work->paid_count; i++) {
        const struct elsewhere *was = &work->paid[i];
        if (is_within(work, &was->right, reach)) {
            add_before(&sum, &was->right, was->amount);
        }
    }
    for (size_t i = history->first[work->member]; i < history->first[work->member + 1];
         i++) {
        if (is_within(work, &history->items[i].right, reach)) {
            sum.known = money_add(sum.known, history->items[i].amount);
        }
    }
    for (size_t i = 0; i < settlement->left_count; i++) {
        enum cause cause = settlement->left[i].cause;
        if (cause == CAUSE_OPEN || cause == CAUSE_COUNTER) {
            add_left(work, &settlement->left[i], reach, &sum);
        }
    }
    for (size_t i = 0; i < settlement->kept_count; i++) {
        if (settlement->kept[i].cause == CAUSE_OPEN) {
            add_left(work, &settlement->kept[i], reach, &sum);
        }
    }
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *one = &settlement->items[i];
        if (is_within(work, &one->right, reach)) {
            sum.gained = money_add(sum.gained, money_subtract(one->after, one->before));
        }
    }
    return sum;
}

static struct money
all_of(const struct within *sum)
{
    return money_add(money_add(sum->before, sum->known), sum->gained);
}

static void
refuse(const struct looking *work, const struct difference *gain,
       const struct within *sum, struct money most)
{
    struct diag *diag = work->diag;
    enum language language = diag_language(diag);
    char first[DATE_TEXT_MAX];
    char last[DATE_TEXT_MAX];
    struct money all = all_of(sum);
    diag_error(
        diag, gain->where, CODE_P122,
        "with the %s € paid to '%.*s' for days from %s to %s, '%.*s' comes to %s €; "
        "the ceiling is %s €",
        tr_money(diag_arena(diag), language, sum->before), TEXT_ARG(work->who->id),
        date_text(sum->first, first), date_text(sum->last, last),
        TEXT_ARG(gain->right.component), tr_money(diag_arena(diag), language, all),
        tr_money(diag_arena(diag), language, most));
}

static void
warn_of_counter(const struct looking *work, const struct difference *gain,
                const struct within *sum)
{
    char first[DATE_TEXT_MAX];
    char last[DATE_TEXT_MAX];
    diag_warning(work->diag, gain->where, CODE_L023,
                 "what was paid to '%.*s' for '%.*s' from %s to %s is not counted here",
                 TEXT_ARG(work->who->id), TEXT_ARG(gain->right.component),
                 date_text(sum->first, first), date_text(sum->last, last));
}

/* Whether an earlier difference stands for the same span. */
static bool
was_looked_at(const struct looking *work, size_t at, enum span span)
{
    const struct difference *items = work->computed->settlement.items;
    const struct reach reach = {&items[at].right, span, DATE_NONE};
    for (size_t i = 0; i < at; i++) {
        if (is_gain(&items[i]) && is_within(work, &items[i].right, &reach)) {
            return true;
        }
    }
    return false;
}

/* What the tables say of the earlier days of the span, as far as they were computed. */
static struct money
counted_before(const struct looking *work, const struct reach *reach)
{
    const struct member_result *own = &work->computed->own;
    struct money sum = {0};
    for (size_t i = 1; i <= own->earlier; i++) {
        const struct line *line = own->lines - i;
        struct right right = {.component = line->entitlement, .day = line->date};
        if (date_compare(line->date, work->batch->history->since) < 0 &&
            !line->set_aside && is_within(work, &right, reach)) {
            sum = money_add(sum, line_worth(line));
        }
    }
    return sum;
}

/* Whether the lines of the tables come to all that was paid before. */
static bool
has_counted(const struct within *sum, struct money counted)
{
    return sum->left.cents == 0 && money_compare(counted, sum->before) == 0;
}

/* A limit takes of each day what there was up to it, and may not be the same all along the span:
 * the last of its values that is passed by what is paid in its time, from the gain on. What there
 * is up to then goes to `sum`, and the value to `most`. */
static bool
passes(const struct looking *work, const struct cap *cap, const struct difference *gain,
       struct within *sum, struct money *most)
{
    bool found = false;
    for (size_t i = 0; i < cap->limit.count; i++) {
        const struct value *limit = &cap->limit.items[i];
        struct date first = limit->during.from;
        if (date_compare(first, gain->right.day) < 0) {
            first = gain->right.day;
        }
        if (date_compare(limit->during.to, first) < 0) {
            continue;
        }
        struct reach reach = {&gain->right, cap->span, date_add_days(first, -1)};
        struct within eve = add_within(work, &reach);
        reach.to = limit->during.to;
        struct within at = add_within(work, &reach);
        struct money all = all_of(&at);
        struct money amount = money_round(limit->amount, ROUND_HALF_UP);
        if (at.before.cents > 0 && at.gained.cents > 0 &&
            money_compare(all, all_of(&eve)) > 0 && money_compare(all, amount) > 0) {
            *sum = at;
            *most = amount;
            found = true;
        }
    }
    return found;
}

/* `alone`: all that the ledger has of the component is under the ceiling. It does not tell one
 * tariff from another, so the ceiling of one of several may not be what the sum passes. */
static void
look_at_cap(const struct looking *work, const struct cap *cap, struct text component,
            bool alone)
{
    const struct settlement *settlement = &work->computed->settlement;
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *gain = &settlement->items[i];
        if (!is_gain(gain) || !text_equals(gain->right.component, component) ||
            was_looked_at(work, i, cap->span)) {
            continue;
        }
        const struct reach reach = {&gain->right, cap->span, DATE_NONE};
        struct within sum = add_within(work, &reach);
        struct money most = {0};
        if (sum.before.cents <= 0 || has_counted(&sum, counted_before(work, &reach))) {
            continue; /* the tables have what was paid, and the ceiling took its part */
        }
        bool tells = cap->of_quantity ? sum.gained.cents > 0
                                      : passes(work, cap, gain, &sum, &most);
        if (tells && (cap->of_quantity || !alone)) {
            warn_of_counter(work, gain, &sum);
        } else if (tells) {
            refuse(work, gain, &sum, most);
        }
    }
}

static void
look_at_caps(const struct looking *work, const struct cap *caps, size_t count,
             struct text component, bool alone)
{
    for (size_t i = 0; i < count; i++) {
        if (caps[i].span > SPAN_DAY && !caps[i].soft) {
            look_at_cap(work, &caps[i], component, alone);
        }
    }
}

/* Whether the members' table says how many kilometres were reimbursed before, in the year of the
 * day. */
static bool
states_kilometres(const struct looking *work, struct date day)
{
    struct ratio before;
    return kilometres_before(work->who, date_year(day),
                             date_year(work->batch->period.from), &before) &&
           before.num != 0;
}

/* Bands and hours of the year go by what came before: what the tables lack is not counted,
 * unless it is stated. */
static void
look_at_counter(const struct looking *work, const struct category *category)
{
    const struct settlement *settlement = &work->computed->settlement;
    bool bands = category->price.scale.count > 0;
    bool counts = bands || category->heading == HEADING_INCOME_LOSS;
    for (size_t i = 0; counts && i < settlement->count; i++) {
        const struct difference *gain = &settlement->items[i];
        if (!is_gain(gain) || !text_equals(gain->right.component, category->price.key) ||
            was_looked_at(work, i, SPAN_YEAR)) {
            continue;
        }
        const struct reach reach = {&gain->right, SPAN_YEAR, DATE_NONE};
        struct within sum = add_within(work, &reach);
        struct money counted = counted_before(work, &reach);
        sum.before = money_subtract(sum.before, sum.recounted);
        sum.left = money_subtract(sum.left, sum.recounted);
        bool stated = bands && states_kilometres(work, gain->right.day);
        if (sum.before.cents > 0 && !has_counted(&sum, counted) && !stated) {
            warn_of_counter(work, gain, &sum);
        }
    }
}

/* The line that gives something of the right: it has a price. */
static const struct line *
line_of(const struct computed *computed, const struct right *right)
{
    const struct member_result *own = &computed->own;
    const struct line *first = own->lines - own->earlier;
    for (size_t i = 0; i < own->earlier + own->count; i++) {
        if (text_equals(first[i].entitlement, right->component) &&
            date_compare(first[i].date, right->day) == 0 && first[i].due.cents > 0) {
            return &first[i];
        }
    }
    return NULL;
}

/* What was paid for days on which the scheme may not pay: it stays as it is. */
static void
add_barred(const struct looking *work, const struct reach *reach, struct within *sum)
{
    const struct settlement *settlement = &work->computed->settlement;
    for (size_t i = 0; i < settlement->left_count; i++) {
        if (settlement->left[i].cause == CAUSE_STATUS) {
            add_left(work, &settlement->left[i], reach, sum);
        }
    }
}

/* A flat amount is due once a mandate, whatever it was when it was paid. Beside other tariffs, as
 * much as it is may be it; less is for a person to look at. What the tables show, the lines have
 * counted. */
static void
look_at_mandate(const struct looking *work, const struct difference *gain)
{
    const struct line *line = line_of(work->computed, &gain->right);
    if (line == NULL || line->price->unit != UNIT_MANDATE) {
        return;
    }
    const struct reach reach = {&gain->right, SPAN_MANDATE, DATE_NONE};
    struct within sum = add_within(work, &reach);
    add_barred(work, &reach, &sum);
    struct money counted = counted_before(work, &reach);
    if (sum.gained.cents <= 0 || sum.before.cents <= 0 || has_counted(&sum, counted)) {
        return;
    }
    bool alone = work->batch->rules->stipend.tariff_count == 1;
    if (alone || money_compare(sum.before, line->due) >= 0) {
        refuse(work, gain, &sum, line->due);
    } else {
        warn_of_counter(work, gain, &sum);
    }
}

void
elsewhere_notice(struct diag *diag, const struct batch *batch, uint32_t member,
                 const struct computed *computed)
{
    const struct rules *rules = batch->rules;
    const struct settlement *settlement = &computed->settlement;
    if (batch->history == NULL || settlement->count == 0) {
        return;
    }
    struct looking work = {
        .diag = diag,
        .batch = batch,
        .who = &batch->roster->items[member],
        .member = member,
        .computed = computed,
    };
    work.paid = elsewhere_of(batch->history, member, &work.paid_count);
    for (size_t i = 0; i < settlement->count; i++) {
        moved_look_at_gone(&work, &settlement->items[i]);
    }
    if (batch->history->elsewhere_count == 0 && settlement->left_count == 0 &&
        settlement->kept_count == 0) {
        return;
    }
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *gain = &settlement->items[i];
        if (is_gain(gain)) {
            moved_look_at_gain(&work, gain);
            look_at_mandate(&work, gain);
        }
    }
    look_at_caps(&work, rules->stipend.caps, rules->stipend.cap_count, STR("stipend"),
                 true);
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct entitlement *price = &rules->stipend.tariffs[i].price;
        look_at_caps(&work, price->caps, price->cap_count, STR("stipend"),
                     rules->stipend.tariff_count == 1);
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        look_at_caps(&work, price->caps, price->cap_count, price->key, true);
        look_at_counter(&work, &rules->categories[i]);
    }
}
