/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs that only read: status, recovery, history, verify. */
#include "defray/ledger_view.h"
#include "defray/recovery_document.h"

#include "outputs.h"
#include "verbs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define AMOUNT_WIDTH 12

/* Padded by characters: a no-break space is three bytes and one column. */
static const char *
amount_shown(struct run *run, struct money amount)
{
    const char *text = tr_money(run->keep, run->language, amount);
    int width = (int)text_characters(text_of(text));
    return arena_printf(run->keep, "%*s%s €",
                        width < AMOUNT_WIDTH ? AMOUNT_WIDTH - width : 0, "", text);
}

/* What people wrote, on its own line: an older ledger may hold signs that are refused by now. */
static struct text
shown(struct run *run, struct text written)
{
    return diag_clean(run->keep, written);
}

/* "Bernard (bernard@mairie)  the reason" */
static const char *
who_and_why(struct run *run, const struct text parts[4])
{
    return arena_printf(run->keep, "%.*s (%.*s@%.*s)%s%.*s",
                        TEXT_ARG(shown(run, parts[0])), TEXT_ARG(shown(run, parts[1])),
                        TEXT_ARG(shown(run, parts[2])), parts[3].size > 0 ? "  " : "",
                        TEXT_ARG(shown(run, parts[3])));
}

static void
print_batches(struct run *run, struct ledger *ledger)
{
    size_t count = 0;
    const struct ledger_batch *batches = ledger_batches(run->keep, ledger, &count);
    for (size_t i = 0; i < count; i++) {
        const struct ledger_batch *batch = &batches[i];
        struct text prepared_by = shown(run, batch->prepared_by);
        struct text approved_by = shown(run, batch->approved_by);
        printf("%3" PRId64 "  %.*s %.*s..%.*s %s  %s  %.*s%s%.*s\n", batch->number,
               TEXT_ARG(batch->assembly), TEXT_ARG(batch->from), TEXT_ARG(batch->to),
               amount_shown(run, batch->total),
               ledger_state_label(run->language, batch->state), TEXT_ARG(prepared_by),
               approved_by.size > 0 ? " > " : "", TEXT_ARG(approved_by));
    }
    if (count == 0) {
        printf("%s\n", tr(run->language, "no batch yet"));
    }
}

static void
print_accounts(struct run *run, struct ledger *ledger)
{
    size_t count = 0;
    const struct ledger_account *accounts = ledger_accounts(run->keep, ledger, &count);
    if (count > 0) {
        printf("%s\n", tr(run->language, "accounts that are not even:"));
    }
    for (size_t i = 0; i < count; i++) {
        const struct ledger_account *account = &accounts[i];
        const char *says = account->balance.cents > 0 ? N_("owed, not yet paid")
                                                      : N_("paid too much, carried over");
        const struct {
            struct money amount;
            const char *says;
        } parts[] = {
            {account->balance,    says                     },
            {account->receivable, N_("listed for recovery")},
        };
        for (size_t k = 0; k < ARRAY_COUNT(parts); k++) {
            if (parts[k].amount.cents != 0) {
                printf("     %.*s %.*s %s  %s\n", TEXT_ARG(account->assembly),
                       TEXT_ARG(account->id), amount_shown(run, parts[k].amount),
                       tr(run->language, parts[k].says));
            }
        }
    }
}

/* Who has let one person pay, and who was taken out of the office. */
static void
print_loosenings(struct run *run, struct ledger *ledger)
{
    size_t count = 0;
    const struct ledger_loosening *all = ledger_loosenings(run->keep, ledger, &count);
    if (count > 0) {
        printf("%s\n", tr(run->language, "acts that weaken the control by two persons:"));
    }
    for (size_t i = 0; i < count; i++) {
        const struct ledger_loosening *one = &all[i];
        const struct text parts[] = {one->actor, one->login, one->host, one->reason};
        printf("     %s  %.*s  %.*s  %s\n", time_shown(run->keep, one->time),
               TEXT_ARG(one->verb), TEXT_ARG(one->subject), who_and_why(run, parts));
    }
}

