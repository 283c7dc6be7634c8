/* SPDX-License-Identifier: Apache-2.0 */
/* One expense claim: the conditions in order, then its category's method, then its caps. */
#include "defray/kilometres.h"

#include "paid.h"
#include "presence.h"

#include <assert.h>

/* Whether the claim names a session at which a meal was served. */
static bool
names_a_served_session(const struct work *work, const struct claim *claim)
{
    const struct log *log = work->batch->log;
    if (claim->session.size == 0) {
        return false;
    }
    size_t i = 0;
    while (!text_equals(log->sessions[i].id, claim->session)) {
        i++;
        assert(i < log->session_count); /* their reader has looked for it */
    }
    return log->sessions[i].meal_served;
}

/* Where the member was that day, so far as a claim goes: the best of all sessions decides. */
enum whereabouts {
    NOWHERE,
    BY_VIDEO,
    IN_PERSON,
    AT_SESSION_OF_SOME_BODY,
    AT_COVERED_SESSION
};

struct attended_day {
    enum whereabouts where;
    const struct session *at; /* NULL: nowhere */
    bool meal_served;
};

/* Under a policy of not paying presence every session is covered; else one that has a tariff.
 * Where some bodies' sessions have one, and the calendar names no body, nobody knows. */
static enum whereabouts
found_at(const struct work *work, const struct session *session)
{
    const struct rules *rules = work->batch->rules;
    if (session->kind == KIND_VIDEO) {
        return BY_VIDEO;
    }
    bool covered = rules->stipend.nil ||
                   rules_tariff(rules, *work->keep, session->kind, session->body) != NULL;
    bool unknown =
        session->body.size == 0 && rules_exclusion(rules, session->kind) == NULL;
    return covered ? AT_COVERED_SESSION : unknown ? AT_SESSION_OF_SOME_BODY : IN_PERSON;
}

/* A meal served at the session that the claim names is noted; if it names none, at any session
 * attended. */
static struct attended_day
day_of(const struct work *work, const struct claim *claim)
{
    const struct log *log = work->batch->log;
    struct attended_day day = {NOWHERE, NULL, names_a_served_session(work, claim)};
    for (size_t i = log->first[work->member]; i < log->first[work->member + 1]; i++) {
        const struct attendance *fact = &log->items[i];
        const struct session *session = &log->sessions[fact->session];
        if (date_compare(session->date, claim->date) != 0) {
            continue;
        }
        bool there =
            (fact->presence == PRESENCE_PRESENT || fact->presence == PRESENCE_PARTIAL) &&
            !stay_of(fact, session).empty; /* "0:00", or hours of another session */
        day.meal_served = day.meal_served ||
                          (claim->session.size == 0 && session->meal_served && there);
        enum whereabouts here = there ? found_at(work, session) : NOWHERE;
        if (here > day.where) {
            day.where = here;
            day.at = session;
        }
    }
    return day;
}

static void
settle(struct line *line, enum line_state state, enum reason reason,
       const struct basis *basis)
{
    line->state = state;
    line->reason = reason;
    line->basis = basis;
}

/* Whether the member was there in person at a covered session that day; else the claim is refused:
 * for want of a presence by the rule file, and where there was one by the program. Whether a
 * session is covered of which the calendar names no body is left open. */
static bool
was_present(const struct work *work, const struct attended_day *day, struct line *line)
{
    switch (day->where) {
    case AT_COVERED_SESSION:
    case AT_SESSION_OF_SOME_BODY: return true;
    case IN_PERSON:
        settle(line, LINE_REFUSED, REASON_SESSION_WITHOUT_STIPEND, NULL);
        return false;
    case BY_VIDEO:
        settle(line, LINE_REFUSED, REASON_ATTENDED_BY_VIDEO, NULL);
        return false;
    default:
        settle(line, LINE_REFUSED, REASON_NOT_PRESENT,
               &work->batch->rules->presence_basis);
        return false;
    }
}

/* A policy of not paying presence says nothing of expenses, unless the file has no word on them. */
static bool
pays_nothing_at_all(const struct rules *rules)
{
    return rules->stipend.nil && rules->others_basis.where.input == NULL;
}

/* Everything about a claim but its price; false if that decides it. */
static bool
claim_passes(const struct work *work, const struct claim *claim,
             const struct category *category, struct line *line)
{
    const struct rules *rules = work->batch->rules;
    const struct participation *participation =
        participant_at(&work->batch->roster->items[work->member], claim->date);
    enum status status = participation == NULL ? STATUS_NONE : participation->status;
    struct attended_day day = day_of(work, claim);
    if (pays_nothing_at_all(rules)) {
        line->own_words = rules->stipend.nil_reason;
        settle(line, LINE_ZERO, REASON_NIL_POLICY, &rules->stipend.nil_basis);
    } else if (claim->same_as != INDEX_NONE) {
        line->other_where = work->batch->claims->items[claim->same_as].where;
        settle(line, LINE_ZERO, REASON_SAME_FACT, NULL);
    } else if (participation == NULL) {
        settle(line, LINE_REFUSED, REASON_NOT_MEMBER, NULL);
    } else if (status_is_never_paid(status)) {
        settle(line, LINE_REFUSED, REASON_STATUS_NEVER_PAID, NULL);
    } else if (category == NULL) {
        settle(line, LINE_REFUSED, REASON_CATEGORY_NOT_COVERED, &rules->others_basis);
    } else if (!was_present(work, &day, line)) {
        return false;
    } else if (category->refused_where_meal_served && day.meal_served) {
        settle(line, LINE_REFUSED, REASON_MEAL_SERVED, &category->meal_basis);
    } else if (category->receipt_required && !claim->receipt) {
        settle(line, LINE_REFUSED, REASON_NO_RECEIPT, &category->receipt_basis);
    } else if (category->deadline_days > 0 && !date_is_none(claim->claimed_on) &&
               date_compare(claim->claimed_on,
                            date_add_days(claim->date, category->deadline_days)) > 0) {
        settle(line, LINE_REFUSED, REASON_CLAIM_LATE, &category->deadline_basis);
    } else if (category->deadline_days > 0 && date_is_none(claim->claimed_on)) {
        settle(line, LINE_UNDETERMINED, REASON_CLAIM_DATE_MISSING,
               &category->deadline_basis);
    } else if (day.where == AT_SESSION_OF_SOME_BODY) {
        settle(line, LINE_UNDETERMINED, REASON_SESSION_BODY_MISSING,
               rules_bodies_basis(rules, day.at->kind));
    } else {
        return true;
    }
    return false;
}

