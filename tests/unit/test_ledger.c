/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's own promises: append-only for every program, each invariant with a row that
 * breaks it, locks and failures with their statuses, eight processes at once. */
#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"
#include "support/filed.h"

#include <sqlite3.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Two members, both present on the first day of January, and paid in batch 1. */
static struct desk *
open_pair(void)
{
    static const struct town pair = {
        .members = 2, .rate = 4000, .present = {{true}, {true}}
    };
    struct desk *desk = desk_open_prepared(pair);
    ck_assert_uint_eq(desk->recorded.payments, 2);
    ck_assert_int_eq(desk->recorded.total.cents, 8000);
    return desk;
}

START_TEST(settings_are_read_back)
{
    struct desk *desk = open_pair();
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
    struct store *store = &desk->ledger->store;
    sqlite3_set_authorizer(store->db, NULL, NULL);
    for (size_t i = 0; i < ARRAY_COUNT(wanted); i++) {
        struct sqlite3_stmt *statement = store_statement(store, wanted[i].pragma);
        ck_assert(store_step(store, statement));
        ck_assert(text_equals(store_text(statement, 0), text_of(wanted[i].value)));
    }
    desk_close(desk);
}
END_TEST

/* What nothing of ours needs, and a file that somebody else has made must not have. */
START_TEST(what_a_file_may_not_ask_for)
{
    struct desk *desk = open_pair();
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
        int most = sqlite3_limit(desk->ledger->store.db, limits[i].limit, -1);
        ck_assert_msg(most == limits[i].most, "limit %d: %d", limits[i].limit, most);
    }
    for (size_t i = 0; i < ARRAY_COUNT(switches); i++) {
        int on = -1;
        ck_assert_int_eq(
            sqlite3_db_config(desk->ledger->store.db, switches[i].what, -1, &on),
            SQLITE_OK);
        ck_assert_msg(on == switches[i].on, "switch %d: %d", switches[i].what, on);
    }
    desk_close(desk);
}
END_TEST

/* Another program with its own connection, which has none of our settings. */
START_TEST(append_only_for_every_program)
{
    struct desk *desk = open_pair();
    static const char *const attacks[] = {
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment",
        "INSERT OR REPLACE INTO payment SELECT * FROM payment WHERE number = 1",
        "UPDATE event SET actor = 'Bernard'",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry LIMIT 1",
    };
    ledger_close(desk->ledger);
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(desk->path, &db), SQLITE_OK);
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
    desk->ledger = ledger_open(&desk->keep, desk->path, false, desk->diag);
    ck_assert_ptr_null(desk->ledger);
    ck_assert(filed_with(desk->diag, CODE_G040) > 0);
    desk_drop(desk);
}
END_TEST

/* Every column of every table is in the chain: one changed value anywhere is found. */
START_TEST(every_column_is_chained)
{
    struct desk *desk = open_pair();
    ledger_close(desk->ledger);
    for (size_t table = 0; table < TABLE_COUNT; table++) {
        sqlite3 *db = NULL;
        sqlite3_stmt *row = NULL;
        const char *name = table_name((enum ledger_table)table);
        ck_assert_int_eq(sqlite3_open(desk->path, &db), SQLITE_OK);
        const char *sql =
            arena_printf(&desk->keep, "SELECT * FROM %s ORDER BY seq LIMIT 1", name);
        ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
        int columns = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_count(row) : 0;
        for (int column = 1; column < columns; column++) { /* the link itself, too */
            const char *copy = arena_printf(&desk->keep, "%s.copy", desk->path);
            const char *command =
                arena_printf(&desk->keep, "cp %s %s && cp %s.identities %s.identities",
                             desk->path, copy, desk->path, copy);
            ck_assert_int_eq(system(command), 0);
            const char *column_name = sqlite3_column_name(row, column);
            int type = sqlite3_column_type(row, column);
            const char *value =
                arena_printf(&desk->keep,
                             type == SQLITE_INTEGER ? "\"%s\" + 1"
                             : type == SQLITE_TEXT  ? "\"%s\" || 'x'"
                                                    : "CAST(\"%s\" || x'00' AS BLOB)",
                             column_name);
            sqlite3 *bent = NULL;
            ck_assert_int_eq(sqlite3_open(copy, &bent), SQLITE_OK);
            const char *edit = arena_printf(
                &desk->keep,
                "PRAGMA ignore_check_constraints = ON; DROP TRIGGER %s_update; UPDATE %s SET \"%s\" = %s WHERE seq = (SELECT min(seq) "
                "FROM %s);",
                name, name, column_name, value, name);
            ck_assert_msg(sqlite3_exec(bent, edit, NULL, NULL, NULL) == SQLITE_OK,
                          "%s: %s", edit, sqlite3_errmsg(bent));
            sqlite3_close(bent);
            /* The schema check would find the dropped trigger; the chain alone is asked here. */
            struct ledger ledger = {
                .store = {.keep = &desk->keep, .diag = desk->diag}
            };
            ck_assert(store_open(&ledger.store, copy, STORE_READ, 0));
            ck_assert_msg(!chain_check(&ledger), "%s.%s can be changed", name,
                          column_name);
            store_close(&ledger.store);
            town_remove(&desk->keep, copy);
        }
        sqlite3_finalize(row);
        sqlite3_close(db);
    }
    desk->ledger = NULL;
    desk_drop(desk);
}
END_TEST

