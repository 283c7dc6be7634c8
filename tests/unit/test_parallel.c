/* SPDX-License-Identifier: Apache-2.0 */
/* What comes out of parallel work does not depend on how many processors there are. */
#define _GNU_SOURCE 1

#include "defray/parallel.h"

#include <check.h>
#include <sched.h>
#include <stdbool.h>
#include <string.h>

#define PARTS_MAX 500

struct sum {
    size_t parts;
    size_t placed, taken;
    uint64_t running; /* in the order of parts */
    uint64_t seen[PARTS_MAX];
    unsigned ran[PARTS_MAX];
    bool in_order;
};

struct made {
    size_t part;
    uint64_t value, before;
    char *text;
};

/* Uneven work, so that later parts are ready before earlier ones. */
static uint64_t
value_of(size_t part)
{
    uint64_t value = part + 1;
    for (size_t i = 0; i < (part * 7919) % 5000; i++) {
        value = value * UINT64_C(6364136223846793005) + 1442695040888963407U;
    }
    return value;
}

static void *
make(void *context, size_t part, struct arena *arena)
{
    struct sum *sum = context;
    struct made *made = NEW(arena, struct made);
    made->part = part;
    made->value = value_of(part);
    made->text = NEW_ARRAY(arena, char, 100 + part % 4000);
    memset(made->text, (int)('a' + part % 26), 99 + part % 4000);
    sum->ran[part]++;
    return made;
}

static void
place(void *context, size_t part, void *given)
{
    struct sum *sum = context;
    struct made *made = given;
    sum->in_order = sum->in_order && part == sum->placed++ && made->part == part;
    made->before = sum->running;
    sum->running += made->value;
}

static void
finish(void *context, size_t part, void *given, struct arena *arena)
{
    struct made *made = given;
    (void)context;
    (void)arena;
    made->value += made->before * (part + 1);
}

static void
take(void *context, size_t part, void *given, struct arena *arena)
{
    struct sum *sum = context;
    struct made *made = given;
    (void)arena;
    sum->in_order = sum->in_order && part == sum->taken++ && made->part == part &&
                    strlen(made->text) == 99 + part % 4000;
    sum->seen[part] = made->value;
}

static struct sum
run(size_t parts)
{
    struct arena scratch = arena_reserve((size_t)1 << 24);
    struct sum sum = {.parts = parts, .in_order = true};
    const struct parallel_work work = {.context = &sum,
                                       .parts = parts,
                                       .make = make,
                                       .place = place,
                                       .finish = finish,
                                       .take = take};
    parallel_in_order(scratch, &work);
    arena_release(scratch);
    return sum;
}

static const size_t part_counts[] = {0, 1, 7, 8, 9, 31, 500};

START_TEST(one_processor_and_all_give_the_same)
{
    size_t parts = part_counts[(size_t)_i];
    cpu_set_t before;
    cpu_set_t one;
    struct sum all = run(parts);
    ck_assert_int_eq(sched_getaffinity(0, sizeof before, &before), 0);
    CPU_ZERO(&one);
    for (size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; cpu++) {
        if (CPU_ISSET(cpu, &before)) {
            CPU_SET(cpu, &one);
        }
    }
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
    ck_assert_uint_eq(parallel_processors(), 1);
    struct sum alone = run(parts);
    ck_assert_int_eq(sched_setaffinity(0, sizeof before, &before), 0);
    ck_assert(all.in_order && alone.in_order);
    ck_assert_uint_eq(all.taken, parts);
    ck_assert_uint_eq(alone.placed, parts);
    for (size_t i = 0; i < parts; i++) {
        ck_assert_uint_eq(all.ran[i], 1u);
        ck_assert_uint_eq(all.seen[i], alone.seen[i]);
    }
}
END_TEST

Suite *test_parallel_suite(void);

Suite *
test_parallel_suite(void)
{
    Suite *suite = suite_create("parallel");
    TCase *tcase = tcase_create("parallel");
    tcase_add_loop_test(tcase, one_processor_and_all_give_the_same, 0,
                        (int)ARRAY_COUNT(part_counts));
    suite_add_tcase(suite, tcase);
    return suite;
}
