/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs over a whole file: one value a day, each kind of session decided once. */
#include "loader.h"

#include <stdlib.h>

static int
by_start(const void *a, const void *b)
{
    const struct dated_stretch *left = a;
    const struct dated_stretch *right = b;
    int order = date_compare(left->during.from, right->during.from);
    if (order == 0) {
        order = left->where.line < right->where.line
                    ? -1
                    : left->where.line > right->where.line;
    }
    return order;
}

static const char *
days(struct loader *loader, struct period during)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    date_text(during.from, from);
    date_text(during.to, to);
    if (date_is_open(during.to)) {
        return arena_printf(loader->keep, "%s..", from);
    }
    if (date_compare(during.from, during.to) == 0) {
        return arena_printf(loader->keep, "%s", from);
    }
    return arena_printf(loader->keep, "%s..%s", from, to);
}

static struct date
earlier(struct date a, struct date b)
{
    return date_compare(a, b) < 0 ? a : b;
}

bool
stretches_overlap(struct loader *loader, struct dated_stretches *stretches,
                  struct text path)
{
    bool good = true;
    if (stretches->count > 1) {
        qsort(stretches->items, stretches->count, sizeof *stretches->items, by_start);
    }
    for (size_t i = 1; i < stretches->count; i++) {
        const struct dated_stretch *before = &stretches->items[i - 1];
        const struct dated_stretch *after = &stretches->items[i];
        if (date_compare(before->during.to, after->during.from) < 0) {
            continue;
        }
        struct period both = {after->during.from,
                              earlier(before->during.to, after->during.to)};
        good =
            diag_error(loader->diag, after->where, CODE_R032,
                       "two values on %s in '%.*s'", days(loader, both), TEXT_ARG(path));
        diag_other_place(loader->diag, before->where);
    }
    return good;
}

static bool
report_gap(struct loader *loader, struct period gap, struct where where,
           struct where other, struct text path)
{
    if (loader_is_view(loader)) {
        *ARRAY_PUSH(loader->keep, &loader->unknown) = (struct unknown){gap, path};
        return true;
    }
    diag_error(loader->diag, where, CODE_R031, "no value on %s in '%.*s'",
               days(loader, gap), TEXT_ARG(path));
    diag_other_place(loader->diag, other);
    return false;
}

/* One interval of the life; the stretches are in order and do not overlap. */
static bool
cover_life(struct loader *loader, const struct dated_stretches *stretches,
           const struct life *life, struct where where, struct text path)
{
    bool good = true;
    struct date next = life->during.from;
    struct where before = where;
    struct where life_place = life->basis.where;
    for (size_t i = 0; i < stretches->count; i++) {
        const struct dated_stretch *stretch = &stretches->items[i];
        if (date_compare(stretch->during.to, next) < 0) {
            before = stretch->where;
            continue;
        }
        if (date_compare(stretch->during.from, life->during.to) > 0) {
            break;
        }
        if (date_compare(stretch->during.from, next) > 0) {
            struct period gap = {next, date_add_days(stretch->during.from, -1)};
            bool first = date_compare(next, life->during.from) == 0;
            good = report_gap(loader, gap, stretch->where, first ? life_place : before,
                              path);
        }
        if (date_compare(stretch->during.to, life->during.to) >= 0) {
            return good;
        }
        next = date_add_days(stretch->during.to, 1);
        before = stretch->where;
    }
    return report_gap(loader, (struct period){next, life->during.to}, before, life_place,
                      path);
}

bool
stretches_cover(struct loader *loader, const struct dated_stretches *stretches,
                struct where where, struct text path)
{
    bool good = true;
    struct date last = stretches->count > 0
                           ? stretches->items[stretches->count - 1].during.to
                           : DATE_OPEN_PAST;
    for (size_t i = 0; i < loader->life_count; i++) {
        struct life life = loader->lives[i];
        /* An open life ends with the figures that are known. */
        if (loader->truncated && date_is_open(life.during.to) &&
            date_compare(last, life.during.from) >= 0) {
            life.during.to = last;
            loader->known_until = date_is_none(loader->known_until)
                                      ? last
                                      : earlier(last, loader->known_until);
        }
        good = cover_life(loader, stretches, &life, where, path) && good;
    }
    return good;
}

struct decision { /* where a kind is decided, and for which organs */
    struct where where;
    const struct tariff *tariff; /* NULL: not paid */
};

/* Tariffs of different organs may share a kind. */
static bool
may_share(const struct tariff *a, const struct tariff *b, struct arena scratch)
{
    if (a == NULL || b == NULL || a->body_count == 0 || b->body_count == 0) {
        return false;
    }
    for (size_t i = 0; i < a->body_count; i++) {
        for (size_t j = 0; j < b->body_count; j++) {
            if (text_folds_equal(scratch, a->bodies[i], b->bodies[j])) {
                return false;
            }
        }
    }
    return true;
}

struct decisions ARRAY_OF(struct decision);

static bool
decide(struct loader *loader, struct decisions *made, struct decision decision,
       enum kind kind)
{
    bool good = true;
    for (size_t i = 0; i < made->count; i++) {
        if (!may_share(made->items[i].tariff, decision.tariff, *loader->scratch)) {
            good = diag_error(loader->diag, decision.where, CODE_R040,
                              "kind '%s' is decided twice", kind_word(kind));
            diag_other_place(loader->diag, made->items[i].where);
            break;
        }
    }
    *ARRAY_PUSH(loader->keep, made) = decision;
    return good;
}

bool
kinds_decided(struct loader *loader, struct node *stipend, const struct stipend *read)
{
    bool good = true;
    for (enum kind kind = KIND_PLENARY; kind < KIND_COUNT; kind++) {
        struct decisions made = {0};
        uint32_t bit = UINT32_C(1) << kind;
        for (size_t i = 0; i < read->tariff_count; i++) {
            const struct tariff *tariff = &read->tariffs[i];
            if ((tariff->kinds & bit) != 0) {
                good = decide(loader, &made,
                              (struct decision){tariff->basis.where, tariff}, kind) &&
                       good;
            }
        }
        for (size_t i = 0; i < read->exclusion_count; i++) {
            const struct exclusion *exclusion = &read->exclusions[i];
            if ((exclusion->kinds & bit) != 0) {
                good = decide(loader, &made,
                              (struct decision){exclusion->basis.where, NULL}, kind) &&
                       good;
            }
        }
        if (made.count == 0) {
            good = diag_error(loader->diag, stipend->where, CODE_R041,
                              "kind '%s' is neither in a tariff nor in 'not_paid'",
                              kind_word(kind));
        }
    }
    return good;
}
