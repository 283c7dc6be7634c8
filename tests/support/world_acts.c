/* SPDX-License-Identifier: Apache-2.0 */
/* What may happen in the life of a ledger: acts of offices that do their work, err, and repeat
 * themselves, processes that end halfway, old copies that are put back. */
#include "world.h"

#include <check.h>
#include <inttypes.h>
#include <string.h>

#define AMOUNT_STEP 500 /* cents */
#define TRIES       8

/* What came back from recording: the payments, and the changes that the test expects. */
static void
note_batch(struct arena *keep, struct world *world, int assembly, int64_t number,
           int first, int last)
{
    struct known_batch *known = &world->batches[world->batch_count++];
    *known = (struct known_batch){.number = number, .assembly = assembly};
    for (int m = 0; m < WORLD_MEMBERS; m++) {
        for (int d = first; d < last; d++) {
            int64_t due = world_due(world, assembly, m, d);
            int64_t *posted = &world->posted[assembly][m][d];
            if (*posted != due) {
                *ARRAY_PUSH(&world->keep, &known->changes) =
                    (struct change){m, d, *posted, due};
                *posted = due;
            }
        }
    }
    const struct order *order = ledger_order(keep, world->ledger, number);
    ck_assert_ptr_nonnull(order);
    known->references = world_references(order);
    for (size_t i = 0; i < order->payment_count; i++) {
        int m = order->payments[i].id.data[1] - '0';
        ck_assert_int_ge(order->payments[i].amount.cents, 1);
        ck_assert_int_eq(known->payments[m], 0);
        known->payments[m] = order->payments[i].amount.cents;
        known->live[m] = true;
    }
    world_check_payments(world, known);
    world_note_head(world);
}

/* Nothing to post and nothing owed: then nothing may be recorded. */
static bool
has_changes(const struct world *world, int assembly, int first, int last)
{
    for (int m = 0; m < WORLD_MEMBERS; m++) {
        for (int d = first; d < last; d++) {
            if (world->posted[assembly][m][d] != world_due(world, assembly, m, d)) {
                return true;
            }
        }
    }
    return false;
}

/* The copy made before a batch was prepared is put back: the head that was noted since gives it
 * away; and preparing again gives the very references that the bank has seen. */
static void
prepare_again(struct arena *scratch, struct world *world, struct batch *batch,
              struct date from, const struct town_copy *before)
{
    struct town_copy now = world_copy(scratch, world);
    struct known_batch *known = &world->batches[world->batch_count - 1];
    struct recorded recorded = {0};
    ledger_close(world->ledger);
    world_put(world, before);
    world->ledger = NULL;
    world_reopen(world);
    ck_assert_msg(!world_continues(world, strlen(world->noted)),
                  "seed %" PRIu64 ": an old copy was not seen", world->first_seed);
    ck_assert(town_prepare(scratch, world->ledger, batch, from, &recorded));
    ck_assert_int_eq(recorded.batch, known->number);
    const struct order *order = ledger_order(scratch, world->ledger, recorded.batch);
    struct digest references = world_references(order);
    ck_assert_mem_eq(references.bytes, known->references.bytes, 32);
    ledger_close(world->ledger);
    world_put(world, &now);
    world->ledger = NULL;
    world_reopen(world);
    ck_assert(world_continues(world, strlen(world->noted)));
    world->events[WORLD_FORKED]++;
}

static void
prepare(struct world *world)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    int assembly = (int)world_below(world, WORLD_ASSEMBLIES);
    int month = (int)world_below(world, WORLD_MONTHS);
    int since = (int)world_below(world, (unsigned)month + 1);
    int first = since * WORLD_SESSIONS;
    int last = (month + 1) * WORLD_SESSIONS;
    struct batch *batch = world_batch(&scratch, world, assembly, month);
    struct date from = batch->period.from;
    struct recorded recorded = {0};
    struct town_copy before = {0};
    bool forks = world_below(world, 16) == 0;
    size_t errors = diag_errors(world->diag);
    if (world->batch_count + 2 < WORLD_BATCHES_MAX) {
        if (since < month) {
            date_parse_iso(text_of(town_day(first)), &from);
        }
        if (forks) {
            before = world_copy(&scratch, world);
        }
        if (town_prepare(&scratch, world->ledger, batch, from, &recorded)) {
            ck_assert_msg(!world->closed[assembly][month], "prepared in a closed period");
            ck_assert_msg(recorded.batch > 0 ||
                              !has_changes(world, assembly, first, last),
                          "differences were not recorded");
        } else {
            ck_assert_uint_gt(diag_errors(world->diag), errors);
            world->refused++;
        }
        if (recorded.batch > 0) {
            note_batch(&scratch, world, assembly, recorded.batch, first, last);
        }
        if (recorded.batch > 0 && forks) {
            prepare_again(&scratch, world, batch, from, &before);
        }
    }
    arena_release(start);
}

