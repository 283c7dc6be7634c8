/* SPDX-License-Identifier: Apache-2.0 */
/* The books of a simulated ledger, and the checks against them. */
#include "world.h"

#include "invent.h"
#include "memory_disk.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FILE_BYTES_MAX ((size_t)1 << 26)

unsigned
world_below(struct world *world, unsigned most)
{
    if (world->choices != NULL) {
        unsigned choice = world->choice_count > 0 ? *world->choices : 0;
        world->choices += world->choice_count > 0;
        world->choice_count -= world->choice_count > 0;
        return choice % most;
    }
    return (unsigned)(invent_number(&world->seed) % most);
}

struct batch *
world_batch(struct arena *keep, struct world *world, int assembly, int month)
{
    return town_batch(keep, &world->towns[assembly], month, world->diag);
}

void
world_open(struct world *world, uint64_t seed)
{
    memset(world, 0, sizeof *world);
    world->start = arena_reserve((size_t)1 << 33);
    world->keep = world->start;
    world->diag = diag_new(&world->keep, LANGUAGE_EN);
    world->first_seed = seed;
    world->seed = seed * 2654435761u + 1;
    world->ledger = town_ledger(&world->keep, world->diag, &world->path);
    world->noted = "";
    for (int a = 0; a < WORLD_ASSEMBLIES; a++) {
        world->towns[a] = (struct town){.number = a,
                                        .members = WORLD_MEMBERS,
                                        .rate = 4000,
                                        .recovers = a == 1,
                                        .keeps_back = a == 1 ? 25 : 0,
                                        .retroactive = a == 0};
        world->everyone[a] = world_batch(&world->keep, world, a, WORLD_MONTHS - 1);
        ck_assert(town_confirm(world->ledger, world->everyone[a]));
    }
    world_note_head(world);
}

void
world_close(struct world *world)
{
    struct arena start = world->start;
    ledger_close(world->ledger);
    town_remove(&world->keep, world->path);
    arena_release(start);
}

static struct text
file_bytes(struct arena *keep, const char *path, struct diag *diag)
{
    if (memory_disk_in_use()) {
        return text_copy(keep, memory_disk_bytes(path));
    }
    struct input *input = input_read(keep, text_of(path), FILE_BYTES_MAX, true, diag);
    ck_assert_ptr_nonnull(input);
    return input->bytes;
}

static void
put_file(const char *path, struct text bytes)
{
    if (memory_disk_in_use()) {
        memory_disk_put(path, bytes);
        return;
    }
    FILE *out = fopen(path, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.size, out), bytes.size);
    ck_assert_int_eq(fclose(out), 0);
}

struct town_copy
world_copy(struct arena *keep, const struct world *world)
{
    const char *identities = arena_printf(keep, "%s.identities", world->path);
    return (struct town_copy){.ledger = file_bytes(keep, world->path, world->diag),
                              .identities = file_bytes(keep, identities, world->diag)};
}

void
world_put(const struct world *world, const struct town_copy *copy)
{
    char identities[256];
    snprintf(identities, sizeof identities, "%s.identities", world->path);
    put_file(world->path, copy->ledger);
    put_file(identities, copy->identities);
}

void
world_reopen(struct world *world)
{
    ledger_close(world->ledger);
    world->ledger = ledger_open(&world->keep, world->path, true, world->diag);
    ck_assert_msg(world->ledger != NULL, "seed %" PRIu64 ": it does not open",
                  world->first_seed);
}

void
world_note_head(struct world *world)
{
    world->noted = arena_printf(&world->keep, "%s%s\n", world->noted,
                                ledger_head(&world->keep, world->ledger));
}

bool
world_continues(struct world *world, size_t size)
{
    struct input *anchor =
        input_of(&world->keep, STR("anchor"), (struct text){world->noted, size});
    return ledger_verify_anchor(world->ledger, anchor);
}

int64_t
world_unpaid(const struct world *world, int assembly, int member)
{
    int64_t sum = 0;
    for (int d = 0; d < WORLD_DAYS; d++) {
        sum += world->posted[assembly][member][d];
    }
    for (int b = 0; b < world->batch_count; b++) {
        const struct known_batch *known = &world->batches[b];
        bool live = known->assembly == assembly && known->live[member];
        sum -= live ? known->payments[member] : 0;
    }
    return sum;
}

int64_t
world_received(const struct world *world, int assembly, int member)
{
    int64_t sum = 0;
    for (int b = 0; b < world->batch_count; b++) {
        const struct known_batch *known = &world->batches[b];
        bool has = known->assembly == assembly && known->sent && known->live[member];
        sum += has ? known->payments[member] : 0;
    }
    return sum;
}

/* Whether an earlier batch that was not cancelled has the right, perhaps at nothing by now. */
static bool
is_known(const struct world *world, const struct known_batch *until,
         const struct change *one)
{
    for (const struct known_batch *known = world->batches; known < until; known++) {
        for (size_t i = 0; i < known->changes.count; i++) {
            const struct change *was = &known->changes.items[i];
            if (known->assembly == until->assembly && !known->cancelled &&
                was->member == one->member && was->day == one->day) {
                return true;
            }
        }
    }
    return false;
}

