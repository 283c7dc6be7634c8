/* SPDX-License-Identifier: Apache-2.0 */
/* What few ledgers hold: rows that a faulty program appends with a valid link, deeds given twice,
 * anchors that are none, places where no ledger can lie. */
#include "../../src/ledger/ledger_parts.h"
#include "support/days.h"
#include "support/desk.h"
#include "support/filed.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

/* Two members, both present on the first day of January. */
static const struct town pair = {
    .members = 2, .rate = 4000, .present = {{true}, {true}}
};

static bool
come_back(struct desk *desk, const char *member, bool *again)
{
    ck_assert(ledger_begin(desk->ledger));
    if (!ledger_move(desk->ledger, LEDGER_RETURNED, 1, text_of(member), &town_bernard,
                     again)) {
        ledger_rollback(desk->ledger);
        return false;
    }
    return ledger_commit(desk->ledger);
}

START_TEST(a_payment_comes_back_once)
{
    bool again = false;
    struct desk *desk = desk_open_prepared(pair);
    desk_pay(desk, 1);
    ck_assert(come_back(desk, "M1", &again) && !again);
    ck_assert(come_back(desk, "M1", &again) && again);
    ck_assert(!come_back(desk, "M9", &again));
    desk_close(desk);
}
END_TEST

static int64_t
first_person(struct ledger *ledger)
{
    struct sqlite3_stmt *find =
        store_statement(&ledger->store, "SELECT min(seq) FROM person");
    return store_value(&ledger->store, find);
}

/* A batch that is opened by hand, with an entry of this person. */
static void
append_batch(struct ledger *ledger, int64_t number, int64_t person)
{
    struct datum none = datum_text(STR(""));
    struct sqlite3_stmt *find =
        store_statement(&ledger->store, "SELECT min(seq) FROM ruleset");
    int64_t ruleset = store_value(&ledger->store, find);
    const struct datum batch[] = {
        datum_integer(number),
        datum_text(STR("pay")),
        datum_text(STR("town0")),
        none,
        none,
        datum_text(STR("en")),
        datum_text(STR("2026-02-01")),
        datum_text(STR("2026-02-28")),
        datum_text(STR("2026-02-01")),
        none,
        datum_integer(ruleset),
        none,
        datum_integer(0),
        none,
        none,
        none,
        none,
        none,
        none,
        none,
    };
    const struct datum entry[] = {
        datum_integer(number),  datum_integer(person),  datum_text(STR("right")),
        datum_text(STR("DUE")), datum_text(STR("s")),   datum_text(STR("2026-02-07")),
        datum_text(STR("x")),   datum_integer(1),       datum_integer(0),
        datum_integer(ruleset), datum_text(STR("new")), datum_integer(0),
        datum_integer(0),
    };
    const struct datum seal[] = {
        datum_integer(number), datum_bytes("x", 1), datum_integer(1),
        datum_integer(0),      datum_integer(0),
    };
    ck_assert(chain_append(ledger, TABLE_BATCH, batch, ARRAY_COUNT(batch)) != 0);
    ck_assert(chain_append(ledger, TABLE_ENTRY, entry, ARRAY_COUNT(entry)) != 0);
    ck_assert(chain_append(ledger, TABLE_SEAL, seal, ARRAY_COUNT(seal)) != 0);
}