/* One of the last batches; the older ones are mostly done with. */
static struct known_batch *
any_batch(struct world *world)
{
    int recent = world->batch_count < 3 ? world->batch_count : 3;
    int back = world_below(world, 8) == 0 ? world->batch_count : recent;
    return &world->batches[world->batch_count - 1 -
                           (int)world_below(world, (unsigned)back)];
}

/* What an act that was done means for the books. */
static void
note_act(struct world *world, enum ledger_verb verb, struct known_batch *known, int m)
{
    if (verb == LEDGER_CANCEL) {
        for (size_t i = known->changes.count; i > 0; i--) {
            const struct change *one = &known->changes.items[i - 1];
            int64_t *posted = &world->posted[known->assembly][one->member][one->day];
            ck_assert_int_eq(*posted, one->after);
            *posted = one->before;
        }
        memset(known->live, 0, sizeof known->live);
        known->cancelled = true;
    }
    if (verb == LEDGER_SENT || verb == LEDGER_REJECTED) {
        known->sent = verb == LEDGER_SENT;
    }
    if (verb == LEDGER_RETURNED) {
        ck_assert(known->live[m]);
        known->live[m] = false;
        world->held[known->assembly][m] = true;
    }
    if (verb == LEDGER_APPROVE) {
        world_note_head(world);
    }
}

static bool
export_one(struct arena *scratch, struct world *world, const struct known_batch *known)
{
    struct digest digest = digest_of("x", 1);
    bool known_file = false;
    bool same = false;
    const struct order *order = ledger_order(scratch, world->ledger, known->number);
    struct digest references = world_references(order);
    ck_assert_mem_eq(references.bytes, known->references.bytes, 32);
    ck_assert(ledger_output_known(world->ledger, known->number, "xml", &digest,
                                  &known_file, &same));
    return known_file ||
           ledger_output_add(world->ledger, known->number, "xml", &digest, 1);
}

/* An act on a batch, by one who may or may not do it; sometimes the process ends before it is
 * recorded, and nothing has happened. */
static void
move(struct world *world, enum ledger_verb verb)
{
    if (world->batch_count == 0) {
        return;
    }
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    struct known_batch *known = any_batch(world);
    int m = (int)world_below(world, WORLD_MEMBERS);
    const char *member = arena_printf(&world->keep, "M%d", m);
    const char *head = ledger_head(&world->keep, world->ledger);
    bool again = false;
    bool ends = world_below(world, 24) == 0;
    ck_assert(ledger_begin(world->ledger));
    bool good = ledger_move(
        world->ledger, verb, known->number,
        verb == LEDGER_RETURNED ? text_of(member) : STR(""),
        verb == LEDGER_APPROVE && world_below(world, 4) > 0 ? &town_bernard : &town_alice,
        &again);
    if (good && verb == LEDGER_EXPORT) {
        good = export_one(&scratch, world, known);
    }
    arena_release(start);
    if (good && !ends) {
        ck_assert(ledger_commit(world->ledger));
        world->done[verb] += !again;
        world->events[WORLD_REPEATED] += again;
        if (!again) {
            note_act(world, verb, known, m);
            return;
        }
    } else if (good) {
        world_reopen(world);
        world->events[WORLD_ABANDONED]++;
    } else {
        ledger_rollback(world->ledger);
        world->refused++;
    }
    ck_assert_str_eq(head, ledger_head(&world->keep, world->ledger));
}

struct reversal {
    struct entry_sink sink; /* first: it is what the order knows of this */
    struct world *world;
    struct known_batch *known;
    int assembly, member;
};

static void
note_reversed(struct entry_sink *sink, const struct order_entry *entry)
{
    struct reversal *r = (struct reversal *)sink;
    int d = world_day(entry->day);
    int64_t *posted = &r->world->posted[r->assembly][r->member][d];
    int64_t after = *posted + entry->amount.cents;
    *ARRAY_PUSH(&r->world->keep, &r->known->changes) =
        (struct change){r->member, d, *posted, after};
    *posted = after;
}