/* Where overpayments are carried over, the books know each payment to the cent. Where they are
 * recovered, at most a share of what is new is kept back, whatever the same run takes back. */
void
world_check_payments(const struct world *world, const struct known_batch *known)
{
    const struct town *town = &world->towns[known->assembly];
    int64_t fresh[WORLD_MEMBERS] = {0};
    for (int m = 0; m < WORLD_MEMBERS && known->assembly == 0; m++) {
        int64_t left = world_unpaid(world, 0, m);
        ck_assert_msg(known->payments[m] == 0 ? left <= 0 || world->held[0][m]
                                              : left == 0,
                      "batch %" PRId64 " pays M%d %" PRId64 ", and leaves %" PRId64,
                      known->number, m, known->payments[m], left);
        ck_assert_msg(known->payments[m] == 0 || !world->held[0][m], "M%d was held", m);
    }
    for (size_t i = 0; i < known->changes.count && known->assembly == 1; i++) {
        const struct change *one = &known->changes.items[i];
        ck_assert_msg(one->before == 0 || one->after == 0,
                      "a rate reached back without a text");
        fresh[one->member] += is_known(world, known, one) ? 0 : one->after;
    }
    for (int m = 0; m < WORLD_MEMBERS && known->assembly == 1; m++) {
        int64_t least = fresh[m] - fresh[m] * town->keeps_back / 100;
        ck_assert_msg(known->payments[m] >= least || world->held[1][m],
                      "batch %" PRId64 " pays M%d %" PRId64 " of %" PRId64
                      " that are new",
                      known->number, m, known->payments[m], fresh[m]);
    }
}

int64_t
world_due(const struct world *world, int assembly, int member, int day)
{
    const struct town *town = &world->towns[assembly];
    return town->present[member][day] ? town->rate : 0;
}

struct digest
world_references(const struct order *order)
{
    struct digester digester = digester_new();
    for (size_t i = 0; i < order->payment_count; i++) {
        digester_add(&digester, order->payments[i].end_to_end.data,
                     order->payments[i].end_to_end.size);
    }
    return digester_finish(&digester);
}

void
world_check_invariants(struct world *world, int step)
{
    bool good = ledger_verify(world->ledger);
    if (!good) {
        world->diag =
            diag_new(&world->keep, LANGUAGE_EN); /* its places are still there */
        world_reopen(world);
        (void)ledger_verify(world->ledger);
        diag_print(world->diag, stderr, (struct diag_style){0});
    }
    ck_assert_msg(good, "seed %" PRIu64 ", step %d: an invariant does not hold",
                  world->first_seed, step);
}

int
world_day(struct date day)
{
    char text[DATE_TEXT_MAX];
    date_text(day, text);
    int d = 0;
    while (d < WORLD_DAYS && strcmp(text, town_day(d)) != 0) {
        d++;
    }
    return d;
}

/* Paid, less what was recovered, and carried = due, person by person. */
void
world_check_accounts(struct arena *keep, struct world *world)
{
    size_t count = 0;
    const struct ledger_account *accounts = ledger_accounts(keep, world->ledger, &count);
    for (int at = 0; at < WORLD_ASSEMBLIES * WORLD_MEMBERS; at++) {
        int a = at / WORLD_MEMBERS;
        int m = at % WORLD_MEMBERS;
        int64_t carried = 0;
        const char *id = arena_printf(keep, "M%d", m);
        const char *assembly = arena_printf(keep, "town%d", a);
        for (size_t i = 0; i < count; i++) {
            if (text_equals(accounts[i].id, text_of(id)) &&
                text_equals(accounts[i].assembly, text_of(assembly))) {
                carried = accounts[i].balance.cents - accounts[i].receivable.cents;
            }
        }
        int64_t expected = world_unpaid(world, a, m) + world->collected[a][m];
        ck_assert_msg(carried == expected,
                      "seed %" PRIu64 ": %s of %s: carried %" PRId64
                      ", by the books %" PRId64,
                      world->first_seed, id, assembly, carried, expected);
    }
}

/* What the ledger says was posted for each right is what the books say: nothing twice. */
void
world_check_rights(struct arena *keep, struct world *world)
{
    struct date first;
    date_make(2026, 1, 1, &first);
    for (int a = 0; a < WORLD_ASSEMBLIES; a++) {
        const struct history *history = ledger_history(
            keep, world->ledger, world->everyone[a], first, town_alice.actor);
        ck_assert_ptr_nonnull(history);
        for (int m = 0; m < WORLD_MEMBERS; m++) {
            int64_t posted[WORLD_DAYS + 1] = {0};
            for (size_t i = history->first[m]; i < history->first[m + 1]; i++) {
                posted[world_day(history->items[i].right.day)] +=
                    history->items[i].amount.cents;
            }
            ck_assert_int_eq(posted[WORLD_DAYS], 0);
            for (int d = 0; d < WORLD_DAYS; d++) {
                ck_assert_msg(posted[d] == world->posted[a][m][d],
                              "seed %" PRIu64 ": M%d of town%d on %s: %" PRId64
                              " in the ledger, %" PRId64 " by the books",
                              world->first_seed, m, a, town_day(d), posted[d],
                              world->posted[a][m][d]);
            }
        }
    }
}
