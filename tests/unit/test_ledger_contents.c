/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger keeps is what was said: the entries that an order lists, what a reversal takes over
 * and a cancellation gives back, what is closed, who is named. */
#include "defray/ledger_view.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/town.h"

#include <check.h>
#include <string.h>

struct office {
    struct arena start, keep;
    struct diag *diag;
    struct ledger *ledger;
    const char *path;
    struct town town;
};

/* Two members, M0 on both days of January and M1 on the first. */
static void
office_open(struct office *office)
{
    *office = (struct office){.start = arena_reserve((size_t)1 << 32)};
    office->keep = office->start;
    office->diag = diag_new(&office->keep, LANGUAGE_EN);
    office->ledger = town_ledger(&office->keep, office->diag, &office->path);
    office->town = (struct town){.members = 2, .rate = 4000, .retroactive = true};
    office->town.present[0][0] = office->town.present[0][1] = true;
    office->town.present[1][0] = true;
    struct batch *batch = town_batch(&office->keep, &office->town, 0, office->diag);
    ck_assert(town_confirm(office->ledger, batch));
}

static void
office_close(struct office *office)
{
    struct arena start = office->start;
    ck_assert(ledger_verify(office->ledger));
    ledger_close(office->ledger);
    town_remove(&office->keep, office->path);
    arena_release(start);
}

static int64_t
record_month(struct office *office, int month)
{
    struct recorded recorded;
    struct batch *batch = town_batch(&office->keep, &office->town, month, office->diag);
    struct batch *first = town_batch(&office->keep, &office->town, 0, office->diag);
    ck_assert(town_prepare(&office->keep, office->ledger, batch, first->period.from,
                           &recorded));
    ck_assert_int_gt(recorded.batch, 0);
    return recorded.batch;
}

static bool
move(struct office *office, enum ledger_verb verb, int64_t batch)
{
    bool again = false;
    ck_assert(ledger_begin(office->ledger));
    if (!ledger_move(office->ledger, verb, batch, STR(""), &town_bernard, &again)) {
        ledger_rollback(office->ledger);
        return false;
    }
    return ledger_commit(office->ledger);
}

static void
pay(struct office *office, int64_t batch)
{
    struct digest digest = digest_of("x", 1);
    bool again = false;
    ck_assert(move(office, LEDGER_APPROVE, batch));
    ck_assert(ledger_begin(office->ledger));
    ck_assert(ledger_move(office->ledger, LEDGER_EXPORT, batch, STR(""), &town_bernard,
                          &again));
    ck_assert(ledger_output_add(office->ledger, batch, "xml", &digest, 1));
    ck_assert(ledger_commit(office->ledger));
    ck_assert(move(office, LEDGER_SENT, batch));
}

/* What the statement gives, of which ?1 and ?2 are the numbers. */
static int64_t
value_of(struct office *office, const char *sql, int64_t one, int64_t two)
{
    struct sqlite3_stmt *statement = store_statement(&office->ledger->store, sql);
    store_bind(statement, 1, one);
    store_bind(statement, 2, two);
    int64_t value = store_value(&office->ledger->store, statement);
    ck_assert(!office->ledger->store.failed);
    return value;
}

/* What was paid by the very rules of a run, and what was not. */
START_TEST(rights_know_their_rules)
{
    struct office office;
    office_open(&office);
    record_month(&office, 0);
    for (int64_t rate = 4000; rate >= 3000; rate -= 1000) {
        office.town.rate = rate;
        struct batch *batch = town_batch(&office.keep, &office.town, 0, office.diag);
        const struct history *history = ledger_history(&office.keep, office.ledger, batch,
                                                       batch->period.from, STR("A"));
        ck_assert_ptr_nonnull(history);
        ck_assert_uint_eq(history->first[2], 3);
        for (size_t i = 0; i < 3; i++) {
            ck_assert(history->items[i].same_rules == (rate == 4000));
            ck_assert_int_eq(history->items[i].amount.cents, 4000);
        }
    }
    office_close(&office);
}
END_TEST

/* Whoever is asked for is named: the member, or else the assembly. */
START_TEST(nothing_to_recover)
{
    struct office office;
    office_open(&office);
    record_month(&office, 0);
    ck_assert_ptr_null(
        ledger_recovery(&office.keep, office.ledger, STR("town0"), STR("9")));
    ck_assert_ptr_null(
        ledger_recovery(&office.keep, office.ledger, STR("town0"), STR("")));
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(office.diag, &count);
    ck_assert_uint_eq(count, 2);
    bool member = false;
    bool assembly = false;
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(filed[i].code, CODE_G006);
        member = member || strstr(filed[i].text, "'9'") != NULL;
        assembly = assembly || strstr(filed[i].text, "'town0'") != NULL;
    }
    ck_assert(member && assembly);
    office_close(&office);
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
entries_of_order(struct office *office, int64_t batch)
{
    struct listing listing = {{list_entry}, &office->keep, ""};
    const struct order *order = ledger_order(&office->keep, office->ledger, batch);
    ck_assert_ptr_nonnull(order);
    struct arena scratch = arena_reserve((size_t)1 << 20);
    order->entries.each(order->entries.context, scratch, &listing.sink);
    arena_release(scratch);
    return listing.lines;
}

