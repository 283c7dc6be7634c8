/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life of a ledger whose acts the bytes choose: sheets edited, batches prepared, approved,
 * exported, rejected, reversed, periods closed, old copies put back. After every act the ledger
 * must say what the books of the simulation say; at the end every invariant must hold.
 */
#include "support/fuzzed.h"
#include "support/memory_disk.h"
#include "support/world.h"

#include <string.h>

#define ACTS_MAX 48

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A ledger in which nothing has happened, made once. */
static struct world *
new_world(void)
{
    static struct world made;
    static struct world now;
    static struct town_copy empty;
    memory_disk_begin();
    if (made.path == NULL) {
        world_open(&made, 1);
        empty = world_copy(&made.keep, &made);
        ledger_close(made.ledger);
        town_remove(&made.keep, made.path);
        made.path = memory_disk_path();
    }
    memory_disk_clear();
    memcpy(&now, &made, sizeof now);
    now.diag = diag_new(&now.keep, LANGUAGE_EN);
    now.ledger = NULL;
    world_put(&now, &empty);
    world_reopen(&now);
    return &now;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct world *world = new_world();
    struct arena start = fuzzed_begin();
    world->choices = bytes;
    world->choice_count = size;
    for (int i = 0; i < ACTS_MAX && world->choice_count > 0; i++) {
        struct arena scratch = start;
        world_step(world);
        world_check_accounts(&scratch, world);
    }
    struct arena scratch = start;
    world_check_rights(&scratch, world);
    world_check_invariants(world, 0);
    ledger_close(world->ledger);
    fuzzed_end(start);
    memory_disk_end();
    return 0;
}
