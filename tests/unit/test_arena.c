/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of arenas and growing arrays. */
#include "defray/arena.h"

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MEBIBYTE ((size_t)1 << 20)

/* For long loops: Check notes every assertion that it passes, and that takes time. */
#define MUST(condition)                     \
    do {                                    \
        if (!(condition)) {                 \
            ck_abort_msg("%s", #condition); \
        }                                   \
    } while (0)

struct numbers ARRAY_OF(uint64_t);

static bool
all_zero(const void *block, size_t size)
{
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

START_TEST(memory_is_zeroed_even_when_used_before)
{
    struct arena keep = arena_reserve(4 * MEBIBYTE);
    for (int round = 0; round < 3; round++) {
        struct arena scratch = keep;
        char *block = NEW_ARRAY(&scratch, char, 100000);
        ck_assert(all_zero(block, 100000));
        memset(block, 0xA5, 100000);
    }
    arena_release(keep);
}
END_TEST

START_TEST(blocks_are_aligned_and_apart)
{
    struct arena start = arena_reserve(MEBIBYTE);
    struct arena keep = start;
    char *end = keep.next;
    for (size_t align = 1; align <= 64; align *= 2) {
        for (size_t size = 1; size < 20; size++) {
            char *block = arena_alloc(&keep, 3, size, align);
            MUST((uintptr_t)block % align == 0);
            MUST(block >= end);
            end = block + 3 * size;
            MUST(end <= keep.next);
        }
    }
    ck_assert_ptr_nonnull(arena_alloc(&keep, 0, 8, 8));
    arena_release(start);
}
END_TEST

START_TEST(an_exhausted_arena_ends_with_status_5)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    arena_alloc(&keep, MEBIBYTE + 1, 1, 1);
}
END_TEST

START_TEST(an_overflowing_size_ends_with_status_5)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    /* The product is 16 if it is allowed to wrap. */
    arena_alloc(&keep, SIZE_MAX / 16 + 2, 16, 1);
}
END_TEST

START_TEST(a_text_that_does_not_fit_ends_with_status_5)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    keep.next = keep.end - 4;
    arena_printf(&keep, "%s", "1234");
}
END_TEST

START_TEST(a_text_that_just_fits_is_whole)
{
    struct arena start = arena_reserve(MEBIBYTE);
    struct arena keep = start;
    keep.next = keep.end - 5;
    ck_assert_str_eq(arena_printf(&keep, "%s", "1234"), "1234");
    ck_assert_ptr_eq(keep.next, keep.end);
    arena_release(start);
}
END_TEST

START_TEST(a_reservation_no_machine_grants_is_made_smaller)
{
    struct arena keep = arena_reserve((size_t)1 << 62);
    ck_assert_uint_ge((size_t)(keep.end - keep.next), MEBIBYTE);
    char *block = NEW_ARRAY(&keep, char, 1000);
    ck_assert(all_zero(block, 1000));
}
END_TEST

START_TEST(an_array_alone_grows_in_place)
{
    struct arena start = arena_reserve(64 * MEBIBYTE);
    struct arena keep = start;
    struct numbers numbers = {0};
    for (uint64_t i = 0; i < 100000; i++) {
        uint64_t *last = ARRAY_PUSH(&keep, &numbers);
        MUST(*last == 0);
        *last = i;
    }
    MUST((char *)numbers.items == start.next);
    MUST(numbers.count == 100000);
    for (uint64_t i = 0; i < numbers.count; i++) {
        MUST(numbers.items[i] == i);
    }
    arena_release(start);
}
END_TEST

#ifdef __SANITIZE_ADDRESS__
static int
byte_past(const char *block, size_t size)
{
    volatile const char *past = block + size;
    return *past;
}

/* The sanitizer ends the process with status 1. */
START_TEST(a_step_past_a_block_is_seen)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    struct arena scratch = keep;
    memset(arena_alloc(&scratch, 100, 1, 1), 1, 100); /* what lies there is no excuse */
    const char *block = NEW_ARRAY(&keep, char, 13);
    (void)NEW_ARRAY(&keep, char, 13);
    exit(byte_past(block, 13));
}
END_TEST

START_TEST(a_step_past_a_text_is_seen)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    exit(byte_past(arena_printf(&keep, "%s", "1234"), 5));
}
END_TEST

START_TEST(a_step_past_an_array_that_grew_is_seen)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    struct numbers numbers = {0};
    for (uint64_t i = 0; i < 17; i++) {
        *ARRAY_PUSH(&keep, &numbers) = i;
    }
    exit(byte_past((const char *)numbers.items, 32 * sizeof(uint64_t)));
}
END_TEST
#endif

START_TEST(two_arrays_that_alternate_keep_their_items)
{
    struct arena start = arena_reserve(64 * MEBIBYTE);
    struct arena keep = start;
    struct numbers even = {0};
    struct numbers odd = {0};
    for (uint64_t i = 0; i < 20000; i++) {
        uint64_t *last = ARRAY_PUSH(&keep, i % 2 == 0 ? &even : &odd);
        MUST(*last == 0);
        *last = i;
    }
    for (uint64_t i = 0; i < 10000; i++) {
        MUST(even.items[i] == 2 * i);
        MUST(odd.items[i] == 2 * i + 1);
    }
    arena_release(start);
}
END_TEST

Suite *test_arena_suite(void);

Suite *
test_arena_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");
    tcase_add_test(tests, memory_is_zeroed_even_when_used_before);
    tcase_add_test(tests, blocks_are_aligned_and_apart);
#ifdef __SANITIZE_ADDRESS__
    tcase_add_exit_test(tests, a_step_past_a_block_is_seen, 1);
    tcase_add_exit_test(tests, a_step_past_a_text_is_seen, 1);
    tcase_add_exit_test(tests, a_step_past_an_array_that_grew_is_seen, 1);
#endif
    tcase_add_exit_test(tests, an_exhausted_arena_ends_with_status_5, 5);
    tcase_add_exit_test(tests, an_overflowing_size_ends_with_status_5, 5);
    tcase_add_exit_test(tests, a_text_that_does_not_fit_ends_with_status_5, 5);
    tcase_add_test(tests, a_text_that_just_fits_is_whole);
    tcase_add_test(tests, a_reservation_no_machine_grants_is_made_smaller);
    tcase_add_test(tests, an_array_alone_grows_in_place);
    tcase_add_test(tests, two_arrays_that_alternate_keep_their_items);
    suite_add_tcase(suite, tests);
    return suite;
}
