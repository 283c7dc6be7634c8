/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random lives of a ledger, by seed: sheets are edited, come late, rates change, batches are
 * prepared, approved, exported, sent, rejected, returned, cancelled, reversed, tried again,
 * periods are closed, overpayments recovered, processes end halfway, old copies are put back; by
 * two assemblies at once. After every step, what the test knows of its own must be what the
 * ledger says: what was posted for each right, and paid + carried = due for each person; and
 * every invariant must hold. DEFRAY_STEPS sets how many steps (10 000), DEFRAY_SEED where they
 * start.
 */
#include "support/world.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define STEPS_A_LEDGER 200

static uint64_t
number_from(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? otherwise : strtoull(value, NULL, 10);
}

struct totals {
    size_t refused, batches;
    size_t acts[LEDGER_VERB_COUNT], events[WORLD_EVENT_COUNT];
};

static void
live(uint64_t seed, struct totals *totals)
{
    static struct world world;
    world_open(&world, seed);
    for (int i = 0; i < STEPS_A_LEDGER; i++) {
        struct arena scratch = arena_reserve((size_t)1 << 32);
        struct arena whole = scratch;
        world_step(&world);
        ck_assert(ledger_begin(world.ledger)); /* locked once for all questions */
        world_check_accounts(&scratch, &world);
        if (i % 5 == 0) {
            world_check_rights(&scratch, &world);
        }
        world_check_invariants(&world, i);
        ledger_rollback(world.ledger);
        arena_release(whole);
    }
    totals->refused += world.refused;
    totals->batches += (size_t)world.batch_count;
    for (int i = 0; i < LEDGER_VERB_COUNT; i++) {
        totals->acts[i] += world.done[i];
    }
    for (int i = 0; i < WORLD_EVENT_COUNT; i++) {
        totals->events[i] += world.events[i];
    }
    world_close(&world);
}

START_TEST(every_life_adds_up)
{
    uint64_t steps = number_from("DEFRAY_STEPS", 10000);
    uint64_t seed = number_from("DEFRAY_SEED", 1);
    struct totals totals = {0};
    for (uint64_t done = 0; done < steps; done += STEPS_A_LEDGER, seed++) {
        live(seed, &totals);
    }
    /* A simulation in which nothing happens, or nothing is ever refused, proves nothing. */
    ck_assert_uint_gt(totals.batches, steps / 100);
    ck_assert_uint_gt(totals.refused, steps / 100);
    for (int i = LEDGER_PREPARE + 1; i < LEDGER_VERB_COUNT; i++) {
        ck_assert_msg(totals.acts[i] > steps / 10000, "act %d was done %zu times only", i,
                      totals.acts[i]);
    }
    for (int i = 0; i < WORLD_EVENT_COUNT; i++) {
        ck_assert_msg(totals.events[i] > steps / 2500, "event %d came %zu times only", i,
                      totals.events[i]);
    }
    if (getenv("DEFRAY_STEPS") != NULL) {
        printf("%" PRIu64 " steps: %zu batches, %zu refusals, %zu periods closed, %zu "
               "reversals, %zu recoveries, %zu processes ended, %zu acts repeated, %zu "
               "copies put back and seen, %zu batches prepared again from a copy\n",
               steps, totals.batches, totals.refused, totals.events[WORLD_CLOSED],
               totals.events[WORLD_REVERSED], totals.events[WORLD_COLLECTED],
               totals.events[WORLD_ABANDONED], totals.events[WORLD_REPEATED],
               totals.events[WORLD_RESTORED], totals.events[WORLD_FORKED]);
    }
}
END_TEST

Suite *test_ledger_life_suite(void);

Suite *
test_ledger_life_suite(void)
{
    Suite *suite = suite_create("ledger_life");
    TCase *cases = tcase_create("ledger_life");
    tcase_set_timeout(cases, 100000);
    tcase_add_test(cases, every_life_adds_up);
    suite_add_tcase(suite, cases);
    return suite;
}
