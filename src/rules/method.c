/* SPDX-License-Identifier: Apache-2.0 */
/* The list of methods, and the words around them. */
#include "defray/method.h"

#include "methods.h"

static const struct method methods[] = {
#define METHOD(word, quantity, amount, rates, scale) \
    {#word, quantity, amount, rates, scale, method_##word},
#include "methods.def"
#undef METHOD
};

static const struct text words[] = {
#define METHOD(word, quantity, amount, rates, scale) {#word, sizeof(#word) - 1},
#include "methods.def"
#undef METHOD
};

struct unit_name {
    const char *word;
    const char *label;
};

static const struct unit_name units[UNIT_COUNT] = {
    [UNIT_SESSION] = {"session",   N_("session")  },
    [UNIT_DAY] = {"day",       N_("day")      },
    [UNIT_HALF_DAY] = {"half_day",  N_("half-day") },
    [UNIT_HOUR] = {"hour",      N_("hour")     },
    [UNIT_MANDATE] = {"mandate",   N_("mandate")  },
    [UNIT_KILOMETRE] = {"kilometre", N_("kilometre")},
    [UNIT_NIGHT] = {"night",     N_("night")    },
    [UNIT_MEAL] = {"meal",      N_("meal")     },
    [UNIT_CLAIM] = {"claim",     N_("claim")    },
};

static const char *const spans[SPAN_COUNT] = {
    [SPAN_LINE] = "line", [SPAN_DAY] = "day",         [SPAN_MONTH] = "month",
    [SPAN_YEAR] = "year", [SPAN_MANDATE] = "mandate",
};

const char *
unit_word(enum unit unit)
{
    return units[unit].word;
}

const char *
unit_label(enum language language, enum unit unit)
{
    return tr(language, units[unit].label);
}

const char *
unit_counted(enum language language, enum unit unit, struct ratio quantity)
{
    static const char *const several[UNIT_COUNT] = {
        [UNIT_SESSION] = N_("sessions"),   [UNIT_DAY] = N_("days"),
        [UNIT_HALF_DAY] = N_("half-days"), [UNIT_HOUR] = N_("hours"),
        [UNIT_MANDATE] = N_("mandates"),   [UNIT_KILOMETRE] = N_("kilometres"),
        [UNIT_NIGHT] = N_("nights"),       [UNIT_MEAL] = N_("meals"),
        [UNIT_CLAIM] = N_("claims"),
    };
    bool plural = language == LANGUAGE_FR ? quantity.num / quantity.den >= 2
                                          : quantity.num != quantity.den;
    return plural ? tr(language, several[unit]) : unit_label(language, unit);
}

const char *
span_word(enum span span)
{
    return spans[span];
}

const char *
span_label(enum language language, enum span span)
{
    static const char *const labels[SPAN_COUNT] = {
        [SPAN_LINE] = N_("line"),       [SPAN_DAY] = N_("day"),
        [SPAN_MONTH] = N_("month"),     [SPAN_YEAR] = N_("year"),
        [SPAN_MANDATE] = N_("mandate"),
    };
    return tr(language, labels[span]);
}

const char *
span_per(enum language language, enum span span)
{
    static const char *const labels[SPAN_COUNT] = {
        [SPAN_LINE] = N_("per line"),           [SPAN_DAY] = N_("per day"),
        [SPAN_MONTH] = N_("per month"),         [SPAN_YEAR] = N_("per year"),
        [SPAN_MANDATE] = N_("for the mandate"),
    };
    return tr(language, labels[span]);
}

const struct method *
method_find(struct text word)
{
    for (size_t i = 0; i < ARRAY_COUNT(methods); i++) {
        if (text_equals(words[i], word)) {
            return &methods[i];
        }
    }
    return NULL;
}

const struct text *
method_words(size_t *count)
{
    *count = ARRAY_COUNT(words);
    return words;
}

struct price
entitlement_price(struct arena *keep, const struct entitlement *entitlement,
                  const struct priced *priced)
{
    struct priced full = *priced;
    if (!full.has_quantity && entitlement->has_default_quantity) {
        full.has_quantity = true;
        full.quantity = entitlement->default_quantity;
    }
    return entitlement->method->price(keep, entitlement, &full);
}
