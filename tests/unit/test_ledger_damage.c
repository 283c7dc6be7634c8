/* SPDX-License-Identifier: Apache-2.0 */
/* Damage that no row shows: what SQLite keeps beside the rows, turned over, is refused. */
#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"

#include <sqlite3.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two members who were present, one of them confirmed and so paid, in a ledger that is closed. */
static struct desk *
leave_closed(void)
{
    struct desk *desk = desk_open((struct town){
        .members = 1, .rate = 4000, .present = {{true}, {true}}
    });
    ck_assert(town_confirm(desk->ledger, desk_batch(desk, 0)));
    desk->town.members = 2;
    desk_record(desk, 0);
    ledger_close(desk->ledger);
    desk->ledger = NULL;
    return desk;
}

/* Turns a bit over in the row of the table that the oldest entry of an index points to; false if
 * it has none. */
static bool
turn_index(const char *path, long page)
{
    unsigned char head[5];
    FILE *file = fopen(path, "r+b");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, (page - 1) * 4096, SEEK_SET), 0);
    ck_assert_uint_eq(fread(head, 1, sizeof head, file), sizeof head);
    bool turned = head[0] == 10 && head[4] > 0; /* a leaf that holds something */
    if (turned) {
        ck_assert_int_eq(fseek(file, page * 4096 - 1, SEEK_SET), 0);
        int last = fgetc(file);
        ck_assert_int_eq(fseek(file, page * 4096 - 1, SEEK_SET), 0);
        ck_assert_int_ne(fputc(last ^ 1, file), EOF);
    }
    ck_assert_int_eq(fclose(file), 0);
    return turned;
}

/* What was paid is looked for by indexes: one that lies would have it paid again. */
START_TEST(an_index_that_lies)
{
    static const char *const endings[] = {"", ".identities"};
    size_t turned = 0;
    struct desk *desk = leave_closed();
    for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
        sqlite3 *db = NULL;
        sqlite3_stmt *index = NULL;
        const char *copy = arena_printf(&desk->keep, "%s.copy", desk->path);
        const char *bent = arena_printf(&desk->keep, "%s%s", copy, endings[i]);
        ck_assert_int_eq(
            sqlite3_open(arena_printf(&desk->keep, "%s%s", desk->path, endings[i]), &db),
            SQLITE_OK);
        static const char all[] =
            "SELECT name, rootpage FROM sqlite_schema WHERE type = 'index'";
        ck_assert_int_eq(sqlite3_prepare_v2(db, all, -1, &index, NULL), SQLITE_OK);
        while (sqlite3_step(index) == SQLITE_ROW) {
            const char *command =
                arena_printf(&desk->keep, "cp %s %s && cp %s.identities %s.identities",
                             desk->path, copy, desk->path, copy);
            ck_assert_int_eq(system(command), 0);
            if (!turn_index(bent, sqlite3_column_int(index, 1))) {
                continue;
            }
            struct diag *diag = diag_new(&desk->keep, LANGUAGE_EN);
            ck_assert_msg(ledger_open(&desk->keep, copy, false, diag) == NULL,
                          "%s is believed", (const char *)sqlite3_column_text(index, 0));
            ck_assert_int_eq(diag_failure(diag), FAILURE_INVARIANT);
            turned++;
        }
        sqlite3_finalize(index);
        sqlite3_close(db);
        town_remove(&desk->keep, copy);
    }
    ck_assert_uint_gt(turned, 8);
    desk_drop(desk);
}
END_TEST

/* What another program changed beside the chain, and may have meant well: each is found, in the
 * schema or in the names. */
static const struct {
    const char *ending, *edit, *says;
} edits[] = {
    {"",            "UPDATE sqlite_schema SET tbl_name = 'x' WHERE name = 'entry_right'",
     "malformed"                                                                                             },
    {"",            "UPDATE sqlite_schema SET tbl_name = 'ENTRY' WHERE name = 'entry_right'",
     "its structure"                                                                                         },
    {"",            "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'ruleset'",
     "its structure"                                                                                         },
    {"",            "DELETE FROM sqlite_schema WHERE name = 'closing_replace'",               "its structure"},
    {"",
     "INSERT INTO sqlite_schema VALUES('trigger', 'x', 'event', 0, 'CREATE TRIGGER x AFTER "
     "INSERT ON event BEGIN SELECT 1; END')",                                                 "its structure"},
    {".identities",
     "UPDATE sqlite_schema SET tbl_name = 'x' WHERE name = 'sqlite_autoindex_person_1'",      "a person or"  },
    {".identities",
     "INSERT INTO sqlite_schema VALUES('trigger', 'x', 'payee', 0, 'CREATE TRIGGER x AFTER "
     "INSERT ON payee BEGIN SELECT 1; END')",                                                 "a person or"  },
    {".identities", "UPDATE secret SET one = 9",                                              "a person or"  },
    {".identities", "UPDATE payee SET last_name = 'X'",                                       "a person or"  },
    {".identities", "UPDATE payee SET bank = x'00'",                                          "a person or"  },
    {".identities", "UPDATE person SET assembly = 'town9'",                                   "a person or"  },
    {".identities", "UPDATE person SET salt = x'00'",                                         "a person or"  },
    {".identities", "DELETE FROM person",                                                     "a person or"  },
    {".identities", "DELETE FROM payee",                                                      "a person or"  },
    {".identities",
     "DELETE FROM payee WHERE last_name = 'N1'; UPDATE person SET id = 'M9' WHERE id = 'M1'",
     "a person or"                                                                                           },
};

