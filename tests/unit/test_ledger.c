/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's own promises: append-only for every program, each invariant with a row that
 * breaks it, locks and failures with their statuses, eight processes at once. */
#include "../../src/ledger/ledger_parts.h"
#include "support/filed.h"
#include "support/town.h"

#include <sqlite3.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
    struct arena start, keep;
    struct diag *diag;
    struct town town;
    struct batch *batch;
    struct ledger *ledger;
    const char *path;
};

/* Two members, both present on the first day of January; batch 1 is prepared. */
static void
fixture_make(struct fixture *f)
{
    struct recorded recorded;
    *f = (struct fixture){.start = arena_reserve((size_t)1 << 32)};
    f->keep = f->start;
    f->diag = diag_new(&f->keep, LANGUAGE_EN);
    f->town = (struct town){.members = 2, .rate = 4000};
    f->town.present[0][0] = true;
    f->town.present[1][0] = true;
    f->ledger = town_ledger(&f->keep, f->diag, &f->path);
    f->batch = town_batch(&f->keep, &f->town, 0, f->diag);
    ck_assert(town_confirm(f->ledger, f->batch));
    ck_assert(
        town_prepare(&f->keep, f->ledger, f->batch, f->batch->period.from, &recorded));
    ck_assert_int_eq(recorded.batch, 1);
    ck_assert_uint_eq(recorded.payments, 2);
    ck_assert_int_eq(recorded.total.cents, 8000);
}

static void
fixture_end(struct fixture *f)
{
    struct arena start = f->start;
    ledger_close(f->ledger);
    town_remove(&f->keep, f->path);
    arena_release(start);
}

START_TEST(settings_are_read_back)
{
    struct fixture f;
    fixture_make(&f);
    static const struct {
        const char *pragma, *value;
    } wanted[] = {
        {"PRAGMA journal_mode",   "delete"    },
        {"PRAGMA synchronous",    "3"         },
        {"PRAGMA foreign_keys",   "1"         },
        {"PRAGMA trusted_schema", "0"         },
        {"PRAGMA application_id", "1145459289"},
        {"PRAGMA user_version",   "1"         },
    };
    struct store *store = &f.ledger->store;
    sqlite3_set_authorizer(store->db, NULL, NULL);
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
        struct sqlite3_stmt *statement = store_statement(store, wanted[i].pragma);
        ck_assert(store_step(store, statement));
        ck_assert(text_equals(store_text(statement, 0), text_of(wanted[i].value)));
    }
    fixture_end(&f);
}
END_TEST

/* What nothing of ours needs, and a file that somebody else has made must not have. */
START_TEST(what_a_file_may_not_ask_for)
{
    struct fixture f;
    fixture_make(&f);
    static const struct {
        int limit, most;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH,              4 << 20},
        {SQLITE_LIMIT_SQL_LENGTH,          100000 },
        {SQLITE_LIMIT_COLUMN,              100    },
        {SQLITE_LIMIT_EXPR_DEPTH,          30     },
        {SQLITE_LIMIT_ATTACHED,            0      },
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50     },
        {SQLITE_LIMIT_TRIGGER_DEPTH,       10     },
        {SQLITE_LIMIT_VARIABLE_NUMBER,     400    },
        {SQLITE_LIMIT_FUNCTION_ARG,        8      },
        {SQLITE_LIMIT_COMPOUND_SELECT,     5      },
    };
    static const struct {
        int what, on;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE,             1},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML,               0},
        {SQLITE_DBCONFIG_DQS_DDL,               0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER,        0},
    };
    for (size_t i = 0; i < ARRAY_COUNT(limits); i++) {
        int most = sqlite3_limit(f.ledger->store.db, limits[i].limit, -1);
        ck_assert_msg(most == limits[i].most, "limit %d: %d", limits[i].limit, most);
    }
    for (size_t i = 0; i < ARRAY_COUNT(switches); i++) {
        int on = -1;
        ck_assert_int_eq(sqlite3_db_config(f.ledger->store.db, switches[i].what, -1, &on),
                         SQLITE_OK);
        ck_assert_msg(on == switches[i].on, "switch %d: %d", switches[i].what, on);
    }
    fixture_end(&f);
}
END_TEST

