/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole month from any bytes: the first byte chooses an assembly, parts "=== members",
 * "=== sessions", "=== attendance", "=== expenses", "=== means", "=== decisions" are its tables and
 * "=== period" its days. What is refused must have been said; what is accepted is computed, must
 * add up, and each member's certificate must prove itself.
 */
#include "defray/certificate.h"
#include "defray/means_test.h"
#include "defray/summary.h"
#include "defray/tree_read.h"

#include "support/fuzzed.h"

#include <assert.h>

#define INPUT_MAX   65536 /* more only takes time */
#define MEMBERS_MAX 8     /* whose certificates are made */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *const assemblies[] = {
    "poitiers",        "haute-garonne",
    "marseille",       "lanester",
    "grenoble-2022",   "brussels",
    "rennes-2021",     "clermont-ferrand",
    "cese-convention", "bourgogne-franche-comte",
};

struct tables {
    struct fuzzed_parts parts;
    struct reading *reading;
};

/* An empty list if there is no such part, as if no file were given. */
static struct input_list
table(const struct tables *tables, const char *name)
{
    struct input_list none = {0};
    struct text bytes = fuzzed_part(&tables->parts, name);
    return bytes.size == 0 ? none : fuzzed_list(tables->reading->keep, name, bytes);
}

static void
read_batch(const struct tables *tables, struct batch *batch)
{
    struct reading *reading = tables->reading;
    struct input_list members = table(tables, "members");
    struct input_list sessions = table(tables, "sessions");
    struct input_list attendance = table(tables, "attendance");
    struct input_list expenses = table(tables, "expenses");
    struct input_list means = table(tables, "means");
    struct input_list decisions = table(tables, "decisions");
    const struct roster *roster = roster_read(reading, &members);
    batch->roster = roster;
    batch->calendar = calendar_read(reading, &sessions);
    batch->log = attendance_read(reading, &attendance, roster, batch->calendar);
    fuzzed_check_log(batch->log, roster);
    batch->claims = expenses_read(reading, &expenses, roster, batch->log);
    if (means.count > 0) {
        const struct means *figures = means_read(reading, &means, roster);
        if (diag_errors(reading->diag) == 0) {
            batch->decisions = batch_decide(reading->keep, batch, figures);
        }
    } else if (decisions.count > 0) {
        batch->decisions = decisions_read(reading, &decisions, roster);
    }
}

/* Made, written as bytes, read again, and found right in all depths. */
static void
certify(struct arena keep, const struct batch *batch, uint32_t member)
{
    static const struct certified_file file = {
        {"a.csv", 5},
        ""
    };
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct certifying certifying = {batch, member, &file, 1, "0"};
    const struct tree *made = certificate_make(&keep, &certifying);
    struct input *input = input_of(&keep, STR("c.json"), tree_pretty(&keep, made));
    struct where where = {.input = input};
    const struct tree *read = tree_read(&keep, input, diag);
    bool holds = read != NULL && certificate_form_holds(&keep, read, where, diag) &&
                 certificate_adds_up(&keep, read, where, diag) &&
                 certificate_follows(&keep, read, batch->rules, where, diag) &&
                 certificate_equals(&keep, read, made, where, diag);
    if (!holds) {
        diag_print(diag, stderr, (struct diag_style){0});
    }
    assert(holds);
}

static void
compute(struct arena *keep, struct batch *batch, struct diag *diag)
{
    const struct summary *summary = batch_summarise(keep, batch, diag, NULL);
    assert(summary->holds);
    int64_t total = 0;
    batch->traced = true;
    for (uint32_t i = 0; i < batch->roster->count; i++) {
        assert(summary->persons[i].total.cents >= 0);
        total += summary->persons[i].total.cents;
        if (i < MEMBERS_MAX) {
            certify(*keep, batch, i);
        }
    }
    assert(total == summary->total.cents);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1 || size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct reading reading = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_FR)};
    struct tables tables = {.reading = &reading};
    struct batch batch = {0};
    tables.parts = fuzzed_split(&keep, (struct text){(const char *)bytes + 1, size - 1});
    if (!period_parse(text_trim(fuzzed_part(&tables.parts, "period")), &batch.period)) {
        (void)period_parse(STR("2026-03"), &batch.period);
    }
    batch.rules = fuzzed_rules(assemblies[bytes[0] % ARRAY_COUNT(assemblies)]);
    reading.rules = batch.rules;
    reading.until = batch.period.to;
    read_batch(&tables, &batch);
    if (diag_errors(reading.diag) == 0) {
        compute(&keep, &batch, reading.diag);
    }
    fuzzed_check_said(reading.diag);
    fuzzed_end(start);
    return 0;
}
