/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: exhaustive [CENTS_MAX DEN_MAX]
 * Every amount up to CENTS_MAX by every fraction up to one whose denominator is at most DEN_MAX, in
 * each rounding: the program's sum against one made in 128 bits, from the definition and nothing else.
 */
#define _POSIX_C_SOURCE 200809L

#include "defray/money.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__extension__ typedef __int128 wide;

/* The whole number next to num / den that the rounding names; neither is below zero. */
static int64_t
plainly(wide num, wide den, enum rounding rounding)
{
    wide low = 0;
    for (wide step = (wide)1 << 62; step > 0; step /= 2) { /* found, not divided */
        low += (low + step) * den <= num ? step : 0;
    }
    wide twice = 2 * (num - low * den); /* against den: the distance to low */
    bool up = false;
    switch (rounding) {
    case ROUND_HALF_UP: up = twice >= den; break;
    case ROUND_HALF_EVEN: up = twice > den || (twice == den && low % 2 == 1); break;
    case ROUND_DOWN: break;
    case ROUND_UP: up = twice > 0; break;
    }
    return (int64_t)(low + up);
}

/* The same by what was expected of the amount before it: cheap enough for billions. */
struct walk {
    wide num, den;
    int64_t low;
};

static int64_t
stepped(struct walk *walk, enum rounding rounding)
{
    while ((walk->low + 1) * walk->den <= walk->num) {
        walk->low++;
    }
    wide twice = 2 * (walk->num - walk->low * walk->den);
    bool up = rounding == ROUND_HALF_UP ? twice >= walk->den
              : rounding == ROUND_HALF_EVEN
                  ? twice > walk->den || (twice == walk->den && walk->low % 2 == 1)
              : rounding == ROUND_UP ? twice > 0
                                     : false;
    return walk->low + up;
}

static int64_t
compare(int64_t num, int64_t den, int64_t cents_max, int64_t *count)
{
    int64_t wrong = 0;
    struct ratio part = ratio_of(num, den);
    for (int rounding = ROUND_HALF_UP; rounding <= ROUND_UP; rounding++) {
        struct walk walk = {0, den, 0};
        for (int64_t cents = 0; cents <= cents_max; cents++) {
            walk.num = (wide)cents * num;
            struct ratio euros = money_ratio((struct money){cents});
            int64_t expected = stepped(&walk, (enum rounding)rounding);
            int64_t once = money_times(euros, part, (enum rounding)rounding).cents;
            int64_t twice =
                money_round(ratio_times(euros, part), (enum rounding)rounding).cents;
            bool told = cents % 997 == 0 &&
                        plainly(walk.num, den, (enum rounding)rounding) != expected;
            wrong += once != expected || twice != expected || told;
            ++*count;
        }
    }
    return wrong;
}

struct share {
    int64_t count, wrong;
};

/* Every number-th denominator from the first one on: they are as many works as there are processors,
 * each in a process of its own, whose share comes through a pipe. */
static struct share
walk_share(int64_t cents_max, int64_t den_max, int64_t first, int64_t number)
{
    struct share share = {0};
    for (int64_t den = first; den <= den_max; den += number) {
        for (int64_t num = 0; num <= den; num++) {
            share.wrong += compare(num, den, cents_max, &share.count);
        }
    }
    return share;
}

static bool
walk_all(int64_t cents_max, int64_t den_max, struct share *all)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    long number = processors < 1 ? 1 : processors;
    int ends[2];
    if (pipe(ends) != 0) {
        return false;
    }
    for (long i = 0; i < number; i++) {
        pid_t child = fork();
        if (child == 0) {
            struct share share = walk_share(cents_max, den_max, i + 1, number);
            _exit(write(ends[1], &share, sizeof share) != (ssize_t)sizeof share);
        }
        if (child < 0) {
            return false;
        }
    }
    close(ends[1]);
    for (long i = 0; i < number; i++) {
        struct share share;
        if (read(ends[0], &share, sizeof share) != (ssize_t)sizeof share) {
            return false; /* one of them has died */
        }
        all->count += share.count;
        all->wrong += share.wrong;
    }
    return true;
}

int
main(int argc, char *argv[])
{
    int64_t cents_max = argc > 2 ? atoll(argv[1]) : 20000;
    int64_t den_max = argc > 2 ? atoll(argv[2]) : 400;
    struct share all = {0};
    if (!walk_all(cents_max, den_max, &all)) {
        fprintf(stderr, "exhaustive: a process has died\n");
        return 2;
    }
    bool passed = all.wrong == 0 && all.count > 0;
    printf(
        "goal: %lld roundings of amounts to %lld.%02lld by fractions to %lld, wrong: %lld / 0 %s\n",
        (long long)all.count, (long long)cents_max / 100, (long long)cents_max % 100,
        (long long)den_max, (long long)all.wrong, passed ? "PASS" : "FAIL");
    return !passed;
}
