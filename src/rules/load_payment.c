/* SPDX-License-Identifier: Apache-2.0 */
/* How what is owed gets paid: who approves, from which account, which past days a change of
 * rules reaches; what becomes of what was paid too much, and of claims that come too late. */
#include "defray/bank_text.h"
#include "defray/iban.h"

#include "loader.h"

static const struct text approval_words[] = {WORD("second_person"), WORD("none")};
static const struct text decrease_words[] = {WORD("recover"), WORD("keep")};

struct retroactivities ARRAY_OF(struct retroactivity);

static bool
read_retroactive(struct loader *loader, struct node *group, struct payment *out)
{
    struct node *list = node_list(group, "retroactive", OPTIONAL);
    struct retroactivities read = {0};
    struct dated_stretches stretches = {0};
    bool good = list != NULL || !node_has(group, "retroactive");
    size_t at = 0;
    struct node *entry = list == NULL ? NULL : node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct dated dated;
        size_t decrease = 0;
        good = dated_read(loader, entry, &dated) && good;
        good = node_choice(entry, "decrease", REQUIRED, WORDS_OF(decrease_words),
                           &decrease) &&
               good;
        *ARRAY_PUSH(loader->keep, &read) =
            (struct retroactivity){.during = dated.during,
                                   .keeps_decreases = decrease == 1,
                                   .basis = dated.basis};
        *ARRAY_PUSH(loader->keep, &stretches) =
            (struct dated_stretch){.during = dated.during, .where = entry->where};
    }
    out->retroactive = read.items;
    out->retroactive_count = read.count;
    return good && stretches_overlap(loader, &stretches, STR("payment.retroactive"));
}

static bool
optional_text(struct node *group, const char *key, struct text *out)
{
    return node_text(group, key, OPTIONAL, out) || !node_has(group, key);
}

static bool
check_letters(struct loader *loader, struct node *payer, const char *key,
              struct text given)
{
    return given.size == 0 || bank_text_is_whole(given) ||
           diag_error(loader->diag, node_find(payer, key)->where, CODE_R047,
                      "the name has letters that no bank takes");
}

/* A bank would refuse the order only once it is approved. */
static bool
check_account(struct loader *loader, struct node *payer, const struct payer *read)
{
    size_t length = 0;
    struct text compact = iban_compact(loader->scratch, read->iban);
    enum iban_fault fault = iban_check(compact, &length);
    bool good = true;
    if (fault != IBAN_SOUND) {
        good = diag_error(loader->diag, node_find(payer, "iban")->where, CODE_R047, "%s",
                          iban_fault_words(loader->scratch, diag_language(loader->diag),
                                           fault, length));
    }
    if (read->bic.size > 0 && !bic_is_valid(read->bic)) {
        good = diag_error(loader->diag, node_find(payer, "bic")->where, CODE_R047,
                          "the BIC does not have the 8 or 11 characters of a BIC");
    }
    return check_letters(loader, payer, "name", read->name) &&
           check_letters(loader, payer, "town", read->town) && good;
}

static bool
read_payer(struct loader *loader, struct node *group, struct payer *out)
{
    struct node *payer = node_group(group, "payer", OPTIONAL);
    if (payer == NULL) {
        return !node_has(group, "payer");
    }
    bool good = node_sentence(payer, "name", REQUIRED, &out->name);
    good = node_sentence(payer, "iban", REQUIRED, &out->iban) && good;
    good = optional_text(payer, "bic", &out->bic) && good;
    good = optional_text(payer, "street", &out->street) && good;
    good = optional_text(payer, "postcode", &out->postcode) && good;
    good = optional_text(payer, "town", &out->town) && good;
    good = optional_text(payer, "country", &out->country) && good;
    return good && check_account(loader, payer, out);
}

static bool
read_recovery(struct loader *loader, struct node *group, struct recovery_rule *out)
{
    struct node *recovery = node_group(group, "recovery", OPTIONAL);
    int64_t percent = 0;
    if (recovery == NULL) {
        return !node_has(group, "recovery");
    }
    bool good = node_integer(recovery, "percent_max", OPTIONAL, (struct bounds){0, 100},
                             &percent) ||
                !node_has(recovery, "percent_max");
    out->stated = true;
    out->percent_max = (int)percent;
    return basis_read(loader, recovery, &out->basis) && good;
}

static bool
read_prescription(struct loader *loader, struct node *group, struct prescription *out)
{
    struct node *prescription = node_group(group, "prescription", OPTIONAL);
    int64_t years = 0;
    if (prescription == NULL) {
        return !node_has(group, "prescription");
    }
    bool good =
        node_integer(prescription, "years", REQUIRED, (struct bounds){1, 30}, &years);
    out->years = (int)years;
    return basis_read(loader, prescription, &out->basis) && good;
}

bool
payment_read(struct loader *loader, struct node *root, struct payment *out)
{
    struct node *group = node_group(root, "payment", OPTIONAL);
    size_t approval = 0;
    if (group == NULL) {
        return !node_has(root, "payment");
    }
    bool good =
        node_choice(group, "approval", OPTIONAL, WORDS_OF(approval_words), &approval) ||
        !node_has(group, "approval");
    out->single_person = approval == 1;
    good = read_payer(loader, group, &out->payer) && good;
    good = read_recovery(loader, group, &out->recovery) && good;
    good = read_prescription(loader, group, &out->prescription) && good;
    return read_retroactive(loader, group, out) && good;
}
