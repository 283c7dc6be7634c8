/* SPDX-License-Identifier: Apache-2.0 */
/* Contracts of arenas and growing arrays. */
#define _GNU_SOURCE 1

#include "defray/arena.h"

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MEBIBYTE ((size_t)1 << 20)
#define GIBIBYTE ((size_t)1 << 30)
#define PAGE     ((size_t)4096)
#define AHEAD    (10 * PAGE) /* at least so much is asked for at a time */

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

/* Bytes of the arena's pages that are there. */
static size_t
resident(struct arena start, size_t bytes)
{
    static unsigned char pages[4096];
    size_t count = (bytes + PAGE - 1) / PAGE;
    ck_assert_uint_le(count, ARRAY_COUNT(pages));
    ck_assert_int_eq(mincore(start.next, count * PAGE, pages), 0);
    size_t there = 0;
    for (size_t i = 0; i < count; i++) {
        there += (pages[i] & 1U) * PAGE;
    }
    return there;
}

START_TEST(no_more_pages_are_there_than_a_quarter_of_what_is_used)
{
    struct arena start = arena_reserve(16 * MEBIBYTE);
    struct arena keep = start;
    ck_assert_uint_eq(resident(start, 16 * MEBIBYTE), 0);
    for (size_t used = 0; used < 4 * MEBIBYTE; used += 1000) {
        (void)arena_alloc(&keep, 1000, 1, 1);
        if (used % (64 * 1000) == 0) {
            size_t there = resident(start, 16 * MEBIBYTE);
            size_t most = (size_t)(keep.next - start.next) / 4 * 5 + AHEAD;
            ck_assert_msg(there <= most, "of %zu used, %zu are there", used, there);
        }
    }
    arena_release(start);
}
END_TEST

START_TEST(what_may_stay_empty_is_not_there)
{
    struct arena start = arena_reserve(16 * MEBIBYTE);
    struct arena keep = start;
    (void)arena_room(&keep, 8 * MEBIBYTE);
    ck_assert_uint_eq(resident(start, 16 * MEBIBYTE), 0);
    keep.next += 4 * MEBIBYTE; /* nor what was passed over */
    (void)NEW(&keep, int);
    ck_assert_uint_le(resident(start, 16 * MEBIBYTE), AHEAD);
    arena_release(start);
}
END_TEST

START_TEST(parts_of_an_arena_are_apart)
{
    struct arena start = arena_reserve(16 * MEBIBYTE);
    for (int round = 0; round < 300; round++) { /* at the same places, and at others */
        struct arena rest = start;
        struct arena first = arena_part(&rest, 1000 + (size_t)round % 3 * 5000);
        struct arena half = arena_share(&rest, 2);
        ck_assert(first.end <= half.next && half.end <= rest.next);
        ck_assert_ptr_eq(rest.end, start.end);
        char *of_first = NEW_ARRAY(&first, char, 900);
        char *of_half = NEW_ARRAY(&half, char, 70000);
        char *of_rest = NEW_ARRAY(&rest, char, 70000);
        ck_assert(all_zero(of_first, 900) && all_zero(of_half, 70000));
        ck_assert(all_zero(of_rest, 70000));
        memset(of_first, 1, 900);
        memset(of_half, 2, 70000);
        memset(of_rest, 3, 70000);
        ck_assert(of_first[899] == 1 && of_half[69999] == 2);
    }
    arena_release(start);
}
END_TEST

START_TEST(a_part_larger_than_the_rest_ends_with_status_5)
{
    struct arena keep = arena_reserve(MEBIBYTE);
    (void)arena_part(&keep, (size_t)(keep.end - keep.next) + 1);
}
END_TEST

/* Where an arena was, others may lie: what the system gives next is at the same place. */
static void
no_guard_was_left(void)
{
    struct arena again = arena_reserve(MEBIBYTE);
    memset(again.next, 1, MEBIBYTE);
    arena_release(again);
}

