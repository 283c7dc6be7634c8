/* SPDX-License-Identifier: Apache-2.0 */
/* Watches a run being played, and writes down what happens. */
#include "defray/population.h"

#include "casino.h"

struct people ARRAY_OF(struct participant);
struct facts ARRAY_OF(struct attendance);
struct claim_list ARRAY_OF(struct claim);
struct decision_list ARRAY_OF(struct decision);
struct firsts ARRAY_OF(size_t);

struct chronicle {
    struct casino_watch watch;
    struct arena *keep;
    const struct casino *casino;
    const struct profile *profile; /* of who sits */
    struct people people;
    struct facts facts;
    struct claim_list claims;
    struct decision_list decisions;
    struct firsts first_fact, first_claim, first_decision;
};

static struct participation *
row_of(struct chronicle *chronicle, const struct group *group)
{
    struct participation *row = NEW(chronicle->keep, struct participation);
    struct particulars *particulars = NEW(chronicle->keep, struct particulars);
    *particulars = (struct particulars){.body = group->body, .km_before = RATIO_ZERO};
    *row = (struct participation){
        .during = {DATE_OPEN_PAST, DATE_OPEN_FUTURE},
        .status = group->status,
        .particulars = particulars,
    };
    for (size_t i = 0; i < chronicle->profile->habit_count; i++) {
        uint32_t horsepower = chronicle->profile->habits[i]->horsepower;
        row->horsepower = horsepower > 0 ? horsepower : row->horsepower;
    }
    return row;
}

static void
note_person(struct casino_watch *watch, uint32_t group, size_t profile)
{
    struct chronicle *chronicle = (struct chronicle *)watch;
    const struct group_model *model = &chronicle->casino->model->groups[group];
    struct arena *keep = chronicle->keep;
    uint32_t member = (uint32_t)chronicle->people.count;
    chronicle->profile = &model->profiles.items[profile];
    struct participant *person = ARRAY_PUSH(keep, &chronicle->people);
    *person = (struct participant){
        .id = text_of(arena_printf(keep, "S%06u", member + 1)),
        .last_name = STR("SIMULATION"),
        .first_name = text_of(arena_printf(keep, "X%06u", member + 1)),
        .birth = DATE_NONE,
        .requested_on =
            chronicle->profile->asks ? chronicle->casino->model->days[0] : DATE_NONE,
        .rows = row_of(chronicle, model->group),
        .row_count = 1,
    };
    date_make(1980, 1, 1, &person->birth);
    *ARRAY_PUSH(keep, &chronicle->first_fact) = chronicle->facts.count;
    *ARRAY_PUSH(keep, &chronicle->first_claim) = chronicle->claims.count;
    *ARRAY_PUSH(keep, &chronicle->first_decision) = chronicle->decisions.count;
    for (size_t i = 0; i < chronicle->profile->decision_count; i++) {
        struct decision *decision = ARRAY_PUSH(keep, &chronicle->decisions);
        *decision = chronicle->profile->decisions[i];
        decision->member = member;
    }
}

static bool
are_alike(const struct rules *rules, struct arena scratch, const struct habit *a,
          const struct habit *b)
{
    return rules_category(rules, scratch, a->category) ==
               rules_category(rules, scratch, b->category) &&
           a->has_quantity == b->has_quantity &&
           ratio_compare(a->quantity, b->quantity) == 0 &&
           a->has_amount == b->has_amount && money_compare(a->amount, b->amount) == 0;
}

/* Two claims alike in every column would be one, told twice: the way there and the way back are
 * told apart by a note, "1/2" and "2/2". */
static const struct claim_words *
words_of(struct chronicle *chronicle, size_t index)
{
    const struct rules *rules = chronicle->casino->forecast->scenario->rules;
    const struct profile *profile = chronicle->profile;
    struct arena *keep = chronicle->keep;
    size_t rank = 0;
    size_t count = 0;
    for (size_t i = 0; i < profile->habit_count; i++) {
        bool alike = are_alike(rules, *keep, profile->habits[i], profile->habits[index]);
        count += alike;
        rank += alike && i <= index;
    }
    if (count == 1) {
        return NULL;
    }
    struct claim_words *words = NEW(keep, struct claim_words);
    words->note = text_of(arena_printf(keep, "%zu/%zu", rank, count));
    return words;
}