/* Each batch that is not what was sealed is told, once, and by itself if one asks for it. */
START_TEST(seals_are_told_one_by_one)
{
    struct desk *desk = desk_open_prepared(pair);
    ck_assert(seals_hold(desk->ledger, 0) && seals_hold(desk->ledger, 1));
    ck_assert(!seals_hold(desk->ledger, 2)); /* there is none */
    ck_assert(seals_hold(desk->ledger, 1));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G041), 1);
    ck_assert(ledger_begin(desk->ledger));
    append_batch(desk->ledger, 2, first_person(desk->ledger));
    append_batch(desk->ledger, 3, first_person(desk->ledger) + 1);
    append_batch(desk->ledger, 4, 0);
    append_batch(desk->ledger, 5, 777);
    for (int64_t batch = 2; batch <= 3; batch++) { /* wrong twice over */
        const struct datum late[] = {
            datum_integer(batch),
            datum_integer(1),
            datum_integer(1),
            datum_integer(1),
            datum_bytes("b", 1),
            datum_bytes("p", 1),
            datum_text(batch == 2 ? STR("E2E") : STR("E3E")),
        };
        ck_assert(chain_append(desk->ledger, TABLE_PAYMENT, late, ARRAY_COUNT(late)) !=
                  0);
    }
    ck_assert(seals_hold(desk->ledger, 1));
    for (int64_t batch = 2; batch <= 5; batch++) {
        size_t before = filed_with(desk->diag, CODE_G041);
        ck_assert(!seals_hold(desk->ledger, batch));
        ck_assert_uint_eq(filed_with(desk->diag, CODE_G041), before + 1);
    }
    size_t before = filed_with(desk->diag, CODE_G041);
    ck_assert(!seals_hold(desk->ledger, 0));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G041), before + 4);
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* Entries before anybody is a person. */
START_TEST(entries_of_nobody)
{
    struct desk *desk = desk_open((struct town){0});
    ck_assert(ledger_begin(desk->ledger));
    append_batch(desk->ledger, 1, 1);
    ck_assert(chain_check(desk->ledger));
    ck_assert(!seals_hold(desk->ledger, 1));
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* The rules of a batch are kept whole, once for all batches that rest on them. */
START_TEST(the_rules_are_kept_with_the_batch)
{
    struct desk *desk = desk_open_prepared(pair);
    desk->town.present[0][2] = true;
    desk->since = day("2026-02-01");
    ck_assert_int_eq(desk_record(desk, 1), 2);
    struct store *store = &desk->ledger->store;
    struct sqlite3_stmt *all = store_statement(
        store, "SELECT name, text, (SELECT count(*) FROM rulefile) FROM rulefile");
    ck_assert(store_step(store, all));
    ck_assert(text_equals(store_text(all, 0), STR("town.cfg")));
    ck_assert(text_equals(store_text(all, 1), desk_batch(desk, 1)->rules->file->bytes));
    ck_assert_int_eq(store_integer(all, 2), 1);
    desk_close(desk);
}
END_TEST

static bool
anchored(struct desk *desk, const char *text)
{
    struct input *input = input_of(&desk->keep, STR("heads.txt"), text_of(text));
    return ledger_verify_anchor(desk->ledger, input);
}

START_TEST(an_anchor_is_a_number_and_a_fingerprint)
{
    struct desk *desk = desk_open_prepared(pair);
    struct arena *keep = &desk->keep;
    const char *head = ledger_head(keep, desk->ledger);
    const char *hex = strchr(head, ':') + 1;
    ck_assert(anchored(desk, head));
    ck_assert(anchored(desk, arena_printf(keep, "\n  %s \n\n%s\n", head, head)));
    ck_assert(anchored(desk, arena_printf(keep, "\xEF\xBB\xBF%s\r\n\r\n", head)));
    ck_assert_uint_eq(diag_errors(desk->diag), 0);
    const char *const none[] = {
        "",
        "\n",
        "12345",
        "x",
        ":",
        arena_printf(keep, "1x%s", hex),
        arena_printf(keep, "1:%s0", hex),
        arena_printf(keep, "1:%.63s", hex),
        arena_printf(keep, "1:%.63sg", hex),
        arena_printf(keep, "1:%.63sA", hex),
        arena_printf(keep, ":%s", hex),
        arena_printf(keep, "-1:%s", hex),
        arena_printf(keep, "1234567890123456789:%s", hex),
    };
    for (size_t i = 0; i < ARRAY_COUNT(none); i++) {
        ck_assert_msg(!anchored(desk, none[i]), "%s", none[i]);
        ck_assert_uint_eq(filed_with(desk->diag, CODE_G008), i + 1);
    }
    ck_assert(!anchored(desk, arena_printf(keep, "\n\n1:%s", hex)));
    ck_assert(!anchored(desk, arena_printf(keep, "123456789012345678:%s", hex)));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G043), 2);
    size_t count = 0;
    const struct diagnostic *told = diag_sorted(desk->diag, &count);
    bool third = false;
    for (size_t i = 0; i < count; i++) {
        third = third || (told[i].code == CODE_G043 && told[i].where.line == 3);
    }
    ck_assert(third);
    desk_close(desk);
}
END_TEST

/* Said again by the same person, nothing; by another, once more. */
START_TEST(each_person_confirms_once)
{
    static const uint32_t all[] = {0, 1};
    struct desk *desk = desk_open_prepared(pair);
    struct batch *batch = desk_batch(desk, 0);
    struct ledger_members members = {all, 2, false};
    static const struct {
        const struct act *act;
        size_t confirmed;
    } rows[] = {
        {&town_bernard, 0},
        {&town_alice,   2},
        {&town_alice,   0},
        {&town_bernard, 2},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        size_t confirmed = 9;
        ck_assert(ledger_begin(desk->ledger));
        ck_assert(ledger_confirm(desk->ledger, batch, &members, rows[i].act, &confirmed));
        ck_assert(ledger_commit(desk->ledger));
        ck_assert_uint_eq(confirmed, rows[i].confirmed);
    }
    desk_close(desk);
}
END_TEST

