/* SPDX-License-Identifier: Apache-2.0 */
/* What people write in the column of receipts: yes, no, a reference, or words that may be one. */
#ifndef DEFRAY_RECEIPT_H
#define DEFRAY_RECEIPT_H

#include "defray/text.h"

enum receipt {
    RECEIPT_MISSING,
    RECEIPT_HELD,
    RECEIPT_REFERRED, /* words with a number: which receipt it is */
    RECEIPT_WORDED,   /* words without one, neither yes nor no */
};

/* An empty text is a receipt that is missing; so is one that only marks the place. */
enum receipt receipt_parse(struct arena scratch, struct text t);

#endif
