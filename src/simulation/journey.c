/* SPDX-License-Identifier: Apache-2.0 */
/* States are told apart by what the rules count over more than a day, and by nothing else. */
#include "journey.h"

#include <string.h>

#define LONG_SPANS 3 /* month, year, mandate */
#define SUMS       3 /* what was due, units asked for, units that limits counted */
#define MEMORY_MAX (ENTITLEMENTS_MAX * LONG_SPANS * SUMS)

/* What the rules count over a long span, by tariff and category. */
struct counted {
    const struct entitlement *price;
    const struct entitlement *full_day; /* of a tariff by the hour; else the same */
    unsigned spans;                     /* bit set of 1u << enum span, above SPAN_DAY */
};

struct counting {
    const struct rules *rules;
    struct counted items[ENTITLEMENTS_MAX * 2];
    size_t count;
    bool entangled; /* units under a ceiling of all tariffs: the whole history counts */
};

struct memory { /* of a state */
    int64_t sums[MEMORY_MAX];
    size_t count;
};

struct memories ARRAY_OF(struct memory);
struct states ARRAY_OF(struct state);
struct nexts ARRAY_OF(uint32_t);
struct amounts ARRAY_OF(int64_t);

struct making {
    struct arena *keep;
    struct arena *scratch;
    struct cast *cast;
    const struct meetings *meetings;
    struct counting counting;
    struct journey *out;
    struct states states;
    struct nexts nexts;
    struct amounts amounts;
    struct memories memories; /* of the states before the next meeting */
    size_t next_first;
    uint32_t faithful; /* the state of who has come to everything */
    struct trouble_spot *spot;
};

struct ratio
presence_at(const struct group *group, size_t meeting)
{
    return meeting < group->by_session_count ? group->by_session[meeting]
                                             : group->presence.value;
}

static unsigned
outcomes_at(const struct group *group, size_t meeting, bool excuses)
{
    struct ratio comes = presence_at(group, meeting);
    struct ratio excused = excuses ? group->excused.value : RATIO_ZERO;
    bool misses = ratio_compare(comes, RATIO_ONE) < 0;
    bool away = misses && ratio_compare(excused, RATIO_ONE) < 0;
    return (away ? 1u << OUTCOME_AWAY : 0) | (comes.num > 0 ? 1u << OUTCOME_CAME : 0) |
           (misses && excused.num > 0 ? 1u << OUTCOME_EXCUSED : 0);
}

struct meetings
meetings_of(struct arena *keep, const struct scenario *scenario,
            const struct group *group)
{
    struct meetings out = {NEW_ARRAY(keep, struct meeting, scenario->session_count), 0};
    size_t day = 0;
    for (size_t i = 0; i < scenario->session_count; i++) {
        struct date date = scenario->sessions[i].date;
        day += i > 0 && date_compare(date, scenario->sessions[i - 1].date) != 0;
        if ((group->attends >> scenario->session_series[i] & 1) == 0) {
            continue;
        }
        if (out.count == 0 || out.items[out.count - 1].day != day) {
            out.items[out.count++] =
                (struct meeting){.date = date, .day = day, .session = i};
        }
        struct meeting *meeting = &out.items[out.count - 1];
        meeting->sessions[meeting->count++] = i;
    }
    bool excuses = scenario->rules->stipend.excused_paid && group->excused.given;
    for (size_t i = 0; i < out.count; i++) {
        out.items[i].ways = 1u << out.items[i].count * (excuses ? 2 : 1);
        out.items[i].outcomes = outcomes_at(group, i, excuses);
    }
    return out;
}

static unsigned
long_caps(const struct cap *caps, size_t count)
{
    unsigned spans = 0;
    for (size_t i = 0; i < count; i++) {
        spans |= caps[i].span > SPAN_DAY ? 1u << caps[i].span : 0;
    }
    return spans;
}

static void
count_entitlement(struct counting *counting, const struct entitlement *price,
                  unsigned spans)
{
    spans |= long_caps(price->caps, price->cap_count);
    spans |= price->scale.count > 0 ? 1u << SPAN_YEAR : 0;
    spans |= price->unit == UNIT_MANDATE ? 1u << SPAN_MANDATE : 0;
    if (spans != 0 && counting->count < ARRAY_COUNT(counting->items)) {
        counting->items[counting->count++] = (struct counted){price, price, spans};
    }
}

/* Whether a tariff limits its units over more than a day. What a ceiling of all tariffs leaves of a
 * line counts for a share of its units, rounded, which no sum tells. A limit in euros needs no
 * more than what was due in its span, after every ceiling: of the tariff, or of all. */
static bool
limits_units(const struct entitlement *price)
{
    for (size_t i = 0; i < price->cap_count; i++) {
        if (price->caps[i].of_quantity && price->caps[i].span > SPAN_DAY) {
            return true;
        }
    }
    return false;
}