/* Somebody who is unknown, whose period is open, or who is owed something, is not forgotten. */
START_TEST(who_may_be_forgotten)
{
    bool again = false;
    struct period january = {{0}, {0}};
    ck_assert(period_parse(STR("2026-01"), &january));
    struct desk *desk = desk_open_prepared(pair);
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(!ledger_purge(desk->ledger, STR("town0"), STR("M9"), &town_alice));
    ck_assert(!ledger_collect(desk->ledger, STR("town0"), STR("M9"), (struct money){1},
                              &town_alice, &again));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G006), 2);
    ck_assert(!ledger_purge(desk->ledger, STR("town0"), STR("M0"), &town_alice));
    ledger_rollback(desk->ledger);
    desk_pay(desk, 1);
    ck_assert(come_back(desk, "M1", &again));
    ck_assert(desk_act(desk, LEDGER_SETTLED, 1));
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(!ledger_purge(desk->ledger, STR("town0"), STR("M0"), &town_alice));
    ck_assert(ledger_close_period(desk->ledger, STR("town0"), january, &town_alice, true,
                                  &again));
    ck_assert(!ledger_purge(desk->ledger, STR("town0"), STR("M1"), &town_alice));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_P110), 3);
    ck_assert(ledger_purge(desk->ledger, STR("town0"), STR("M0"), &town_alice));
    ck_assert(ledger_commit(desk->ledger));
    desk_close(desk);
}
END_TEST

/* An event of the right verb that leads to a state it does not lead to. */
START_TEST(an_act_leads_where_it_leads)
{
    int64_t wrong = 0;
    struct desk *desk = desk_open_prepared(pair);
    ck_assert(events_follow(desk->ledger, &wrong));
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(event_append(desk->ledger, 1, "approve", "SENT", &town_bernard));
    ck_assert(!events_follow(desk->ledger, &wrong));
    ck_assert_int_eq(wrong, desk->ledger->head.seq);
    ledger_rollback(desk->ledger);
    desk_close(desk);
}
END_TEST

/* Identities in which somebody is are nobody else's to take over. */
START_TEST(identities_outlive_their_ledger)
{
    struct desk *desk = desk_open_prepared(pair);
    ledger_close(desk->ledger);
    desk->ledger = NULL;
    ck_assert_int_eq(unlink(desk->path), 0);
    ck_assert(!ledger_create(&desk->keep, desk->path, "test", &town_alice, desk->diag));
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G005), 1);
    desk_drop(desk);
}
END_TEST

START_TEST(places_where_no_ledger_lies)
{
    struct arena keep = arena_reserve((size_t)1 << 30);
    static const struct {
        const char *path;
        enum code created, opened;
    } rows[] = {
        {"/defray-no-such-folder/x.db", CODE_G001, CODE_G001},
        {"/defray-no-such-ledger.db/x", CODE_G001, CODE_G001},
        {"/proc/defray-x.db",           CODE_G021, CODE_G001},
        {"/",                           CODE_G021, CODE_G002},
        {"/dev/null",                   CODE_G005, CODE_G002},
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        struct diag *diag = diag_new(&keep, LANGUAGE_EN);
        size_t count = 0;
        ck_assert(!ledger_create(&keep, rows[i].path, "test", &town_alice, diag));
        ck_assert_str_eq(code_page(diag_sorted(diag, &count)[0].code)->id,
                         code_page(rows[i].created)->id);
        diag = diag_new(&keep, LANGUAGE_EN);
        ck_assert_ptr_null(ledger_open(&keep, rows[i].path, false, diag));
        ck_assert_str_eq(code_page(diag_sorted(diag, &count)[0].code)->id,
                         code_page(rows[i].opened)->id);
    }
    arena_release(keep);
}
END_TEST

/* Members who prepare payments may have no account. */
START_TEST(staff_without_an_account)
{
    struct desk *desk = desk_open_prepared(pair);
    struct batch *batch = desk_batch(desk, 0);
    batch->roster->items[0].rows[0].bank.iban = STR("");
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_staff(desk->ledger, batch, &town_alice));
    ck_assert(ledger_commit(desk->ledger));
    struct sqlite3_stmt *count =
        store_statement(desk->ledger->identity,
                        "SELECT count(*) FROM person WHERE assembly = '(office)'");
    ck_assert_int_eq(store_value(desk->ledger->identity, count), 1);
    desk_close(desk);
}
END_TEST

Suite *test_ledger_edges_suite(void);

Suite *
test_ledger_edges_suite(void)
{
    Suite *suite = suite_create("ledger_edges");
    TCase *cases = tcase_create("ledger_edges");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_payment_comes_back_once);
    tcase_add_test(cases, seals_are_told_one_by_one);
    tcase_add_test(cases, entries_of_nobody);
    tcase_add_test(cases, the_rules_are_kept_with_the_batch);
    tcase_add_test(cases, an_anchor_is_a_number_and_a_fingerprint);
    tcase_add_test(cases, each_person_confirms_once);
    tcase_add_test(cases, who_may_be_forgotten);
    tcase_add_test(cases, an_act_leads_where_it_leads);
    tcase_add_test(cases, identities_outlive_their_ledger);
    tcase_add_test(cases, places_where_no_ledger_lies);
    tcase_add_test(cases, staff_without_an_account);
    suite_add_tcase(suite, cases);
    return suite;
}
