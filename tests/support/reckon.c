/* SPDX-License-Identifier: Apache-2.0 */
/* A town in a test. */
#include "reckon.h"

#include "filed.h"

static struct input_list
as_files(struct tables *t, const char *name, const char *bytes)
{
    return bytes == NULL ? tables_none() : tables_file(t, name, bytes);
}

struct reckoned
reckon(const char *rules, const struct office *office)
{
    struct reckoned out = {.tables = tables_new()};
    struct tables *t = out.tables;
    struct probe probe = probe_load(STR("memory/probe.cfg"), text_of(rules));
    probe_loaded(&probe);
    t->reading.rules = probe.rules;
    tables_members(t, office->members);
    if (office->sessions != NULL) {
        tables_sessions(t, office->sessions);
    }
    struct input_list attendance = as_files(t, "attendance.csv", office->attendance);
    out.batch = (struct batch){
        .rules = probe.rules, .roster = t->roster, .calendar = t->calendar};
    ck_assert(period_parse(text_of(office->period), &out.batch.period));
    out.batch.log = attendance_read(&t->reading, &attendance, t->roster, t->calendar);
    if (office->expenses != NULL) {
        struct input_list files = as_files(t, "expenses.csv", office->expenses);
        out.batch.claims = expenses_read(&t->reading, &files, t->roster, out.batch.log);
    }
    if (office->decisions != NULL) {
        struct input_list files = as_files(t, "decisions.csv", office->decisions);
        out.batch.decisions = decisions_read(&t->reading, &files, t->roster);
    }
    ck_assert_msg(diag_errors(t->reading.diag) == 0, "%s", tables_said(t));
    out.diag = diag_new(&t->keep, LANGUAGE_EN);
    out.summary = batch_summarise(&t->keep, &out.batch, out.diag, NULL);
    ck_assert(out.summary->holds);
    return out;
}

struct member_result
reckon_member(struct reckoned *reckoned, uint32_t member)
{
    return liquidate_member(&reckoned->tables->keep, &reckoned->batch, member);
}

size_t
reckon_filed(const struct reckoned *reckoned, enum code code)
{
    return filed_with(reckoned->diag, code);
}
