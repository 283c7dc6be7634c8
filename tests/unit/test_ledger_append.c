/* SPDX-License-Identifier: Apache-2.0 */
/* How rows come into a ledger: our own connection lets nothing else through, and entries that are
 * written many at once are those that are written one by one. */
#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"

#include <sqlite3.h>

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* One member, present on the first day of January. */
static const struct town one_member = {.members = 1, .rate = 4000, .present = {{true}}};

/* Our own connection does not run the triggers, and needs none. */
START_TEST(append_only_for_itself)
{
    struct desk *desk = desk_open_prepared(one_member);
    static const char *const attacks[] = {
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment",
        "INSERT INTO payment SELECT * FROM payment WHERE number = 1",
        "DROP TRIGGER payment_update",
        "CREATE TABLE note(a)",
        "PRAGMA user_version = 9",
    };
    for (size_t i = 0; i < ARRAY_COUNT(attacks); i++) {
        ck_assert_msg(sqlite3_exec(desk->ledger->store.db, attacks[i], NULL, NULL,
                                   NULL) != SQLITE_OK,
                      "'%s' went through", attacks[i]);
    }
    ck_assert(ledger_begin(desk->ledger));
    desk->ledger->head.seq--;
    ck_assert(!event_append(desk->ledger, 1, "sent", "SENT", &town_alice));
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_MACHINE);
    ledger_rollback(desk->ledger);
    desk_drop(desk);
}
END_TEST

/* No statement of ours may say what the triggers would have to stop. */
START_TEST(a_row_in_place_of_another)
{
    struct desk *desk = desk_open_prepared(one_member);
    (void)store_statement(&desk->ledger->store,
                          "INSERT OR REPLACE INTO answer SELECT * FROM answer");
    desk_close(desk);
}
END_TEST

/* Entries that are written many at once are the chain that they are one by one, whatever their
 * texts take, and those that wait go with the transaction. */
START_TEST(entries_that_wait)
{
    struct desk *desk = desk_open_prepared(one_member);
    struct store *store = &desk->ledger->store;
    static const char count_all[] = "SELECT count(*) FROM entry";
    static char long_text[6000];
    memset(long_text, 'u', sizeof long_text);
    int64_t before = store_value(store, store_statement(store, count_all));
    ck_assert(ledger_begin(desk->ledger));
    for (int i = 0; i < 3 * CHAIN_ROWS + 5; i++) {
        char unit[16];
        snprintf(unit, sizeof unit, "s%d", i);
        size_t size = i == 20 ? 6000 : i % 7 == 0 ? 1100 : 0;
        const struct datum fields[] = {
            datum_integer(1),
            datum_integer(3),
            datum_text(STR("right")),
            datum_text(STR("DUE")),
            datum_text(STR("s")),
            datum_text(STR("2026-01-10")),
            datum_text(size > 0 ? (struct text){long_text, size} : text_of(unit)),
            datum_integer(i + 1),
            datum_integer(-i),
            datum_integer(0),
            datum_text(STR("")),
            datum_integer(0),
            datum_integer(0),
        };
        ck_assert(chain_append_entry(desk->ledger, fields, ARRAY_COUNT(fields)));
        unit[0] = 'x'; /* what was given may go */
    }
    ck_assert_uint_gt(desk->ledger->waiting.count, 0);
    ck_assert(chain_flush(desk->ledger));
    struct link head = desk->ledger->head;
    ck_assert(chain_check(desk->ledger));
    ck_assert_int_eq(desk->ledger->head.seq, head.seq);
    ck_assert_int_eq(store_value(store, store_statement(store, count_all)),
                     before + 3 * CHAIN_ROWS + 5);
    ledger_rollback(desk->ledger);
    ck_assert(ledger_begin(desk->ledger));
    const struct datum one[] = {
        datum_integer(1),       datum_integer(3),     datum_text(STR("right")),
        datum_text(STR("DUE")), datum_text(STR("s")), datum_text(STR("2026-01-10")),
        datum_text(STR("s")),   datum_integer(1),     datum_integer(0),
        datum_integer(0),       datum_text(STR("")),  datum_integer(0),
        datum_integer(0),
    };
    ck_assert(chain_append_entry(desk->ledger, one, ARRAY_COUNT(one)));
    ledger_rollback(desk->ledger);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_commit(desk->ledger));
    ck_assert(chain_check(desk->ledger));
    ck_assert_int_eq(store_value(store, store_statement(store, count_all)), before);
    desk_close(desk);
}
END_TEST

