/* SPDX-License-Identifier: Apache-2.0 */
/* Tables `money-*.tsv`: quantity × rate, rounded once. A quantity is a decimal number
 * or a fraction ("7/2"), a rate is a decimal number, and an amount reads "48.09". */
#include "defray/money.h"

#include "support/tsv.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    enum rounding rounding;
} roundings[] = {
    {"half_up",   ROUND_HALF_UP  },
    {"half_even", ROUND_HALF_EVEN},
    {"down",      ROUND_DOWN     },
    {"up",        ROUND_UP       },
};

static bool
read_ratio(struct text cell, struct ratio *out)
{
    const char *slash = memchr(cell.data, '/', cell.size);
    struct text top = cell;
    struct text bottom;
    struct ratio over;

    if (!slash) {
        return ratio_parse(cell, 0, 8, out);
    }
    top.size = (size_t)(slash - cell.data);
    bottom = (struct text){slash + 1, cell.size - top.size - 1};
    if (!ratio_parse(top, 0, 0, out) || !ratio_parse(bottom, 0, 0, &over) ||
        over.num == 0) {
        return false;
    }
    *out = ratio_of(out->num, over.num);
    return true;
}

static bool
read_rounding(struct text cell, enum rounding *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(roundings); i++) {
        if (text_equals(cell, text_of(roundings[i].name))) {
            *out = roundings[i].rounding;
            return true;
        }
    }
    return false;
}

void
tsv_money(struct tsv_row *row)
{
    char amount[MONEY_TEXT_MAX];
    struct ratio quantity;
    struct ratio rate;
    enum rounding rounding;

    if (!read_ratio(tsv_cell(row, "quantity"), &quantity)) {
        tsv_fault(row, "the quantity is not a number");
    } else if (!read_ratio(tsv_cell(row, "rate"), &rate)) {
        tsv_fault(row, "the rate is not a number");
    } else if (!read_rounding(tsv_cell(row, "rounding"), &rounding)) {
        tsv_fault(row, "the rounding has no such name");
    } else {
        tsv_expect(
            row, "amount",
            money_text(money_round(ratio_times(quantity, rate), rounding), amount));
    }
}
