/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random lives of a ledger, by seed: sheets are edited, come late, rates change, batches are
 * prepared, approved, exported, sent, rejected, returned, cancelled, tried again, by two
 * assemblies at once. After every step, what the test knows of its own must be what the ledger
 * says: what was posted for each right, and paid + carried = due for each person; and every
 * invariant must hold. DEFRAY_STEPS sets how many steps (10 000), DEFRAY_SEED where they start.
 */
#include "defray/ledger_view.h"

#include "support/invent.h"
#include "support/town.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASSEMBLIES     2
#define MEMBERS        4
#define MONTHS         3
#define SESSIONS       2 /* a month */
#define DAYS           TOWN_DAYS
#define STEPS_A_LEDGER 200
#define BATCHES_MAX    256

struct change { /* of one right, by one batch */
    int member, day;
    int64_t before, after;
};

struct known_batch {
    int64_t number;
    int assembly;
    struct changes ARRAY_OF(struct change) changes;
    int64_t payments[MEMBERS];
    bool live[MEMBERS];
};

struct world {
    struct arena start, keep;
    struct diag *diag;
    struct ledger *ledger;
    const char *path;
    uint64_t seed;
    struct town
        towns[ASSEMBLIES]; /* 0 carries over and has a text for new rates; 1 recovers */
    int64_t posted[ASSEMBLIES][MEMBERS][DAYS];
    struct known_batch batches[BATCHES_MAX];
    int batch_count;
    bool held[ASSEMBLIES][MEMBERS]; /* a payment came back, nobody has confirmed since */
    size_t refused;                 /* by policy, as they should be */
    size_t done[LEDGER_VERB_COUNT]; /* acts that changed something */
};

static unsigned
below(struct world *w, unsigned most)
{
    return (unsigned)(invent_number(&w->seed) % most);
}

static struct batch *
batch_of(struct arena *keep, struct world *w, int assembly, int month)
{
    return town_batch(keep, &w->towns[assembly], month, w->diag);
}

static void
world_open(struct world *w, uint64_t seed)
{
    memset(w, 0, sizeof *w);
    w->start = arena_reserve((size_t)1 << 33);
    w->keep = w->start;
    w->diag = diag_new(&w->keep, LANGUAGE_EN);
    w->seed = seed * 2654435761u + 1;
    w->ledger = town_ledger(&w->keep, w->diag, &w->path);
    for (int a = 0; a < ASSEMBLIES; a++) {
        w->towns[a] = (struct town){.number = a,
                                    .members = MEMBERS,
                                    .rate = 4000,
                                    .recovers = a == 1,
                                    .keeps_back = a == 1 ? 25 : 0,
                                    .retroactive = a == 0};
        ck_assert(town_confirm(w->ledger, batch_of(&w->keep, w, a, 0)));
    }
}

static void
world_close(struct world *w)
{
    struct arena start = w->start;
    ledger_close(w->ledger);
    town_remove(&w->keep, w->path);
    arena_release(start);
}

/* By the books: what is posted and not paid. */
static int64_t
unpaid(const struct world *w, int assembly, int m)
{
    int64_t sum = 0;
    for (int d = 0; d < DAYS; d++) {
        sum += w->posted[assembly][m][d];
    }
    for (int b = 0; b < w->batch_count; b++) {
        const struct known_batch *known = &w->batches[b];
        sum -= known->assembly == assembly && known->live[m] ? known->payments[m] : 0;
    }
    return sum;
}

/* Where overpayments are carried over, the books know each payment to the cent. */
static void
check_payments(const struct world *w, const struct known_batch *known)
{
    for (int m = 0; m < MEMBERS && known->assembly == 0; m++) {
        int64_t left = unpaid(w, 0, m);
        ck_assert_msg(known->payments[m] == 0 ? left <= 0 || w->held[0][m] : left == 0,
                      "batch %" PRId64 " pays M%d %" PRId64 ", and leaves %" PRId64,
                      known->number, m, known->payments[m], left);
        ck_assert_msg(known->payments[m] == 0 || !w->held[0][m], "M%d was held", m);
    }
    for (size_t i = 0; i < known->changes.count && known->assembly == 1; i++) {
        const struct change *one = &known->changes.items[i];
        ck_assert_msg(one->before == 0 || one->after == 0,
                      "a rate reached back without a text");
    }
}

