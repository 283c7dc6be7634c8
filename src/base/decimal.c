/* SPDX-License-Identifier: Apache-2.0 */
/* Limbs of nine decimal digits: what is read by people is never converted. */
#include "defray/decimal.h"

#include <assert.h>
#include <inttypes.h>

#define LIMB       UINT32_C(1000000000)
#define LIMB_WIDTH 9

static struct decimal
trimmed(const uint32_t *limbs, size_t count, size_t scale)
{
    while (count > 0 && limbs[count - 1] == 0) {
        count--;
    }
    while (count > 0 && scale > 0 && limbs[0] == 0) {
        limbs++;
        count--;
        scale--;
    }
    return (struct decimal){limbs, (uint32_t)count, count == 0 ? 0 : (uint32_t)scale};
}

struct decimal
decimal_integer(struct arena *keep, uint64_t integer)
{
    uint32_t *limbs = NEW_ARRAY(keep, uint32_t, 3);
    for (size_t i = 0; i < 3; i++) {
        limbs[i] = (uint32_t)(integer % LIMB);
        integer /= LIMB;
    }
    return trimmed(limbs, 3, 0);
}

bool
ratio_is_decimal(struct ratio ratio)
{
    assert(ratio.den > 0);
    return ratio.num >= 0 && (int64_t)LIMB % ratio.den == 0;
}

struct decimal
decimal_ratio(struct arena *keep, struct ratio ratio)
{
    assert(ratio_is_decimal(ratio));
    uint64_t factor = LIMB / (uint64_t)ratio.den;
    uint64_t whole = (uint64_t)ratio.num / (uint64_t)ratio.den;
    uint64_t rest = (uint64_t)ratio.num % (uint64_t)ratio.den;
    uint32_t *limbs = NEW_ARRAY(keep, uint32_t, 4);
    limbs[0] = (uint32_t)(rest * factor);
    for (size_t i = 1; i < 4; i++) {
        limbs[i] = (uint32_t)(whole % LIMB);
        whole /= LIMB;
    }
    return trimmed(limbs, 4, 1);
}

/* The limb that stands `above` places of nine digits above the decimal point. */
static uint32_t
limb_at(struct decimal value, int64_t above)
{
    int64_t index = above + value.scale;
    return index < 0 || index >= value.count ? 0 : value.limbs[index];
}

static int64_t
larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Limbs above the point. */
static int64_t
height(struct decimal value)
{
    return (int64_t)value.count - value.scale;
}

struct decimal
decimal_add(struct arena *keep, struct decimal a, struct decimal b)
{
    if (a.count == 0 || b.count == 0) {
        return a.count == 0 ? b : a;
    }
    int64_t scale = larger(a.scale, b.scale);
    int64_t top = larger(larger(height(a), height(b)), 0) + 1;
    uint32_t *limbs = NEW_ARRAY(keep, uint32_t, (size_t)(scale + top));
    uint32_t carry = 0;
    for (int64_t i = -scale; i < top; i++) {
        uint32_t sum = limb_at(a, i) + limb_at(b, i) + carry;
        limbs[i + scale] = sum % LIMB;
        carry = sum / LIMB;
    }
    assert(carry == 0);
    return trimmed(limbs, (size_t)(scale + top), (size_t)scale);
}

struct decimal
decimal_times(struct arena *keep, struct decimal a, struct decimal b)
{
    size_t count = (size_t)a.count + b.count;
    uint32_t *limbs = NEW_ARRAY(keep, uint32_t, count + 1);
    for (size_t i = 0; i < a.count; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b.count; j++) {
            uint64_t sum = limbs[i + j] + carry + (uint64_t)a.limbs[i] * b.limbs[j];
            limbs[i + j] = (uint32_t)(sum % LIMB);
            carry = sum / LIMB;
        }
        limbs[i + b.count] = (uint32_t)carry;
    }
    return trimmed(limbs, count, (size_t)a.scale + b.scale);
}

int
decimal_compare(struct decimal a, struct decimal b)
{
    int64_t top = larger(height(a), height(b));
    int64_t scale = larger(a.scale, b.scale);
    for (int64_t i = top; i-- > -scale;) {
        uint32_t left = limb_at(a, i);
        uint32_t right = limb_at(b, i);
        if (left != right) {
            return left < right ? -1 : 1;
        }
    }
    return 0;
}

bool
decimal_is_zero(struct decimal value)
{
    return value.count == 0;
}

static uint64_t
whole_part(struct decimal value)
{
    uint64_t whole = 0;
    assert(height(value) <= 3);
    for (int64_t i = height(value); i-- > 0;) {
        uint32_t limb = limb_at(value, i);
        assert(whole <= (UINT64_MAX - limb) / LIMB);
        whole = whole * LIMB + limb;
    }
    return whole;
}

int64_t
decimal_round(struct decimal value)
{
    uint64_t whole = whole_part(value) + (limb_at(value, -1) >= LIMB / 2);
    assert(whole <= INT64_MAX);
    return (int64_t)whole;
}

uint64_t
decimal_bits(struct arena scratch, struct decimal value)
{
    static const uint32_t two_to_the_64[] = {709551616, 446744073, 18};
    struct decimal factor = {two_to_the_64, 3, 0};
    assert(height(value) <= 0 || decimal_is_zero(value));
    return whole_part(decimal_times(&scratch, value, factor));
}

const char *
decimal_text(struct arena *keep, struct decimal value, int places)
{
    assert(places > 0);
    assert(places < LIMB_WIDTH);
    uint32_t unit = LIMB;
    for (int i = 0; i < places; i++) {
        unit /= 10;
    }
    struct arena scratch = *keep;
    const uint32_t half = unit / 2;
    struct decimal shown = decimal_add(&scratch, value, (struct decimal){&half, 1, 1});
    return arena_printf(keep, "%" PRIu64 ".%0*" PRIu32, whole_part(shown), places,
                        limb_at(shown, -1) / unit);
}
