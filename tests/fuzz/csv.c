/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a table: the first byte says which, an upper-case letter with the rules of an
 * assembly. Nothing may crash, every row that is handed out must lie in its limits, and whatever
 * is refused must have been said with its place.
 */
#include "defray/decisions.h"
#include "defray/expenses.h"
#include "defray/means.h"
#include "defray/profiles.h"

#include "support/fuzzed.h"

#include <assert.h>
#include <ctype.h>

#define INPUT_MAX 65536 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
read_claims(struct reading *reading, const struct input_list *files)
{
    const struct roster *roster = fuzzed_roster();
    struct input_list none = {0};
    const struct log *log = attendance_read(reading, &none, roster, fuzzed_calendar());
    const struct claims *claims = expenses_read(reading, files, roster, log);
    for (size_t i = 0; i < claims->count; i++) {
        const struct claim *claim = &claims->items[i];
        assert(claim->member < roster->count && claim->amount.cents >= 0);
        assert(claim->amount.cents <= MONEY_LINE_MAX_CENTS && claim->quantity.den > 0);
        assert(claim->same_as == INDEX_NONE || claim->same_as < i);
        assert(i >= claims->first[claim->member]);
    }
}

static void
read_members(struct reading *reading, const struct input_list *files)
{
    const struct roster *roster = roster_read(reading, files);
    for (size_t i = 0; i < roster->count; i++) {
        const struct participant *one = &roster->items[i];
        assert(one->row_count > 0 && one->id.size > 0);
        assert(roster_find(roster, one->id) == i);
        assert(i == 0 || text_compare(roster->items[i - 1].id, one->id) < 0);
        for (size_t k = 1; k < one->row_count; k++) {
            assert(date_compare(one->rows[k - 1].during.from, one->rows[k].during.from) <=
                   0);
        }
    }
}

static void
read_sessions(struct reading *reading, const struct input_list *files)
{
    const struct calendar *calendar = calendar_read(reading, files);
    for (size_t i = 1; i < calendar->count; i++) {
        assert(date_compare(calendar->items[i - 1].date, calendar->items[i].date) <= 0);
    }
}

static void
read_table(struct reading *reading, const struct input_list *files, int table)
{
    static const struct calendar none;
    const struct roster *roster = fuzzed_roster();
    switch (table) {
    case 'm': read_members(reading, files); break;
    case 's': read_sessions(reading, files); break;
    case 'a':
        fuzzed_check_log(attendance_read(reading, files, roster, fuzzed_calendar()),
                         roster);
        break;
    case 'x':
        fuzzed_check_log(attendance_read(reading, files, roster, &none), roster);
        break;
    case 'e': read_claims(reading, files); break;
    case 'n': (void)means_read(reading, files, roster); break;
    case 'd': (void)decisions_read(reading, files, roster); break;
    case 'p': (void)profiles_read(reading, files); break;
    default: break;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1 || size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct reading reading = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_EN)};
    struct text given = {(const char *)bytes + 1, size - 1};
    struct input_list files = fuzzed_list(&keep, "table.csv", given);
    if (isupper(bytes[0])) {
        reading.rules = fuzzed_rules("poitiers");
        reading.until = date_month_last(fuzzed_calendar()->items[0].date);
    }
    read_table(&reading, &files, tolower(bytes[0]));
    fuzzed_check_said(reading.diag);
    fuzzed_end(start);
    return 0;
}