/* While another holds the file, nothing is changed and it is said: status 5. */
START_TEST(a_ledger_in_use)
{
    struct desk *desk = open_pair();
    sqlite3 *other = NULL;
    ck_assert_int_eq(sqlite3_open(desk->path, &other), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_busy_timeout(desk->ledger->store.db, 50);
    ck_assert(!ledger_begin(desk->ledger));
    ck_assert(filed_with(desk->diag, CODE_G020) > 0);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_MACHINE);
    sqlite3_close(other);
    desk_drop(desk);
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
    struct desk *desk = open_pair();
    bool again = false;
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(
        ledger_move(desk->ledger, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again));
    sqlite3_commit_hook(desk->ledger->store.db, refuse_commit, NULL);
    ck_assert(!ledger_commit(desk->ledger));
    ck_assert(filed_with(desk->diag, CODE_G030) > 0);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_RECORDED);
    ledger_close(desk->ledger);
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_nonnull(desk->ledger);
    ck_assert(desk_act(desk, LEDGER_APPROVE, 1));
    desk_close(desk);
}
END_TEST

/* A ledger that stayed open while another wrote goes on from what the other left. */
START_TEST(a_handle_that_waited)
{
    struct desk *desk = open_pair();
    bool again = false;
    struct ledger *other = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_nonnull(other);
    ck_assert(desk_act(desk, LEDGER_APPROVE, 1));
    ck_assert(ledger_begin(other));
    ck_assert(ledger_move(other, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again));
    ck_assert(again);
    ck_assert(ledger_move(other, LEDGER_CANCEL, 1, STR(""), &town_alice, &again));
    ck_assert(ledger_commit(other));
    ck_assert(ledger_verify(other));
    ledger_close(other);
    ck_assert(ledger_begin(desk->ledger));
    ledger_rollback(desk->ledger);
    ck_assert(chain_check(desk->ledger));
    desk_close(desk);
}
END_TEST

/* What another program appended meanwhile is no row of the chain: nothing is added to it. */
START_TEST(a_handle_that_waited_for_a_stranger)
{
    struct desk *desk = open_pair();
    sqlite3 *other = NULL;
    ck_assert_int_eq(sqlite3_open(desk->path, &other), SQLITE_OK);
    static const char row[] =
        "INSERT INTO closing SELECT 1 + max(seq), 'town0', '2026-01-01', '2026-01-31', "
        "zeroblob(32) FROM event";
    ck_assert_int_eq(sqlite3_exec(other, row, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    ck_assert(!ledger_begin(desk->ledger));
    ck_assert(filed_with(desk->diag, CODE_G040) > 0);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_INVARIANT);
    ck_assert(!desk->ledger->store.writing && !desk->ledger->identity->writing);
    desk_drop(desk);
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
    size_t count = 0;
    struct desk *desk = open_pair();
    ledger_close(desk->ledger);
    ck_assert_int_eq(sqlite3_auto_extension((void (*)(void))begin_at_once), SQLITE_OK);
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    sqlite3_reset_auto_extension();
    ck_assert_ptr_null(desk->ledger);
    const struct diagnostic *told = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(told[0].code == CODE_G021);
    ck_assert(strstr(told[0].text, "'PRAGMA foreign_keys=ON' was not taken") != NULL);
    desk_drop(desk);
}
END_TEST

/* A setting that the file does not take is a fault, not a wish. */
START_TEST(a_setting_that_is_not_taken)
{
    struct desk *desk = open_pair();
    ledger_close(desk->ledger);
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(desk->path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN; SELECT * FROM event", NULL, NULL, NULL),
                     SQLITE_OK);
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_null(desk->ledger);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_MACHINE);
    sqlite3_close(db);
    desk_drop(desk);
}
END_TEST

