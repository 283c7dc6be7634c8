/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether two rule files give the same amounts on a day: what they say of amounts and conditions in
 * force then, whatever text it rests on. Titles, notes, accounts and texts for members give no
 * amount, and what takes effect later does not count.
 */
#include "defray/provision.h"

#include <string.h>

struct saying { /* what is compared */
    const struct provisions *list;
    struct text component;
    struct date day;
};

/* What is said of the stipend, or of the category and of expenses at large. */
static bool
is_about(const struct provision *one, struct text component)
{
    if (text_equals(component, STR("stipend"))) {
        return one->section == SECTION_STIPEND || one->section == SECTION_CONDITIONS;
    }
    return one->section == SECTION_EXPENSES &&
           (one->subject_key[0] == '\0' ||
            text_equals(component, text_of(one->subject_key)));
}

static bool
counts(const struct saying *saying, const struct provision *one)
{
    return is_about(one, saying->component) && strcmp(one->item_key, "annexe") != 0 &&
           (!one->dated || period_contains(one->during, saying->day));
}

/* The reason why a kind is not paid follows the kinds, in words of the file. */
static size_t
said(const struct provision *one)
{
    bool reasoned = strncmp(one->subject_key, "not_paid.", strlen("not_paid.")) == 0;
    return reasoned ? strcspn(one->value, ":") : strlen(one->value);
}

static bool
alike(const struct provision *a, const struct provision *b)
{
    return a->section == b->section && strcmp(a->subject_key, b->subject_key) == 0 &&
           strcmp(a->item_key, b->item_key) == 0 && said(a) == said(b) &&
           memcmp(a->value, b->value, said(a)) == 0;
}

/* How often the list says, on the day, what the provision says. */
static size_t
times_said(const struct saying *saying, const struct provision *what)
{
    size_t times = 0;
    for (size_t i = 0; i < saying->list->count; i++) {
        const struct provision *one = &saying->list->items[i];
        times += counts(saying, one) && alike(one, what);
    }
    return times;
}

static bool
says_all(const struct saying *a, const struct saying *b)
{
    for (size_t i = 0; i < a->list->count; i++) {
        const struct provision *one = &a->list->items[i];
        if (counts(a, one) && times_said(a, one) != times_said(b, one)) {
            return false;
        }
    }
    return true;
}

/* The first day after `day` on which the list begins or ceases to say something. */
static struct date
next_day(const struct provisions *list, struct date day)
{
    struct date next = DATE_OPEN_FUTURE;
    for (size_t i = 0; i < list->count; i++) {
        struct period during = list->items[i].during;
        struct date days[] = {during.from, during.to};
        if (!date_is_open(during.to)) {
            days[1] = date_add_days(during.to, 1);
        }
        for (size_t k = 0; list->items[i].dated && k < ARRAY_COUNT(days); k++) {
            if (date_compare(days[k], day) > 0 && date_compare(days[k], next) < 0) {
                next = days[k];
            }
        }
    }
    return next;
}

struct date
provisions_part(const struct provisions *before, const struct provisions *after,
                struct date from, struct text component)
{
    struct date day = from;
    for (;;) {
        const struct saying a = {before, component, day};
        const struct saying b = {after, component, day};
        if (!says_all(&a, &b) || !says_all(&b, &a)) {
            return day;
        }
        struct date next = next_day(before, day);
        struct date other = next_day(after, day);
        day = date_compare(next, other) < 0 ? next : other;
        if (date_is_open(day)) {
            return day;
        }
    }
}
