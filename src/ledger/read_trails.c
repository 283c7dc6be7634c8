/* SPDX-License-Identifier: Apache-2.0 */
/* What came of the batches recorded so far, member by member, for pages that tell the members: a
 * right that is in the ledger need not have been transferred. */
#include "defray/ledger_view.h"

#include "ledger_parts.h"

/* Of one batch and one member. */
struct posted {
    int64_t batch;
    struct money earlier; /* of days before the period */
    struct money rights;  /* of all days */
    struct money listed;  /* for recovery */
    struct money given;   /* taken off that list again */
    struct money again;   /* of the rights, what earlier batches had posted before */
    struct money offset;  /* kept back for what is on it */
};

static struct money
above_zero(struct money amount)
{
    return amount.cents > 0 ? amount : (struct money){0};
}

/* What of the rights of the batch was not transferred, since it went to what had been paid in
 * excess: what is on the list, and a debt that the next payment takes, which is where the account
 * was below nothing when the batch began and the batch has not listed it. What was owed before, a
 * payment that came back say, goes off the list without touching the rights. */
static struct money
kept_back(struct ledger *ledger, int64_t person, const struct posted *posted)
{
    struct money before = account_before(ledger, person, posted->batch);
    struct money debt = above_zero((struct money){-before.cents - posted->listed.cents});
    struct money rest = above_zero(money_subtract(posted->rights, posted->offset));
    debt = money_min(debt, rest);
    struct money given = above_zero(money_subtract(posted->given, above_zero(before)));
    struct money again = money_min(posted->given, above_zero(posted->again));
    given = money_compare(given, again) < 0 ? again : given;
    given = money_min(given, money_subtract(rest, debt));
    return money_add(posted->offset, money_add(debt, given));
}

/* In the batches of these days, those that were cancelled apart. */
static void
read_batches(struct ledger *ledger, int64_t person, const struct batch *batch,
             struct trail *trail)
{
    struct store *store = &ledger->store;
    struct arena scratch = *store->keep;
    struct sqlite3_stmt *sums = store_statement(
        store,
        "SELECT e.batch, sum((book = 'right' AND e.day < ?2) * amount), sum((book = "
        "'right') * amount), sum((e.kind = 'RECOVER') * max(amount, 0)), sum((e.kind "
        "= 'RECOVER') * max(-amount, 0)), sum((e.kind = 'OFFSET') * -amount), "
        "sum((book = 'right') * amount * EXISTS (SELECT 1 FROM entry o WHERE o.person "
        "= e.person AND o.component = e.component AND o.day = e.day AND o.unit = "
        "e.unit AND o.book = 'right' AND o.batch < e.batch)) FROM entry e JOIN batch "
        "b ON b.number = e.batch WHERE e.person = ?1 AND b.day_from >= ?2 AND "
        "b.day_to <= ?3 AND NOT EXISTS (SELECT 1 FROM event WHERE event.batch = "
        "b.number AND event.state = "
        "'CANCELLED') GROUP BY e.batch");
    store_bind(sums, 1, person);
    store_bind_text(sums, 2, text_of(iso(&scratch, batch->period.from)));
    store_bind_text(sums, 3, text_of(iso(&scratch, batch->period.to)));
    while (store_step(store, sums)) {
        const struct posted posted = {
            .batch = store_integer(sums, 0),
            .earlier = {store_integer(sums, 1)},
            .rights = {store_integer(sums, 2)},
            .listed = {store_integer(sums, 3)},
            .given = {store_integer(sums, 4)},
            .offset = {store_integer(sums, 5)},
            .again = {store_integer(sums, 6)},
        };
        trail->earlier = money_add(trail->earlier, posted.earlier);
        trail->kept_back =
            money_add(trail->kept_back, kept_back(ledger, person, &posted));
    }
}

/* Payments of any batch that nobody has noted as made, nor as none any more. */
static struct money
underway_to(struct ledger *ledger, int64_t person)
{
    struct store *store = &ledger->store;
    struct sqlite3_stmt *sum = store_statement(
        store,
        "SELECT ifnull(sum(amount), 0) FROM payment p WHERE person = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM answer WHERE answer.payment = p.seq) AND (SELECT state FROM event "
        "WHERE event.batch = p.batch ORDER BY seq DESC LIMIT 1) <> 'SETTLED'");
    store_bind(sum, 1, person);
    return (struct money){store_value(store, sum)};
}

bool
ledger_read_trails(struct arena *keep, struct ledger *ledger, const struct batch *batch,
                   struct history *history)
{
    size_t count = batch->roster->count;
    struct trail *trails = NEW_ARRAY(keep, struct trail, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct arena scratch = *keep;
        struct text ref =
            identity_ref(&scratch, ledger, batch->rules->id, batch->roster->items[i].id);
        int64_t person = find_person(ledger, ref);
        if (person != 0) {
            read_batches(ledger, person, batch, &trails[i]);
            trails[i].underway = underway_to(ledger, person);
            if (read_standing(ledger, person).receivable.cents > 0) {
                struct recovery_debt debt = {.until = DATE_NONE};
                read_debt(keep, ledger, person, &debt);
                trails[i].listed = debt.open;
            }
        }
    }
    history->trails = trails;
    store_release(&ledger->store);
    return !ledger->store.failed; /* a reference is made without reading identities */
}