static void
print_payments(struct run *run, const struct order *order)
{
    for (size_t i = 0; i < order->payment_count; i++) {
        const struct order_payment *payment = &order->payments[i];
        printf("  %3" PRId64 "  %.*s %s  %s%s%s\n", payment->number,
               TEXT_ARG(payment->id), amount_shown(run, payment->amount),
               payment->to.iban.size > 0 ? iban_masked(run->keep, payment->to.iban) : "",
               payment->answer.size > 0 ? "  " : "",
               payment->answer.size == 0
                   ? ""
                   : tr(run->language, text_equals(payment->answer, STR("cancelled"))
                                           ? N_("cancelled")
                                           : N_("came back")));
    }
}

const char *
entries_and_payments(const struct run *run, size_t entries, size_t payments)
{
    enum language language = run->language;
    const char *first = arena_printf(
        run->keep, tr_plural(language, "%zu entry", "%zu entries", entries), entries);
    const char *then = arena_printf(
        run->keep, tr_plural(language, "%zu payment", "%zu payments", payments),
        payments);
    return arena_printf(run->keep, "%s, %s", first, then);
}

static void
print_batch(struct run *run, const struct order *order)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    printf(tr(run->language, "batch %" PRId64 "  %.*s  %s .. %s  %s\n"), order->batch,
           TEXT_ARG(order->assembly), date_text(order->period.from, from),
           date_text(order->period.to, to),
           ledger_state_label(run->language, order->state));
    printf(tr(run->language, "  fingerprint %.*s\n"), TEXT_ARG(order->digest));
    for (size_t i = 0; i < order->event_count; i++) {
        const struct order_event *event = &order->events[i];
        const struct text parts[] = {event->actor, event->login, event->host,
                                     event->reason};
        printf("  %s  %.*s  %s\n", time_shown(run->keep, event->time),
               TEXT_ARG(event->verb), who_and_why(run, parts));
    }
    if (order->single_person) {
        printf("  %s\n",
               tr(run->language,
                  "approval: none; the rules say that one person prepares and pays"));
    }
    print_payments(run, order);
    printf("  %s, %s\n",
           entries_and_payments(run, order->entry_count, order->payment_count),
           amount_shown(run, order->total));
}

enum exit_status
ledger_show_status(struct run *run)
{
    int64_t batch = 0;
    bool one = run->options.operands.count > 0;
    if (one && !batch_number(run, &batch)) {
        return EXIT_USAGE;
    }
    struct ledger *ledger = open_ledger(run, false);
    if (ledger == NULL) {
        return run_status(run);
    }
    if (one) {
        const struct order *order = ledger_order(run->keep, ledger, batch);
        if (order != NULL) {
            print_batch(run, order);
        }
    } else {
        print_batches(run, ledger);
        print_accounts(run, ledger);
        print_loosenings(run, ledger);
        printf(tr(run->language, "head %s\n"), ledger_head(run->keep, ledger));
    }
    ledger_close(ledger);
    return run_status(run);
}

/* The draft of a title: the rules say on which text, the ledger for what. */
enum exit_status
ledger_draft_titles(struct run *run)
{
    if (!outputs_check(run, FORMATS_TABLE)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run)) {
        return run_status(run);
    }
    struct ledger *ledger = open_ledger(run, false);
    const struct recovery *recovery =
        ledger == NULL ? NULL
                       : ledger_recovery(run->keep, ledger, run->rules->id,
                                         option_value(&run->options, OPTION_MEMBER));
    ledger_close(ledger);
    if (recovery != NULL &&
        outputs_write(
            run, recovery_document(run->keep, recovery, run->rules, run->documents))) {
        outputs_tell(run);
    }
    return run_status(run);
}

