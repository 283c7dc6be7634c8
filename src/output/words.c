/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts in words, as a statement is closed. French as before 1990: hyphens below a
 * hundred, "et" before "un" and "onze", "cent" and "quatre-vingt" take an s when nothing
 * follows that is a number (million is a noun, mille is not), "d'euros" after a whole
 * number of millions.
 */
#include "defray/payroll.h"

#include <assert.h>
#include <inttypes.h>

#define THOUSAND INT64_C(1000)
#define MILLION  INT64_C(1000000)
#define BILLION  INT64_C(1000000000)

static const char *const french_small[] = {
    "zéro",     "un",     "deux",  "trois",    "quatre",   "cinq",     "six",
    "sept",     "huit",   "neuf",  "dix",      "onze",     "douze",    "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
};
static const char *const french_tens[] = {
    "",          "",         "vingt",    "trente",       "quarante",
    "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt",
};
static const char *const english_small[] = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const english_tens[] = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
};

/* 0 to 99. `last`: no number follows, so a plural s may stand. */
static const char *
french_below_hundred(struct arena *keep, int64_t n, bool last)
{
    if (n < 20) {
        return french_small[n];
    }
    int64_t ten = n / 10;
    bool long_ten = ten == 7 || ten == 9; /* soixante-dix, quatre-vingt-dix */
    int64_t rest = n % 10 + (long_ten ? 10 : 0);
    if (rest == 0) {
        return arena_printf(keep, "%s%s", french_tens[ten], ten == 8 && last ? "s" : "");
    }
    bool joined = (rest == 1 || rest == 11) && ten < 8;
    return arena_printf(keep, joined ? "%s et %s" : "%s-%s", french_tens[ten],
                        french_small[rest]);
}

/* 0 to 999. */
static const char *
french_below_thousand(struct arena *keep, int64_t n, bool last)
{
    int64_t hundreds = n / 100;
    int64_t rest = n % 100;
    if (hundreds == 0) {
        return french_below_hundred(keep, rest, last);
    }
    const char *many =
        hundreds == 1 ? "" : arena_printf(keep, "%s ", french_small[hundreds]);
    if (rest == 0) {
        return arena_printf(keep, "%scent%s", many, hundreds > 1 && last ? "s" : "");
    }
    return arena_printf(keep, "%scent %s", many, french_below_hundred(keep, rest, last));
}

static const char *
join(struct arena *keep, const char *a, const char *b)
{
    return a[0] == '\0' ? b : b[0] == '\0' ? a : arena_printf(keep, "%s %s", a, b);
}

/* 1 to a million less one; nothing for 0. */
static const char *
french_below_million(struct arena *keep, int64_t n, bool last)
{
    int64_t thousands = n / THOUSAND;
    const char *head = "";
    if (thousands == 1) {
        head = "mille";
    } else if (thousands > 1) {
        head =
            arena_printf(keep, "%s mille", french_below_thousand(keep, thousands, false));
    }
    int64_t rest = n % THOUSAND;
    return join(keep, head, rest == 0 ? "" : french_below_thousand(keep, rest, last));
}

static const char *
french_number(struct arena *keep, int64_t n)
{
    if (n == 0) {
        return french_small[0];
    }
    const char *words = "";
    int64_t billions = n / BILLION;
    int64_t millions = n % BILLION / MILLION;
    if (billions == MILLION) {
        words = "un million de milliards"; /* the most that money can be */
    } else if (billions > 0) {
        words = arena_printf(keep, "%s milliard%s",
                             french_below_million(keep, billions, true),
                             billions > 1 ? "s" : "");
    }
    if (millions > 0) {
        words = join(keep, words,
                     arena_printf(keep, "%s million%s",
                                  french_below_thousand(keep, millions, true),
                                  millions > 1 ? "s" : ""));
    }
    return join(keep, words, french_below_million(keep, n % MILLION, true));
}

static const char *
english_below_thousand(struct arena *keep, int64_t n)
{
    int64_t rest = n % 100;
    const char *small = "";
    if (rest > 0 && rest < 20) {
        small = english_small[rest];
    } else if (rest > 0) {
        small = rest % 10 == 0 ? english_tens[rest / 10]
                               : arena_printf(keep, "%s-%s", english_tens[rest / 10],
                                              english_small[rest % 10]);
    }
    if (n < 100) {
        return small;
    }
    return arena_printf(keep, "%s hundred%s%s", english_small[n / 100],
                        rest > 0 ? " and " : "", small);
}

static const char *
english_number(struct arena *keep, int64_t n)
{
    static const struct {
        int64_t size;
        const char *word;
    } steps[] = {
        {BILLION,  "billion" },
        {MILLION,  "million" },
        {THOUSAND, "thousand"}
    };
    if (n == 0) {
        return english_small[0];
    }
    if (n >= THOUSAND * BILLION) {
        return arena_printf(
            keep, "%s trillion%s%s", english_number(keep, n / (THOUSAND * BILLION)),
            n % (THOUSAND * BILLION) > 0 ? " " : "",
            n % (THOUSAND * BILLION) > 0 ? english_number(keep, n % (THOUSAND * BILLION))
                                         : "");
    }
    const char *words = "";
    for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
        int64_t count = n / steps[i].size;
        if (count > 0) {
            words = join(keep, words,
                         arena_printf(keep, "%s %s", english_below_thousand(keep, count),
                                      steps[i].word));
        }
        n %= steps[i].size;
    }
    bool loose = words[0] != '\0' && n > 0 && n < 100;
    words = join(keep, words, loose ? "and" : "");
    return join(keep, words, n > 0 ? english_below_thousand(keep, n) : "");
}

static const char *
french_amount(struct arena *keep, int64_t euros, int64_t cents)
{
    const char *of = euros >= MILLION && euros % MILLION == 0 ? "d'" : "";
    const char *words = arena_printf(keep, "%s %seuro%s", french_number(keep, euros), of,
                                     euros > 1 ? "s" : "");
    if (cents == 0) {
        return words;
    }
    const char *small = arena_printf(keep, "%s centime%s", french_number(keep, cents),
                                     cents > 1 ? "s" : "");
    return euros == 0 ? small : arena_printf(keep, "%s et %s", words, small);
}

static const char *
english_amount(struct arena *keep, int64_t euros, int64_t cents)
{
    const char *words = arena_printf(keep, "%s euro%s", english_number(keep, euros),
                                     euros == 1 ? "" : "s");
    if (cents == 0) {
        return words;
    }
    const char *small = arena_printf(keep, "%s cent%s", english_number(keep, cents),
                                     cents == 1 ? "" : "s");
    return euros == 0 ? small : arena_printf(keep, "%s and %s", words, small);
}

const char *
amount_in_words(struct arena *keep, enum language language, struct money amount)
{
    bool negative = amount.cents < 0;
    int64_t all = negative ? -amount.cents : amount.cents;
    bool french = language == LANGUAGE_FR;
    assert(all <= MONEY_MAX_CENTS);
    const char *words = french ? french_amount(keep, all / 100, all % 100)
                               : english_amount(keep, all / 100, all % 100);
    return negative ? arena_printf(keep, "%s %s", french ? "moins" : "minus", words)
                    : words;
}
