/* SPDX-License-Identifier: Apache-2.0 */
/* Account numbers (ISO 13616) and the codes of banks (ISO 9362), as the SEPA schemes take them. */
#ifndef DEFRAY_IBAN_H
#define DEFRAY_IBAN_H

#include "defray/language.h"

enum iban_fault {
    IBAN_SOUND,
    IBAN_SPELLING, /* not two letters, two digits, letters and digits */
    IBAN_COUNTRY,  /* not of the SEPA area */
    IBAN_LENGTH,   /* not the length of its country */
    IBAN_CHECK,    /* the check digits are wrong */
};

/* Upper case without spaces of any kind; `given` itself if it is that. */
struct text iban_compact(struct arena *keep, struct text given);
/* What is wrong with a compact IBAN; *length is that of its country, where known. */
enum iban_fault iban_check(struct text compact, size_t *length);
/* The same in words; not of one that is sound. */
const char *iban_fault_words(struct arena *keep, enum language language,
                             enum iban_fault fault, size_t length);
/* "FR14…2606": what may be shown in a message. */
const char *iban_masked(struct arena *keep, struct text iban);
/* The text with a star for each character in the midst of what looks like an account number. */
struct text iban_hide(struct arena *keep, struct text t);
bool bic_is_valid(struct text bic);

#endif
