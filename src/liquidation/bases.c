/* SPDX-License-Identifier: Apache-2.0 */
/* An amount is paid because a status is paid, a request counts, a certificate is recent enough:
 * each of these may be an assumption, and a batch tells how many it relied on. */
#include "defray/bases.h"

#include "presence.h"

#include <assert.h>

struct list {
    const struct basis **items;
    size_t count;
};

static void
add(struct list *list, bool relevant, const struct basis *basis)
{
    for (size_t i = 0; i < list->count && relevant; i++) {
        relevant = list->items[i] != basis;
    }
    if (relevant) {
        assert(list->count < LINE_BASES_MAX);
        list->items[list->count++] = basis;
    }
}

/* A rate or a threshold, and the series that it follows. */
static void
add_value(struct list *list, const struct value *value)
{
    add(list, value != NULL, value == NULL ? NULL : &value->basis);
    bool indexed = value != NULL && value->indexed != NULL;
    add(list, indexed, indexed ? value->indexed->basis : NULL);
}

/* How a product is rounded, if the rules say so of this price. */
static void
add_rounding(struct list *list, const struct entitlement *price)
{
    const struct basis *basis = &price->rounding_basis;
    bool stated = basis->source != NULL || basis->assumption.size > 0;
    add(list, stated && (price->method->uses_rates || price->method->uses_scale), basis);
}

static void
add_tariff(struct list *list, const struct tariff *tariff, const struct grounds *grounds)
{
    add(list, true, &tariff->basis);
    add(list, grounds->unit != tariff->price.unit, &tariff->full_day_basis);
    add(list, tariff->body_count > 0, &tariff->bodies_basis);
    add(list, tariff->minimum_minutes > 0, &tariff->minimum_basis);
    add(list, tariff->step_minutes > 0, &tariff->step_basis);
    add_rounding(list, &tariff->price);
}

static void
add_presence(struct list *list, const struct rules *rules, const struct grounds *grounds)
{
    struct circumstances circumstances = grounds->circumstances;
    const struct stipend *stipend = &rules->stipend;
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        if (grounds->price == &stipend->tariffs[i].price) {
            add_tariff(list, &stipend->tariffs[i], grounds);
        }
    }
    add(list, circumstances.status != STATUS_NONE, &stipend->status_basis);
    add(list, stipend->bodies.required, &stipend->bodies.basis);
    add(list, stipend->age.minimum > 0, &stipend->age.basis);
    add(list, stipend->competence.required, &stipend->competence.basis);
    add(list, stipend->request.required, &stipend->request.basis);
    add(list, stipend->means.required, &stipend->means.basis);
    add(list, stipend->means.required && stipend->means.age_months_max > 0,
        &stipend->means.age_basis);
    add_value(list, grounds->threshold);
    add(list, circumstances.presence == PRESENCE_EXCUSED, &stipend->excused_basis);
}

static void
add_claim(struct list *list, const struct rules *rules, const struct grounds *grounds)
{
    add(list, true, &rules->presence_basis);
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct category *category = &rules->categories[i];
        if (grounds->price != &category->price) {
            continue;
        }
        add(list, true, &category->basis);
        add(list, true, &category->receipt_basis);
        add(list, category->deadline_days > 0, &category->deadline_basis);
        add(list, category->refused_where_meal_served, &category->meal_basis);
        add(list,
            grounds->circumstances.quantity_by_default &&
                category->price.has_default_quantity,
            &category->price.default_basis);
        add_rounding(list, &category->price);
    }
}

/* The interval of the rules' life in which the day lies; their count if it lies in none. */
static size_t
life_of(const struct rules *rules, struct date date)
{
    size_t i = 0;
    while (i < rules->life_count && !period_contains(rules->lives[i].during, date)) {
        i++;
    }
    return i;
}

struct grounds
grounds_of(const struct rules *rules, const struct line *line,
           struct circumstances circumstances)
{
    const struct means_condition *test = &rules->stipend.means;
    bool priced = line->price != NULL;
    bool tested = priced && !line->is_claim && test->required;
    return (struct grounds){
        .basis = line->basis,
        .rate_basis = line->rate_basis,
        .ceilings = line->ceilings,
        .rate = priced ? timeline_at(&line_rates(rules, line)->rates, line->date) : NULL,
        .threshold = tested ? timeline_at(&test->threshold, line->date) : NULL,
        .price = line->price,
        .unit = line->unit,
        .is_claim = line->is_claim,
        .life = life_of(rules, line->date),
        .circumstances = circumstances,
    };
}

bool
ceilings_alike(const struct ceilings *a, const struct ceilings *b)
{
    bool alike = a->count == b->count;
    for (size_t i = 0; alike && i < a->count; i++) {
        alike = a->items[i] == b->items[i];
    }
    return alike;
}