/* Who did what; an act on a whole batch has no subject. */
static const char *
events_of_order(struct office *office, const struct order *order)
{
    const char *lines = "";
    for (size_t i = 0; i < order->event_count; i++) {
        const struct order_event *event = &order->events[i];
        lines = arena_printf(&office->keep, "%s%.*s %.*s %.*s '%.*s'\n", lines,
                             TEXT_ARG(event->verb), TEXT_ARG(event->state),
                             TEXT_ARG(event->actor), TEXT_ARG(event->subject));
    }
    return lines;
}

/* Each entry of the batch and of no other, under the name of its own person. */
START_TEST(an_order_lists_its_entries)
{
    struct office office;
    office_open(&office);
    int64_t first = record_month(&office, 0);
    ck_assert_int_eq(value_of(&office,
                              "SELECT count(*) FROM rulefile WHERE name = 'town.cfg' AND "
                              "length(sha256) = 64 AND ?1 < ?2",
                              1, 2),
                     1);
    pay(&office, first);
    office.town.present[1][1] = true; /* told late */
    office.town.present[0][2] = true;
    int64_t second = record_month(&office, 1);
    ck_assert_str_eq(entries_of_order(&office, first),
                     "M0 DUE stipend plenary new 2026-01-10 40.00\n"
                     "M0 DUE stipend plenary new 2026-01-24 40.00\n"
                     "M1 DUE stipend plenary new 2026-01-10 40.00\n");
    ck_assert_str_eq(entries_of_order(&office, second),
                     "M0 DUE stipend plenary new 2026-02-07 40.00\n"
                     "M1 DUE stipend plenary late 2026-01-24 40.00 late\n");
    const struct order *order = ledger_order(&office.keep, office.ledger, first);
    ck_assert_ptr_nonnull(order);
    ck_assert_str_eq(events_of_order(&office, order), "prepare PREPARED Alice ''\n"
                                                      "approve APPROVED Bernard ''\n"
                                                      "export EXPORTED Bernard ''\n"
                                                      "sent SENT Bernard ''\n");
    office_close(&office);
}
END_TEST

/* Whoever has read an order or a history keeps nobody from writing, of either file. */
START_TEST(readers_hold_nothing)
{
    struct office office;
    office_open(&office);
    record_month(&office, 0);
    struct ledger *reader = ledger_open(&office.keep, office.path, false, office.diag);
    ck_assert_ptr_nonnull(reader);
    for (int day = 2; day < 4; day++) {
        struct batch *batch = town_batch(&office.keep, &office.town, 1, office.diag);
        if (day == 2) {
            ck_assert_ptr_nonnull(ledger_order(&office.keep, reader, 1));
        } else {
            ck_assert_ptr_nonnull(ledger_history(&office.keep, reader, batch,
                                                 batch->period.from, STR("A")));
        }
        int member = office.town.members++;
        office.town.present[member][day] = true;
        batch = town_batch(&office.keep, &office.town, 1, office.diag);
        ck_assert(town_confirm(office.ledger, batch));
        record_month(&office, 1);
    }
    ledger_close(reader);
    office_close(&office);
}
END_TEST