#define PROCESSES 8

/* Eight at once prepare the same month: one records it, the others find it recorded. */
START_TEST(eight_processes_at_once)
{
    struct desk *desk = open_pair();
    int won = 0;
    int told = 0;
    desk->town.present[0][1] = true; /* a late presence is left to be recorded */
    ledger_close(desk->ledger);
    pid_t children[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        ck_assert_int_ge(children[i], 0);
        if (children[i] == 0) {
            desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
            bool good = desk->ledger != NULL && desk_prepare(desk, 0);
            ledger_close(desk->ledger);
            _exit(!good ? 9 : desk->recorded.batch > 0 ? 1 : 0);
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
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_nonnull(desk->ledger);
    const struct order *order = ledger_order(&desk->keep, desk->ledger, 2);
    ck_assert_ptr_nonnull(order);
    ck_assert_int_eq(order->total.cents, 4000);
    desk_close(desk);
}
END_TEST

/* A person alone: nobody approves, and the batch says so. */
START_TEST(an_office_of_one)
{
    static const uint32_t all[] = {0};
    struct ledger_members members = {all, 1, false};
    size_t confirmed = 0;
    bool again = false;
    struct desk *desk = desk_open((struct town){
        .number = 1, .members = 1, .rate = 4000, .single = true, .present = {{true}}});
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_confirm(desk->ledger, desk_batch(desk, 0), &members, &town_alice,
                             &confirmed));
    ck_assert(ledger_commit(desk->ledger));
    int64_t batch = desk_record(desk, 0);
    ck_assert_uint_eq(desk->recorded.payments, 1);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(
        ledger_move(desk->ledger, LEDGER_APPROVE, batch, STR(""), &town_alice, &again));
    ck_assert(ledger_commit(desk->ledger));
    ck_assert(ledger_order(&desk->keep, desk->ledger, batch)->single_person);
    desk_close(desk);
}
END_TEST

/* What was recovered is noted, and never more than was listed. */
START_TEST(recovery)
{
    struct desk *desk = open_pair();
    desk->town = (struct town){
        .number = 2, .members = 1, .rate = 4000, .recovers = true, .present = {{true}}};
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    desk_pay(desk, desk_record(desk, 0));
    desk->town.present[0][0] = false;
    desk->town.present[0][2] = true;
    ck_assert(desk_prepare(desk, 1));
    /* 40.00 lost, to be recovered; 40.00 gained, and paid, as in two runs. */
    ck_assert_int_eq(desk->recorded.total.cents, 4000);
    struct history *history = ledger_history(
        &desk->keep, desk->ledger, desk_batch(desk, 1), desk->since, town_alice.actor);
    ck_assert_int_eq(history->standings[0].receivable.cents, 4000);
    ck_assert_int_eq(history->standings[0].balance.cents, 0);
    bool again = true;
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(!ledger_collect(desk->ledger, STR("town2"), STR("M0"), (struct money){4001},
                              &town_alice, &again));
    for (int i = 0; i < 2; i++) { /* the second changes nothing */
        ck_assert(ledger_collect(desk->ledger, STR("town2"), STR("M0"),
                                 (struct money){1500}, &town_alice, &again));
        ck_assert_int_eq(again, i);
    }
    ck_assert(ledger_commit(desk->ledger));
    desk->town.present[0][3] = true; /* new rights are paid in full beside it */
    ck_assert(desk_prepare(desk, 1));
    ck_assert_int_eq(desk->recorded.total.cents, 4000);
    /* What had been taken back comes again: less to recover. */
    desk->town.present[0][0] = true;
    ck_assert(desk_prepare(desk, 1));
    ck_assert_int_eq(desk->recorded.total.cents, 1500);
    desk_close(desk);
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