/* Opens the counter of the year: for kilometres, with what was reimbursed elsewhere. */
static void
open_counter(const struct work *work, const struct category *category,
             struct category_run *run, struct date date)
{
    int year = date_year(date);
    if (run->year == year) {
        return;
    }
    run->year = year;
    run->counter = RATIO_ZERO;
    int first = work->batch->counter_year;
    first = first != 0 ? first : date_year(work->batch->period.from);
    if (category->price.method->uses_scale) {
        (void)kilometres_before(&work->batch->roster->items[work->member], year, first,
                                &run->counter);
    }
}

/* What the claim adds to the year's counter. A scale counts the kilometres driven; the hours of
 * income loss that an accountant adds up are those compensated, after every ceiling. */
static struct ratio
counted_units(const struct category *category, const struct line *line)
{
    bool reduced =
        line->state == LINE_CAPPED && line->rate.den != 0 && line->rate.num != 0;
    if (category->heading != HEADING_INCOME_LOSS || !reduced) {
        return line->quantity;
    }
    struct ratio inverse = ratio_of(line->rate.den, line->rate.num);
    return ratio_times(money_ratio(line->due), inverse);
}

static void
price_claim(struct work *work, const struct claim *claim, const struct category *category,
            struct line *line)
{
    static const enum reason missing[] = {
        [MISSING_AMOUNT] = REASON_AMOUNT_MISSING,
        [MISSING_QUANTITY] = REASON_QUANTITY_MISSING,
        [MISSING_HORSEPOWER] = REASON_HORSEPOWER_MISSING,
    };
    const struct participation *participation =
        participant_at(&work->batch->roster->items[work->member], claim->date);
    struct category_run *run =
        &work->categories[category - work->batch->rules->categories];
    open_counter(work, category, run, claim->date);
    struct priced priced = {
        .date = claim->date,
        .has_quantity = claim->has_quantity,
        .has_amount = claim->has_amount,
        .quantity = claim->quantity,
        .amount = claim->amount,
        .horsepower = participation->horsepower,
        .counter = run->counter,
    };
    line->counter = run->counter;
    line->horsepower = participation->horsepower;
    struct price price = entitlement_price(work->keep, &category->price, &priced);
    if (price.missing != MISSING_NOTHING) {
        settle(line, LINE_UNDETERMINED, missing[price.missing], &category->basis);
        return;
    }
    line->price = &category->price;
    line->quantity = price.quantity;
    line->rate = price.rate;
    line->gross = price.gross;
    line->basis = price.basis == NULL ? &category->basis : price.basis;
    line->rate_basis = price.limited ? &category->basis : line->basis;
    line->derivation = price.derivation;
    struct cap_step *step = price.limited ? line_step(line) : NULL;
    if (step != NULL) {
        *step = (struct cap_step){
            .kind = STEP_RATE,
            .limit = timeline_at(&category->price.rates, line->date),
            .most = price.limit,
            .units_before = RATIO_ZERO,
            .since = line->date,
        };
    }
    if (price.limited && money_compare(price.gross, price.limit) > 0) {
        line->taken[SPAN_LINE] = money_subtract(price.gross, price.limit);
        line->state = LINE_CAPPED;
        line->reason = REASON_CAP_LINE;
        if (step != NULL) {
            step->took = line->taken[SPAN_LINE];
        }
    }
    caps_apply(run->tallies, work->batch->rules, line);
    caps_watch(run->tallies, work->batch->rules, line);
    struct money paid;
    if (!line_counts(work, line, &paid)) {
        return;
    }
    paid = floors_count(work->floors, work->line_count, paid);
    caps_count(run->tallies, line, paid);
    line->counted = counted_units(category, line);
    run->counter = ratio_add(run->counter, line->counted);
}

void
claim_line(struct work *work, struct line *line)
{
    const struct claim *claim = &work->batch->claims->items[line->fact];
    const struct category *category =
        rules_category(work->batch->rules, *work->keep, claim->category);
    line->entitlement = category == NULL ? claim->category : category->price.key;
    line->unit = category == NULL ? UNIT_CLAIM : category->price.unit;
    line->where = claim->where;
    if (claim_passes(work, claim, category, line)) {
        price_claim(work, claim, category, line);
    }
}
