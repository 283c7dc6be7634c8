/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of the map. */
#include "defray/map.h"

#include <check.h>

#define KEYS 50000

/* For long loops: Check notes every assertion that it passes, and that takes time. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) {                 \
            ck_abort_msg("%s", #condition); \
        }                                   \
    } while (0)

START_TEST(an_empty_map_finds_nothing)
{
    struct map map = {0};
    ck_assert_uint_eq(map_find(&map, STR("a")), MAP_NONE);
    ck_assert_uint_eq(map_find(&map, STR("")), MAP_NONE);
}
END_TEST

START_TEST(the_first_value_stays)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct map map = {0};
    ck_assert_uint_eq(map_insert(&keep, &map, STR("a"), 7), 7);
    ck_assert_uint_eq(map_insert(&keep, &map, STR("a"), 8), 7);
    ck_assert_uint_eq(map_find(&map, STR("a")), 7);
    ck_assert_uint_eq(map.count, 1);
}
END_TEST

START_TEST(the_empty_key_is_a_key)
{
    struct arena keep = arena_reserve((size_t)1 << 20);
    struct map map = {0};
    ck_assert_uint_eq(map_insert(&keep, &map, (struct text){NULL, 0}, 3), 3);
    ck_assert_uint_eq(map_insert(&keep, &map, STR(""), 4), 3);
    ck_assert_uint_eq(map_find(&map, STR("")), 3);
    ck_assert_uint_eq(map.count, 1);
}
END_TEST

START_TEST(many_keys_are_all_found)
{
    struct arena keep = arena_reserve((size_t)64 << 20);
    struct map map = {0};
    for (uint32_t i = 0; i < KEYS; i++) {
        struct text key = text_of(arena_printf(&keep, "P%06u", (unsigned)i));
        MUST(map_insert(&keep, &map, key, i) == i);
    }
    MUST(map.count == KEYS);
    MUST(map.capacity >= 2 * KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        struct arena scratch = keep;
        struct text key = text_of(arena_printf(&scratch, "P%06u", (unsigned)i));
        MUST(map_find(&map, key) == i);
        struct text other = text_of(arena_printf(&scratch, "p%06u", (unsigned)i));
        MUST(map_find(&map, other) == MAP_NONE);
    }
}
END_TEST

Suite *test_map_suite(void);

Suite *
test_map_suite(void)
{
    Suite *suite = suite_create("map");
    TCase *tests = tcase_create("map");
    tcase_add_test(tests, an_empty_map_finds_nothing);
    tcase_add_test(tests, the_first_value_stays);
    tcase_add_test(tests, the_empty_key_is_a_key);
    tcase_add_test(tests, many_keys_are_all_found);
    suite_add_tcase(suite, tests);
    return suite;
}