/* Taken back once, even of a single entry; a second time nothing is left, and it is said. */
START_TEST(nothing_is_taken_back_twice)
{
    struct office office;
    int64_t made = 0;
    office_open(&office);
    pay(&office, record_month(&office, 0));
    ck_assert(ledger_begin(office.ledger));
    ck_assert(ledger_reverse(office.ledger, 1, STR("M1"), &town_alice, "test", &made));
    ck_assert(ledger_commit(office.ledger));
    ck_assert_int_eq(diag_failure(office.diag), FAILURE_NONE);
    ck_assert(ledger_begin(office.ledger));
    ck_assert(!ledger_reverse(office.ledger, 1, STR("M1"), &town_alice, "test", &made));
    ledger_rollback(office.ledger);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(office.diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(filed[0].code, CODE_G006);
    office_close(&office);
}
END_TEST

/* The batch of a reversal is that of what it reverses, in all that is not its own. */
START_TEST(a_reversal_takes_over_the_batch)
{
    static const char *const taken_over[] = {"assembly", "title",    "authority",
                                             "language", "day_from", "day_to",
                                             "since",    "ruleset",  "single"};
    struct office office;
    office_open(&office);
    pay(&office, record_month(&office, 0));
    office.town.present[0][2] = true;
    int64_t february = record_month(&office, 1);
    pay(&office, february);
    int64_t made = 0;
    ck_assert(ledger_begin(office.ledger));
    ck_assert(
        ledger_reverse(office.ledger, february, STR("M0"), &town_alice, "test", &made));
    ck_assert(ledger_commit(office.ledger));
    for (size_t i = 0; i < ARRAY_COUNT(taken_over); i++) {
        const char *sql = arena_printf(
            &office.keep,
            "SELECT count(*) FROM batch a JOIN batch b ON a.%s = b.%s WHERE a.number = ?1 AND "
            "b.number = ?2",
            taken_over[i], taken_over[i]);
        ck_assert_msg(value_of(&office, sql, february, made) == 1, "%s", taken_over[i]);
    }
    ck_assert_int_eq(
        value_of(&office,
                 "SELECT count(DISTINCT x) FROM (SELECT title AS x FROM batch "
                 "WHERE number = ?2 UNION ALL SELECT authority FROM batch WHERE "
                 "number = ?2 UNION ALL SELECT day_from FROM batch WHERE number = "
                 "?2 UNION ALL SELECT day_to FROM batch WHERE number = ?2 UNION "
                 "ALL SELECT since FROM batch WHERE number = ?2) WHERE ?1 > 0",
                 february, made),
        5);
    office_close(&office);
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
    struct office office;
    int64_t made = 0;
    office_open(&office);
    int64_t first = record_month(&office, 0);
    pay(&office, first);
    ck_assert(ledger_begin(office.ledger));
    ck_assert(
        ledger_reverse(office.ledger, first, STR("M0"), &town_alice, "test", &made));
    ck_assert(ledger_commit(office.ledger));
    ck_assert_int_eq(value_of(&office, given_back, first, made), 0);
    ck_assert(move(&office, LEDGER_CANCEL, made));
    ck_assert_int_eq(value_of(&office, given_back, first, made), 2);
    office_close(&office);
}
END_TEST

/* A batch that a later one has corrected stays, until that one is gone. */
START_TEST(a_batch_that_others_build_on)
{
    struct office office;
    office_open(&office);
    int64_t first = record_month(&office, 0);
    office.town.rate = 5000;
    int64_t second = record_month(&office, 0);
    ck_assert(!move(&office, LEDGER_CANCEL, first));
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(office.diag, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(filed[0].code, CODE_P105);
    ck_assert(move(&office, LEDGER_CANCEL, second));
    ck_assert(move(&office, LEDGER_CANCEL, first));
    office_close(&office);
}
END_TEST

static bool
is_closed(struct office *office, int from, int to)
{
    struct period period;
    ck_assert(date_make(2026, from, 1, &period.from));
    ck_assert(date_make(2026, to, 1, &period.to));
    period.to = date_month_last(period.to);
    return ledger_is_closed(office->ledger, STR("town0"), period);
}

/* Closed is what lies within a closing as a whole, in that assembly; nothing is carried where
 * nothing is owed. */
START_TEST(what_is_closed)
{
    struct office office;
    office_open(&office);
    pay(&office, record_month(&office, 0));
    ck_assert(move(&office, LEDGER_SETTLED, 1));
    bool again = false;
    struct period spring = {.from = {0}};
    ck_assert(date_make(2026, 2, 1, &spring.from) && date_make(2026, 3, 31, &spring.to));
    ck_assert(!is_closed(&office, 2, 3));
    ck_assert(ledger_begin(office.ledger));
    ck_assert(ledger_close_period(office.ledger, STR("town0"), spring, &town_alice, false,
                                  &again));
    ck_assert(ledger_commit(office.ledger));
    ck_assert(is_closed(&office, 2, 3) && is_closed(&office, 2, 2) &&
              is_closed(&office, 3, 3));
    ck_assert(!is_closed(&office, 1, 1) && !is_closed(&office, 1, 2));
    ck_assert(!is_closed(&office, 3, 4) && !is_closed(&office, 4, 4));
    ck_assert(!ledger_is_closed(office.ledger, STR("town1"), spring));
    ck_assert_int_eq(
        value_of(&office,
                 "SELECT count(*) FROM event WHERE verb = 'close' AND subject = "
                 "'town0 2026-02-01..2026-03-31' AND ?1 < ?2",
                 1, 2),
        1);
    office_close(&office);
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