/* Why something was posted, or what became of a payment, in a word. */
static const struct {
    const char *word, *label;
} causes[] = {
    {"new",       N_("new")      },
    {"late",      N_("late")     },
    {"corrected", N_("corrected")},
    {"removed",   N_("removed")  },
    {"rate",      N_("new rate") },
    {"recount",   N_("recount")  },
    {"reverse",   N_("reversed") },
    {"cancel",    N_("cancelled")},
    {"recover",   N_("listed")   },
    {"offset",    N_("kept back")},
    {"collected", N_("recovered")},
    {"returned",  N_("came back")},
    {"cancelled", N_("cancelled")},
};

static struct text
cause_shown(struct run *run, struct text word, struct money amount)
{
    if (amount.cents < 0 && text_equals(word, STR("recover"))) {
        return text_of(tr(run->language, "taken off the list"));
    }
    for (size_t i = 0; i < ARRAY_COUNT(causes); i++) {
        if (text_equals(word, text_of(causes[i].word))) {
            return text_of(tr(run->language, causes[i].label));
        }
    }
    return shown(run, word);
}

static void
print_posting(struct run *run, const struct ledger_posting *one, bool dead)
{
    const char *late =
        one->late ? arena_printf(run->keep, tr(run->language, " (late, in %.*s)"),
                                 TEXT_ARG(one->period))
                  : "";
    struct text cause = cause_shown(run, one->cause, one->amount);
    printf("%5" PRId64 "  %3" PRId64 "  %-9.*s %s  %.*s %.*s %.*s %.*s%s %s\n", one->seq,
           one->batch, TEXT_ARG(one->kind), amount_shown(run, one->amount),
           TEXT_ARG(one->component), TEXT_ARG(one->day), TEXT_ARG(one->unit),
           TEXT_ARG(cause), late,
           dead ? "" : ledger_state_label(run->language, one->state));
}

enum exit_status
ledger_show_history(struct run *run)
{
    size_t count = 0;
    struct money balance = {0};
    struct money listed = {0};
    struct ledger *ledger = open_ledger(run, false);
    if (ledger == NULL) {
        return run_status(run);
    }
    const struct ledger_posting *postings =
        ledger_postings(run->keep, ledger, run->options.operands.items[0],
                        run->options.operands.items[1], &count);
    for (size_t i = 0; i < count; i++) {
        const struct ledger_posting *one = &postings[i];
        bool dead = text_equals(one->kind, STR("PAYMENT")) && one->cause.size > 0;
        bool collected = text_equals(one->book, STR("collected"));
        if (collected) {
            listed = money_subtract(listed, one->amount);
        } else if (text_equals(one->book, STR("recovery"))) {
            listed = money_add(listed, one->amount);
        }
        balance = dead || collected ? balance : money_add(balance, one->amount);
        print_posting(run, one, dead);
    }
    if (count > 0) {
        printf(tr(run->language, "balance %s\n"), amount_shown(run, balance));
    }
    if (listed.cents != 0) {
        printf("%s %s\n", tr(run->language, "listed for recovery"),
               amount_shown(run, listed));
    }
    ledger_close(ledger);
    return run_status(run);
}

enum exit_status
ledger_verify_all(struct run *run)
{
    struct ledger *ledger = open_ledger(run, false);
    if (ledger == NULL) {
        return run_status(run);
    }
    bool good = ledger_verify(ledger);
    if (good && option_given(&run->options, OPTION_ANCHOR)) {
        const struct input *anchor =
            input_read(run->keep, option_value(&run->options, OPTION_ANCHOR),
                       (size_t)1 << 20, true, run->diag); /* it may be any file */
        good = anchor != NULL && ledger_verify_anchor(ledger, anchor);
    }
    if (good) {
        printf(tr(run->language, "the ledger holds: every row, every rule\nhead %s\n"),
               ledger_head(run->keep, ledger));
    }
    ledger_close(ledger);
    return run_status(run);
}