/* What came back from recording: the payments, and the changes that the test expects. */
static void
note_batch(struct arena *keep, struct world *w, int assembly, int64_t number, int first,
           int last)
{
    struct known_batch *known = &w->batches[w->batch_count++];
    *known = (struct known_batch){.number = number, .assembly = assembly};
    for (int m = 0; m < MEMBERS; m++) {
        for (int d = first; d < last; d++) {
            int64_t due = w->towns[assembly].present[m][d] ? w->towns[assembly].rate : 0;
            int64_t *posted = &w->posted[assembly][m][d];
            if (*posted != due) {
                *ARRAY_PUSH(&w->keep, &known->changes) =
                    (struct change){m, d, *posted, due};
                *posted = due;
            }
        }
    }
    const struct order *order = ledger_order(keep, w->ledger, number);
    ck_assert_ptr_nonnull(order);
    for (size_t i = 0; i < order->payment_count; i++) {
        int m = order->payments[i].id.data[1] - '0';
        ck_assert_int_ge(order->payments[i].amount.cents, 1);
        ck_assert_int_eq(known->payments[m], 0);
        known->payments[m] = order->payments[i].amount.cents;
        known->live[m] = true;
    }
    check_payments(w, known);
}

/* Nothing to post and nothing owed: then nothing may be recorded. */
static bool
has_changes(const struct world *w, int assembly, int first, int last)
{
    for (int m = 0; m < MEMBERS; m++) {
        for (int d = first; d < last; d++) {
            int64_t due = w->towns[assembly].present[m][d] ? w->towns[assembly].rate : 0;
            if (w->posted[assembly][m][d] != due) {
                return true;
            }
        }
    }
    return false;
}

static void
prepare(struct world *w)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    int assembly = (int)below(w, ASSEMBLIES);
    int month = (int)below(w, MONTHS);
    int since = (int)below(w, (unsigned)month + 1);
    struct batch *batch = batch_of(&scratch, w, assembly, month);
    struct date from = batch->period.from;
    struct recorded recorded = {0};
    size_t errors = diag_errors(w->diag);
    if (w->batch_count + 1 >= BATCHES_MAX) {
        return;
    }
    date_parse_iso(text_of(town_day(since * SESSIONS)), &from);
    from = since == month ? batch->period.from : from;
    if (town_prepare(&scratch, w->ledger, batch, from, &recorded)) {
        bool changes = has_changes(w, assembly, since * SESSIONS, (month + 1) * SESSIONS);
        ck_assert_msg(!changes || recorded.batch > 0, "differences were not recorded");
        if (recorded.batch > 0) {
            note_batch(&scratch, w, assembly, recorded.batch, since * SESSIONS,
                       (month + 1) * SESSIONS);
        }
    } else {
        ck_assert_uint_gt(diag_errors(w->diag), errors);
        w->refused++;
    }
    arena_release(start);
}