/* Another program with its own connection, which has none of our settings. */
START_TEST(append_only_for_every_program)
{
    struct fixture f;
    fixture_make(&f);
    static const char *const attacks[] = {
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment",
        "INSERT OR REPLACE INTO payment SELECT * FROM payment WHERE number = 1",
        "UPDATE event SET actor = 'Bernard'",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry LIMIT 1",
    };
    ledger_close(f.ledger);
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(f.path, &db), SQLITE_OK);
    for (size_t i = 0; i < ARRAY_COUNT(attacks); i++) {
        ck_assert_msg(sqlite3_exec(db, attacks[i], NULL, NULL, NULL) != SQLITE_OK,
                      "'%s' went through", attacks[i]);
    }
    /* Without the trigger it goes through, and the ledger is refused for ever after. */
    ck_assert_int_eq(sqlite3_exec(db, "DROP TRIGGER payment_update", NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "UPDATE payment SET amount = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    f.ledger = ledger_open(&f.keep, f.path, false, f.diag);
    ck_assert_ptr_null(f.ledger);
    ck_assert(filed_with(f.diag, CODE_G040) > 0);
    fixture_end(&f);
}
END_TEST

/* Every column of every table is in the chain: one changed value anywhere is found. */
START_TEST(every_column_is_chained)
{
    struct fixture f;
    fixture_make(&f);
    ledger_close(f.ledger);
    for (size_t table = 0; table < TABLE_COUNT; table++) {
        sqlite3 *db = NULL;
        sqlite3_stmt *row = NULL;
        const char *name = table_name((enum ledger_table)table);
        ck_assert_int_eq(sqlite3_open(f.path, &db), SQLITE_OK);
        const char *sql =
            arena_printf(&f.keep, "SELECT * FROM %s ORDER BY seq LIMIT 1", name);
        ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
        int columns = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_count(row) : 0;
        for (int column = 1; column < columns; column++) { /* the link itself, too */
            const char *copy = arena_printf(&f.keep, "%s.copy", f.path);
            const char *command =
                arena_printf(&f.keep, "cp %s %s && cp %s.identities %s.identities",
                             f.path, copy, f.path, copy);
            ck_assert_int_eq(system(command), 0);
            const char *column_name = sqlite3_column_name(row, column);
            int type = sqlite3_column_type(row, column);
            const char *value =
                arena_printf(&f.keep,
                             type == SQLITE_INTEGER ? "\"%s\" + 1"
                             : type == SQLITE_TEXT  ? "\"%s\" || 'x'"
                                                    : "CAST(\"%s\" || x'00' AS BLOB)",
                             column_name);
            sqlite3 *bent = NULL;
            ck_assert_int_eq(sqlite3_open(copy, &bent), SQLITE_OK);
            const char *edit = arena_printf(
                &f.keep,
                "PRAGMA ignore_check_constraints = ON; DROP TRIGGER %s_update; UPDATE %s SET \"%s\" = %s WHERE seq = (SELECT min(seq) "
                "FROM %s);",
                name, name, column_name, value, name);
            ck_assert_msg(sqlite3_exec(bent, edit, NULL, NULL, NULL) == SQLITE_OK,
                          "%s: %s", edit, sqlite3_errmsg(bent));
            sqlite3_close(bent);
            /* The schema check would find the dropped trigger; the chain alone is asked here. */
            struct ledger ledger = {
                .store = {.keep = &f.keep, .diag = f.diag}
            };
            ck_assert(store_open(&ledger.store, copy, STORE_READ, 0));
            ck_assert_msg(!chain_check(&ledger), "%s.%s can be changed", name,
                          column_name);
            store_close(&ledger.store);
            town_remove(&f.keep, copy);
        }
        sqlite3_finalize(row);
        sqlite3_close(db);
    }
    f.ledger = NULL;
    fixture_end(&f);
}
END_TEST

/* While another holds the file, nothing is changed and it is said: status 5. */
START_TEST(a_ledger_in_use)
{
    struct fixture f;
    fixture_make(&f);
    sqlite3 *other = NULL;
    ck_assert_int_eq(sqlite3_open(f.path, &other), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_busy_timeout(f.ledger->store.db, 50);
    ck_assert(!ledger_begin(f.ledger));
    ck_assert(filed_with(f.diag, CODE_G020) > 0);
    ck_assert_int_eq(diag_failure(f.diag), FAILURE_MACHINE);
    sqlite3_close(other);
    fixture_end(&f);
}
END_TEST

static int
refuse_commit(void *nothing)
{
    (void)nothing;
    return 1;
}

/* A failure while committing may have been recorded: status 6, and the same again settles it. */
START_TEST(a_commit_that_fails)
{
    struct fixture f;
    fixture_make(&f);
    bool again = false;
    ck_assert(ledger_begin(f.ledger));
    ck_assert(ledger_move(f.ledger, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again));
    sqlite3_commit_hook(f.ledger->store.db, refuse_commit, NULL);
    ck_assert(!ledger_commit(f.ledger));
    ck_assert(filed_with(f.diag, CODE_G030) > 0);
    ck_assert_int_eq(diag_failure(f.diag), FAILURE_RECORDED);
    ledger_close(f.ledger);
    f.ledger = ledger_open(&f.keep, f.path, true, f.diag);
    ck_assert_ptr_nonnull(f.ledger);
    ck_assert(ledger_begin(f.ledger));
    ck_assert(ledger_move(f.ledger, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again));
    ck_assert(!again);
    ck_assert(ledger_commit(f.ledger));
    fixture_end(&f);
}
END_TEST

/* A ledger that stayed open while another wrote goes on from what the other left. */
START_TEST(a_handle_that_waited)
{
    struct fixture f;
    fixture_make(&f);
    bool again = false;
    struct ledger *other = ledger_open(&f.keep, f.path, true, f.diag);
    ck_assert_ptr_nonnull(other);
    ck_assert(ledger_begin(f.ledger));
    ck_assert(ledger_move(f.ledger, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again));
    ck_assert(ledger_commit(f.ledger));
    ck_assert(ledger_begin(other));
    ck_assert(ledger_move(other, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again));
    ck_assert(again);
    ck_assert(ledger_move(other, LEDGER_CANCEL, 1, STR(""), &town_alice, &again));
    ck_assert(ledger_commit(other));
    ck_assert(ledger_verify(other));
    ledger_close(other);
    ck_assert(ledger_begin(f.ledger));
    ledger_rollback(f.ledger);
    ck_assert(chain_check(f.ledger));
    fixture_end(&f);
}
END_TEST

/* What another program appended meanwhile is no row of the chain: nothing is added to it. */
START_TEST(a_handle_that_waited_for_a_stranger)
{
    struct fixture f;
    fixture_make(&f);
    sqlite3 *other = NULL;
    ck_assert_int_eq(sqlite3_open(f.path, &other), SQLITE_OK);
    static const char row[] =
        "INSERT INTO closing SELECT 1 + max(seq), 'town0', '2026-01-01', '2026-01-31', "
        "zeroblob(32) FROM event";
    ck_assert_int_eq(sqlite3_exec(other, row, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    ck_assert(!ledger_begin(f.ledger));
    ck_assert(filed_with(f.diag, CODE_G040) > 0);
    ck_assert_int_eq(diag_failure(f.diag), FAILURE_INVARIANT);
    ck_assert(!f.ledger->store.writing && !f.ledger->identity->writing);
    fixture_end(&f);
}
END_TEST

static int
begin_at_once(sqlite3 *db, char **error, const struct sqlite3_api_routines *routines)
{
    (void)error;
    (void)routines;
    return sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
}

/* Within a transaction some settings are passed over without a word. */
START_TEST(a_setting_that_is_passed_over)
{
    struct fixture f;
    size_t count = 0;
    fixture_make(&f);
    ledger_close(f.ledger);
    ck_assert_int_eq(sqlite3_auto_extension((void (*)(void))begin_at_once), SQLITE_OK);
    f.ledger = ledger_open(&f.keep, f.path, true, f.diag);
    sqlite3_reset_auto_extension();
    ck_assert_ptr_null(f.ledger);
    const struct diagnostic *told = diag_sorted(f.diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(told[0].code == CODE_G021);
    ck_assert(strstr(told[0].text, "'PRAGMA foreign_keys=ON' was not taken") != NULL);
    fixture_end(&f);
}
END_TEST

/* A setting that the file does not take is a fault, not a wish. */
START_TEST(a_setting_that_is_not_taken)
{
    struct fixture f;
    fixture_make(&f);
    ledger_close(f.ledger);
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(f.path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN; SELECT * FROM event", NULL, NULL, NULL),
                     SQLITE_OK);
    f.ledger = ledger_open(&f.keep, f.path, true, f.diag);
    ck_assert_ptr_null(f.ledger);
    ck_assert_int_eq(diag_failure(f.diag), FAILURE_MACHINE);
    sqlite3_close(db);
    fixture_end(&f);
}
END_TEST

#define PROCESSES 8

/* Eight at once prepare the same month: one records it, the others find it recorded. */
START_TEST(eight_processes_at_once)
{
    struct fixture f;
    fixture_make(&f);
    int won = 0;
    int told = 0;
    f.town.present[0][1] = true; /* a late presence is left to be recorded */
    ledger_close(f.ledger);
    pid_t children[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        ck_assert_int_ge(children[i], 0);
        if (children[i] == 0) {
            struct recorded recorded;
            struct ledger *own = ledger_open(&f.keep, f.path, true, f.diag);
            struct batch *batch = town_batch(&f.keep, &f.town, 0, f.diag);
            bool good = own != NULL &&
                        town_prepare(&f.keep, own, batch, batch->period.from, &recorded);
            ledger_close(own);
            _exit(!good ? 9 : recorded.batch > 0 ? 1 : 0);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert(WIFEXITED(status));
        won += WEXITSTATUS(status) == 1;
        told += WEXITSTATUS(status) == 0;
    }
    ck_assert_int_eq(won, 1);
    ck_assert_int_eq(told, PROCESSES - 1);
    f.ledger = ledger_open(&f.keep, f.path, true, f.diag);
    ck_assert_ptr_nonnull(f.ledger);
    ck_assert(ledger_verify(f.ledger));
    const struct order *order = ledger_order(&f.keep, f.ledger, 2);
    ck_assert_ptr_nonnull(order);
    ck_assert_int_eq(order->total.cents, 4000);
    fixture_end(&f);
}
END_TEST

/* A person alone: nobody approves, and the batch says so. */
START_TEST(an_office_of_one)
{
    struct fixture f;
    fixture_make(&f);
    struct recorded recorded;
    bool again = false;
    struct town alone = {.number = 1, .members = 1, .rate = 4000, .single = true};
    static const uint32_t all[] = {0};
    struct ledger_members members = {all, 1, false};
    size_t confirmed = 0;
    alone.present[0][0] = true;
    struct batch *batch = town_batch(&f.keep, &alone, 0, f.diag);
    ck_assert(ledger_begin(f.ledger));
    ck_assert(ledger_confirm(f.ledger, batch, &members, &town_alice, &confirmed));
    ck_assert(ledger_commit(f.ledger));
    ck_assert(town_prepare(&f.keep, f.ledger, batch, batch->period.from, &recorded));
    ck_assert_uint_eq(recorded.payments, 1);
    ck_assert(ledger_begin(f.ledger));
    ck_assert(ledger_move(f.ledger, LEDGER_APPROVE, recorded.batch, STR(""), &town_alice,
                          &again));
    ck_assert(ledger_commit(f.ledger));
    ck_assert(ledger_order(&f.keep, f.ledger, recorded.batch)->single_person);
    ck_assert(ledger_verify(f.ledger));
    fixture_end(&f);
}
END_TEST

/* What was recovered is noted, and never more than was listed. */
START_TEST(recovery)
{
    struct fixture f;
    fixture_make(&f);
    struct recorded recorded;
    struct town town = {.number = 2, .members = 1, .rate = 4000, .recovers = true};
    town.present[0][0] = true;
    struct batch *batch = town_batch(&f.keep, &town, 0, f.diag);
    ck_assert(town_confirm(f.ledger, batch));
    ck_assert(town_prepare(&f.keep, f.ledger, batch, batch->period.from, &recorded));
    town.present[0][0] = false;
    town.present[0][2] = true;
    batch = town_batch(&f.keep, &town, 1, f.diag);
    struct date january;
    date_make(2026, 1, 1, &january);
    ck_assert(town_prepare(&f.keep, f.ledger, batch, january, &recorded));
    ck_assert_int_eq(recorded.total.cents,
                     0); /* 40.00 lost, 40.00 gained: nothing to recover */
    town.present[0][2] = false;
    batch = town_batch(&f.keep, &town, 1, f.diag);
    ck_assert(town_prepare(&f.keep, f.ledger, batch, january, &recorded));
    struct batch *again_batch = town_batch(&f.keep, &town, 1, f.diag);
    struct history *history =
        ledger_history(&f.keep, f.ledger, again_batch, january, town_alice.actor);
    ck_assert_int_eq(history->standings[0].receivable.cents, 4000);
    ck_assert_int_eq(history->standings[0].balance.cents, 0);
    bool again = true;
    ck_assert(ledger_begin(f.ledger));
    ck_assert(!ledger_collect(f.ledger, STR("town2"), STR("M0"), (struct money){4001},
                              &town_alice, &again));
    for (int i = 0; i < 2; i++) { /* the second changes nothing */
        ck_assert(ledger_collect(f.ledger, STR("town2"), STR("M0"), (struct money){1500},
                                 &town_alice, &again));
        ck_assert_int_eq(again, i);
    }
    ck_assert(ledger_commit(f.ledger));
    town.present[0][3] = true; /* new rights are paid in full beside it */
    batch = town_batch(&f.keep, &town, 1, f.diag);
    ck_assert(town_prepare(&f.keep, f.ledger, batch, january, &recorded));
    ck_assert_int_eq(recorded.total.cents, 4000);
    town.present[0][0] = true; /* what had been taken back comes again: less to recover */
    batch = town_batch(&f.keep, &town, 1, f.diag);
    ck_assert(town_prepare(&f.keep, f.ledger, batch, january, &recorded));
    ck_assert_int_eq(recorded.total.cents, 1500);
    ck_assert(ledger_verify(f.ledger));
    fixture_end(&f);
}
END_TEST

Suite *test_ledger_suite(void);

Suite *
test_ledger_suite(void)
{
    Suite *suite = suite_create("ledger");
    TCase *cases = tcase_create("ledger");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, settings_are_read_back);
    tcase_add_test(cases, what_a_file_may_not_ask_for);
    tcase_add_test(cases, append_only_for_every_program);
    tcase_add_test(cases, every_column_is_chained);
    tcase_add_test(cases, a_ledger_in_use);
    tcase_add_test(cases, a_commit_that_fails);
    tcase_add_test(cases, a_handle_that_waited);
    tcase_add_test(cases, a_handle_that_waited_for_a_stranger);
    tcase_add_test(cases, a_setting_that_is_passed_over);
    tcase_add_test(cases, a_setting_that_is_not_taken);
    tcase_add_test(cases, eight_processes_at_once);
    tcase_add_test(cases, an_office_of_one);
    tcase_add_test(cases, recovery);
    suite_add_tcase(suite, cases);
    return suite;
}
