/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A profile names its session in terms that every assembly knows; each assembly pays sessions
 * of its own. Without a kind, a session is of the kind that the assembly pays best. Half a day
 * or an evening is a length: where no tariff names it and hours count, it is so many hours of
 * the kind paid best by the hour. Any other kind is that kind, paid or not.
 */
#include "defray/equality.h"

#include "defray/profiles.h"
#include "defray/status.h"

#include "invented.h"

_Static_assert(SHARES_MAX == PROFILE_CLAIMS_MAX + 1, "a share a claim, and the stipend");

static uint32_t
kinds_paid(const struct rules *rules, bool by_hour)
{
    uint32_t kinds = 0;
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct tariff *tariff = &rules->stipend.tariffs[i];
        kinds |= !by_hour || tariff->price.unit == UNIT_HOUR ? tariff->kinds : 0;
    }
    return kinds;
}

/* The profile as one of a rule file's own examples. */
static struct member_result
play(struct arena *keep, const struct rules *rules, const struct profile *profile,
     struct date first, enum kind kind)
{
    struct example example = profile->who;
    example.sessions = NEW_ARRAY(keep, struct example_session, profile->days);
    example.claims =
        NEW_ARRAY(keep, struct example_claim, profile->days * profile->claim_count + 1);
    for (uint32_t day = 0; day < profile->days; day++) {
        struct date date = date_add_days(first, (int)day);
        example.sessions[example.session_count++] =
            (struct example_session){.date = date,
                                     .kind = kind,
                                     .presence = PRESENCE_PRESENT,
                                     .duration = profile->duration};
        for (size_t i = 0; i < profile->claim_count; i++) {
            struct example_claim *claim = &example.claims[example.claim_count++];
            *claim = profile->claims[i];
            claim->date = date;
        }
    }
    example.has_figure = example.has_figure && text_equals(rules->stipend.means.measure,
                                                           STR("quotient_familial"));
    return liquidate_invented(keep, rules, &example);
}

/* The kind of the set under which the presence is worth most; the first of several alike. */
static enum kind
best_kind(struct arena scratch, const struct rules *rules, const struct profile *profile,
          struct date first, uint32_t kinds)
{
    enum kind best = KIND_NONE;
    struct money most = {-1};
    for (enum kind kind = KIND_PLENARY; kind < KIND_COUNT; kind++) {
        if ((kinds & 1u << kind) == 0) {
            continue;
        }
        struct arena one = scratch;
        struct member_result result = play(&one, rules, profile, first, kind);
        if (money_compare(result.stipend, most) > 0) {
            most = result.stipend;
            best = kind;
        }
    }
    return best;
}

static enum kind
kind_played(struct arena scratch, const struct rules *rules,
            const struct profile *profile, struct date first)
{
    enum kind kind = profile->kind;
    uint32_t paid = kinds_paid(rules, false);
    bool length = kind == KIND_HALF_DAY || kind == KIND_EVENING;
    if (kind != KIND_NONE && ((paid & 1u << kind) != 0 || !length)) {
        return kind;
    }
    uint32_t candidates = kind == KIND_NONE ? paid : kinds_paid(rules, true);
    enum kind best = best_kind(scratch, rules, profile, first, candidates);
    if (best != KIND_NONE) {
        return best;
    }
    return kind == KIND_NONE ? KIND_PLENARY : kind;
}

static enum equality_answer
answer_of(const struct rules *rules, struct period days)
{
    const struct stipend *stipend = &rules->stipend;
    if (!stipend->nil && stipend->tariff_count == 0 && rules->category_count == 0) {
        return EQUALITY_NO_RULE;
    }
    for (struct date day = days.from; date_compare(day, days.to) <= 0;
         day = date_add_days(day, 1)) {
        if (!rules_alive(rules, day)) {
            return EQUALITY_OUTSIDE;
        }
    }
    for (struct date day = days.from; date_compare(day, days.to) <= 0;
         day = date_add_days(day, 1)) {
        if (!day_pays(rules, day)) {
            return EQUALITY_NOT_PAYING;
        }
    }
    return EQUALITY_COMPUTED;
}

struct date
rules_vouched(const struct rules *rules)
{
    const struct life *last = &rules->lives[rules->life_count - 1];
    return date_is_open(last->during.to) ? last->checked_on : last->during.to;
}

static struct equality_outcome
put_to(struct arena *keep, struct arena scratch, const struct profile *profile,
       const struct rules *rules, struct date on)
{
    struct date last = date_is_none(profile->date) ? on : profile->date;
    last = date_is_none(last) ? rules_vouched(rules) : last;
    struct equality_outcome outcome = {.rules = rules};
    outcome.days = (struct period){date_add_days(last, 1 - (int)profile->days), last};
    outcome.answer = answer_of(rules, outcome.days);
    if (outcome.answer == EQUALITY_COMPUTED) {
        outcome.kind = kind_played(scratch, rules, profile, outcome.days.from);
        outcome.result = play(keep, rules, profile, outcome.days.from, outcome.kind);
    }
    return outcome;
}