static void
add_counted(struct digester *digester, char type, int64_t number, struct text text)
{
    uint8_t head[9] = {(uint8_t)type};
    for (int i = 0; i < 8; i++) {
        head[1 + i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    }
    digester_add(digester, head, sizeof head);
    digester_add(digester, text.data, text.size);
}

/* However its values fall into the room that they are gathered in, a row's link is the
 * fingerprint of all of them, one after the other. */
START_TEST(a_link_by_the_book)
{
    struct desk *desk = desk_open_prepared(one_member);
    static char text[600];
    memset(text, 'u', sizeof text);
    ck_assert(ledger_begin(desk->ledger));
    for (size_t size = 420; size < 540; size++) {
        struct digester digester = digester_new();
        const struct datum fields[] = {
            datum_text((struct text){text, size}),
            datum_text(STR("2026-01-01")),
            datum_text(STR("2026-01-31")),
        };
        digester_add(&digester, "defray1", 7);
        digester_add(&digester, desk->ledger->head.digest.bytes, 32);
        add_counted(&digester, 't', 7, STR("closing"));
        add_counted(&digester, 'i', desk->ledger->head.seq + 1, STR(""));
        for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
            add_counted(&digester, 't', (int64_t)fields[i].text.size, fields[i].text);
        }
        struct digest digest = digester_finish(&digester);
        ck_assert(chain_append(desk->ledger, TABLE_CLOSING, fields, 3) != 0);
        ck_assert_msg(memcmp(digest.bytes, desk->ledger->head.digest.bytes, 32) == 0,
                      "%zu", size);
    }
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* Rows that wait and find their places taken are not lost without a word: whoever adds the next
 * one is told, whether their number or their texts made them go. */
/* Each byte of a number, also of one that is below zero. */
START_TEST(a_number_by_the_book)
{
    static const int64_t amounts[] = {0x0123456789ABCDEF, -0x0FEDCBA987654321, 0x10000,
                                      0x100000000,        INT64_MAX,           INT64_MIN};
    struct desk *desk = desk_open_prepared(one_member);
    struct store *store = &desk->ledger->store;
    int64_t person = store_value(store, store_statement(store, "SELECT seq FROM person"));
    int64_t rules = store_value(store, store_statement(store, "SELECT seq FROM ruleset"));
    ck_assert(ledger_begin(desk->ledger));
    for (size_t i = 0; i < ARRAY_COUNT(amounts); i++) {
        struct text unit = text_of(arena_printf(&desk->keep, "u%zu", i));
        const struct datum fields[] = {
            datum_integer(1),         datum_integer(person),
            datum_text(STR("right")), datum_text(STR("DUE")),
            datum_text(STR("s")),     datum_text(STR("2026-02-07")),
            datum_text(unit),         datum_integer(amounts[i]),
            datum_integer(0),         datum_integer(rules),
            datum_text(STR("new")),   datum_integer(0),
            datum_integer(0),
        };
        struct digester digester = digester_new();
        digester_add(&digester, "defray1", 7);
        digester_add(&digester, desk->ledger->head.digest.bytes, 32);
        add_counted(&digester, 't', 5, STR("entry"));
        add_counted(&digester, 'i', desk->ledger->head.seq + 1, STR(""));
        for (size_t k = 0; k < ARRAY_COUNT(fields); k++) {
            bool number = fields[k].type == DATUM_INTEGER;
            add_counted(&digester, number ? 'i' : 't',
                        number ? fields[k].integer : (int64_t)fields[k].text.size,
                        number ? STR("") : fields[k].text);
        }
        struct digest digest = digester_finish(&digester);
        ck_assert(chain_append(desk->ledger, TABLE_ENTRY, fields, ARRAY_COUNT(fields)) !=
                  0);
        ck_assert_msg(digest_same(digest, desk->ledger->head.digest), "%zu", i);
    }
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

START_TEST(places_that_are_taken)
{
    static char text[3000];
    static const struct {
        size_t size, accepted;
    } rows[] = {
        {1,           CHAIN_ROWS},
        {sizeof text, 1         },
    };
    memset(text, 'u', sizeof text);
    struct desk *desk = desk_open_prepared(one_member);
    struct store *store = &desk->ledger->store;
    int64_t first =
        store_value(store, store_statement(store, "SELECT min(seq) FROM entry"));
    ck_assert(ledger_begin(desk->ledger));
    desk->ledger->head.seq = first - 1;
    size_t accepted = 0;
    struct datum none = datum_text(STR(""));
    struct datum zero = datum_integer(0);
    struct datum fields[] = {
        zero,
        zero,
        none,
        none,
        none,
        none,
        datum_text((struct text){text, rows[_i].size}),
        zero,
        zero,
        zero,
        none,
        zero,
        zero,
    };
    while (accepted < 99 &&
           chain_append_entry(desk->ledger, fields, ARRAY_COUNT(fields))) {
        accepted++;
    }
    ck_assert_uint_eq(accepted, rows[_i].accepted);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_MACHINE);
    ledger_rollback(desk->ledger);
    desk_drop(desk);
}
END_TEST

Suite *test_ledger_append_suite(void);

Suite *
test_ledger_append_suite(void)
{
    Suite *suite = suite_create("ledger_append");
    TCase *cases = tcase_create("ledger_append");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, append_only_for_itself);
    tcase_add_test_raise_signal(cases, a_row_in_place_of_another, SIGABRT);
    tcase_add_test(cases, entries_that_wait);
    tcase_add_test(cases, a_link_by_the_book);
    tcase_add_test(cases, a_number_by_the_book);
    tcase_add_loop_test(cases, places_that_are_taken, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
