/* SPDX-License-Identifier: Apache-2.0 */
/* One table of one of the two files cannot be read, or not be written: what needs it fails, says so
 * once, says nothing that it has not read, and leaves the ledger as it was. */
#include "defray/ledger_view.h"
#include "defray/summary.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/desk.h"
#include "support/filed.h"

#include <sqlite3.h>

#include <check.h>
#include <string.h>

Suite *test_ledger_denied_suite(void);

struct asked { /* of the library, before it does it */
    int action;
    const char *what, *column; /* a table or a setting; NULL: any column */
};

static struct denied {
    struct asked asked;
    struct asked after; /* denied only once this was asked; what NULL: at once */
    bool begun;
} denied;

static bool
is_it(const struct asked *asked, int action, const char *what, const char *column)
{
    return action == asked->action && strcmp(what, asked->what) == 0 &&
           (asked->column == NULL || strcmp(column, asked->column) == 0);
}

static int
authorize(void *context, int action, const char *a, const char *b, const char *c,
          const char *d)
{
    (void)context;
    (void)c;
    (void)d;
    if (denied.after.what != NULL && is_it(&denied.after, action, a, b)) {
        denied.begun = true;
        return SQLITE_OK;
    }
    bool deny =
        (denied.begun || denied.after.what == NULL) && is_it(&denied.asked, action, a, b);
    return deny ? SQLITE_DENY : SQLITE_OK;
}

/* --- what is tried --- */

static struct batch *february; /* read before anything is denied */

static bool
record_it(struct desk *desk, bool foresee)
{
    struct recorded recorded;
    struct summary *summary = batch_summarise(&desk->keep, february, NULL, NULL);
    struct recording recording = {february, summary, DATE_NONE, "test", &town_alice};
    return foresee ? ledger_foresee(desk->ledger, &recording, &recorded)
                   : ledger_record(desk->ledger, &recording, &recorded);
}

static bool
record(struct desk *desk)
{
    return record_it(desk, false);
}

static bool
foresee(struct desk *desk)
{
    return record_it(desk, true);
}

static bool
read_history(struct desk *desk)
{
    return ledger_history(&desk->keep, desk->ledger, february, desk->since,
                          town_alice.actor) != NULL;
}

static bool
let_one(struct desk *desk)
{
    bool again = false;
    desk->town.single = true;
    return ledger_let_one(desk->ledger, desk_batch(desk, 0)->rules, &town_bernard,
                          &again);
}

static bool
confirm(struct desk *desk)
{
    size_t confirmed = 0;
    struct ledger_members first = {(const uint32_t[]){0}, 1, false};
    return ledger_confirm(desk->ledger, february, &first, &town_bernard, &confirmed);
}

static bool
purge_office(struct desk *desk)
{
    return ledger_purge(desk->ledger, STR(OFFICE), STR("M0"), &town_bernard);
}

static bool
collect(struct desk *desk)
{
    bool again = false;
    return ledger_collect(desk->ledger, STR("town0"), STR("M0"), (struct money){4000},
                          &town_bernard, &again);
}

static bool
close_january(struct desk *desk)
{
    bool again = false;
    struct period days = {{0}, {0}};
    ck_assert(period_parse(STR("2026-01"), &days));
    return ledger_close_period(desk->ledger, STR("town0"), days, &town_bernard, false,
                               &again);
}

static bool
come_back(struct desk *desk)
{
    bool again = false;
    return ledger_move(desk->ledger, LEDGER_RETURNED, 1, STR("M0"), &town_bernard,
                       &again);
}

static bool
reverse(struct desk *desk)
{
    int64_t made = 0;
    return ledger_reverse(desk->ledger, 1, STR("M0"), &town_alice, "test", &made);
}

static bool
tell_absent(struct desk *desk)
{
    size_t count = 0;
    desk->town.members = 0;
    struct batch *batch = desk_batch(desk, 0);
    struct summary none = {0};
    return ledger_tell_absent(desk->ledger, batch, &none, &count);
}

static bool
read_trails(struct desk *desk)
{
    struct history history = {0};
    return ledger_read_trails(&desk->keep, desk->ledger, desk_batch(desk, 0), &history);
}

static bool
read_recovery(struct desk *desk)
{
    return ledger_recovery(&desk->keep, desk->ledger, STR("town0"), STR("")) != NULL;
}

static bool
read_order(struct desk *desk)
{
    return ledger_order(&desk->keep, desk->ledger, 1) != NULL;
}

static bool
verify(struct desk *desk)
{
    return ledger_verify(desk->ledger);
}

static bool
approve(struct desk *desk)
{
    bool again = false;
    return ledger_move(desk->ledger, LEDGER_APPROVE, 1, STR(""), &town_bernard, &again);
}

static bool
cancel(struct desk *desk)
{
    bool again = false;
    return ledger_move(desk->ledger, LEDGER_CANCEL, 2, STR(""), &town_bernard, &again);
}