START_TEST(any_number_of_reservations_can_be_used)
{
    struct arena starts[600];
    for (size_t i = 0; i < ARRAY_COUNT(starts); i++) {
        starts[i] = arena_reserve(MEBIBYTE);
        struct arena keep = starts[i];
        char *block = NEW_ARRAY(&keep, char, 5000);
        memset(block, (int)(i % 100), 5000);
        struct arena half = arena_share(&keep, 2);
        memset(NEW_ARRAY(&half, char, 5000), 0x55, 5000);
        memset(NEW_ARRAY(&keep, char, 5000), 0x66, 5000);
        MUST(block[4999] == (char)(i % 100));
    }
    for (size_t i = 0; i < ARRAY_COUNT(starts); i++) {
        arena_release(starts[i]);
    }
    no_guard_was_left();
}
END_TEST

START_TEST(what_a_window_holds_stays)
{
    struct arena start = arena_reserve(MEBIBYTE);
    struct arena keep = start;
    char *windows = keep.next;
    keep.next += 20000;
    struct arena one = arena_window(windows, windows + 10000);
    struct arena two = arena_window(windows + 10000, windows + 20000);
    const char *first = arena_printf(&one, "%s", "first");
    const char *second = arena_printf(&two, "%s", "second");
    arena_close(&keep, one);
    arena_close(&keep, two);
    ck_assert_str_eq(first, "first");
    ck_assert_str_eq(second, "second");
    arena_release(start);
    no_guard_was_left();
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

START_TEST(what_is_given_back_is_taken_again_empty)
{
    static const size_t used[] = {100, 10000, 40000, 100000, 3 * MEBIBYTE};
    for (size_t i = 0; i < ARRAY_COUNT(used); i++) {
        struct arena start = arena_reserve(GIBIBYTE);
        struct arena keep = start;
        struct arena half = arena_share(&keep, 2);
        memset(NEW_ARRAY(&half, char, used[i]), 0xA5, used[i]);
        memset(NEW_ARRAY(&keep, char, used[i]), 0xA5, used[i]);
        (void)arena_printf(&half, "%0100000d", 1); /* where no pages were asked for */
        arena_release(start);

        struct arena again = arena_reserve(GIBIBYTE);
        ck_assert(used[i] > 10000 || again.next == start.next);
        ck_assert_uint_eq((size_t)(again.end - again.next), GIBIBYTE);
        ck_assert_uint_le(resident(again, 8 * MEBIBYTE), 64 * 1024);
        struct arena beside = arena_reserve(GIBIBYTE);
        ck_assert(beside.end <= again.next || again.end <= beside.next);
        struct arena larger = arena_reserve(2 * GIBIBYTE);
        ck_assert_uint_eq((size_t)(larger.end - larger.next), 2 * GIBIBYTE);
        struct arena rest = again;
        struct arena half_again = arena_share(&rest, 2);
        ck_assert(all_zero(arena_room(&half_again, 4 * MEBIBYTE), 4 * MEBIBYTE));
        ck_assert(all_zero(arena_room(&rest, 4 * MEBIBYTE), 4 * MEBIBYTE));
        arena_release(larger);
        arena_release(beside);
        arena_release(again);
    }
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
    tcase_add_test(tests, no_more_pages_are_there_than_a_quarter_of_what_is_used);
    tcase_add_test(tests, what_may_stay_empty_is_not_there);
    tcase_add_test(tests, parts_of_an_arena_are_apart);
    tcase_add_exit_test(tests, a_part_larger_than_the_rest_ends_with_status_5, 5);
    tcase_add_test(tests, any_number_of_reservations_can_be_used);
    tcase_add_test(tests, what_a_window_holds_stays);
    tcase_add_exit_test(tests, an_exhausted_arena_ends_with_status_5, 5);
    tcase_add_exit_test(tests, an_overflowing_size_ends_with_status_5, 5);
    tcase_add_exit_test(tests, a_text_that_does_not_fit_ends_with_status_5, 5);
    tcase_add_test(tests, a_text_that_just_fits_is_whole);
    tcase_add_test(tests, a_reservation_no_machine_grants_is_made_smaller);
    tcase_add_test(tests, what_is_given_back_is_taken_again_empty);
    tcase_add_test(tests, an_array_alone_grows_in_place);
    tcase_add_test(tests, two_arrays_that_alternate_keep_their_items);
    suite_add_tcase(suite, tests);
    return suite;
}
