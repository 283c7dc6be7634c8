/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A machine that fails under each deed of a ledger: SQLite has no memory for the n-th thing it
 * asks for, or the disk does not do the n-th thing it is asked to, once and from then on, for
 * many n. A deed that is not done says so, and the ledger is as before; one that is done is
 * there. DEFRAY_PLACES sets how many places of each fault are tried under each deed (4).
 */
#include "defray/ledger_view.h"
#include "defray/recovery.h"

#include "support/memory_disk.h"
#include "support/short_memory.h"
#include "support/town.h"

#include <sqlite3.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define VERSION "test"

/* --- the deeds, each on the ledger that the one before it left --- */

struct office {
    struct arena *keep;
    struct diag *diag;
    struct ledger *ledger;
    struct town *town;
};

static struct batch *
month(struct office *office, int number)
{
    struct diag *diag = diag_new(office->keep, LANGUAGE_EN);
    return town_batch(office->keep, office->town, number, diag);
}

static bool
confirm(struct office *office)
{
    static const uint32_t all[] = {0, 1, 2};
    struct ledger_members members = {all, 3, false};
    size_t confirmed = 0;
    return ledger_confirm(office->ledger, month(office, 0), &members, &town_bernard,
                          &confirmed);
}

static bool
staff(struct office *office)
{
    struct town others = {.number = 7, .members = 2, .rate = 1};
    struct town *town = office->town;
    office->town = &others;
    struct batch *batch = month(office, 0);
    office->town = town;
    return ledger_staff(office->ledger, batch, &town_alice);
}

static bool
record(struct office *office, int number)
{
    struct batch *batch = month(office, number);
    struct date since = {0};
    ck_assert(date_make(2026, 1, 1, &since));
    batch->history =
        ledger_history(office->keep, office->ledger, batch, since, town_alice.actor);
    if (batch->history == NULL) {
        return false;
    }
    struct summary *summary = batch_summarise(office->keep, batch, NULL, NULL);
    struct recording recording = {batch, summary, DATE_NONE, VERSION, &town_alice};
    struct recorded foreseen;
    struct recorded recorded;
    return ledger_foresee(office->ledger, &recording, &foreseen) &&
           ledger_record(office->ledger, &recording, &recorded);
}

static bool
record_january(struct office *office)
{
    return record(office, 0);
}

/* The sheet of January was wrong: what was paid is to be recovered, and the rest is kept back. */
static bool
record_february(struct office *office)
{
    office->town->present[0][0] = false;
    office->town->present[1][2] = true;
    return record(office, 1);
}

static bool
move(struct office *office, enum ledger_verb verb, int64_t batch, struct text member)
{
    bool again = false;
    return ledger_move(office->ledger, verb, batch, member, &town_bernard, &again);
}

static bool
approve(struct office *office)
{
    return move(office, LEDGER_APPROVE, 1, STR(""));
}

static bool
export_files(struct office *office)
{
    struct digest digest = digest_of("x", 1);
    bool known = true;
    bool same = false;
    return ledger_order(office->keep, office->ledger, 1) != NULL &&
           move(office, LEDGER_EXPORT, 1, STR("")) &&
           ledger_output_known(office->ledger, 1, "xml", &digest, &known, &same) &&
           !known && ledger_output_add(office->ledger, 1, "xml", &digest, 1) &&
           ledger_output_is(office->ledger, 1, &digest, STR("x"));
}

static bool
sent(struct office *office)
{
    return move(office, LEDGER_SENT, 1, STR(""));
}

static bool
came_back(struct office *office)
{
    return move(office, LEDGER_RETURNED, 1, STR("M2"));
}

static bool
settled(struct office *office)
{
    return move(office, LEDGER_SETTLED, 1, STR(""));
}

static bool
reverse(struct office *office)
{
    int64_t made = 0;
    return ledger_reverse(office->ledger, 1, STR("M1"), &town_alice, VERSION, &made);
}

static bool
cancel(struct office *office)
{
    return move(office, LEDGER_CANCEL, 2, STR(""));
}