static bool
is_exported(struct desk *desk)
{
    struct digest digest = digest_of("x", 1);
    return ledger_output_is(desk->ledger, 1, &digest, STR("x.xml"));
}

/* What has been done of January before. */
enum january {
    NOBODY, /* is known */
    OWED,   /* waits for an account that nobody has confirmed; M0 is of the office */
    PREPARED,
    SENT,
    SETTLED,
    LISTED, /* sent; then struck, and listed for recovery */
    MOVED   /* sent; then struck for another day of it */
};

#define NONE          \
    {                 \
        0, NULL, NULL \
    }

static const struct {
    bool (*does)(struct desk *desk);
    enum january january;
    bool identities; /* the second file */
    struct asked asked, after;
} rows[] = {
    {record,        NOBODY,   false, {SQLITE_INSERT, "person", NULL},    NONE                          },
    {record,        NOBODY,   false, {SQLITE_INSERT, "account", NULL},   NONE                          },
    {record,        NOBODY,   true,  {SQLITE_INSERT, "person", NULL},    NONE                          },
    {foresee,       OWED,     true,  {SQLITE_READ, "person", NULL},      NONE                          },
    {read_history,  OWED,     false, {SQLITE_READ, "batch", NULL},       NONE                          },
    {read_history,  OWED,     true,  {SQLITE_READ, "person", NULL},      NONE                          },
    {let_one,       OWED,     false, {SQLITE_INSERT, "event", NULL},     NONE                          },
    {confirm,       OWED,     false, {SQLITE_INSERT, "event", NULL},     NONE                          },
    {purge_office,  OWED,     false, {SQLITE_INSERT, "event", NULL},     NONE                          },
    {purge_office,  OWED,     true,  {SQLITE_DELETE, "person", NULL},    NONE                          },
    {purge_office,  OWED,     true,  {SQLITE_READ, "person", NULL},      NONE                          },
    {tell_absent,   OWED,     true,  {SQLITE_READ, "person", NULL},      NONE                          },
    {read_trails,   OWED,     false, {SQLITE_READ, "entry", NULL},       NONE                          },
    {read_trails,   OWED,     false, {SQLITE_READ, "payment", NULL},     NONE                          },
    {come_back,     SENT,     false, {SQLITE_INSERT, "answer", NULL},    NONE                          },
    {come_back,     SENT,     false, {SQLITE_INSERT, "account", NULL},   NONE                          },
    {reverse,       SENT,     false, {SQLITE_READ, "batch", "title"},    NONE                          },
    {reverse,       SENT,     false, {SQLITE_INSERT, "entry", NULL},     NONE                          },
    {read_order,    SENT,     false, {SQLITE_READ, "seal", NULL},        NONE                          },
    {read_order,    SENT,     true,  {SQLITE_READ, "payee", NULL},       NONE                          },
    {close_january, SETTLED,  false, {SQLITE_INSERT, "closing", NULL},   NONE                          },
    {collect,       LISTED,   false, {SQLITE_INSERT, "event", NULL},     NONE                          },
    {read_recovery, LISTED,   true,  {SQLITE_READ, "payee", NULL},       NONE                          },
    {verify,
     NOBODY,                  true,
     {SQLITE_READ, "payee", "payee"},
     {SQLITE_READ, "person", "id"}                                                                     },
    {come_back,     SENT,     false, {SQLITE_READ, "batch", "assembly"}, NONE                          },
    {come_back,     SENT,     false, {SQLITE_READ, "payment", "bank"},   NONE                          },
    {approve,       PREPARED, false, {SQLITE_READ, "event", "actor"},    NONE                          },
    {reverse,       SENT,     false, {SQLITE_INSERT, "event", NULL},     NONE                          },
    {is_exported,   SENT,     false, {SQLITE_READ, "output", NULL},      NONE                          },
    {close_january, SETTLED,  false, {SQLITE_READ, "batch", "day_from"}, NONE                          },
    {close_january,
     SETTLED,                 false,
     {SQLITE_READ, "person", NULL},
     {SQLITE_INSERT, "event", NULL}                                                                    },
    {cancel,        MOVED,    false, {SQLITE_READ, "entry", NULL},       {SQLITE_INSERT, "entry", NULL}},
};

static struct desk *
desk_at(enum january january)
{
    struct town town = {.members = 1, .rate = 4000, .recovers = true};
    town.present[0][0] = town.present[0][2] = true;
    if (january == NOBODY) {
        return desk_open(town);
    }
    if (january == OWED) {
        struct desk *desk = desk_open(town);
        desk_record(desk, 0);
        ck_assert(ledger_begin(desk->ledger));
        ck_assert(ledger_staff(desk->ledger, desk_batch(desk, 0), &town_alice));
        ck_assert(ledger_commit(desk->ledger));
        return desk;
    }
    struct desk *desk = desk_open_prepared(town);
    if (january == PREPARED) {
        return desk;
    }
    desk_pay(desk, 1);
    if (january == SETTLED) {
        ck_assert(desk_act(desk, LEDGER_SETTLED, 1));
    } else if (january == LISTED || january == MOVED) {
        desk->town.present[0][0] = false;
        desk->town.present[0][1] = january == MOVED;
        desk_record(desk, 0);
    }
    return desk;
}

