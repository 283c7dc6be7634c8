/* SPDX-License-Identifier: Apache-2.0 */
/*
 * By which rules a right was paid: the ledger keeps rule files word for word. What was paid by a
 * file that gives the same amounts was paid by the same rules, whatever else is written in it.
 */
#include "same_rules.h"

#include "defray/provision.h"

#include <inttypes.h>

/* The files of a ruleset: the rule file first. */
static struct input **
stored_files(struct same_rules *work, int64_t ruleset, size_t *count)
{
    struct store *store = &work->ledger->store;
    struct files ARRAY_OF(struct input *) files = {0};
    struct sqlite3_stmt *all = store_statement(
        store, "SELECT name, text FROM rulefile WHERE ruleset = ?1 ORDER BY seq");
    store_bind(all, 1, ruleset);
    while (store_step(store, all)) {
        struct text name = text_copy(work->keep, store_text(all, 0));
        struct text text = text_copy(work->keep, store_text(all, 1));
        *ARRAY_PUSH(work->keep, &files) = input_of(work->keep, name, text);
    }
    *count = files.count;
    return files.items;
}

static const struct rules *
rules_of(struct same_rules *work, int64_t ruleset)
{
    size_t count = 0;
    struct input **files = stored_files(work, ruleset, &count);
    struct diag *unheard = diag_new(work->keep, LANGUAGE_EN);
    return count == 0 ? NULL : rules_read_stored(work->keep, files, count, unheard);
}

static const struct earlier_rules *
earlier_of(struct same_rules *work, int64_t ruleset)
{
    for (size_t i = 0; i < work->earlier.count; i++) {
        if (work->earlier.items[i].ruleset == ruleset) {
            return &work->earlier.items[i];
        }
    }
    if (work->now.count == 0) {
        work->now = rules_provisions(work->keep, work->rules, LANGUAGE_EN);
    }
    struct earlier_rules *earlier = ARRAY_PUSH(work->keep, &work->earlier);
    *earlier =
        (struct earlier_rules){.ruleset = ruleset, .rules = rules_of(work, ruleset)};
    if (earlier->rules != NULL) { /* else they say nothing at all */
        earlier->provisions = rules_provisions(work->keep, earlier->rules, LANGUAGE_EN);
    }
    return earlier;
}

const struct rules *
rules_before(struct same_rules *work, int64_t ruleset)
{
    return ruleset <= 0 || ruleset == work->ruleset ? NULL
                                                    : earlier_of(work, ruleset)->rules;
}

/* The first day that bears on the amount of the right, by either file. */
static struct date
counted_from(const struct same_rules *work, const struct earlier_rules *earlier,
             const struct right *right)
{
    struct date now = rules_counted_from(work->rules, right->component, right->day);
    struct date then = rules_counted_from(earlier->rules, right->component, right->day);
    return date_compare(then, now) < 0 ? then : now;
}

/* From which day on, of those from `from` on, the two give other amounts. */
static struct date
parting(struct same_rules *work, const struct earlier_rules *earlier,
        struct text component, struct date from)
{
    for (size_t i = 0; i < work->partings.count; i++) {
        const struct parting *known = &work->partings.items[i];
        if (known->ruleset == earlier->ruleset && date_compare(known->from, from) == 0 &&
            text_equals(known->component, component)) {
            return known->day;
        }
    }
    struct parting *made = ARRAY_PUSH(work->keep, &work->partings);
    *made = (struct parting){
        earlier->ruleset, component, from,
        provisions_part(&earlier->provisions, &work->now, from, component)};
    return made->day;
}

bool
same_rules_on(struct same_rules *work, int64_t ruleset, const struct right *right)
{
    if (ruleset <= 0 || ruleset == work->ruleset) {
        return ruleset == work->ruleset;
    }
    const struct earlier_rules *earlier = earlier_of(work, ruleset);
    if (earlier->rules == NULL) {
        return false;
    }
    struct date from = counted_from(work, earlier, right);
    return date_compare(right->day, parting(work, earlier, right->component, from)) < 0;
}