/* An act on a random batch, by one who may or may not do it. */
static void
move(struct world *w, enum ledger_verb verb)
{
    if (w->batch_count == 0) {
        return;
    }
    int recent = w->batch_count < 3 ? w->batch_count : 3; /* those before are done with */
    int back = below(w, 8) == 0 ? w->batch_count : recent;
    struct known_batch *known =
        &w->batches[w->batch_count - 1 - (int)below(w, (unsigned)back)];
    int m = (int)below(w, MEMBERS);
    const char *member = arena_printf(&w->keep, "M%d", m);
    bool again = false;
    ck_assert(ledger_begin(w->ledger));
    struct digest digest = digest_of("x", 1);
    bool known_file = false;
    bool same = false;
    bool good = ledger_move(
        w->ledger, verb, known->number,
        verb == LEDGER_RETURNED ? text_of(member) : STR(""),
        verb == LEDGER_APPROVE && below(w, 4) > 0 ? &town_bernard : &town_alice, &again);
    if (good && verb == LEDGER_EXPORT) {
        ck_assert(ledger_output_known(w->ledger, known->number, "xml", &digest,
                                      &known_file, &same));
        good =
            known_file || ledger_output_add(w->ledger, known->number, "xml", &digest, 1);
    }
    if (!good) {
        ledger_rollback(w->ledger);
        w->refused++;
        return;
    }
    ck_assert(ledger_commit(w->ledger));
    w->done[verb] += !again;
    if (verb == LEDGER_CANCEL && !again) {
        for (size_t i = 0; i < known->changes.count; i++) {
            const struct change *one = &known->changes.items[i];
            int64_t *posted = &w->posted[known->assembly][one->member][one->day];
            ck_assert_int_eq(*posted, one->after);
            *posted = one->before;
        }
        memset(known->live, 0, sizeof known->live);
    }
    if (verb == LEDGER_RETURNED && !again) {
        ck_assert(known->live[m]);
        known->live[m] = false;
        w->held[known->assembly][m] = true;
    }
}

/* A returned payment must be confirmed again, or nothing would flow any more. */
static void
confirm(struct world *w)
{
    struct arena scratch = arena_reserve((size_t)1 << 32);
    struct arena start = scratch;
    int assembly = (int)below(w, ASSEMBLIES);
    ck_assert(town_confirm(w->ledger, batch_of(&scratch, w, assembly, 0)));
    memset(w->held[assembly], 0, sizeof w->held[assembly]);
    arena_release(start);
}

static void
reopen(struct world *w)
{
    const char *head = ledger_head(&w->keep, w->ledger);
    ledger_close(w->ledger);
    w->ledger = ledger_open(&w->keep, w->path, true, w->diag);
    ck_assert_ptr_nonnull(w->ledger);
    ck_assert_str_eq(head, ledger_head(&w->keep, w->ledger));
}

static void
step(struct world *w)
{
    unsigned choice = below(w, 100);
    int a = (int)below(w, ASSEMBLIES);
    if (choice < 30) {
        bool *cell = &w->towns[a].present[below(w, MEMBERS)][below(w, DAYS)];
        *cell = !*cell;
    } else if (choice < 33) {
        w->towns[a].rate = 3000 + 500 * (int64_t)below(w, 5);
    } else if (choice < 43) {
        prepare(w);
    } else if (choice < 96) {
        static const enum ledger_verb verbs[] = {
            LEDGER_APPROVE,  LEDGER_APPROVE,  LEDGER_APPROVE, LEDGER_EXPORT,
            LEDGER_EXPORT,   LEDGER_EXPORT,   LEDGER_SENT,    LEDGER_SENT,
            LEDGER_SENT,     LEDGER_RETURNED, LEDGER_SETTLED, LEDGER_SETTLED,
            LEDGER_REJECTED, LEDGER_CANCEL,
        };
        move(w, verbs[below(w, ARRAY_COUNT(verbs))]);
    } else if (choice < 99) {
        confirm(w);
    } else {
        reopen(w);
    }
}