bool
grounds_alike(const struct grounds *a, const struct grounds *b)
{
    return a->basis == b->basis && a->rate_basis == b->rate_basis &&
           ceilings_alike(&a->ceilings, &b->ceilings) && a->rate == b->rate &&
           a->threshold == b->threshold &&
           a->circumstances.quantity_by_default == b->circumstances.quantity_by_default &&
           a->price == b->price && a->unit == b->unit && a->is_claim == b->is_claim &&
           a->life == b->life && a->circumstances.status == b->circumstances.status &&
           a->circumstances.presence == b->circumstances.presence;
}

size_t
bases_of(const struct rules *rules, const struct grounds *grounds,
         const struct basis *out[LINE_BASES_MAX])
{
    struct list list = {out, 0};
    add(&list, grounds->basis != NULL, grounds->basis);
    add(&list, grounds->rate_basis != NULL, grounds->rate_basis);
    if (grounds->price == NULL) {
        return list.count; /* one condition decided, and it is named */
    }
    for (size_t i = 0; i < grounds->ceilings.count; i++) {
        add_value(&list, grounds->ceilings.items[i]);
    }
    add_value(&list, grounds->rate);
    if (grounds->life < rules->life_count) {
        add(&list, true, &rules->lives[grounds->life].basis);
    }
    if (grounds->is_claim) {
        add_claim(&list, rules, grounds);
    } else {
        add_presence(&list, rules, grounds);
    }
    return list.count;
}

struct circumstances
circumstances_of(const struct batch *batch, const struct line *line)
{
    struct circumstances circumstances = {0};
    uint32_t member = 0;
    if (line->is_claim) {
        const struct claim *claim = &batch->claims->items[line->fact];
        member = claim->member;
        circumstances.quantity_by_default = line->price != NULL &&
                                            line->price->has_default_quantity &&
                                            !claim->has_quantity;
    } else {
        member = batch->log->items[line->fact].member;
        circumstances.presence = (enum presence)batch->log->items[line->fact].presence;
    }
    const struct participation *row =
        participant_at(&batch->roster->items[member], line->date);
    circumstances.status = row == NULL ? STATUS_NONE : row->status;
    return circumstances;
}

size_t
line_bases(const struct batch *batch, const struct line *line,
           const struct basis *out[LINE_BASES_MAX])
{
    struct grounds grounds =
        grounds_of(batch->rules, line, circumstances_of(batch, line));
    return bases_of(batch->rules, &grounds, out);
}

int32_t
line_stayed(const struct batch *batch, const struct line *line)
{
    const struct attendance *fact = &batch->log->items[line->fact];
    return stay_of(fact, &batch->log->sessions[fact->session]).duration;
}

int64_t
line_stayed_in_all(const struct batch *batch, const struct line *line)
{
    return stayed_in_all(batch->log, &batch->log->items[line->fact]);
}

bool
means_was_reached(const struct line *line)
{
    if (line->is_claim) {
        return false;
    }
    switch (line->reason) {
    case REASON_NOT_ELIGIBLE:
    case REASON_NO_FIGURE:
    case REASON_FIGURE_TOO_OLD:
    case REASON_METHOD_NOT_ACCEPTED:
    case REASON_NO_EVIDENCE_GIVEN:
    case REASON_NO_DECISION:
    case REASON_DECISION_UNDETERMINED:
    case REASON_SEAT_TAKEN:
    case REASON_SEAT_WAITS:
    case REASON_MINOR_WITHOUT_GUARDIAN:
    case REASON_SESSION_BODY_MISSING:
    case REASON_DURATION_MISSING:
    case REASON_SESSION_LENGTH_MISSING:
    case REASON_BELOW_MINIMUM:
    case REASON_NO_MINUTE_INSIDE:
    case REASON_BELOW_STEP: return true;
    default: return line->price != NULL;
    }
}

const struct tariff *
line_tariff(const struct rules *rules, const struct line *line)
{
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        if (line->price == &rules->stipend.tariffs[i].price) {
            return &rules->stipend.tariffs[i];
        }
    }
    return NULL;
}

const struct entitlement *
line_rates(const struct rules *rules, const struct line *line)
{
    const struct tariff *tariff = line_tariff(rules, line);
    bool whole = tariff != NULL && line->unit != tariff->price.unit;
    return whole ? &tariff->full_day : line->price;
}

struct band_part *
line_bands(struct arena *keep, const struct line *line, size_t *count)
{
    struct priced priced = {
        .date = line->date,
        .has_quantity = true,
        .quantity = line->quantity,
        .horsepower = line->horsepower,
        .counter = line->counter,
    };
    *count = scale_parts(line->price, &priced, NULL);
    struct band_part *parts = NEW_ARRAY(keep, struct band_part, *count + 1);
    scale_parts(line->price, &priced, parts);
    return parts;
}
