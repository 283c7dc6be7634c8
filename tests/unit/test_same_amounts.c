/* SPDX-License-Identifier: Apache-2.0 */
/* From which day on two rule files give other amounts, by what they say. */
#include "defray/provision.h"

#include "support/days.h"

#include <check.h>

#define SAID_MAX 3

struct said { /* of the amounts of presences; value NULL: the end */
    const char *subject, *value, *from, *to; /* from NULL: of any day; to NULL: open */
};

static const struct same_row {
    struct said before[SAID_MAX], after[SAID_MAX];
    const char *part; /* NULL: never */
} rows[] = {
    {{{"plenary", "40.00", "2025-01-01", NULL}},
     {{"plenary", "40.00", "2025-01-01", NULL}},
     NULL        },
 /* More is said, or less. */
    {{{"plenary", "40.00", "2025-01-01", NULL}},
     {{"plenary", "40.00", "2025-01-01", NULL}, {"evening", "20.00", "2025-06-01", NULL}},
     "2025-06-01"},
    {{{"plenary", "40.00", "2025-01-01", NULL}, {"evening", "20.00", "2025-06-01", NULL}},
     {{"plenary", "40.00", "2025-01-01", NULL}},
     "2025-06-01"},
    {{{"plenary", "40.00", NULL, NULL}},
     {{"plenary", "40.00", NULL, NULL}, {"evening", "20.00", NULL, NULL}},
     "2025-01-01"},
 /* The same is said in two parts. */
    {{{"plenary", "40.00", "2025-01-01", "2025-12-31"},
      {"plenary", "40.00", "2026-01-01", NULL}},
     {{"plenary", "40.00", "2025-01-01", NULL}},
     NULL        },
    {{{"plenary", "40.00", "2025-01-01", NULL}},
     {{"plenary", "40.00", "2025-01-01", "2025-12-31"},
      {"plenary", "40.00", "2026-01-01", NULL}},
     NULL        },
    {{{"plenary", "40.00", "2025-01-01", "2025-12-31"},
      {"plenary", "40.00", "2026-01-01", NULL}},
     {{"plenary", "40.00", "2025-01-01", "2026-06-30"},
      {"plenary", "42.00", "2026-07-01", NULL}},
     "2026-07-01"},
 /* A part of what is said is not the same. */
    {{{"plenary", "40.00 €", NULL, NULL}},
     {{"plenary", "40.00", NULL, NULL}},
     "2025-01-01"},
    {{{"plenary", "40.00", NULL, NULL}},
     {{"plenary", "40.00 €", NULL, NULL}},
     "2025-01-01"},
    {{{"plenary", "40.00", NULL, NULL}},
     {{"plenary", "41.00", NULL, NULL}},
     "2025-01-01"},
 /* Why a kind is not paid gives no amount. */
    {{{"not_paid.0", "video: too long", NULL, NULL}},
     {{"not_paid.0", "video: other words", NULL, NULL}},
     NULL        },
    {{{"not_paid.0", "video: words", NULL, NULL}},
     {{"not_paid.0", "evening: words", NULL, NULL}},
     "2025-01-01"},
    {{{"plenary", "a: words", NULL, NULL}},
     {{"plenary", "a: other", NULL, NULL}},
     "2025-01-01"},
};

static struct provisions
list_of(struct arena *keep, const struct said *said)
{
    struct provisions list = {0};
    for (size_t i = 0; i < SAID_MAX && said[i].value != NULL; i++) {
        bool dated = said[i].from != NULL;
        *ARRAY_PUSH(keep, &list) = (struct provision){
            .section = SECTION_STIPEND,
            .subject_key = said[i].subject,
            .item_key = "amount",
            .value = said[i].value,
            .dated = dated,
            .during = {dated ? day(said[i].from) : DATE_NONE,
                       said[i].to == NULL ? DATE_OPEN_FUTURE : day(said[i].to)},
        };
    }
    return list;
}

START_TEST(the_first_day_of_other_amounts)
{
    struct arena keep = arena_reserve((size_t)1 << 16);
    const struct same_row *row = &rows[_i];
    struct provisions before = list_of(&keep, row->before);
    struct provisions after = list_of(&keep, row->after);
    struct date first = day("2025-01-01");
    struct date part = row->part == NULL ? DATE_OPEN_FUTURE : day(row->part);
    ck_assert_int_eq(provisions_part(&before, &after, first, STR("stipend")).day,
                     part.day);
    ck_assert_int_eq(provisions_part(&after, &before, first, STR("stipend")).day,
                     part.day);
    /* Of presences nothing is said to claims. */
    ck_assert(date_is_open(provisions_part(&before, &after, first, STR("parking"))));
    arena_release(keep);
}
END_TEST

/* Of an expense counts what is said of its own category, and of all expenses. */
START_TEST(each_category_for_itself)
{
    static const struct {
        const char *subject;
        bool parking, meal, stipend; /* the same for them */
    } subjects[] = {
        {"parking", false, true,  true},
        {"meal",    true,  false, true},
        {"",        false, false, true},
    };
    struct arena keep = arena_reserve((size_t)1 << 16);
    struct date first = day("2025-01-01");
    for (size_t i = 0; i < ARRAY_COUNT(subjects); i++) {
        struct said said[SAID_MAX] = {
            {subjects[i].subject, "a", NULL, NULL}
        };
        struct provisions before = {0};
        struct provisions after = list_of(&keep, said);
        after.items[0].section = SECTION_EXPENSES;
        ck_assert(date_is_open(provisions_part(&before, &after, first, STR("parking"))) ==
                  subjects[i].parking);
        ck_assert(date_is_open(provisions_part(&before, &after, first, STR("meal"))) ==
                  subjects[i].meal);
        ck_assert(date_is_open(provisions_part(&before, &after, first, STR("stipend"))) ==
                  subjects[i].stipend);
    }
    arena_release(keep);
}
END_TEST

Suite *test_same_amounts_suite(void);

Suite *
test_same_amounts_suite(void)
{
    Suite *suite = suite_create("same_amounts");
    TCase *cases = tcase_create("same_amounts");
    tcase_add_loop_test(cases, the_first_day_of_other_amounts, 0, (int)ARRAY_COUNT(rows));
    tcase_add_test(cases, each_category_for_itself);
    suite_add_tcase(suite, cases);
    return suite;
}
