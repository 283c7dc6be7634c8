/* SPDX-License-Identifier: Apache-2.0 */
/* A right that stays paid at what it was takes its place under a ceiling before any line does: else
 * lines at the new rate would fill what is spent already, and what is kept would come on top. */
#include "floors.h"

#include "defray/history.h"

#include "caps.h"
#include "former.h"
#include "paid.h"

struct paid_rights {
    const struct paid_right *items; /* of the member */
    size_t count;
};

static struct paid_rights
paid_to(const struct history *history, uint32_t member)
{
    size_t first = history->first[member];
    return (struct paid_rights){history->items + first,
                                history->first[member + 1] - first};
}

/* By a text that leaves it to the member; or of a day on which the scheme may not pay, since it is
 * left to the authority, whatever the tables have of it now. */
static bool
may_stay(const struct batch *run, const struct paid_right *was)
{
    const struct retroactivity *text = rules_reach(run->rules, was->right.day);
    return !day_pays(run->rules, was->right.day) ||
           (text != NULL && text->keeps_decreases && !was->same_rules);
}

/* The price whose ceilings what was paid is under, where no line tells; NULL: not known. */
static const struct entitlement *
price_of(const struct rules *rules, struct text component)
{
    const struct stipend *stipend = &rules->stipend;
    for (size_t i = 0; i < rules->category_count; i++) {
        if (text_equals(rules->categories[i].price.key, component)) {
            return &rules->categories[i].price;
        }
    }
    return stipend->tariff_count == 1 ? &stipend->tariffs[0].price : NULL;
}

static void
add_floor(struct arena scratch, const struct batch *batch, const struct paid_right *was,
          const struct member_result *all, struct floors *out)
{
    struct floor *floor = &out->items[out->count++];
    *floor = (struct floor){
        .amount = was->amount,
        .day = was->right.day,
        .price = price_of(batch->rules, was->right.component),
        .is_claim = !text_equals(was->right.component, STR("stipend")),
    };
    for (size_t i = all->count; i-- > 0;) {
        const struct line *line = &all->lines[i];
        struct arena one = scratch;
        struct right right = {line->entitlement, line->date,
                              claimed_unit(&one, batch, line)};
        if (line->price != NULL && right_compare(&right, &was->right) == 0) {
            floor->price = line->price;
            out->of_line[i] = floor;
        }
    }
}

static struct floors *
make(struct arena *keep, const struct batch *batch, uint32_t member,
     const struct member_result *all)
{
    const struct batch *run = batch_run(batch);
    struct paid_rights paid = paid_to(run->history, member);
    struct formers formers = {keep, run, member, {0}};
    struct claimed_rights now = {0};
    struct floors *floors = NEW(keep, struct floors);
    floors->items = NEW_ARRAY(keep, struct floor, paid.count + 1);
    floors->of_line = NEW_ARRAY(keep, struct floor *, all->count + 1);
    floors->lines = all->lines;
    claimed_collect(keep, batch, all, &now);
    claimed_gather(&now);
    for (size_t i = 0; i < paid.count; i++) {
        const struct paid_right *was = &paid.items[i];
        const struct claimed *claimed = claimed_find(&now, &was->right);
        bool stays = may_stay(run, was);
        if (stays && day_pays(run->rules, was->right.day)) {
            bool open = claimed != NULL && claimed->open;
            bool same = claimed != NULL && claimed_as_paid(claimed, was);
            stays = !open && (same || former_as_paid(&formers, was));
        }
        if (stays) {
            add_floor(*keep, batch, was, all, floors);
        }
    }
    return floors;
}

struct floors *
floors_of(struct arena *keep, const struct batch *batch, uint32_t member,
          const struct member_result *all)
{
    const struct batch *run = batch_run(batch);
    if (run->history == NULL || !payments_may_stay(run->rules)) {
        return NULL;
    }
    struct paid_rights paid = paid_to(run->history, member);
    bool any = false;
    for (size_t i = 0; i < paid.count; i++) {
        any = any || may_stay(run, &paid.items[i]);
    }
    struct floors *floors = any ? make(keep, batch, member, all) : NULL;
    return floors != NULL && floors->count > 0 ? floors : NULL;
}

struct money
floors_held(const struct floors *floors, const struct rules *rules, const struct cap *cap,
            const struct entitlement *price, const struct line *line)
{
    struct money sum = {0};
    if (floors == NULL) {
        return sum;
    }
    const struct floor *own = floors->of_line[line - floors->lines];
    for (size_t i = 0; i < floors->count; i++) {
        const struct floor *other = &floors->items[i];
        bool under = price == NULL ? !other->is_claim : other->price == price;
        if (under && !other->begun && other != own &&
            span_of(rules, cap->span, other->day) ==
                span_of(rules, cap->span, line->date)) {
            sum = money_add(sum, other->amount);
        }
    }
    return own == NULL ? sum : money_subtract(sum, own->left);
}

struct money
floors_count(const struct floors *floors, size_t number, struct money paid)
{
    struct floor *own = floors == NULL ? NULL : floors->of_line[number];
    if (own == NULL) {
        return paid;
    }
    struct money before = own->begun ? own->left : (struct money){0};
    struct money left = money_subtract(own->begun ? own->left : own->amount, paid);
    own->begun = true;
    own->left = left.cents < 0 ? (struct money){0} : left;
    return money_subtract(money_add(paid, own->left), before);
}