static struct counting
counting_of(const struct rules *rules)
{
    const struct stipend *stipend = &rules->stipend;
    struct counting counting = {.rules = rules};
    unsigned over_all = long_caps(stipend->caps, stipend->cap_count);
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct entitlement *price = &stipend->tariffs[i].price;
        size_t before = counting.count;
        count_entitlement(&counting, price, over_all);
        if (counting.count > before) {
            counting.items[before].full_day = &stipend->tariffs[i].full_day;
        }
        counting.entangled =
            counting.entangled || (stipend->cap_count > 0 && limits_units(price));
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        count_entitlement(&counting, &rules->categories[i].price, 0);
    }
    return counting;
}

static int64_t
span_index(const struct rules *rules, enum span span, struct date date)
{
    if (span == SPAN_MONTH || span == SPAN_YEAR) {
        return span == SPAN_YEAR ? date_year(date) : date_month_index(date);
    }
    return rules_mandate(rules, date).day;
}

/* What the rules remember on the day `next` of the lines so far. */
static struct memory
remember(const struct counting *counting, const struct member_result *result,
         struct date next)
{
    struct memory memory = {{0}, 0};
    for (size_t i = 0; i < counting->count; i++) {
        const struct counted *counted = &counting->items[i];
        for (enum span span = SPAN_MONTH; span < SPAN_COUNT; span++) {
            if ((counted->spans & 1u << span) == 0 ||
                memory.count + SUMS > ARRAY_COUNT(memory.sums)) {
                continue;
            }
            int64_t now = span_index(counting->rules, span, next);
            struct ratio units = RATIO_ZERO;
            struct ratio used = RATIO_ZERO;
            int64_t due = 0;
            for (size_t j = 0; j < result->count; j++) {
                const struct line *line = &result->lines[j];
                bool counts =
                    line->price == counted->price || line->price == counted->full_day;
                if (counts && span_index(counting->rules, span, line->date) == now) {
                    units = ratio_add(units, line->quantity);
                    used = ratio_add(used, line->used);
                    due += line->due.cents;
                }
            }
            memory.sums[memory.count++] = due;
            memory.sums[memory.count++] = units.num * DURATION_HOUR / units.den;
            memory.sums[memory.count++] = used.num * DURATION_HOUR / used.den;
        }
    }
    return memory;
}

static size_t
slot_of(const struct rules *rules, const struct line *line)
{
    for (size_t i = 0; line->is_claim && i < rules->category_count; i++) {
        if (text_equals(rules->categories[i].price.key, line->entitlement)) {
            return i + 1;
        }
    }
    return 0;
}

/* Whether something is missing that the scenario should have said. */
static bool
is_settled(struct making *making, const struct line *line)
{
    if (line->state != LINE_UNDETERMINED) {
        return true;
    }
    const struct scenario *scenario = making->cast->scenario;
    *making->spot = (struct trouble_spot){
        .trouble = TROUBLE_UNDETERMINED,
        .reason = line->reason,
        .claim = line->is_claim ? line->entitlement : STR(""),
        .where = line->where,
    };
    for (size_t i = 0; i < scenario->session_count; i++) {
        if (&scenario->sessions[i] == line->session) {
            making->spot->session = i;
        }
    }
    return false;
}

bool
came_in_person(const struct scenario *scenario, const struct meeting *meeting,
               unsigned came)
{
    for (size_t i = 0; i < meeting->count; i++) {
        const struct session *session = &scenario->sessions[meeting->sessions[i]];
        if ((came >> i & 1) != 0 && session->kind != KIND_VIDEO) {
            return true;
        }
    }
    return false;
}

static void
play(struct cast *cast, const struct meeting *meeting, unsigned came)
{
    for (size_t i = 0; i < meeting->count; i++) {
        if ((came >> i & 1) != 0) {
            cast_attend(cast, meeting->sessions[i], PRESENCE_PRESENT);
        } else if ((came >> meeting->count >> i & 1) != 0) {
            cast_attend(cast, meeting->sessions[i], PRESENCE_EXCUSED);
        }
    }
    if (came_in_person(cast->scenario, meeting, came)) {
        cast_claim(cast, meeting->date);
    }
}

/* The days that led to the state, if the rules look back. */
static void
play_before(struct making *making, size_t index, uint32_t state)
{
    uint8_t came[SCENARIO_DAYS_MAX];
    cast_clear(making->cast);
    if (making->counting.count == 0) {
        return;
    }
    for (size_t i = index; i-- > 0;) {
        came[i] = making->states.items[state].came;
        state = making->states.items[state].before;
    }
    for (size_t i = 0; i < index; i++) {
        play(making->cast, &making->meetings->items[i], came[i]);
    }
}

/* The state with this memory before the next meeting, new or known. */
static bool
lead_to(struct making *making, const struct memory *memory, struct state reached,
        uint32_t *out)
{
    for (size_t i = 0; i < making->memories.count && !making->counting.entangled; i++) {
        if (memcmp(making->memories.items[i].sums, memory->sums,
                   memory->count * sizeof memory->sums[0]) == 0) {
            *out = (uint32_t)(making->next_first + i);
            return true;
        }
    }
    if (making->states.count >= STATES_MAX) {
        making->spot->trouble = TROUBLE_STATES;
        return false;
    }
    *out = (uint32_t)making->states.count;
    *ARRAY_PUSH(making->keep, &making->states) = reached;
    *ARRAY_PUSH(making->scratch, &making->memories) = *memory;
    return true;
}

