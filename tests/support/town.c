/* SPDX-License-Identifier: Apache-2.0 */
/* A small invented town, its rules and its tables as texts. */
#include "town.h"

#include "../../src/rules/loader.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

#define RETROACTIVE                                                                       \
    "payment = { retroactive = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = " \
    "\"D1\"; decrease = \"recover\"; } ); };"

const struct act town_alice = {
    .actor = {"Alice",  5},
    .login = {"office", 6},
    .host = {"h",      1},
    .time = 1893456000  /* 2030-01-01: every month is past */
};
const struct act town_bernard = {
    .actor = {"Bernard", 7},
    .login = {"office",  6},
    .host = {"h",       1},
    .time = 1893456000
};

/* A right IBAN of an invented bank. */
static const char *
iban(struct arena *keep, int number)
{
    const char *account = arena_printf(keep, "99999000%015d", number);
    static const char country[] = "152700"; /* FR00 */
    int rest = 0;
    for (const char *c = account; *c != '\0'; c++) {
        rest = (rest * 10 + (*c - '0')) % 97;
    }
    for (const char *c = country; *c != '\0'; c++) {
        rest = (rest * 10 + (*c - '0')) % 97;
    }
    return arena_printf(keep, "FR%02d%s", 98 - rest, account);
}

const char *
town_day(int index)
{
    static const char *const days[TOWN_DAYS] = {"2026-01-10", "2026-01-24", "2026-02-07",
                                                "2026-02-21", "2026-03-07", "2026-03-21"};
    return days[index];
}

static const struct rules *
rules_of(struct arena *keep, const struct town *town, struct diag *diag)
{
    char rate[MONEY_TEXT_MAX];
    const char *text = arena_printf(
        keep,
        "format = \"defray.rules/1\"; id = \"town%d\"; authority = \"Ville\"; assembly = \"A%d\"; "
        "language = \"en\"; series = [ ];\n"
        "sources = ( { id = \"D1\"; kind = \"deliberation\"; date = \"2025-03-10\"; title = \"D\"; "
        "address = \"\"; } );\n"
        "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );\n"
        "status = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; state = \"in_force\"; "
        "source = \"D1\"; } );\n"
        "stipend = { label = { fr = \"I\"; en = \"S\"; }; tariffs = ( { per = \"session\"; "
        "kinds = [ \"plenary\" ]; source = \"D1\"; amounts = ( { from = \"2025-01-01\"; "
        "to = \"2026-12-31\"; amount = \"%s\"; source = \"D1\"; } ); } );\n"
        "not_paid = ( { kinds = [ \"half_day\", \"evening\", \"video\", \"working_group\", "
        "\"proposal_group\", \"method_committee\", \"follow_up\", \"social\" ]; source = \"D1\"; "
        "reason = { fr = \"n\"; en = \"n\"; }; } );\n"
        "excused = { paid = false; source = \"D1\"; }; statuses = { paid = [ \"drawn\" ]; source "
        "= \"D1\"; }; };\n"
        "expenses = { presence = { source = \"D1\"; }; others = { source = \"D1\"; }; "
        "categories = ( ); };\n"
        "overpayment = \"%s\";\n%s\n"
        "examples = ( { says = \"one\"; sessions = ( { date = \"2025-05-17\"; kind = "
        "\"plenary\"; } ); due = \"%s\"; } );\n",
        town->number, town->number, money_text((struct money){town->rate}, rate),
        town->recovers ? "recover" : "carry",
        town->single        ? "payment = { approval = \"none\"; };"
        : town->retroactive ? RETROACTIVE
        : town->recovers
            ? arena_printf(
                  keep,
                  "payment = { recovery = { percent_max = %d; source = \"D1\"; }; };",
                  town->keeps_back)
            : "",
        rate);
    struct text folder = STR("rules");
    struct input *input = input_of(keep, STR("town.cfg"), text_of(text));
    input->digest = digest_of(text, strlen(text));
    struct rules *rules = rules_read(keep, input, &folder, 1, diag);
    if (rules == NULL) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    ck_assert_ptr_nonnull(rules);
    return rules;
}