START_TEST(what_is_denied_is_told_once)
{
    struct desk *desk = desk_at(rows[_i].january);
    struct ledger *ledger = desk->ledger;
    february = desk_batch(desk, 1);
    february->history =
        ledger_history(&desk->keep, ledger, february, desk->since, town_alice.actor);
    ck_assert_ptr_nonnull(february->history);
    ck_assert_uint_eq(diag_errors(desk->diag), 0);
    const char *head = ledger_head(&desk->keep, ledger);
    ck_assert(ledger_begin(ledger));
    struct store *store = rows[_i].identities ? ledger->identity : &ledger->store;
    denied = (struct denied){.asked = rows[_i].asked, .after = rows[_i].after};
    sqlite3_set_authorizer(store->db, authorize, NULL);
    ck_assert_msg(!rows[_i].does(desk), "%d", _i);
    ck_assert(store->failed);
    ck_assert(!ledger_commit(ledger));
    ck_assert_uint_eq(diag_errors(desk->diag), 1);
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G021), 1);
    ledger_close(ledger);
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_nonnull(desk->ledger);
    ck_assert_str_eq(ledger_head(&desk->keep, desk->ledger), head);
    desk_close(desk);
}
END_TEST

/* From the first statement of a new connection on. */
static int
watch(sqlite3 *db, char **why, const void *calls)
{
    (void)why;
    (void)calls;
    return sqlite3_set_authorizer(db, authorize, NULL);
}

static const struct {
    bool opens; /* what is there; else it is made anew */
    struct asked asked;
} openings[] = {
    {false, {SQLITE_INSERT, "secret", NULL}    },
    {false, {SQLITE_INSERT, "ledger", NULL}    },
    {false, {SQLITE_INSERT, "event", NULL}     },
    {true,  {SQLITE_PRAGMA, "cache_size", NULL}},
};

/* A making that fails leaves nothing that hinders the next; an opening that fails gives no ledger. */
START_TEST(what_is_denied_from_the_start)
{
    struct desk *desk = desk_open((struct town){0});
    ledger_close(desk->ledger);
    desk->ledger = NULL;
    if (!openings[_i].opens) {
        town_remove(&desk->keep, desk->path);
    }
    denied = (struct denied){.asked = openings[_i].asked};
    ck_assert_int_eq(sqlite3_auto_extension((void (*)(void))watch), SQLITE_OK);
    ck_assert(
        openings[_i].opens
            ? ledger_open(&desk->keep, desk->path, true, desk->diag) == NULL
            : !ledger_create(&desk->keep, desk->path, "test", &town_alice, desk->diag));
    sqlite3_reset_auto_extension();
    ck_assert_uint_eq(diag_errors(desk->diag), 1);
    ck_assert_uint_eq(filed_with(desk->diag, CODE_G021), 1);
    if (!openings[_i].opens) {
        ck_assert(
            ledger_create(&desk->keep, desk->path, "test", &town_alice, desk->diag));
    }
    desk->ledger = ledger_open(&desk->keep, desk->path, true, desk->diag);
    ck_assert_ptr_nonnull(desk->ledger);
    desk_close(desk);
}
END_TEST

/* Of somebody whom the ledger does not know, nothing was recorded. */
START_TEST(the_trail_of_somebody_new)
{
    struct history history = {0};
    struct desk *desk = desk_open_prepared(
        (struct town){.members = 1, .rate = 4000, .present = {{true}}});
    desk->town.members = 2;
    ck_assert(
        ledger_read_trails(&desk->keep, desk->ledger, desk_batch(desk, 0), &history));
    ck_assert_int_eq(history.trails[0].underway.cents, 4000);
    ck_assert_int_eq(history.trails[1].underway.cents, 0);
    ck_assert_int_eq(history.trails[1].earlier.cents, 0);
    ck_assert_int_eq(history.trails[1].kept_back.cents, 0);
    desk_close(desk);
}
END_TEST

Suite *
test_ledger_denied_suite(void)
{
    Suite *suite = suite_create("ledger_denied");
    TCase *cases = tcase_create("ledger_denied");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, what_is_denied_is_told_once, 0, (int)ARRAY_COUNT(rows));
    tcase_add_loop_test(cases, what_is_denied_from_the_start, 0,
                        (int)ARRAY_COUNT(openings));
    tcase_add_test(cases, the_trail_of_somebody_new);
    suite_add_tcase(suite, cases);
    return suite;
}