static void
note_reversal(struct arena *scratch, struct world *world, int64_t made, int assembly,
              int m)
{
    struct known_batch *known = &world->batches[world->batch_count++];
    const struct order *order = ledger_order(scratch, world->ledger, made);
    *known = (struct known_batch){.number = made, .assembly = assembly};
    known->references = world_references(order);
    ck_assert_uint_eq(order->payment_count, 0);
    ck_assert_uint_gt(order->entry_count, 0);
    struct reversal reversal = {{note_reversed}, world, known, assembly, m};
    order->entries.each(order->entries.context, *scratch, &reversal.sink);
    for (int d = 0; d < WORLD_DAYS; d++) {
        ck_assert_msg(world->posted[assembly][m][d] >= 0, "seed %" PRIu64 ": below zero",
                      world->first_seed);
    }
}

/* Rights that a paid batch posted are taken back; the books follow entry by entry. */
static void
reverse(struct world *world)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    bool done = false;
    for (int tries = 0; tries < TRIES && world->batch_count > 0 && !done &&
                        world->batch_count + 2 < WORLD_BATCHES_MAX;
         tries++) {
        int64_t made = 0;
        int m = (int)world_below(world, WORLD_MEMBERS);
        const struct known_batch *paid = any_batch(world);
        ck_assert(ledger_begin(world->ledger));
        done = ledger_reverse(world->ledger, paid->number,
                              text_of(arena_printf(&scratch, "M%d", m)), &town_alice,
                              "test", &made);
        if (done) {
            ck_assert(ledger_commit(world->ledger));
            note_reversal(&scratch, world, made, paid->assembly, m);
        } else {
            ledger_rollback(world->ledger);
        }
    }
    world->events[WORLD_REVERSED] += done;
    arena_release(start);
}

/* What a title would ask of the member. */
static int64_t
claimed(struct arena *keep, struct world *world, const struct ledger_account *account)
{
    const struct recovery *recovery =
        ledger_recovery(keep, world->ledger, account->assembly, account->id);
    return recovery == NULL ? 0 : recovery->open.cents;
}

/* The accounting officer recovers some: at most what a title asks, no more than was received. */
static void
collect(struct world *world)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    size_t count = 0;
    const struct ledger_account *accounts =
        ledger_accounts(&scratch, world->ledger, &count);
    for (size_t i = 0; i < count; i++) {
        int64_t amount = AMOUNT_STEP * (1 + (int64_t)world_below(world, 12));
        int a = accounts[i].assembly.data[4] - '0';
        int m = accounts[i].id.data[1] - '0';
        if (accounts[i].receivable.cents == 0) {
            continue;
        }
        int64_t open = claimed(&scratch, world, &accounts[i]);
        amount = open > 0 && open < amount && world_below(world, 2) == 0 ? open : amount;
        bool again = false;
        ck_assert_int_le(open, accounts[i].receivable.cents);
        /* What was collected may be of a batch that was rejected since. */
        ck_assert(open == 0 ||
                  open + world->collected[a][m] <= world_received(world, a, m));
        ck_assert(ledger_begin(world->ledger));
        if (ledger_collect(world->ledger, accounts[i].assembly, accounts[i].id,
                           (struct money){amount}, &town_alice, &again)) {
            ck_assert(ledger_commit(world->ledger));
            ck_assert(again || amount <= open);
            world->collected[a][m] += again ? 0 : amount;
            world->events[WORLD_COLLECTED] += !again;
        } else {
            ledger_rollback(world->ledger);
            ck_assert_int_gt(amount, open);
            world->refused++;
        }
    }
    arena_release(start);
}

/* Whether the month was closed by this. */
static bool
close_one(struct world *world, int a, int month)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    struct period period = {0};
    bool again = false;
    bool closed = false;
    date_make(2026, month + 1, 1, &period.from);
    period.to = date_month_last(period.from);
    ck_assert(ledger_begin(world->ledger));
    if (ledger_close_period(world->ledger, text_of(arena_printf(&scratch, "town%d", a)),
                            period, &town_alice, true, &again)) {
        ck_assert(ledger_commit(world->ledger));
        ck_assert(again == world->closed[a][month]);
        world->events[WORLD_CLOSED] += !again;
        world->closed[a][month] = true;
        closed = !again;
    } else {
        ledger_rollback(world->ledger);
        world->refused++;
    }
    arena_release(start);
    return closed;
}

/* All but the last month can be closed, once all of it is final; what comes late is then paid in a
 * later one. */
