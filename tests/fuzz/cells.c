/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as one value: an amount, a number, a day, a period, a time, a duration, an account
 * number, a word. What is read must be within its limits, and be read again from the way in which
 * it is written; what a text is folded to folds to itself.
 */
#include "../../src/intake/cells.h"

#include "defray/roster.h"
#include "defray/vocabulary.h"

#include "../../src/intake/sheet_value.h"
#include "../../src/intake/workbook_parts.h"

#include <assert.h>
#include <string.h>

#define ROOM      ((size_t)4 << 20)
#define INPUT_MAX 256 /* longer ones are refused by the cell */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_money(struct text t)
{
    struct money read;
    struct money again;
    char out[MONEY_TEXT_MAX];
    if (money_parse(t, &read)) {
        assert(read.cents <= MONEY_MAX_CENTS && read.cents >= -MONEY_MAX_CENTS);
        assert(money_parse(text_of(money_text(read, out)), &again));
        assert(read.cents == again.cents);
    }
}

static void
check_ratio(struct text t)
{
    struct ratio read;
    struct ratio again;
    char out[RATIO_TEXT_MAX];
    if (ratio_parse(t, 0, 4, &read)) {
        assert(read.den > 0 && read.den <= 10000);
        assert(ratio_parse(text_of(ratio_text(read, 0, 4, out)), 0, 4, &again));
        assert(ratio_compare(read, again) == 0);
    }
}

static void
check_date(struct text t)
{
    struct date read;
    struct period period;
    char out[DATE_TEXT_MAX];
    if (date_parse_iso(t, &read)) {
        assert(text_equals(text_of(date_text(read, out)), t));
    }
    if (period_parse(t, &period)) {
        assert(date_compare(period.from, period.to) <= 0);
    }
}

static void
check_time(struct text t)
{
    int16_t time = 0;
    int32_t duration = 0;
    int32_t again = 0;
    char out[8];
    char words[DURATION_TEXT_MAX];
    if (time_parse(t, &time)) {
        int16_t same = -1;
        assert(time >= 0 && time <= 1440);
        assert(time_parse(text_of(time_text(time, out)), &same) && same == time);
    }
    if (duration_parse(t, &duration)) {
        assert(duration >= 0 && duration <= 24 * DURATION_HOUR);
        assert(duration_hours(duration).den > 0);
        assert(duration % DURATION_MINUTE != 0 ||
               (duration_parse(text_of(duration_text(duration, words)), &again) &&
                again == duration));
    }
}

static void
check_account(struct arena keep, struct text t)
{
    struct text iban = STR("");
    struct text again = STR("");
    enum bank_state state = iban_parse(&keep, t, &iban);
    (void)iban_masked(&keep, iban);
    (void)bic_is_valid(t);
    if (state == BANK_RIGHT) {
        assert(iban_parse(&keep, iban, &again) == BANK_RIGHT);
        assert(text_equals(iban, again) && iban.size >= 15 && iban.size <= 34);
    }
}

static void
check_words(struct arena keep, struct text t)
{
    enum kind kind;
    enum status status;
    enum presence presence;
    enum verdict verdict;
    size_t count = 0;
    const struct text *words = kind_words(&count);
    struct text fold = text_fold(&keep, t);
    struct text again = text_fold(&keep, fold);
    assert(fold.size <= t.size);
    if (text_utf8_check(t) == t.size) { /* as every cell is that is read */
        assert(text_utf8_check(fold) == fold.size && text_equals(fold, again));
        assert(text_folds_equal(keep, t, fold));
        assert(kind_parse(keep, t, &kind) == kind_parse(keep, fold, &kind));
    }
    (void)status_parse(keep, t, &status);
    (void)presence_parse(keep, t, &presence);
    (void)verdict_parse(keep, t, &verdict);
    (void)yes_no(keep, t);
    (void)text_nearest(keep, t, words, count);
    struct text trimmed = text_trim(t);
    assert(text_equals(trimmed, text_trim(trimmed)));
}

static void
check_stored(struct arena keep, struct text t)
{
    char out[VALUE_TEXT_MAX];
    struct book_decimal decimal;
    struct book_cell cell = {.text = t, .shown = BOOK_SHOWN_DATE};
    for (int shown = 0; shown < 8; shown++) {
        cell.shown = (uint8_t)shown;
        cell.zeros = (uint8_t)(shown * 3);
        size_t size = value_of_number(&cell, shown % 2 == 0, out);
        assert(size < sizeof out && text_utf8_check((struct text){out, size}) == size);
    }
    assert(value_of_date(t, out) < sizeof out && value_of_duration(t, out) < sizeof out);
    if (book_decimal_parse(t, &decimal)) {
        assert(decimal.digits % 10 != 0 || decimal.scale <= 0);
    }
    char *escaped = (char *)(uintptr_t)text_string(&keep, t);
    assert(escapes_undo(escaped, t.size) <= t.size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct arena keep;
    if (size < 1 || size > INPUT_MAX) {
        return 0;
    }
    if (keep.next == NULL) {
        keep = arena_reserve(ROOM);
    }
    struct arena scratch = keep;
    struct text t = {(const char *)bytes + 1, size - 1};
    switch (bytes[0]) {
    case 'm': check_money(t); break;
    case 'r': check_ratio(t); break;
    case 'd': check_date(t); break;
    case 't': check_time(t); break;
    case 'i': check_account(scratch, t); break;
    case 'w': check_words(scratch, t); break;
    case 'b': check_stored(scratch, t); break;
    default: break;
    }
    return 0;
}
