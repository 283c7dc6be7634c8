/* SPDX-License-Identifier: Apache-2.0 */
/* How what is owed gets paid, as provisions: who approves, which account is debited, which days
 * gone by are settled again, what is kept back, when a claim lapses. */
#include "provision_parts.h"

static void
list_payer(struct listing *listing, const struct payer *payer)
{
    const struct {
        const char *key, *item;
        struct text value;
    } fields[] = {
        {"payer",          N_("payer"),            payer->name    },
        {"payer.iban",     N_("payer's IBAN"),     payer->iban    },
        {"payer.bic",      N_("payer's BIC"),      payer->bic     },
        {"payer.street",   N_("payer's street"),   payer->street  },
        {"payer.postcode", N_("payer's postcode"), payer->postcode},
        {"payer.town",     N_("payer's town"),     payer->town    },
        {"payer.country",  N_("payer's country"),  payer->country },
    };
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
        if (fields[i].value.size > 0) {
            list_setting(listing, fields[i].key, fields[i].item,
                         text_string(listing->keep, fields[i].value), NULL);
        }
    }
}

static void
list_retroactive(struct listing *listing, const struct payment *payment)
{
    enum language language = listing->language;
    for (size_t i = 0; i < payment->retroactive_count; i++) {
        const struct retroactivity *one = &payment->retroactive[i];
        struct value when = {
            .during = one->during, .adopted = DATE_NONE, .checked_on = DATE_NONE};
        list_dated(listing, "retroactive", N_("days gone by"),
                   one->keeps_decreases
                       ? tr(language, N_("settled again; what went down is left"))
                       : tr(language, N_("settled again; what went down is recovered")),
                   &when);
        listing->out.items[listing->out.count - 1].basis = &one->basis;
    }
}

void
list_payment(struct listing *listing, const struct rules *rules)
{
    enum language language = listing->language;
    const struct payment *payment = &rules->payment;
    listing->subject_key = "";
    listing->subject = tr(language, N_("All payments"));
    list_setting(listing, "overpayment", N_("a balance below zero"),
                 rules->recover_overpayment
                     ? tr(language, N_("is to be recovered"))
                     : tr(language, N_("is carried over to the next period")),
                 NULL);
    if (payment->single_person) {
        list_setting(listing, "approval", N_("approval of a batch"),
                     tr(language, N_("by nobody else: an office of one")), NULL);
    }
    list_payer(listing, &payment->payer);
    list_retroactive(listing, payment);
    if (payment->recovery.stated) {
        list_setting(listing, "recovery", N_("kept back of a later payment"),
                     arena_printf(listing->keep, tr(language, N_("at most %d %%")),
                                  payment->recovery.percent_max),
                     &payment->recovery.basis);
    }
    if (payment->prescription.years > 0) {
        list_setting(listing, "prescription", N_("a claim lapses"),
                     arena_printf(listing->keep,
                                  tr(language, N_("%d years after the end of its year")),
                                  payment->prescription.years),
                     &payment->prescription.basis);
    }
}
