/* SPDX-License-Identifier: Apache-2.0 */
/* Marginal bands over a counter that runs from 1 January: a trip that passes a
 * bound is priced in two parts, and rounded once. */
#include "methods.h"

#include <assert.h>

static const struct vehicle *
find_vehicle(const struct scale_version *version, uint32_t power)
{
    for (size_t i = 0; i < version->vehicle_count; i++) {
        const struct vehicle *vehicle = &version->vehicles[i];
        if (power <=
            vehicle->power_to) { /* the powers of one follow on those of another */
            return vehicle;
        }
    }
    return NULL;
}

static struct text
add_part(struct arena *keep, struct text so_far, struct ratio part, struct ratio rate)
{
    char units[RATIO_TEXT_MAX];
    char euros[RATIO_TEXT_MAX];
    return text_of(arena_printf(
        keep, "%.*s%s%s x %s", TEXT_ARG(so_far), so_far.size > 0 ? " + " : "",
        ratio_text(part, 0, 4, units), ratio_text(rate, 2, 4, euros)));
}

static const struct vehicle *
vehicle_of(const struct entitlement *entitlement, const struct priced *priced)
{
    const struct scale_version *version = scale_at(&entitlement->scale, priced->date);
    assert(version != NULL); /* proven over the life when the rules were loaded */
    return priced->horsepower == 0 ? NULL : find_vehicle(version, priced->horsepower);
}

size_t
scale_parts(const struct entitlement *entitlement, const struct priced *priced,
            struct band_part *out)
{
    const struct vehicle *vehicle = vehicle_of(entitlement, priced);
    struct ratio end = ratio_add(priced->counter, priced->quantity);
    struct ratio from = priced->counter;
    size_t parts = 0;
    for (size_t i = 0; vehicle != NULL && i < vehicle->band_count; i++) {
        const struct band *band = &vehicle->bands[i];
        struct ratio to = band->up_to.den == 0 ? end : ratio_min(end, band->up_to);
        if (ratio_compare(from, end) >= 0 || ratio_compare(to, from) <= 0) {
            continue;
        }
        if (out != NULL) {
            out[parts] = (struct band_part){ratio_subtract(to, from), band->rate};
        }
        parts++;
        from = to;
    }
    return parts;
}

static struct price
price_bands(struct arena *keep, const struct entitlement *entitlement,
            const struct priced *priced)
{
    struct price price = {.quantity = priced->quantity};
    struct ratio euros = {0, 1};
    size_t count = scale_parts(entitlement, priced, NULL);
    struct band_part *parts = NEW_ARRAY(keep, struct band_part, count + 1);
    scale_parts(entitlement, priced, parts);
    for (size_t i = 0; i < count; i++) {
        euros = ratio_add(euros, ratio_times(parts[i].quantity, parts[i].rate));
        price.derivation =
            add_part(keep, price.derivation, parts[i].quantity, parts[i].rate);
        price.rate = parts[i].rate;
    }
    if (count != 1) {
        price.rate = (struct ratio){0, 0};
    } else {
        price.derivation = STR("");
    }
    price.gross = money_round(euros, entitlement->rounding);
    return price;
}

struct price
method_scale(struct arena *keep, const struct entitlement *entitlement,
             const struct priced *priced)
{
    if (!priced->has_quantity) {
        return (struct price){.missing = MISSING_QUANTITY};
    }
    if (vehicle_of(entitlement, priced) == NULL) {
        return (struct price){.missing = MISSING_HORSEPOWER};
    }
    struct price price = price_bands(keep, entitlement, priced);
    price.basis = &scale_at(&entitlement->scale, priced->date)->basis;
    return price;
}
