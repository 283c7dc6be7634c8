/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of days that a run does not settle take their place under a ceiling, and are the flat
 * amount of a mandate, at what the tables say. Where the ledger was kept on those days and has
 * paid less, what they take would be paid to nobody, and perhaps taken back from somebody who is
 * owed it. Where it was not, an earlier run may have paid them, unless the member had not asked by
 * then; other means may have, so a person looks.
 */
#include "displaced.h"

#include "caps.h"
#include "paid.h"

struct displacing {
    struct diag *diag;
    const struct batch *batch;
    struct date from; /* the first day that is settled */
    bool asked_late;  /* no run of earlier days can have paid a presence */
    bool warned;
    const struct participant *who;
    const struct line *lines; /* of the member, from the first that was computed */
    size_t count;
    const struct elsewhere *paid; /* of the member */
    size_t paid_count;
};

struct place { /* what days before those that are settled take from a line */
    const struct line *line;
    enum span span;
    bool shared; /* a ceiling over all tariffs: else what counts has the line's price */
    int64_t unpaid;    /* in cents; below zero: more was paid than the tables have */
    struct date first; /* of the days that take more than was paid for them */
    struct money tables, ledger; /* of that day */
    struct date unasked; /* the first that no run can have paid, and no ledger was kept */
};

/* Days on which the scheme may not pay count at what was paid for them. */
static bool
is_before(const struct displacing *work, const struct place *place, struct date day)
{
    const struct rules *rules = work->batch->rules;
    return date_compare(day, work->from) < 0 &&
           span_of(rules, place->span, day) ==
               span_of(rules, place->span, place->line->date) &&
           day_pays(rules, day);
}

static struct money
paid_on(const struct displacing *work, struct text component, struct date day)
{
    struct money sum = {0};
    for (size_t i = 0; i < work->paid_count; i++) {
        const struct right *right = &work->paid[i].right;
        if (text_equals(right->component, component) &&
            date_compare(right->day, day) == 0) {
            sum = money_add(sum, work->paid[i].amount);
        }
    }
    return sum;
}

static bool
is_of(const struct line *line, const struct line *like)
{
    return text_equals(line->entitlement, like->entitlement) && line->due.cents > 0;
}

/* The lines of a day, of which `at` is the first; the place's own comes after them. The ledger does
 * not tell one tariff from another: what it paid goes first to those that take the place. */
static void
add_day(const struct displacing *work, struct place *place, size_t at)
{
    struct date day = work->lines[at].date;
    struct money paid = paid_on(work, place->line->entitlement, day);
    int64_t takes = 0;
    int64_t others = 0;
    for (size_t i = at; date_compare(work->lines[i].date, day) == 0; i++) {
        const struct line *line = &work->lines[i];
        if (is_of(line, place->line)) {
            bool same = place->shared || line->price == place->line->price;
            *(same ? &takes : &others) += line_worth(line).cents;
        }
    }
    if (!history_kept(work->batch->history, day)) {
        bool counts = work->asked_late && !place->line->is_claim && takes > 0 &&
                      paid.cents == 0 && date_is_none(place->unasked);
        place->unasked = counts ? day : place->unasked;
    } else if (takes > paid.cents) {
        place->unpaid += takes - paid.cents;
        if (date_is_none(place->first)) {
            place->first = day;
            place->tables = (struct money){takes};
            place->ledger = paid;
        }
    } else if (paid.cents > takes + others) {
        place->unpaid -= paid.cents - takes - others;
    }
}

/* What was paid for days of which the tables have nothing left. */
static void
add_gone(const struct displacing *work, struct place *place)
{
    for (size_t i = 0; i < work->paid_count; i++) {
        const struct elsewhere *paid = &work->paid[i];
        bool counts = text_equals(paid->right.component, place->line->entitlement) &&
                      is_before(work, place, paid->right.day) &&
                      history_kept(work->batch->history, paid->right.day);
        size_t line = 0;
        while (counts && line < work->count &&
               date_compare(work->lines[line].date, paid->right.day) != 0) {
            line++;
        }
        if (counts && line == work->count) {
            place->unpaid -= paid->amount.cents;
        }
    }
}

static void
look_at_place(const struct displacing *work, struct place *place)
{
    const struct line *lines = work->lines;
    for (size_t i = 0; i < work->count; i++) {
        bool first = i == 0 || date_compare(lines[i].date, lines[i - 1].date) != 0;
        if (first && is_before(work, place, lines[i].date)) {
            add_day(work, place, i);
        }
    }
    add_gone(work, place);
}