static void
close_month(struct world *world)
{
    enum { MONTHS = WORLD_ASSEMBLIES * (WORLD_MONTHS - 1) };
    int first = (int)world_below(world, MONTHS);
    for (int i = 0; i < MONTHS; i++) {
        int at = (first + i) % MONTHS;
        if (close_one(world, at / (WORLD_MONTHS - 1), at % (WORLD_MONTHS - 1))) {
            return;
        }
    }
}

/* A returned payment must be confirmed again, or nothing would flow any more. */
static void
confirm(struct world *world)
{
    int assembly = (int)world_below(world, WORLD_ASSEMBLIES);
    ck_assert(town_confirm(world->ledger, world->everyone[assembly]));
    memset(world->held[assembly], 0, sizeof world->held[assembly]);
}

static void
reopen(struct world *world)
{
    const char *head = ledger_head(&world->keep, world->ledger);
    world_reopen(world);
    ck_assert_str_eq(head, ledger_head(&world->keep, world->ledger));
}

/* A copy is made; later it is put back. It is a whole ledger and holds, but what was noted since
 * gives it away, whichever of the two files is the old one. Then the true one comes back. */
static void
restore(struct world *world)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    if (world->copy_noted == 0) {
        world->copy = world_copy(&world->keep, world);
        world->copy_noted = strlen(world->noted);
        arena_release(start);
        return;
    }
    struct town_copy now = world_copy(&scratch, world);
    struct town_copy old = world->copy;
    bool whole = world_below(world, 2) == 0;
    if (!whole) {
        old.identities = now.identities;
    }
    ledger_close(world->ledger);
    world_put(world, &old);
    world->ledger = NULL;
    world_reopen(world);
    ck_assert(ledger_verify(world->ledger));
    ck_assert(world_continues(world, world->copy_noted));
    size_t noted = strlen(world->noted);
    ck_assert_msg(world_continues(world, noted) == (noted == world->copy_noted),
                  "seed %" PRIu64 ": an old copy was not seen", world->first_seed);
    world->events[WORLD_RESTORED] += noted > world->copy_noted;
    ledger_close(world->ledger);
    world_put(world, &now);
    world->ledger = NULL;
    world_reopen(world);
    ck_assert(world_continues(world, noted));
    world->copy_noted = 0;
    arena_release(start);
}

/* The sheet of one session comes, or comes again, perhaps long after it was held. */
static void
bring_sheet(struct world *world)
{
    struct town *town = &world->towns[world_below(world, WORLD_ASSEMBLIES)];
    int day = (int)world_below(world, WORLD_DAYS);
    for (int m = 0; m < WORLD_MEMBERS; m++) {
        town->present[m][day] = world_below(world, 4) > 0;
    }
}

static void
change_rate(struct world *world)
{
    struct town *town = &world->towns[world_below(world, WORLD_ASSEMBLIES)];
    town->rate = 3000 + 500 * (int64_t)world_below(world, 5);
}

static void
edit_sheet(struct world *world)
{
    struct town *town = &world->towns[world_below(world, WORLD_ASSEMBLIES)];
    bool *cell =
        &town->present[world_below(world, WORLD_MEMBERS)][world_below(world, WORLD_DAYS)];
    *cell = !*cell;
}

static void
move_any(struct world *world)
{
    static const enum ledger_verb verbs[] = {
        LEDGER_APPROVE, LEDGER_APPROVE, LEDGER_APPROVE,  LEDGER_EXPORT,   LEDGER_EXPORT,
        LEDGER_EXPORT,  LEDGER_SENT,    LEDGER_SENT,     LEDGER_SENT,     LEDGER_RETURNED,
        LEDGER_SETTLED, LEDGER_SETTLED, LEDGER_REJECTED, LEDGER_REJECTED, LEDGER_CANCEL,
    };
    move(world, verbs[world_below(world, ARRAY_COUNT(verbs))]);
}

/* How often of a hundred steps. */
static const struct {
    unsigned share;
    void (*act)(struct world *world);
} acts[] = {
    {20, edit_sheet },
    {6,  bring_sheet},
    {3,  change_rate},
    {11, prepare    },
    {44, move_any   },
    {2,  reverse    },
    {6,  collect    },
    {3,  close_month},
    {3,  confirm    },
    {1,  reopen     },
    {1,  restore    },
};

void
world_step(struct world *world)
{
    unsigned choice = world_below(world, 100);
    size_t i = 0;
    while (choice >= acts[i].share) {
        choice -= acts[i++].share;
    }
    acts[i].act(world);
}
