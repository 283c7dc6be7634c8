/* SPDX-License-Identifier: Apache-2.0 */
/* One receipt, several claims. Two members may share a bill; whether they did, a person knows.
 * Claims alike in every column were taken for one before. */
#include "elsewhere.h"

/* Whether the assembly itself has paid the receipt to the member: it was told then. */
static bool
is_paid_here(const struct history *history, uint32_t member, struct text mark)
{
    for (size_t i = history->first[member]; i < history->first[member + 1]; i++) {
        const struct paid_right *paid = &history->items[i];
        if (paid->amount.cents > 0 &&
            text_equals(unit_parts(paid->right.unit).mark, mark)) {
            return true;
        }
    }
    return false;
}

/* A receipt that another assembly of the ledger has paid. */
static void
notice_beside(struct arena scratch, struct diag *diag, const struct batch *batch,
              const struct claim *claim)
{
    const struct history *history = batch->history;
    if (history == NULL || history->beside_count == 0) {
        return;
    }
    struct text mark = unit_mark(&scratch, claim_words(claim)->receipt_reference);
    char day[DATE_TEXT_MAX];
    size_t at = 0;
    while (at < history->beside_count && !text_equals(history->beside[at].mark, mark)) {
        at++;
    }
    if (at < history->beside_count && !is_paid_here(history, claim->member, mark)) {
        diag_warning(diag, claim->where, CODE_L021,
                     "a receipt of '%.*s' was paid on %s already, in the assembly '%.*s'",
                     TEXT_ARG(batch->roster->items[claim->member].id),
                     date_text(history->beside[at].day, day),
                     TEXT_ARG(history->beside[at].assembly));
    }
}

/* What two claims of one receipt have in common: its reference. One that any sheet may have ("F12")
 * tells of one member, one day and one category only. Empty: it names none. */
static struct text
receipt_named(struct arena *keep, const struct claim *claim)
{
    struct text name = text_fold(keep, claim_words(claim)->receipt_reference);
    bool numbered = false; /* "ticket" is said of any */
    for (size_t i = 0; i < name.size; i++) {
        numbered = numbered || is_digit(name.data[i]);
    }
    if (claim_names_receipt(claim) || !numbered) {
        return numbered ? name : STR("");
    }
    return text_of(arena_printf(keep, "%.*s %u %d %.*s", TEXT_ARG(name), claim->member,
                                claim->date.day, TEXT_ARG(claim->category)));
}

void
receipts_notice(struct arena scratch, struct diag *diag, const struct batch *batch)
{
    const struct claims *claims = batch->claims;
    struct map known = {0};
    struct period days = batch->period;
    if (batch->history != NULL) {
        days.from = batch->history->since;
    }
    for (size_t i = 0; diag != NULL && claims != NULL && i < claims->count; i++) {
        const struct claim *claim = &claims->items[i];
        bool other = date_compare(claim->date, days.to) > 0 || /* of a run to come */
                     (batch->history != NULL && !period_contains(days, claim->date));
        if (other || claim->same_as != INDEX_NONE) {
            continue;
        }
        struct text name = receipt_named(&scratch, claim);
        if (name.size == 0) {
            continue;
        }
        if (claim_names_receipt(claim)) {
            notice_beside(scratch, diag, batch, claim);
        }
        uint32_t at = map_insert(&scratch, &known, name, (uint32_t)i);
        const struct claim *first = &claims->items[at];
        if (first == claim || (!period_contains(days, claim->date) &&
                               !period_contains(days, first->date))) {
            continue;
        }
        diag_warning(diag, claim->where, CODE_L021,
                     "a claim of '%.*s' and one of '%.*s' name the same receipt",
                     TEXT_ARG(batch->roster->items[first->member].id),
                     TEXT_ARG(batch->roster->items[claim->member].id));
        diag_other_place(diag, first->where);
    }
}