struct equality *
equality_of(struct arena *keep, const struct profiles *profiles,
            const struct rules *const *rules, size_t rule_count, struct date on)
{
    struct equality *equality = NEW(keep, struct equality);
    size_t count = profiles->count;
    equality->labels = NEW_ARRAY(keep, struct text, count + 1);
    equality->outcomes = NEW_ARRAY(keep, struct equality_outcome, count * rule_count + 1);
    equality->profile_count = count;
    equality->rules = rules;
    equality->rule_count = rule_count;
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    for (size_t i = 0; i < count; i++) {
        equality->labels[i] = profiles->items[i].label;
        for (size_t j = 0; j < rule_count; j++) {
            equality->outcomes[i * rule_count + j] =
                put_to(keep, scratch, &profiles->items[i], rules[j], on);
        }
    }
    arena_release(scratch);
    return equality;
}

const struct equality_outcome *
equality_at(const struct equality *equality, size_t profile, size_t rule)
{
    return &equality->outcomes[profile * equality->rule_count + rule];
}

bool
rules_pay_flat(const struct rules *rules)
{
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        if (rules->stipend.tariffs[i].price.unit == UNIT_MANDATE) {
            return true;
        }
    }
    return false;
}

/* A flat amount for a mandate and an amount for a day are not two answers to one question. */
static bool
can_be_held(const struct equality_outcome *outcome, bool flat_too)
{
    return outcome->answer == EQUALITY_COMPUTED &&
           (flat_too || !rules_pay_flat(outcome->rules));
}

bool
equality_is_compared(const struct equality_outcome *outcome)
{
    return can_be_held(outcome, false) && !equality_waits(outcome, LINE_UNDETERMINED);
}

static bool
only_flat(const struct equality *equality, size_t profile)
{
    for (size_t i = 0; i < equality->rule_count; i++) {
        if (can_be_held(equality_at(equality, profile, i), false)) {
            return false;
        }
    }
    return true;
}

struct equality_spread
equality_spread(const struct equality *equality, size_t profile)
{
    struct equality_spread spread = {0};
    bool flat_too = only_flat(equality, profile);
    for (size_t i = 0; i < equality->rule_count; i++) {
        const struct equality_outcome *outcome = equality_at(equality, profile, i);
        if (!can_be_held(outcome, flat_too)) {
            continue;
        }
        if (equality_waits(outcome, LINE_UNDETERMINED)) {
            spread.waiting++;
            continue;
        }
        struct money total = outcome->result.total;
        if (spread.computed == 0 ||
            money_compare(total, spread.lowest->result.total) < 0) {
            spread.lowest = outcome;
            spread.lowest_count = 0;
        }
        if (spread.computed == 0 ||
            money_compare(total, spread.highest->result.total) > 0) {
            spread.highest = outcome;
            spread.highest_count = 0;
        }
        spread.lowest_count += money_compare(total, spread.lowest->result.total) == 0;
        spread.highest_count += money_compare(total, spread.highest->result.total) == 0;
        spread.computed++;
    }
    if (spread.computed > 0) {
        spread.apart =
            money_subtract(spread.highest->result.total, spread.lowest->result.total);
    }
    return spread;
}

/* How much a line of several days alike tells of their sum: what is missing, what was refused, what
 * a ceiling took. A flat amount that is counted already was due on another day. */
static int
telling(const struct line *line)
{
    static const int ranks[LINE_STATE_COUNT] = {
        [LINE_CAPPED] = 1, [LINE_REFUSED] = 2, [LINE_UNDETERMINED] = 3};
    static const bool counted_already[REASON_COUNT] = {
        [REASON_SESSION_COUNTED] = true,
        [REASON_DAY_COUNTED] = true,
        [REASON_HALF_DAYS_COUNTED] = true,
        [REASON_MANDATE_COUNTED] = true,
    };
    return counted_already[line->reason] ? 0 : ranks[line->state];
}

size_t
equality_shares(const struct equality_outcome *outcome, struct share out[SHARES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < outcome->result.count; i++) {
        const struct line *line = &outcome->result.lines[i];
        size_t at = 0;
        while (at < count && !text_equals(out[at].line->entitlement, line->entitlement)) {
            at++;
        }
        if (at == count) {
            out[count++] = (struct share){.line = line};
        } else if (telling(line) > telling(out[at].line)) {
            out[at].line = line;
        }
        out[at].due = money_add(out[at].due, line->due);
    }
    return count;
}

bool
equality_waits(const struct equality_outcome *outcome, enum line_state state)
{
    for (size_t i = 0; i < outcome->result.count; i++) {
        if (outcome->result.lines[i].state == state) {
            return true;
        }
    }
    return false;
}
