/* SPDX-License-Identifier: Apache-2.0 */
/* An amount is paid because a status is paid, a request counts, a certificate is recent enough:
 * each of these may be an assumption, and a batch tells how many it relied on. */
#include "bases.h"

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
    if (relevant && basis != NULL && list->count < LINE_BASES_MAX) {
        list->items[list->count++] = basis;
    }
}

static void
add_presence(struct list *list, const struct batch *batch, const struct line *line)
{
    const struct stipend *stipend = &batch->rules->stipend;
    const struct attendance *fact = &batch->log->items[line->fact];
    const struct participation *row =
        participant_at(&batch->roster->items[fact->member], line->date);
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct tariff *tariff = &stipend->tariffs[i];
        bool own = line->price == &tariff->price;
        add(list, own, &tariff->basis);
        add(list, own && line->unit != tariff->price.unit, &tariff->full_day_basis);
    }
    add(list, row->status != STATUS_NONE, &stipend->status_basis);
    add(list, stipend->bodies.required, &stipend->bodies.basis);
    add(list, stipend->age.minimum > 0, &stipend->age.basis);
    add(list, stipend->request.required, &stipend->request.basis);
    add(list, stipend->means.required, &stipend->means.basis);
    add(list, stipend->means.required && stipend->means.age_months_max > 0,
        &stipend->means.age_basis);
    add(list, fact->presence == PRESENCE_EXCUSED, &stipend->excused_basis);
}

static void
add_claim(struct list *list, const struct batch *batch, const struct line *line)
{
    const struct rules *rules = batch->rules;
    add(list, true, &rules->presence_basis);
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct category *category = &rules->categories[i];
        bool own = line->price == &category->price;
        add(list, own, &category->basis);
        add(list, own, &category->receipt_basis);
        add(list, own && category->deadline_days > 0, &category->deadline_basis);
        add(list, own && category->refused_where_meal_served, &category->meal_basis);
    }
}

size_t
line_bases(const struct batch *batch, const struct line *line,
           const struct basis *out[LINE_BASES_MAX])
{
    struct list list = {out, 0};
    add(&list, line->basis != NULL, line->basis);
    add(&list, line->rate_basis != NULL, line->rate_basis);
    if (line->price == NULL) {
        return list.count; /* one condition decided, and it is named */
    }
    const struct rules *rules = batch->rules;
    for (size_t i = 0; i < rules->life_count; i++) {
        add(&list, period_contains(rules->lives[i].during, line->date),
            &rules->lives[i].basis);
    }
    if (line->is_claim) {
        add_claim(&list, batch, line);
    } else {
        add_presence(&list, batch, line);
    }
    return list.count;
}