/* One way that a day can turn out, from one state. */
static bool
take_way(struct making *making, size_t index, uint32_t from, unsigned came)
{
    const struct meeting *meeting = &making->meetings->items[index];
    struct arena scratch = *making->scratch;
    size_t slots = making->out->entitlements;
    size_t first = making->amounts.count;
    for (size_t i = 0; i < slots; i++) {
        *ARRAY_PUSH(making->keep, &making->amounts) = 0;
    }
    play_before(making, index, from);
    play(making->cast, meeting, came);
    struct member_result result = liquidate_member(&scratch, &making->cast->batch, 0);
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        if (date_compare(line->date, meeting->date) != 0) {
            continue;
        }
        if (!is_settled(making, line)) {
            return false;
        }
        making->amounts.items[first + slot_of(making->cast->scenario->rules, line)] +=
            line->due.cents;
    }
    struct date next = index + 1 < making->meetings->count
                           ? making->meetings->items[index + 1].date
                           : meeting->date;
    struct memory memory = remember(&making->counting, &result, next);
    struct state reached = {.before = from, .came = (uint8_t)came};
    uint32_t state = 0;
    if (!lead_to(making, &memory, reached, &state)) {
        return false;
    }
    *ARRAY_PUSH(making->keep, &making->nexts) = state;
    return true;
}

static unsigned
everything(const struct meeting *meeting)
{
    return (1u << meeting->count) - 1;
}

static bool
can_turn_out(const struct meeting *meeting, unsigned came)
{
    for (size_t i = 0; i < meeting->count; i++) {
        unsigned outcome = (came >> i & 1) * OUTCOME_CAME +
                           (came >> meeting->count >> i & 1) * OUTCOME_EXCUSED;
        if ((meeting->outcomes >> outcome & 1) == 0) {
            return false;
        }
    }
    return true;
}

/* Whether somebody may go that way, or is asked about: who comes in later was never there before,
 * and profiles are compared by those who come to everything. */
static bool
is_asked(const struct making *making, size_t index, uint32_t state, unsigned came)
{
    const struct meeting *meeting = &making->meetings->items[index];
    return can_turn_out(meeting, came) ||
           (state == making->out->first[index] && came == 0) ||
           (state == making->faithful && came == everything(meeting));
}

static void
leave_out_way(struct making *making)
{
    for (size_t i = 0; i < making->out->entitlements; i++) {
        *ARRAY_PUSH(making->keep, &making->amounts) = 0;
    }
    *ARRAY_PUSH(making->keep, &making->nexts) = (uint32_t)making->next_first;
}

static bool
pass_meeting(struct making *making, size_t index)
{
    struct journey *out = making->out;
    const struct meeting *meeting = &making->meetings->items[index];
    uint32_t faithful = making->faithful;
    making->next_first = making->states.count;
    out->first[index + 1] = making->next_first;
    making->memories = (struct memories){0};
    for (size_t state = out->first[index]; state < out->first[index + 1]; state++) {
        making->states.items[state].ways = (uint32_t)making->nexts.count;
        for (unsigned came = 0; came < meeting->ways; came++) {
            if (!is_asked(making, index, (uint32_t)state, came)) {
                leave_out_way(making);
            } else if (!take_way(making, index, (uint32_t)state, came)) {
                return false;
            }
            if (state == making->faithful && came == everything(meeting)) {
                faithful = making->nexts.items[making->nexts.count - 1];
            }
        }
    }
    making->faithful = faithful;
    return true;
}

bool
journey_make(struct arena *keep, struct arena scratch, struct cast *cast,
             const struct meetings *meetings, struct journey *out,
             struct trouble_spot *spot)
{
    struct making making = {
        .keep = keep,
        .scratch = &scratch,
        .cast = cast,
        .meetings = meetings,
        .counting = counting_of(cast->scenario->rules),
        .out = out,
        .spot = spot,
    };
    *out = (struct journey){
        .meetings = meetings,
        .first = NEW_ARRAY(keep, size_t, meetings->count + 2),
        .entitlements = cast->scenario->rules->category_count + 1,
    };
    *ARRAY_PUSH(keep, &making.states) = (struct state){0};
    for (size_t i = 0; i < meetings->count; i++) {
        if (!pass_meeting(&making, i)) {
            return false;
        }
    }
    out->first[meetings->count + 1] = making.states.count;
    out->states = making.states.items;
    out->next = making.nexts.items;
    out->cents = making.amounts.items;
    out->state_count = making.states.count;
    out->way_count = making.nexts.count;
    return true;
}

struct member_result
journey_lines(struct arena *keep, struct cast *cast, const struct meetings *meetings)
{
    cast_clear(cast);
    for (size_t i = 0; i < meetings->count; i++) {
        play(cast, &meetings->items[i], everything(&meetings->items[i]));
    }
    return liquidate_member(keep, &cast->batch, 0);
}