static void
note_claims(struct chronicle *chronicle, struct date date)
{
    for (size_t i = 0; i < chronicle->profile->habit_count; i++) {
        const struct habit *habit = chronicle->profile->habits[i];
        *ARRAY_PUSH(chronicle->keep, &chronicle->claims) = (struct claim){
            .member = (uint32_t)chronicle->people.count - 1,
            .same_as = INDEX_NONE,
            .date = date,
            .category = habit->category,
            .has_quantity = habit->has_quantity,
            .has_amount = habit->has_amount,
            .quantity = habit->has_quantity ? habit->quantity : RATIO_ZERO,
            .amount = habit->amount,
            .words = words_of(chronicle, i),
            .receipt = true,
            .claimed_on = date,
        };
    }
}

static void
note_day(struct casino_watch *watch, const struct meeting *meeting, unsigned came)
{
    struct chronicle *chronicle = (struct chronicle *)watch;
    for (size_t i = 0; i < meeting->count; i++) {
        *ARRAY_PUSH(chronicle->keep, &chronicle->facts) = (struct attendance){
            .member = (uint32_t)chronicle->people.count - 1,
            .session = (uint32_t)meeting->sessions[i],
            .duration = DURATION_NONE,
            .start = TIME_NONE,
            .end = TIME_NONE,
            .presence = (came >> i & 1) != 0                     ? PRESENCE_PRESENT
                        : (came >> meeting->count >> i & 1) != 0 ? PRESENCE_EXCUSED
                                                                 : PRESENCE_ABSENT,
        };
    }
    if (came_in_person(chronicle->casino->forecast->scenario, meeting, came)) {
        note_claims(chronicle, meeting->date);
    }
}

static struct roster *
roster_of(struct arena *keep, const struct people *people)
{
    struct roster *roster = NEW(keep, struct roster);
    roster->items = people->items;
    roster->count = people->count;
    for (uint32_t i = 0; i < people->count; i++) {
        (void)map_insert(keep, &roster->by_id, people->items[i].id, i);
    }
    return roster;
}

static struct batch
batch_of(struct chronicle *chronicle)
{
    const struct scenario *scenario = chronicle->casino->forecast->scenario;
    struct arena *keep = chronicle->keep;
    *ARRAY_PUSH(keep, &chronicle->first_fact) = chronicle->facts.count;
    *ARRAY_PUSH(keep, &chronicle->first_claim) = chronicle->claims.count;
    *ARRAY_PUSH(keep, &chronicle->first_decision) = chronicle->decisions.count;
    struct log *log = NEW(keep, struct log);
    const struct input **files = NEW_ARRAY(keep, const struct input *, 1);
    files[0] = scenario->file;
    *log = (struct log){.items = chronicle->facts.items,
                        .count = chronicle->facts.count,
                        .first = chronicle->first_fact.items,
                        .sessions = scenario->sessions,
                        .session_count = scenario->session_count,
                        .files = files,
                        .file_count = 1};
    struct claims *claims = NEW(keep, struct claims);
    *claims = (struct claims){chronicle->claims.items, chronicle->claims.count,
                              chronicle->first_claim.items};
    struct decisions *decisions = NEW(keep, struct decisions);
    *decisions =
        (struct decisions){chronicle->decisions.items, chronicle->decisions.count,
                           chronicle->first_decision.items};
    return (struct batch){
        .rules = scenario->rules,
        .period = {scenario->sessions[0].date,
                   scenario->sessions[scenario->session_count - 1].date},
        .roster = roster_of(keep, &chronicle->people),
        .calendar = NEW(keep, struct calendar),
        .log = log,
        .claims = claims,
        .decisions = scenario->rules->stipend.means.required ? decisions : NULL,
    };
}

struct population *
population_draw(struct arena *keep, const struct forecast *forecast, uint64_t seed,
                uint32_t run)
{
    const struct casino *casino = casino_new(keep, forecast, seed);
    struct chronicle chronicle = {
        .watch = {note_person, note_day},
          .keep = keep, .casino = casino
    };
    int64_t *months = NEW_ARRAY(keep, int64_t, forecast->month_count * casino->width);
    casino_play(casino, run, months, &chronicle.watch);
    struct population *population = NEW(keep, struct population);
    population->batch = batch_of(&chronicle);
    for (size_t i = 0; i < forecast->month_count; i++) {
        population->drawn.cents += months[i * casino->width];
    }
    return population;
}
