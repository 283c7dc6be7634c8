/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger keeps is what was said: the entries that an order lists, what a reversal takes over
 * and a cancellation gives back, what is closed, who is named. */
#include "defray/ledger_view.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/days.h"
#include "support/desk.h"

#include <check.h>
#include <string.h>

/* Two members, M0 on both days of January and M1 on the first. */
static const struct town pair = {
    .members = 2, .rate = 4000, .retroactive = true, .present = {{true, true}, {true}}
};

/* What the statement gives, of which ?1 and ?2 are the numbers. */
static int64_t
value_of(struct desk *desk, const char *sql, int64_t one, int64_t two)
{
    struct sqlite3_stmt *statement = store_statement(&desk->ledger->store, sql);
    store_bind(statement, 1, one);
    store_bind(statement, 2, two);
    int64_t value = store_value(&desk->ledger->store, statement);
    ck_assert(!desk->ledger->store.failed);
    return value;
}

/* What was paid by the very rules of a run, and what was not. */
START_TEST(rights_know_their_rules)
{
    struct desk *desk = desk_open_prepared(pair);
    for (int64_t rate = 4000; rate >= 3000; rate -= 1000) {
        desk->town.rate = rate;
        struct batch *batch = desk_batch(desk, 0);
        const struct history *history = ledger_history(&desk->keep, desk->ledger, batch,
                                                       batch->period.from, STR("A"));
        ck_assert_ptr_nonnull(history);
        ck_assert_uint_eq(history->first[2], 3);
        for (size_t i = 0; i < 3; i++) {
            ck_assert(history->items[i].same_rules == (rate == 4000));
            ck_assert((history->items[i].rules == NULL) == (rate == 4000));
            ck_assert_int_eq(history->items[i].amount.cents, 4000);
        }
    }
    desk_close(desk);
}
END_TEST

/* The days that batches have settled, the latest first, and by which rules if not by the run's; what was cancelled
 * has settled none. */
START_TEST(settled_days_know_their_rules)
{
    struct desk *desk = desk_open_prepared(pair);
    desk->town.rate = 3000;
    desk->town.present[0][2] = true;
    (void)desk_record(desk, 1);
    for (int cancelled = 0; cancelled < 2; cancelled++) {
        struct batch *batch = desk_batch(desk, 1);
        const struct history *history =
            ledger_history(&desk->keep, desk->ledger, batch, day("2026-01-05"), STR("A"));
        ck_assert_ptr_nonnull(history);
        size_t january = cancelled ? 0 : 1;
        ck_assert_uint_eq(history->settled_count, january + 1);
        ck_assert_int_eq(history->settled[january].days.to.day, day("2026-01-31").day);
        ck_assert_ptr_nonnull(history->settled[january].rules);
        ck_assert(cancelled || history->settled[0].rules == NULL);
        ck_assert((history_rules(history, day("2026-01-10")) != NULL) == cancelled);
        ck_assert_ptr_null(history_rules(history, day("2026-02-07")));
        ck_assert(cancelled || desk_act(desk, LEDGER_CANCEL, 2));
    }
    struct batch *february = desk_batch(desk, 1);
    const struct history *history = ledger_history(&desk->keep, desk->ledger, february,
                                                   february->period.from, STR("A"));
    ck_assert_ptr_nonnull(history);
    ck_assert_uint_eq(history->settled_count, 0);
    desk_close(desk);
}
END_TEST

/* Whoever is asked for is named: the member, or else the assembly. */
START_TEST(nothing_to_recover)
{
    struct desk *desk = desk_open_prepared(pair);
    ck_assert_ptr_null(
        ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR("9")));
    ck_assert_ptr_null(ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR("")));
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(count, 2);
    bool member = false;
    bool assembly = false;
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(filed[i].code, CODE_G006);
        member = member || strstr(filed[i].text, "'9'") != NULL;
        assembly = assembly || strstr(filed[i].text, "'town0'") != NULL;
    }
    ck_assert(member && assembly);
    desk_close(desk);
}
END_TEST

struct listing { /* of an order, one line an entry */
    struct entry_sink sink;
    struct arena *keep;
    const char *lines;
};

static void
list_entry(struct entry_sink *sink, const struct order_entry *entry)
{
    struct listing *listing = (struct listing *)sink;
    char day[DATE_TEXT_MAX];
    char amount[MONEY_TEXT_MAX];
    listing->lines = arena_printf(
        listing->keep, "%s%.*s %.*s %.*s %.*s %.*s %s %s%s\n", listing->lines,
        TEXT_ARG(entry->id), TEXT_ARG(entry->kind), TEXT_ARG(entry->component),
        TEXT_ARG(entry->unit), TEXT_ARG(entry->cause), date_text(entry->day, day),
        money_text(entry->amount, amount), entry->late ? " late" : "");
}

