/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables `eligibility-*.tsv`: one person on one day, whether a presence would be paid, and
 * which condition decides. Each row is also paid as a batch with one presence on that day,
 * and liquidation must say the same.
 *
 *   case      what the row shows, for the reader
 *   rules     id of a rule file
 *   on        the day
 *   paid_until  last day of the period paid; the day itself when empty
 *   mandates  "2025-01-01..2025-12-31 | 2026-02-01..": intervals, both ends included; empty: always
 *   status, body, born, guardian, asked
 *   figures   "640.00 caf 2026-01 | 900.00 msa 2026-02 2026-02-09": value, method, month, and the
 *             day of the check if it is known
 *   entitled  yes, no, undetermined
 *   condition the one that decides: membership, status, body, age, request, means, guardian
 *   reason    its word
 *   until     last day on which the figure used is recent enough
 */
#include "defray/means_test.h"
#include "defray/standing.h"

#include "support/tsv.h"

#include <string.h>

static const struct text folders[] = {
    {"rules",              5 },
    {"tests/tables/rules", 18}
};

static struct text
trimmed(struct text t)
{
    while (t.size > 0 && t.data[0] == ' ') {
        t.data++;
        t.size--;
    }
    while (t.size > 0 && t.data[t.size - 1] == ' ') {
        t.size--;
    }
    return t;
}

/* Takes the part of `rest` before the separator. */
static struct text
next_part(struct text *rest, char separator)
{
    size_t end = 0;
    while (end < rest->size && rest->data[end] != separator) {
        end++;
    }
    struct text part = {rest->data, end};
    size_t skip = end < rest->size ? end + 1 : end;
    *rest = (struct text){rest->data + skip, rest->size - skip};
    return trimmed(part);
}

static struct input_list
as_input(struct arena *keep, const char *name, const char *bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), text_of(bytes));
    return list;
}

static const char *
members_of(struct tsv_row *row)
{
    struct arena *keep = row->keep;
    const char *bytes = "id;last_name;first_name;status;body;birth_date;guardian;"
                        "requested_on;from;to\n";
    struct text mandates = tsv_cell(row, "mandates");
    do {
        struct text mandate = next_part(&mandates, '|');
        size_t dots = 0;
        while (dots + 1 < mandate.size && memcmp(mandate.data + dots, "..", 2) != 0) {
            dots++;
        }
        struct text from = {mandate.data, dots + 1 < mandate.size ? dots : 0};
        size_t skip = from.size > 0 || dots + 1 < mandate.size ? dots + 2 : mandate.size;
        struct text to = {mandate.data + skip, mandate.size - skip};
        bytes = arena_printf(
            keep, "%sM1;Un;Une;%.*s;%.*s;%.*s;%.*s;%.*s;%.*s;%.*s\n", bytes,
            TEXT_ARG(tsv_cell(row, "status")), TEXT_ARG(tsv_cell(row, "body")),
            TEXT_ARG(tsv_cell(row, "born")), TEXT_ARG(tsv_cell(row, "guardian")),
            TEXT_ARG(tsv_cell(row, "asked")), TEXT_ARG(from), TEXT_ARG(to));
    } while (mandates.size > 0);
    return bytes;
}

static const char *
means_of(struct tsv_row *row)
{
    const char *bytes = "id;measure;value;method;month;checked_on\n";
    struct text figures = tsv_cell(row, "figures");
    while (figures.size > 0) {
        struct text figure = next_part(&figures, '|');
        struct text value = next_part(&figure, ' ');
        struct text method = next_part(&figure, ' ');
        struct text month = next_part(&figure, ' ');
        bytes = arena_printf(row->keep, "%sM1;quotient_familial;%.*s;%.*s;%.*s;%.*s\n",
                             bytes, TEXT_ARG(value), TEXT_ARG(method), TEXT_ARG(month),
                             TEXT_ARG(trimmed(figure)));
    }
    return bytes;
}

/* A kind of session that the rules pay. */
static const char *
paid_kind(const struct rules *rules)
{
    uint32_t kinds = rules->stipend.tariffs[0].kinds;
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
        if ((kinds & 1u << kind) != 0) {
            return kind_word((enum kind)kind);
        }
    }
    return "";
}

