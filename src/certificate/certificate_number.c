/* SPDX-License-Identifier: Apache-2.0 */
/* Exact numbers as texts, each in one way only, and the state that goes with a reason. */
#include "certificate_parts.h"

#define DECIMALS    9
#define SCALE       INT64_C(1000000000)
#define NUM_MAX     INT64_C(4000000000000000)
#define DEN_MAX     INT64_C(1000000000)
#define PRODUCT_MAX (INT64_C(1) << 60)

const char *
exact_text(struct arena *keep, struct ratio value, int min)
{
    char digits[RATIO_TEXT_MAX];
    if (SCALE % value.den == 0) {
        return arena_printf(keep, "%s", ratio_text(value, min, DECIMALS, digits));
    }
    return arena_printf(keep, "%lld/%lld", (long long)value.num, (long long)value.den);
}

static bool
read_whole(struct text t, size_t *at, int64_t *out)
{
    size_t from = *at;
    *out = 0;
    for (; *at < t.size && is_digit(t.data[*at]); ++*at) {
        *out = *out * 10 + (t.data[*at] - '0');
        if (*out > NUM_MAX) {
            return false;
        }
    }
    return *at > from;
}

bool
exact_parse(struct arena scratch, struct text t, int min, struct ratio *out)
{
    size_t at = 0;
    int64_t num = 0;
    int64_t den = 1;
    if (!read_whole(t, &at, &num)) {
        return false;
    }
    if (at < t.size && t.data[at] == '/') {
        at++;
        if (!read_whole(t, &at, &den) || den == 0 || den > DEN_MAX || at != t.size) {
            return false;
        }
        *out = ratio_of(num, den);
    } else if (!ratio_parse(t, min, DECIMALS, out)) {
        return false;
    }
    return text_equals(t, text_of(exact_text(&scratch, *out, min)));
}

static int64_t
magnitude(int64_t value)
{
    return value < 0 ? -value : value;
}

bool
ratio_fits(struct ratio a, struct ratio b)
{
    bool nums = b.num == 0 || magnitude(a.num) <= PRODUCT_MAX / magnitude(b.num);
    return nums && a.den <= PRODUCT_MAX / b.den;
}
