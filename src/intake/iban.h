/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
#ifndef DEFRAY_IBAN_H
#define DEFRAY_IBAN_H

#include "defray/roster.h"

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

#endif