static bool
collect(struct office *office)
{
    bool again = false;
    return ledger_collect(office->ledger, STR("town0"), STR("M0"), (struct money){100},
                          &town_alice, &again);
}

static bool
close_year(struct office *office)
{
    bool again = false;
    struct period year = {{0}, {0}};
    ck_assert(period_parse(STR("2026-01"), &year));
    return ledger_close_period(office->ledger, STR("town0"), year, &town_alice, true,
                               &again);
}

static bool
purge(struct office *office)
{
    return ledger_purge(office->ledger, STR("town0"), STR("M0"), &town_alice);
}

static bool
verify(struct office *office)
{
    return ledger_verify(office->ledger);
}

static bool
look(struct office *office)
{
    size_t batches = 0;
    size_t accounts = 0;
    size_t postings = 0;
    struct ledger *ledger = office->ledger;
    struct arena *keep = office->keep;
    return ledger_batches(keep, ledger, &batches) != NULL &&
           ledger_accounts(keep, ledger, &accounts) != NULL &&
           ledger_postings(keep, ledger, STR("town0"), STR("M0"), &postings) != NULL &&
           ledger_recovery(keep, ledger, STR("town0"), STR("M0")) != NULL;
}

struct deed {
    const char *name;
    bool (*done)(struct office *office);
};

static const struct deed recovery_story[] = {
    {"confirm",       confirm        },
    {"staff",         staff          },
    {"prepare",       record_january },
    {"approve",       approve        },
    {"export",        export_files   },
    {"sent",          sent           },
    {"returned",      came_back      },
    {"prepare again", record_february},
    {"cancel",        cancel         },
    {"prepare anew",  record_february},
    {"recovered",     collect        },
    {"reverse",       reverse        },
    {"look",          look           },
    {"verify",        verify         },
    {NULL,            NULL           },
};
static const struct deed plain_story[] = {
    {"confirm", confirm       },
    {"prepare", record_january},
    {"approve", approve       },
    {"export",  export_files  },
    {"sent",    sent          },
    {"settled", settled       },
    {"close",   close_year    },
    {"purge",   purge         },
    {"verify",  verify        },
    {NULL,      NULL          },
};
static const struct deed *const stories[] = {recovery_story, plain_story};

/* --- the ledger between two deeds --- */

struct files {
    struct text ledger, identities;
};

static const char *path;

static struct files
take_files(struct arena *keep)
{
    struct arena scratch = *keep;
    const char *beside = arena_printf(&scratch, "%s.identities", path);
    *keep = scratch;
    return (struct files){text_copy(keep, memory_disk_bytes(path)),
                          text_copy(keep, memory_disk_bytes(beside))};
}

static void
put_files(struct arena scratch, const struct files *files)
{
    memory_disk_clear();
    memory_disk_put(path, files->ledger);
    memory_disk_put(arena_printf(&scratch, "%s.identities", path), files->identities);
}