static void
play_presence(struct tsv_row *row, struct reading *reading, struct batch *batch)
{
    char day[DATE_TEXT_MAX];
    struct input_list calendar = as_input(
        row->keep, "sessions.csv",
        arena_printf(row->keep, "session;date;kind\nS1;%s;%s\n",
                     date_text(batch->period.from, day), paid_kind(batch->rules)));
    struct input_list log =
        as_input(row->keep, "attendance.csv",
                 "member;session;attendance;minutes\nM1;S1;present;180\n");
    batch->calendar = calendar_read(reading, &calendar);
    batch->log = attendance_read(reading, &log, batch->roster, batch->calendar);
}

static const char *
entitled_word(const struct stretch *stretch)
{
    enum condition decider = stretch_decider(stretch);
    if (decider == CONDITION_COUNT) {
        return "yes";
    }
    return stretch->standings[decider].outcome == OUTCOME_FAILED ? "no" : "undetermined";
}

/* Liquidation must come to the same end for the same reason. */
static void
expect_same_when_paid(struct tsv_row *row, const struct batch *batch,
                      const struct stretch *stretch)
{
    enum condition decider = stretch_decider(stretch);
    struct member_result result = liquidate_member(row->keep, batch, 0);
    if (result.count != 1) {
        tsv_fault(row, "%zu lines", result.count);
        return;
    }
    const struct line *line = &result.lines[0];
    bool pays = line->state == LINE_DUE || line->state == LINE_CAPPED;
    enum line_state expected = pays ? line->state : LINE_REFUSED;
    enum reason reason = pays ? line->reason : REASON_NONE;
    if (decider < CONDITION_COUNT) {
        const struct standing *standing = &stretch->standings[decider];
        expected = standing->outcome == OUTCOME_FAILED ? LINE_REFUSED : LINE_UNDETERMINED;
        reason = standing->reason;
    }
    if (line->state != expected || line->reason != reason) {
        tsv_fault(row, "paid, it is '%s %s'", line_state_word(line->state),
                  reason_word(line->reason));
    }
}

static void
judge_person(struct tsv_row *row, struct reading *reading, struct batch *batch)
{
    struct arena *keep = row->keep;
    struct date on = batch->period.from;
    struct input_list members = as_input(keep, "members.csv", members_of(row));
    struct input_list figures = as_input(keep, "means.csv", means_of(row));
    const struct roster *roster = roster_read(reading, &members);
    const struct means *means = means_read(reading, &figures, roster);
    batch->roster = roster;
    play_presence(row, reading, batch);
    if (diag_errors(reading->diag) > 0) {
        size_t count = 0;
        const struct diagnostic *filed = diag_sorted(reading->diag, &count);
        tsv_fault(row, "%s", filed[0].text);
        return;
    }
    batch->decisions = batch_decide(keep, batch, means);
    struct stretches stretches = standing_over(keep, batch->rules, batch->decisions,
                                               roster, batch->period, batch->period.to);
    if (stretches.count == 0) {
        tsv_fault(row, "the rules do not hold on that day");
        return;
    }
    const struct stretch *stretch = &stretches.items[0];
    enum condition decider = stretch_decider(stretch);
    bool decided = decider < CONDITION_COUNT;
    enum reason reason = decided ? stretch->standings[decider].reason : REASON_NONE;
    char until[DATE_TEXT_MAX] = "";
    if (batch->rules->stipend.means.required) {
        date_text(
            means_test_at(keep, &batch->rules->stipend.means, means, 0, on).valid_until,
            until);
    }
    tsv_expect(row, "entitled", entitled_word(stretch));
    tsv_expect(row, "condition", decided ? condition_word(decider) : "");
    tsv_expect(row, "reason", reason_word(reason));
    tsv_expect(row, "until", until);
    expect_same_when_paid(row, batch, stretch);
}

void
tsv_eligibility(struct tsv_row *row)
{
    struct arena *keep = row->keep;
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct rules *rules =
        rules_load(keep, tsv_cell(row, "rules"), folders, ARRAY_COUNT(folders), diag);
    struct batch batch = {.rules = rules};
    struct reading reading = {.keep = keep, .rules = rules, .diag = diag};
    struct text last = tsv_cell(row, "paid_until");
    if (rules == NULL || !date_parse_iso(tsv_cell(row, "on"), &batch.period.from)) {
        tsv_fault(row, "the rules or the day cannot be read");
        return;
    }
    batch.period.to = batch.period.from;
    if (last.size > 0 && !date_parse_iso(last, &batch.period.to)) {
        tsv_fault(row, "the last day of the period cannot be read");
        return;
    }
    judge_person(row, &reading, &batch);
}
