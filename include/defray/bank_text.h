/* SPDX-License-Identifier: Apache-2.0 */
/* layer: base */
/* Names as banks read them: the character set of SEPA, by a table that keeps letters legible. */
#ifndef DEFRAY_BANK_TEXT_H
#define DEFRAY_BANK_TEXT_H

#include "defray/text.h"

/* At most `most` characters; what no letter of the table stands for becomes '?'. Spaces at both
 * ends and doubled ones go. */
struct text bank_text(struct arena *keep, struct text t, size_t most);
/* Whether it has a letter, and nothing of it is '?' or would become so: a name that a bank can
 * read. */
bool bank_text_is_whole(struct text t);
/* Two capital letters, or the empty text: codes, and "France". */
struct text bank_country(struct arena *keep, struct text t);

#endif