START_TEST(an_edit_beside_the_chain)
{
    sqlite3 *db = NULL;
    struct desk *desk = leave_closed();
    const char *path = arena_printf(&desk->keep, "%s%s", desk->path, edits[_i].ending);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    static const char freely[] =
        "PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON";
    ck_assert_int_eq(sqlite3_exec(db, freely, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, edits[_i].edit, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_ge(sqlite3_changes(db), 1);
    sqlite3_close(db);
    desk->ledger = ledger_open(&desk->keep, desk->path, false, desk->diag);
    ck_assert(desk->ledger == NULL || !ledger_verify(desk->ledger));
    size_t count = 0;
    const struct diagnostic *told = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(told[0].code == CODE_G040);
    ck_assert_msg(strstr(told[0].text, edits[_i].says) != NULL, "%s", told[0].text);
    desk_drop(desk);
}
END_TEST

/* A payment is not read with words that are not those of its mark. */
START_TEST(a_name_that_is_not_the_one)
{
    static const char *const renamed[] = {
        "UPDATE payee SET last_name = 'X'",
        "UPDATE payee SET bank = x'00'",
        "UPDATE person SET assembly = 'town9'",
        "UPDATE person SET salt = x'00'",
    };
    for (size_t i = 0; i < ARRAY_COUNT(renamed); i++) {
        sqlite3 *db = NULL;
        struct desk *desk = leave_closed();
        ck_assert_int_eq(
            sqlite3_open(arena_printf(&desk->keep, "%s.identities", desk->path), &db),
            SQLITE_OK);
        desk->ledger = ledger_open(&desk->keep, desk->path, false, desk->diag);
        ck_assert_ptr_nonnull(desk->ledger);
        ck_assert_ptr_nonnull(ledger_order(&desk->keep, desk->ledger, 1));
        ck_assert_int_eq(sqlite3_exec(db, renamed[i], NULL, NULL, NULL), SQLITE_OK);
        ck_assert_msg(ledger_order(&desk->keep, desk->ledger, 1) == NULL, "%s",
                      renamed[i]);
        ck_assert_int_eq(diag_failure(desk->diag), FAILURE_INVARIANT);
        sqlite3_close(db);
        desk_drop(desk);
    }
}
END_TEST

/* A file that is whole and is not what it is taken for. */
static const struct {
    const char *ending, *edit, *says;
    enum code code;
} others[] = {
    {"",            "PRAGMA application_id = 5; PRAGMA user_version = 2", "is not a ledger",
     CODE_G002                                                                                                     },
    {"",            "PRAGMA user_version = 0",                            "is not a ledger",              CODE_G002},
    {"",            "PRAGMA user_version = 2",                            "newer version",                CODE_G003},
    {".identities", "PRAGMA application_id = 5",                          "is not a store of identities",
     CODE_G004                                                                                                     },
    {".identities", "PRAGMA user_version = 2",                            "is not a store of identities", CODE_G004},
    {".identities", "DELETE FROM secret",                                 "holds nothing",                CODE_G004},
    {".identities", "UPDATE secret SET salt = x'00'",                     "belongs to another ledger",
     CODE_G004                                                                                                     },
    {".identities", "UPDATE secret SET salt = zeroblob(32)",              "belongs to another ledger",
     CODE_G004                                                                                                     },
};

START_TEST(what_it_is_not)
{
    sqlite3 *db = NULL;
    size_t count = 0;
    struct desk *desk = leave_closed();
    const char *path = arena_printf(&desk->keep, "%s%s", desk->path, others[_i].ending);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, others[_i].edit, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    ck_assert_ptr_null(ledger_open(&desk->keep, desk->path, true, desk->diag));
    const struct diagnostic *told = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_msg(told[0].code == others[_i].code &&
                      strstr(told[0].text, others[_i].says) != NULL,
                  "%s", told[0].text);
    desk_drop(desk);
}
END_TEST

/* Identities without a ledger are taken over if nobody is in them, and if they are whole. */
START_TEST(identities_alone)
{
    static const struct {
        const char *edit;
        bool taken;
    } rows[] = {
        {"SELECT 1",                       true },
        {"UPDATE secret SET salt = x'00'", false},
        {"DELETE FROM secret",             false},
        {"PRAGMA application_id = 5",      false},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        sqlite3 *db = NULL;
        size_t count = 0;
        struct desk *desk = desk_open((struct town){0});
        ledger_close(desk->ledger);
        struct arena *keep = &desk->keep;
        ck_assert_int_eq(remove(desk->path), 0);
        ck_assert_int_eq(
            sqlite3_open(arena_printf(keep, "%s.identities", desk->path), &db),
            SQLITE_OK);
        ck_assert_int_eq(sqlite3_exec(db, rows[i].edit, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        ck_assert(ledger_create(keep, desk->path, "test", &town_alice, desk->diag) ==
                  rows[i].taken);
        const struct diagnostic *told = diag_sorted(desk->diag, &count);
        ck_assert_uint_eq(count, !rows[i].taken);
        ck_assert(rows[i].taken || told[0].code == CODE_G005);
        desk->ledger = ledger_open(keep, desk->path, false, desk->diag);
        ck_assert((desk->ledger != NULL) == rows[i].taken);
        desk_drop(desk);
    }
}
END_TEST

/* One member, there on the first day of January and of February. */
static const struct town two_months = {
    .members = 1, .rate = 4000, .present = {{true, false, true}}};

/* The identities of the desk lose what the statement says; the ledger must miss it. */
static void
is_missed(struct desk *desk, const char *removal)
{
    sqlite3 *db = NULL;
    ck_assert(ledger_verify(desk->ledger));
    const char *path = arena_printf(&desk->keep, "%s.identities", desk->path);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, removal, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_ge(sqlite3_changes(db), 1);
    sqlite3_close(db);
    ck_assert(!ledger_verify(desk->ledger));
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_INVARIANT);
    desk_drop(desk);
}

/* The second payment goes to another account: whose, is missed as much as that of the first. */
START_TEST(a_later_account)
{
    struct desk *desk = desk_open_prepared(two_months);
    desk_pay(desk, 1);
    struct batch *batch = desk_batch(desk, 1);
    struct participation *row = (struct participation *)(uintptr_t)participant_in(
        &batch->roster->items[0], batch->period); /* ours, made a line above */
    row->bank.iban = STR("FR7699990003010003000020952");
    ck_assert(town_confirm(desk->ledger, batch));
    ck_assert(town_prepare(&desk->keep, desk->ledger, batch, batch->period.from,
                           &desk->recorded));
    ck_assert_uint_eq(desk->recorded.payments, 1);
    is_missed(desk, "DELETE FROM payee WHERE iban = 'FR7699990003010003000020952'");
}
END_TEST

/* Whoever was purged and came back is known again, and missed. */
START_TEST(somebody_who_came_back)
{
    static const char *const removals[] = {"DELETE FROM payee",
                                           "DELETE FROM payee; DELETE FROM person"};
    bool again = false;
    struct desk *desk = desk_open_prepared(two_months);
    desk_pay(desk, 1);
    ck_assert(desk_act(desk, LEDGER_SETTLED, 1));
    struct batch *january = desk_batch(desk, 0);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_close_period(desk->ledger, january->rules->id, january->period,
                                  &town_alice, false, &again));
    ck_assert(ledger_purge(desk->ledger, january->rules->id, STR("M0"), &town_alice));
    ck_assert(ledger_commit(desk->ledger));
    ck_assert(ledger_verify(desk->ledger));
    struct batch *february = desk_batch(desk, 1);
    ck_assert(town_confirm(desk->ledger, february));
    ck_assert(_i == 1 || town_prepare(&desk->keep, desk->ledger, february,
                                      february->period.from, &desk->recorded));
    is_missed(desk, removals[_i]);
}
END_TEST

Suite *test_ledger_damage_suite(void);

Suite *
test_ledger_damage_suite(void)
{
    Suite *suite = suite_create("ledger_damage");
    TCase *cases = tcase_create("damage");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, an_index_that_lies);
    tcase_add_loop_test(cases, an_edit_beside_the_chain, 0, ARRAY_COUNT(edits));
    tcase_add_test(cases, a_name_that_is_not_the_one);
    tcase_add_loop_test(cases, what_it_is_not, 0, ARRAY_COUNT(others));
    tcase_add_test(cases, identities_alone);
    tcase_add_test(cases, a_later_account);
    tcase_add_loop_test(cases, somebody_who_came_back, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