/* Paid + carried = due, person by person, by the test's own books. */
static void
check_accounts(struct arena *keep, struct world *w, uint64_t seed)
{
    size_t count = 0;
    const struct ledger_account *accounts = ledger_accounts(keep, w->ledger, &count);
    for (int a = 0; a < ASSEMBLIES; a++) {
        for (int m = 0; m < MEMBERS; m++) {
            int64_t due = 0;
            int64_t paid = 0;
            int64_t carried = 0;
            for (int d = 0; d < DAYS; d++) {
                due += w->posted[a][m][d];
            }
            for (int b = 0; b < w->batch_count; b++) {
                const struct known_batch *known = &w->batches[b];
                paid += known->assembly == a && known->live[m] ? known->payments[m] : 0;
            }
            const char *id = arena_printf(keep, "M%d", m);
            const char *assembly = arena_printf(keep, "town%d", a);
            for (size_t i = 0; i < count; i++) {
                if (text_equals(accounts[i].id, text_of(id)) &&
                    text_equals(accounts[i].assembly, text_of(assembly))) {
                    carried = accounts[i].balance.cents - accounts[i].receivable.cents;
                }
            }
            ck_assert_msg(paid + carried == due,
                          "seed %" PRIu64 ": %s of %s: paid %" PRId64
                          " + carried %" PRId64 " is not due %" PRId64,
                          seed, id, assembly, paid, carried, due);
        }
    }
}

/* What the ledger says was posted for each right is what the test knows: nothing twice. */
static void
check_rights(struct arena *keep, struct world *w, uint64_t seed)
{
    for (int a = 0; a < ASSEMBLIES; a++) {
        struct batch *batch = batch_of(keep, w, a, MONTHS - 1);
        struct date first;
        date_make(2026, 1, 1, &first);
        const struct history *history =
            ledger_history(keep, w->ledger, batch, first, town_alice.actor);
        ck_assert_ptr_nonnull(history);
        for (int m = 0; m < MEMBERS; m++) {
            int64_t posted[DAYS] = {0};
            for (size_t i = history->first[m]; i < history->first[m + 1]; i++) {
                char day[DATE_TEXT_MAX];
                date_text(history->items[i].right.day, day);
                for (int d = 0; d < DAYS; d++) {
                    posted[d] += strcmp(day, town_day(d)) == 0
                                     ? history->items[i].amount.cents
                                     : 0;
                }
            }
            for (int d = 0; d < DAYS; d++) {
                ck_assert_msg(posted[d] == w->posted[a][m][d],
                              "seed %" PRIu64 ": M%d of town%d on %s: %" PRId64
                              " in the ledger, "
                              "%" PRId64 " by the books",
                              seed, m, a, town_day(d), posted[d], w->posted[a][m][d]);
            }
        }
    }
}

static uint64_t
number_from(const char *name, uint64_t otherwise)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? otherwise : strtoull(value, NULL, 10);
}

START_TEST(every_life_adds_up)
{
    uint64_t steps = number_from("DEFRAY_STEPS", 10000);
    uint64_t seed = number_from("DEFRAY_SEED", 1);
    size_t refused = 0;
    size_t recorded = 0;
    size_t acts[LEDGER_VERB_COUNT] = {0};
    for (uint64_t done = 0; done < steps; done += STEPS_A_LEDGER, seed++) {
        static struct world w;
        world_open(&w, seed);
        for (int i = 0; i < STEPS_A_LEDGER; i++) {
            struct arena scratch = arena_reserve((size_t)1 << 32);
            struct arena whole = scratch;
            step(&w);
            check_accounts(&scratch, &w, seed);
            if (i % 5 == 0) {
                check_rights(&scratch, &w, seed);
            }
            ck_assert_msg(ledger_verify(w.ledger), "seed %" PRIu64 ", step %d", seed, i);
            arena_release(whole);
        }
        refused += w.refused;
        for (int verb = 0; verb < LEDGER_VERB_COUNT; verb++) {
            acts[verb] += w.done[verb];
        }
        recorded += (size_t)w.batch_count;
        world_close(&w);
    }
    /* A simulation in which nothing happens, or nothing is ever refused, proves nothing. */
    ck_assert_uint_gt(recorded, steps / 100);
    ck_assert_uint_gt(refused, steps / 100);
    for (int verb = LEDGER_PREPARE + 1; verb < LEDGER_VERB_COUNT; verb++) {
        ck_assert_msg(acts[verb] > steps / 2500, "act %d was done %zu times only", verb,
                      acts[verb]);
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