static const char *
entries_of_order(struct desk *desk, int64_t batch)
{
    struct listing listing = {{list_entry}, &desk->keep, ""};
    const struct order *order = ledger_order(&desk->keep, desk->ledger, batch);
    ck_assert_ptr_nonnull(order);
    struct arena scratch = arena_reserve((size_t)1 << 20);
    order->entries.each(order->entries.context, scratch, &listing.sink);
    arena_release(scratch);
    return listing.lines;
}

/* Who did what; an act on a whole batch has no subject. */
static const char *
events_of_order(struct desk *desk, const struct order *order)
{
    const char *lines = "";
    for (size_t i = 0; i < order->event_count; i++) {
        const struct order_event *event = &order->events[i];
        lines = arena_printf(&desk->keep, "%s%.*s %.*s %.*s '%.*s'\n", lines,
                             TEXT_ARG(event->verb), TEXT_ARG(event->state),
                             TEXT_ARG(event->actor), TEXT_ARG(event->subject));
    }
    return lines;
}

/* Each entry of the batch and of no other, under the name of its own person. */
START_TEST(an_order_lists_its_entries)
{
    struct desk *desk = desk_open_prepared(pair);
    ck_assert_int_eq(value_of(desk,
                              "SELECT count(*) FROM rulefile WHERE name = 'town.cfg' AND "
                              "length(sha256) = 64 AND ?1 < ?2",
                              1, 2),
                     1);
    desk_pay(desk, 1);
    desk->town.present[1][1] = true; /* told late */
    desk->town.present[0][2] = true;
    int64_t second = desk_record(desk, 1);
    ck_assert_str_eq(entries_of_order(desk, 1),
                     "M0 DUE stipend plenary new 2026-01-10 40.00\n"
                     "M0 DUE stipend plenary new 2026-01-24 40.00\n"
                     "M1 DUE stipend plenary new 2026-01-10 40.00\n");
    ck_assert_str_eq(entries_of_order(desk, second),
                     "M0 DUE stipend plenary new 2026-02-07 40.00\n"
                     "M1 DUE stipend plenary late 2026-01-24 40.00 late\n");
    const struct order *order = ledger_order(&desk->keep, desk->ledger, 1);
    ck_assert_ptr_nonnull(order);
    ck_assert_str_eq(events_of_order(desk, order), "prepare PREPARED Alice ''\n"
                                                   "approve APPROVED Bernard ''\n"
                                                   "export EXPORTED Bernard ''\n"
                                                   "sent SENT Bernard ''\n");
    desk_close(desk);
}
END_TEST

/* Whoever has read an order or a history keeps nobody from writing, of either file. */
START_TEST(readers_hold_nothing)
{
    struct desk *desk = desk_open_prepared(pair);
    struct ledger *reader = ledger_open(&desk->keep, desk->path, false, desk->diag);
    ck_assert_ptr_nonnull(reader);
    for (int day = 2; day < 4; day++) {
        struct batch *batch = desk_batch(desk, 1);
        if (day == 2) {
            ck_assert_ptr_nonnull(ledger_order(&desk->keep, reader, 1));
        } else {
            ck_assert_ptr_nonnull(
                ledger_history(&desk->keep, reader, batch, batch->period.from, STR("A")));
        }
        int member = desk->town.members++;
        desk->town.present[member][day] = true;
        ck_assert(town_confirm(desk->ledger, desk_batch(desk, 1)));
        desk_record(desk, 1);
    }
    ledger_close(reader);
    desk_close(desk);
}
END_TEST

/* Taken back once, even of a single entry; a second time nothing is left, and it is said. */
START_TEST(nothing_is_taken_back_twice)
{
    struct desk *desk = desk_open_prepared(pair);
    desk_pay(desk, 1);
    ck_assert_int_ne(desk_reverse(desk, 1, STR("M1")), 0);
    ck_assert_int_eq(diag_failure(desk->diag), FAILURE_NONE);
    ck_assert_int_eq(desk_reverse(desk, 1, STR("M1")), 0);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(filed[0].code, CODE_G006);
    desk_close(desk);
}
END_TEST

/* The batch of a reversal is that of what it reverses, in all that is not its own. */
START_TEST(a_reversal_takes_over_the_batch)
{
    static const char *const taken_over[] = {"assembly", "title",    "authority",
                                             "language", "day_from", "day_to",
                                             "since",    "ruleset",  "single"};
    struct desk *desk = desk_open_prepared(pair);
    desk_pay(desk, 1);
    desk->town.present[0][2] = true;
    int64_t february = desk_record(desk, 1);
    desk_pay(desk, february);
    int64_t made = desk_reverse(desk, february, STR("M0"));
    ck_assert_int_ne(made, 0);
    for (size_t i = 0; i < ARRAY_COUNT(taken_over); i++) {
        const char *sql = arena_printf(
            &desk->keep,
            "SELECT count(*) FROM batch a JOIN batch b ON a.%s = b.%s WHERE a.number = ?1 AND "
            "b.number = ?2",
            taken_over[i], taken_over[i]);
        ck_assert_msg(value_of(desk, sql, february, made) == 1, "%s", taken_over[i]);
    }
    ck_assert_int_eq(
        value_of(desk,
                 "SELECT count(DISTINCT x) FROM (SELECT title AS x FROM batch "
                 "WHERE number = ?2 UNION ALL SELECT authority FROM batch WHERE "
                 "number = ?2 UNION ALL SELECT day_from FROM batch WHERE number = "
                 "?2 UNION ALL SELECT day_to FROM batch WHERE number = ?2 UNION "
                 "ALL SELECT since FROM batch WHERE number = ?2) WHERE ?1 > 0",
                 february, made),
        5);
    desk_close(desk);
}
END_TEST

