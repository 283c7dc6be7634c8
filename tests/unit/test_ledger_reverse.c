/* SPDX-License-Identifier: Apache-2.0 */
/* Taking back has bounds: what was recovered or lowered since cannot be taken from under it. */
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

static void
office_open(struct office *office, bool recovers)
{
    *office = (struct office){.start = arena_reserve((size_t)1 << 32)};
    office->keep = office->start;
    office->diag = diag_new(&office->keep, LANGUAGE_EN);
    office->ledger = town_ledger(&office->keep, office->diag, &office->path);
    office->town = (struct town){
        .members = 1, .rate = 4000, .recovers = recovers, .retroactive = !recovers};
    office->town.present[0][0] = true;
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

/* January as the sheets are now; the number of the batch. */
static int64_t
record_january(struct office *office)
{
    struct recorded recorded;
    struct batch *batch = town_batch(&office->keep, &office->town, 0, office->diag);
    ck_assert(town_prepare(&office->keep, office->ledger, batch, batch->period.from,
                           &recorded));
    ck_assert_int_gt(recorded.batch, 0);
    return recorded.batch;
}

static bool
move(struct office *office, enum ledger_verb verb, int64_t batch)
{
    bool again = false;
    ck_assert(ledger_begin(office->ledger));
    if (ledger_move(office->ledger, verb, batch, STR(""), &town_bernard, &again)) {
        ck_assert(ledger_commit(office->ledger));
        return true;
    }
    ledger_rollback(office->ledger);
    return false;
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
    /* Other bytes of the same batch are known for other bytes: G042 where they come about. */
    struct digest other = {.bytes = {1}};
    bool known = false;
    bool same = true;
    ck_assert(ledger_output_known(office->ledger, batch, "xml", &other, &known, &same));
    ck_assert(known && !same);
    ck_assert(ledger_commit(office->ledger));
    ck_assert(move(office, LEDGER_SENT, batch));
}

static bool
reverse(struct office *office, int64_t batch)
{
    int64_t made = 0;
    ck_assert(ledger_begin(office->ledger));
    if (ledger_reverse(office->ledger, batch, STR("M0"), &town_alice, "test", &made)) {
        ck_assert(ledger_commit(office->ledger));
        return true;
    }
    ledger_rollback(office->ledger);
    return false;
}

static bool
collect(struct office *office, int64_t cents)
{
    bool again = false;
    ck_assert(ledger_begin(office->ledger));
    bool good = ledger_collect(office->ledger, STR("town0"), STR("M0"),
                               (struct money){cents}, &town_alice, &again);
    ck_assert(good && ledger_commit(office->ledger));
    return good;
}

/* What a batch listed for recovery, and of which something came in, is listed for good. */
START_TEST(a_listing_that_was_recovered)
{
    struct office office;
    office_open(&office, true);
    record_january(&office);
    office.town.present[0][0] = false;
    int64_t listing = record_january(&office);
    ck_assert(collect(&office, 1500));
    ck_assert(!move(&office, LEDGER_CANCEL, listing));
    ck_assert_int_eq(diag_failure(office.diag), FAILURE_POLICY);
    office_close(&office);
}
END_TEST

/* Nothing came in of it: then it can be given up. */
START_TEST(a_listing_that_was_not)
{
    struct office office;
    office_open(&office, true);
    record_january(&office);
    office.town.present[0][0] = false;
    ck_assert(move(&office, LEDGER_CANCEL, record_january(&office)));
    office_close(&office);
}
END_TEST

/* What a batch itself took back, and what it listed, is nothing that it gave. */
START_TEST(a_batch_that_gave_nothing)
{
    struct office office;
    size_t count = 0;
    office_open(&office, true);
    pay(&office, record_january(&office));
    office.town.present[0][0] = false;
    int64_t listing = record_january(&office);
    pay(&office, listing);
    ck_assert(!reverse(&office, listing));
    const struct diagnostic *told = diag_sorted(office.diag, &count);
    ck_assert_uint_eq(diag_errors(office.diag), 1);
    ck_assert(told[0].code == CODE_G006);
    ck_assert(strstr(told[0].text, "nothing of 'M0' stands in batch 2") != NULL);
    office_close(&office);
}
END_TEST

/* 40.00 paid, then 10.00 less by a retroactive text: the last comes back first. */
START_TEST(a_right_that_was_lowered)
{
    struct office office;
    office_open(&office, false);
    int64_t first = record_january(&office);
    pay(&office, first);
    office.town.rate = 3000;
    int64_t second = record_january(&office);
    pay(&office, second);
    ck_assert(!reverse(&office, first));
    ck_assert_int_eq(diag_failure(office.diag), FAILURE_POLICY);
    ck_assert(ledger_verify(office.ledger));
    ck_assert(reverse(&office, second));
    ck_assert(reverse(&office, first));
    office_close(&office);
}
END_TEST

Suite *test_ledger_reverse_suite(void);

Suite *
test_ledger_reverse_suite(void)
{
    Suite *suite = suite_create("ledger_reverse");
    TCase *cases = tcase_create("ledger_reverse");
    tcase_add_test(cases, a_listing_that_was_recovered);
    tcase_add_test(cases, a_listing_that_was_not);
    tcase_add_test(cases, a_batch_that_gave_nothing);
    tcase_add_test(cases, a_right_that_was_lowered);
    suite_add_tcase(suite, cases);
    return suite;
}