static struct input_list
one_file(struct arena *keep, const char *name, const char *bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), text_of(bytes));
    return list;
}

struct batch *
town_batch(struct arena *keep, const struct town *town, int month, struct diag *diag)
{
    struct batch *batch = NEW(keep, struct batch);
    const char *members = "id;last_name;first_name;status;iban\n";
    const char *attendance = "member;date;kind;attendance\n";
    batch->rules = rules_of(keep, town, diag);
    for (int m = 0; m < town->members; m++) {
        members = arena_printf(keep, "%sM%d;N%d;F;drawn;%s\n", members, m, m,
                               iban(keep, town->number * 100 + m));
        for (int d = 0; d < TOWN_DAYS; d++) {
            if (town->present[m][d]) {
                attendance = arena_printf(keep, "%sM%d;%s;plenary;P\n", attendance, m,
                                          town_day(d));
            }
        }
    }
    struct reading reading = {.keep = keep, .rules = batch->rules, .diag = diag};
    struct input_list files = one_file(keep, "m.csv", members);
    struct roster *roster = roster_read(&reading, &files);
    struct input_list none = {0};
    struct calendar *calendar = calendar_read(&reading, &none);
    files = one_file(keep, "a.csv", attendance);
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = attendance_read(&reading, &files, roster, calendar);
    date_make(2026, month + 1, 1, &batch->period.from);
    batch->period.to = date_month_last(batch->period.from);
    return batch;
}

void
town_remove(struct arena *keep, const char *path)
{
    unlink(path);
    unlink(arena_printf(keep, "%s.identities", path));
}

struct ledger *
town_ledger(struct arena *keep, struct diag *diag, const char **path)
{
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "build";
    *path = arena_printf(keep, "%s/defray-town-%ld.db", folder, (long)getpid());
    town_remove(keep, *path);
    ck_assert(ledger_create(keep, *path, "test", &town_alice, diag));
    struct ledger *ledger = ledger_open(keep, *path, true, diag);
    ck_assert_ptr_nonnull(ledger);
    return ledger;
}

bool
town_prepare(struct arena *keep, struct ledger *ledger, struct batch *batch,
             struct date since, struct recorded *out)
{
    *out = (struct recorded){0};
    if (!ledger_begin(ledger)) {
        return false;
    }
    batch->history = ledger_history(keep, ledger, batch, since, town_alice.actor);
    bool good = batch->history != NULL;
    if (good) {
        struct summary *summary = batch_summarise(keep, batch, NULL, NULL);
        ck_assert(summary->holds);
        for (size_t i = 0; i < batch->roster->count; i++) {
            ck_assert_int_ge(summary->persons[i].total.cents, 0);
            ck_assert_int_le(summary->persons[i].carried.cents, 0);
        }
        struct recording recording = {batch, summary, DATE_NONE, "test", &town_alice};
        struct recorded foreseen;
        ck_assert(ledger_foresee(ledger, &recording, &foreseen));
        good = ledger_record(ledger, &recording, out);
        ck_assert(!good ||
                  (memcmp(foreseen.digest.bytes, out->digest.bytes, 32) == 0 &&
                   foreseen.batch == out->batch && foreseen.entries == out->entries &&
                   foreseen.total.cents == out->total.cents));
    }
    if (!good) {
        ledger_rollback(ledger);
        return false;
    }
    return ledger_commit(ledger);
}

bool
town_confirm(struct ledger *ledger, const struct batch *batch)
{
    static const uint32_t all[TOWN_MEMBERS_MAX] = {0, 1, 2, 3, 4, 5, 6, 7};
    struct ledger_members members = {all, batch->roster->count, false};
    size_t confirmed = 0;
    bool good = ledger_begin(ledger) &&
                ledger_confirm(ledger, batch, &members, &town_bernard, &confirmed);
    if (!good) {
        ledger_rollback(ledger);
        return false;
    }
    return ledger_commit(ledger);
}