/* How many rows the ledger has; it opens and holds. */
static long
rows(struct arena keep, const char *when)
{
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct ledger *ledger = ledger_open(&keep, path, true, diag);
    if (ledger == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_msg(ledger != NULL, "%s: the ledger does not open", when);
    ck_assert_msg(ledger_verify(ledger), "%s: the ledger does not hold", when);
    long count = strtol(ledger_head(&keep, ledger), NULL, 10);
    ledger_close(ledger);
    return count;
}

static bool
do_it(struct office *office, const struct deed *deed)
{
    bool good = ledger_begin(office->ledger) && deed->done(office) &&
                ledger_commit(office->ledger);
    if (!good) {
        ledger_rollback(office->ledger);
    }
    return good;
}

/* --- the faults --- */

enum fault { FAULT_NONE, FAULT_MEMORY, FAULT_DISK, FAULT_FULL, FAULT_COUNT };

static void
arm(enum fault fault, size_t at, bool for_good)
{
    static const int errors[FAULT_COUNT] = {
        [FAULT_DISK] = SQLITE_IOERR_WRITE, [FAULT_FULL] = SQLITE_FULL};
    short_memory_arm(fault == FAULT_MEMORY ? at : 0, for_good);
    memory_disk_fail(errors[fault] == 0 ? 0 : at, for_good, errors[fault]);
}

static size_t
calls(enum fault fault)
{
    return fault == FAULT_MEMORY ? short_memory_requests() : memory_disk_calls();
}

struct trial {
    struct town *town;
    const struct deed *deed;
    const struct files *before;
    long rows_before, rows_after;
    bool opens; /* the fault is armed before the ledger is opened */
};

static void
try_once(struct arena keep, const struct trial *trial, enum fault fault, size_t at,
         bool for_good)
{
    struct office office = {.keep = &keep, .town = trial->town};
    const char *when = arena_printf(&keep, "%s, fault %d, %zu%s", trial->deed->name,
                                    (int)fault, at, for_good ? " for good" : "");
    put_files(keep, trial->before);
    office.diag = diag_new(&keep, LANGUAGE_EN);
    if (trial->opens) {
        arm(fault, at, for_good);
    }
    office.ledger = ledger_open(&keep, path, true, office.diag);
    arm(fault, at, for_good);
    bool good = office.ledger != NULL && do_it(&office, trial->deed);
    ledger_close(office.ledger);
    arm(FAULT_NONE, 0, false);
    ck_assert_msg(good || diag_errors(office.diag) > 0, "%s: nothing was said", when);
    long found = rows(keep, when);
    ck_assert_msg(found == trial->rows_after || (!good && found == trial->rows_before),
                  "%s: %ld rows, %ld before and %ld after", when, found,
                  trial->rows_before, trial->rows_after);
}

static size_t
places(size_t otherwise)
{
    const char *wanted = getenv("DEFRAY_PLACES");
    return wanted == NULL || wanted[0] == '\0' ? otherwise : strtoul(wanted, NULL, 10);
}

/* Places spread over all there are, others under each deed. */
static void
sweep(struct arena keep, const struct trial *trial, const size_t counts[FAULT_COUNT])
{
    for (enum fault fault = FAULT_MEMORY; fault < FAULT_COUNT; fault++) {
        size_t step = counts[fault] / places(4) + 1;
        for (size_t at = 1 + strlen(trial->deed->name) * 7 % step; at <= counts[fault];
             at += step) {
            try_once(keep, trial, fault, at, false);
            try_once(keep, trial, fault, at, true);
        }
    }
}

START_TEST(a_deed_is_done_or_told)
{
    struct arena keep = arena_reserve((size_t)1 << 32);
    struct town town = {.members = 3, .rate = 4000, .recovers = true, .keeps_back = 50};
    for (int m = 0; m < town.members; m++) {
        town.present[m][0] = true;
    }
    short_memory_begin();
    memory_disk_begin();
    path = memory_disk_path();
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    ck_assert(ledger_create(&keep, path, VERSION, &town_alice, diag));
    for (const struct deed *deed = stories[_i]; deed->name != NULL; deed++) {
        struct arena scratch = keep;
        struct files before = take_files(&scratch);
        struct trial trial = {.town = &town, .deed = deed, .before = &before};
        trial.rows_before = rows(scratch, "before");
        struct office office = {.keep = &scratch, .town = &town};
        office.diag = diag_new(&scratch, LANGUAGE_EN);
        office.ledger = ledger_open(&scratch, path, true, office.diag);
        size_t counts[FAULT_COUNT] = {0};
        arm(FAULT_NONE, 0, false);
        if (!do_it(&office, deed)) {
            diag_print(office.diag, stderr, (struct diag_style){0});
            ck_abort_msg("%s is not possible", deed->name);
        }
        for (enum fault fault = FAULT_MEMORY; fault < FAULT_COUNT; fault++) {
            counts[fault] = calls(fault);
            ck_assert_uint_gt(counts[fault], 0);
        }
        ledger_close(office.ledger);
        struct files after = take_files(&scratch);
        trial.rows_after = rows(scratch, "after");
        sweep(scratch, &trial, counts);
        put_files(scratch, &after);
    }
    memory_disk_end();
}
END_TEST

static bool
nothing(struct office *office)
{
    (void)office;
    return true;
}

/* Opening reads all of it: whatever it does not get, it says. */
START_TEST(a_ledger_opens_or_says_why_not)
{
    static const struct deed none = {"open", nothing};
    struct arena keep = arena_reserve((size_t)1 << 32);
    struct town town = {.members = 3, .rate = 4000};
    town.present[0][0] = town.present[1][0] = true;
    short_memory_begin();
    memory_disk_begin();
    path = memory_disk_path();
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    ck_assert(ledger_create(&keep, path, VERSION, &town_alice, diag));
    struct office office = {.keep = &keep, .diag = diag, .town = &town};
    office.ledger = ledger_open(&keep, path, true, diag);
    ck_assert(ledger_begin(office.ledger) && confirm(&office) &&
              record_january(&office) && ledger_commit(office.ledger));
    ledger_close(office.ledger);
    struct files files = take_files(&keep);
    struct trial trial = {.town = &town, .deed = &none, .before = &files, .opens = true};
    trial.rows_before = trial.rows_after = rows(keep, "before");
    arm(FAULT_NONE, 0, false);
    office.ledger = ledger_open(&keep, path, true, diag);
    size_t counts[FAULT_COUNT] = {0};
    for (enum fault fault = FAULT_MEMORY; fault < FAULT_COUNT; fault++) {
        counts[fault] = calls(fault);
        ck_assert_uint_gt(counts[fault], 0);
    }
    ledger_close(office.ledger);
    sweep(keep, &trial, counts);
    memory_disk_end();
}
END_TEST

/* What a making that failed leaves behind may be made again. */
START_TEST(a_ledger_is_made_or_can_be_made)
{
    struct arena start = arena_reserve((size_t)1 << 30);
    short_memory_begin();
    memory_disk_begin();
    path = memory_disk_path();
    size_t counts[FAULT_COUNT] = {0};
    arm(FAULT_NONE, 0, false);
    ck_assert(
        ledger_create(&start, path, VERSION, &town_alice, diag_new(&start, LANGUAGE_EN)));
    for (enum fault fault = FAULT_MEMORY; fault < FAULT_COUNT; fault++) {
        counts[fault] = calls(fault);
    }
    for (enum fault fault = FAULT_MEMORY; fault < FAULT_COUNT; fault++) {
        for (size_t at = 1; at <= counts[fault] * 2;
             at += counts[fault] / places(20) + 1) {
            struct arena keep = start;
            struct diag *diag = diag_new(&keep, LANGUAGE_EN);
            memory_disk_clear();
            arm(fault, at > counts[fault] ? at - counts[fault] : at, at > counts[fault]);
            bool good = ledger_create(&keep, path, VERSION, &town_alice, diag);
            arm(FAULT_NONE, 0, false);
            ck_assert_msg(good || diag_errors(diag) > 0, "fault %d, %zu", (int)fault, at);
            diag = diag_new(&keep, LANGUAGE_EN);
            ck_assert_msg(good || ledger_create(&keep, path, VERSION, &town_alice, diag),
                          "fault %d, %zu: it cannot be made after that", (int)fault, at);
            ck_assert_int_eq(rows(keep, "made"), 2);
        }
    }
    memory_disk_end();
}
END_TEST

Suite *test_ledger_machine_suite(void);

Suite *
test_ledger_machine_suite(void)
{
    Suite *suite = suite_create("ledger_machine");
    TCase *cases = tcase_create("ledger_machine");
    tcase_set_timeout(cases, 10000);
    tcase_add_loop_test(cases, a_deed_is_done_or_told, 0, (int)ARRAY_COUNT(stories));
    tcase_add_test(cases, a_ledger_opens_or_says_why_not);
    tcase_add_test(cases, a_ledger_is_made_or_can_be_made);
    suite_add_tcase(suite, cases);
    return suite;
}
