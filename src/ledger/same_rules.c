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

/* What the rules of the ruleset say; nothing at all if they cannot be read any more. */
static struct provisions
provisions_of(struct same_rules *work, int64_t ruleset)
{
    size_t count = 0;
    struct input **files = stored_files(work, ruleset, &count);
    struct diag *unheard = diag_new(work->keep, LANGUAGE_EN);
    const struct rules *rules =
        count == 0 ? NULL : rules_read_stored(work->keep, files, count, unheard);
    return rules == NULL ? (struct provisions){0}
                         : rules_provisions(work->keep, rules, LANGUAGE_EN);
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
    *earlier = (struct earlier_rules){ruleset, provisions_of(work, ruleset)};
    return earlier;
}

/* From which day of the year on the two give other amounts. */
static struct date
parting(struct same_rules *work, int64_t ruleset, int year, bool claims)
{
    for (size_t i = 0; i < work->partings.count; i++) {
        const struct parting *known = &work->partings.items[i];
        if (known->ruleset == ruleset && known->year == year && known->claims == claims) {
            return known->day;
        }
    }
    struct date first = DATE_NONE;
    date_make(year, 1, 1, &first);
    const struct earlier_rules *earlier = earlier_of(work, ruleset);
    struct parting *made = ARRAY_PUSH(work->keep, &work->partings);
    *made = (struct parting){
        ruleset, year, claims,
        provisions_part(&earlier->provisions, &work->now, first, claims)};
    return made->day;
}

bool
same_rules_on(struct same_rules *work, int64_t ruleset, const struct right *right)
{
    bool claims = !text_equals(right->component, STR("stipend"));
    return ruleset == work->ruleset ||
           (ruleset > 0 &&
            date_compare(right->day,
                         parting(work, ruleset, date_year(right->day), claims)) < 0);
}