static void
refuse(const struct displacing *work, const struct place *place)
{
    struct diag *diag = work->diag;
    enum language language = diag_language(diag);
    char now[DATE_TEXT_MAX];
    char first[DATE_TEXT_MAX];
    diag_error(
        diag, place->line->where, CODE_P126,
        "'%.*s' of '%.*s' on %s is reduced by what the tables have on %s: %s €, of which "
        "the ledger has paid %s €",
        TEXT_ARG(place->line->entitlement), TEXT_ARG(work->who->id),
        date_text(place->line->date, now), date_text(place->first, first),
        tr_money(diag_arena(diag), language, place->tables),
        tr_money(diag_arena(diag), language, place->ledger));
}

static void
warn(struct displacing *work, const struct place *place)
{
    char now[DATE_TEXT_MAX];
    char first[DATE_TEXT_MAX];
    diag_warning(work->diag, place->line->where, CODE_L030,
                 "'%.*s' of '%.*s' on %s is reduced by what the tables have on %s, which "
                 "no run can have paid: the request came later",
                 TEXT_ARG(place->line->entitlement), TEXT_ARG(work->who->id),
                 date_text(place->line->date, now), date_text(place->unasked, first));
    work->warned = true;
}

/* Whether a ceiling of that span is over all tariffs. */
static bool
is_shared(const struct rules *rules, const struct line *line, enum span span)
{
    const struct stipend *stipend = &rules->stipend;
    for (size_t i = 0; !line->is_claim && i < stipend->cap_count; i++) {
        if (stipend->caps[i].span == span && !stipend->caps[i].soft) {
            return true;
        }
    }
    return false;
}

/* True after an error. */
static bool
told_of(struct displacing *work, const struct line *line, enum span span)
{
    struct place place = {
        .line = line,
        .span = span,
        .shared = is_shared(work->batch->rules, line, span),
        .first = DATE_NONE,
        .unasked = DATE_NONE,
    };
    look_at_place(work, &place);
    if (place.unpaid > 0) {
        refuse(work, &place);
    } else if (!date_is_none(place.unasked) && !work->warned) {
        warn(work, &place);
    }
    return place.unpaid > 0;
}

/* Whether an earlier settled line of the entitlement was looked at for the same span. */
static bool
was_looked_at(const struct displacing *work, size_t at, enum span span)
{
    const struct line *line = &work->lines[at];
    for (size_t i = at; i-- > 0;) {
        const struct line *earlier = &work->lines[i];
        if (date_compare(earlier->date, work->from) < 0 ||
            span_of(work->batch->rules, span, earlier->date) !=
                span_of(work->batch->rules, span, line->date)) {
            break;
        }
        if (earlier->price == line->price && earlier->taken[span].cents > 0) {
            return true;
        }
    }
    return false;
}

static bool
told_of_line(struct displacing *work, size_t at)
{
    const struct line *line = &work->lines[at];
    for (enum span span = SPAN_MONTH; span < SPAN_COUNT; span++) {
        if (line->taken[span].cents > 0 && !was_looked_at(work, at, span) &&
            told_of(work, line, span)) {
            return true;
        }
    }
    return false;
}

/* Whether the member asked after the eve of the days that are settled. */
static bool
asked_late(const struct rules *rules, const struct participant *who, struct date from)
{
    return rules->stipend.request.required && !date_is_none(who->requested_on) &&
           date_compare(who->requested_on, from) >= 0;
}

void
displaced_notice(struct diag *diag, const struct batch *batch, uint32_t member,
                 const struct computed *computed)
{
    const struct history *history = batch->history;
    const struct member_result *own = &computed->own;
    struct displacing work = {
        .diag = diag,
        .batch = batch,
        .from = history == NULL ? batch->period.from : history->since,
        .who = &batch->roster->items[member],
        .lines = own->lines - own->earlier,
        .count = own->earlier + own->count,
    };
    work.asked_late = asked_late(batch->rules, work.who, work.from);
    if (own->earlier == 0 || (history == NULL && !work.asked_late)) {
        return;
    }
    if (history != NULL) {
        work.paid = elsewhere_of(history, member, &work.paid_count);
    }
    for (size_t i = 0; i < work.count; i++) {
        if (date_compare(work.lines[i].date, work.from) >= 0 &&
            day_pays(batch->rules, work.lines[i].date) && told_of_line(&work, i)) {
            return; /* one a member: --since with that day settles all the others */
        }
    }
}