/* A cancelled reversal gives back the entries that it took away, each with its fact and rules. */
START_TEST(a_cancelled_reversal_gives_back)
{
    static const char given_back[] =
        "SELECT count(*) FROM entry old JOIN entry new ON new.person = old.person AND new.day = "
        "old.day AND new.kind = old.kind AND new.fact = old.fact AND new.ruleset = old.ruleset "
        "AND new.amount = old.amount AND new.component = old.component WHERE old.batch = ?1 AND "
        "new.batch = ?2 AND new.cause = 'cancel' AND new.reverses = 0";
    struct desk *desk = desk_open_prepared(pair);
    desk_pay(desk, 1);
    int64_t made = desk_reverse(desk, 1, STR("M0"));
    ck_assert_int_ne(made, 0);
    ck_assert_int_eq(value_of(desk, given_back, 1, made), 0);
    ck_assert(desk_act(desk, LEDGER_CANCEL, made));
    ck_assert_int_eq(value_of(desk, given_back, 1, made), 2);
    desk_close(desk);
}
END_TEST

/* A batch that a later one has corrected stays, until that one is gone. */
START_TEST(a_batch_that_others_build_on)
{
    struct desk *desk = desk_open_prepared(pair);
    desk->town.rate = 5000;
    int64_t second = desk_record(desk, 0);
    ck_assert(!desk_act(desk, LEDGER_CANCEL, 1));
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(desk->diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(filed[0].code, CODE_P105);
    ck_assert(desk_act(desk, LEDGER_CANCEL, second));
    ck_assert(desk_act(desk, LEDGER_CANCEL, 1));
    desk_close(desk);
}
END_TEST

static bool
is_closed(struct desk *desk, int from, int to)
{
    struct period period;
    ck_assert(date_make(2026, from, 1, &period.from));
    ck_assert(date_make(2026, to, 1, &period.to));
    period.to = date_month_last(period.to);
    return ledger_is_closed(desk->ledger, STR("town0"), period);
}

/* Closed is what lies within a closing as a whole, in that assembly; nothing is carried where
 * nothing is owed. */
START_TEST(what_is_closed)
{
    struct desk *desk = desk_open_prepared(pair);
    desk_pay(desk, 1);
    ck_assert(desk_act(desk, LEDGER_SETTLED, 1));
    desk->town.present[0][2] = true; /* in February */
    desk_pay(desk, desk_record(desk, 1));
    ck_assert(desk_act(desk, LEDGER_SETTLED, 2));
    bool again = false;
    struct period spring = {.from = {0}};
    ck_assert(date_make(2026, 2, 1, &spring.from) && date_make(2026, 3, 31, &spring.to));
    ck_assert(!is_closed(desk, 2, 3));
    ck_assert(ledger_begin(desk->ledger));
    ck_assert(ledger_close_period(desk->ledger, STR("town0"), spring, &town_alice, false,
                                  &again));
    ck_assert(ledger_commit(desk->ledger));
    ck_assert(is_closed(desk, 2, 3) && is_closed(desk, 2, 2) && is_closed(desk, 3, 3));
    ck_assert(!is_closed(desk, 1, 1) && !is_closed(desk, 1, 2));
    ck_assert(!is_closed(desk, 3, 4) && !is_closed(desk, 4, 4));
    ck_assert(!ledger_is_closed(desk->ledger, STR("town1"), spring));
    ck_assert_int_eq(
        value_of(desk,
                 "SELECT count(*) FROM event WHERE verb = 'close' AND subject = "
                 "'town0 2026-02-01..2026-03-31' AND ?1 < ?2",
                 1, 2),
        1);
    desk_close(desk);
}
END_TEST

Suite *test_ledger_contents_suite(void);

Suite *
test_ledger_contents_suite(void)
{
    Suite *suite = suite_create("ledger_contents");
    TCase *cases = tcase_create("ledger_contents");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, an_order_lists_its_entries);
    tcase_add_test(cases, rights_know_their_rules);
    tcase_add_test(cases, settled_days_know_their_rules);
    tcase_add_test(cases, nothing_to_recover);
    tcase_add_test(cases, readers_hold_nothing);
    tcase_add_test(cases, nothing_is_taken_back_twice);
    tcase_add_test(cases, a_reversal_takes_over_the_batch);
    tcase_add_test(cases, a_cancelled_reversal_gives_back);
    tcase_add_test(cases, a_batch_that_others_build_on);
    tcase_add_test(cases, what_is_closed);
    suite_add_tcase(suite, cases);
    return suite;
}
