/* SPDX-License-Identifier: Apache-2.0 */
/* A history made by hand, and what a run that is held against it says. */
#include "support/looked.h"

#include "defray/settlement.h"

#include "support/days.h"
#include "support/reckon.h"

#include <check.h>
#include <string.h>

static const enum code looked_for[] = {CODE_P121, CODE_P122, CODE_P126,
                                       CODE_L021, CODE_L022, CODE_L023,
                                       CODE_L030, CODE_L032, CODE_L034};

static size_t
count_past(const struct looked_past *past, size_t most)
{
    size_t count = 0;
    while (count < most && past[count].component != NULL) {
        count++;
    }
    return count;
}

static struct right
right_of(struct arena *keep, const struct looked_past *past)
{
    const char *receipt = past->receipt == NULL ? "" : past->receipt;
    return (struct right){text_of(past->component), day(past->day),
                          unit_of_claim(keep, text_of(past->session), text_of(receipt))};
}

static uint32_t
whose(const struct looked_past *past)
{
    if (past->other == NULL) {
        return 0;
    }
    return strcmp(past->other, "B") == 0 ? 1 : UINT32_MAX;
}

/* Of what is known the facts are those of now. */
static struct history *
history_of(struct reckoned *town, struct date since, const struct looked_past *known,
           size_t known_count)
{
    struct arena *keep = &town->tables->keep;
    struct history *history = NEW(keep, struct history);
    *history = (struct history){
        .since = since,
        .items = NEW_ARRAY(keep, struct paid_right, 8),
        .first = NEW_ARRAY(keep, size_t, 3),
        .standings = NEW_ARRAY(keep, struct position, 2),
    };
    town->batch.history = history;
    struct member_result result = reckon_member(town, 0);
    struct settlement fresh = settle_member(keep, &town->batch, 0, &result);
    for (size_t i = 0; i < known_count; i++) {
        struct paid_right *item = &history->items[i];
        *item = (struct paid_right){.right = right_of(keep, &known[i]),
                                    .amount = {known[i].cents},
                                    .same_rules = !known[i].old_rules};
        for (size_t j = 0; j < fresh.count; j++) {
            if (right_compare(&fresh.items[j].right, &item->right) == 0) {
                item->fact = fresh.items[j].fact;
            }
        }
    }
    history->first[1] = history->first[2] = known_count;
    return history;
}

static void
add_elsewhere(struct reckoned *town, struct history *history,
              const struct looked_past *past, size_t count)
{
    struct arena *keep = &town->tables->keep;
    struct elsewhere *items = NEW_ARRAY(keep, struct elsewhere, count + 1);
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct elsewhere){.right = right_of(keep, &past[i]),
                                      .amount = {past[i].cents},
                                      .member = whose(&past[i]),
                                      .same_receipt = past[i].receipt != NULL};
    }
    history->elsewhere = items;
    history->elsewhere_count = count;
}

/* The ids of what is looked for; `said` becomes the texts, a line each. */
static const char *
told(struct reckoned *town, bool taken_back, const char **said)
{
    struct arena *keep = &town->tables->keep;
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    (void)batch_summarise(keep, &town->batch, diag, NULL);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    const char *ids = "";
    *said = "";
    for (size_t code = 0; code < ARRAY_COUNT(looked_for); code++) {
        for (size_t i = 0; i < count; i++) {
            bool back = filed[i].code == CODE_L032 || filed[i].code == CODE_L034;
            if (filed[i].code == looked_for[code] && (taken_back || !back)) {
                ids = arena_printf(keep, "%s%s%s", ids, ids[0] == '\0' ? "" : " ",
                                   code_page(filed[i].code)->id);
                *said = arena_printf(keep, "%s%s\n", *said, filed[i].text);
            }
        }
    }
    return ids;
}

static struct reckoned
reckoned_of(struct arena *room, const struct looked *row)
{
    const char *rules = probe_rules;
    for (size_t i = 0; i < ARRAY_COUNT(row->edits) && row->edits[i] != NULL; i += 2) {
        rules = probe_edit(room, rules, row->edits[i], row->edits[i + 1]);
    }
    struct office office = {
        .members = arena_printf(
            room,
            "id;last_name;first_name;status;horsepower;km_before;requested_on\n"
            "A;Aubier;Lou;drawn;5;%s;%s\nB;Brunel;Sam;drawn;5;;\n",
            row->km_before == NULL ? "" : row->km_before,
            row->asked == NULL ? "" : row->asked),
        .period = row->period == NULL ? "2025-05" : row->period,
    };
    if (row->attendance != NULL) {
        office.attendance = arena_printf(
            room, "member;session;date;kind;attendance;hours\n%s", row->attendance);
    }
    if (row->expenses != NULL) {
        office.expenses = arena_printf(
            room, "member;date;category;amount;quantity;receipt\n%s", row->expenses);
    }
    return reckon(rules, &office);
}

void
looked_assert(const struct looked *row)
{
    struct arena start = arena_reserve((size_t)1 << 20);
    struct arena room = start;
    struct reckoned town = reckoned_of(&room, row);
    struct date since = row->since == NULL ? town.batch.period.from : day(row->since);
    struct history *history = history_of(&town, since, row->known,
                                         count_past(row->known, ARRAY_COUNT(row->known)));
    if (row->kept != NULL) {
        history->kept_from = day(row->kept);
    }
    add_elsewhere(&town, history, row->elsewhere,
                  count_past(row->elsewhere, ARRAY_COUNT(row->elsewhere)));
    const char *said = "";
    const char *wanted = row->filed == NULL ? "" : row->filed;
    const char *filed = told(&town, row->taken_back, &said);
    ck_assert_msg(strcmp(filed, wanted) == 0, "'%s', not '%s':\n%s", filed, wanted, said);
    ck_assert_msg(row->says == NULL || strstr(said, row->says) != NULL, "no '%s' in:\n%s",
                  row->says, said);
    tables_end(town.tables);
    arena_release(start);
}
