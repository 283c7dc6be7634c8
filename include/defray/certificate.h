/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate: what one member is owed for a period, with every operand, text and input line,
 * so that somebody else can compute it again. It holds no income, birth date or account number,
 * and no fingerprint of a table from which one could be guessed back. Earlier lines that
 * move a counter or a ceiling are in it too: nothing has to be taken on trust but the facts.
 *
 * Verifying has four depths: the form and the seal; every amount from its operands; every
 * rate, ceiling, condition and text against the rule file, and each reason against the facts
 * beside it; everything against the tables.
 */
#ifndef DEFRAY_CERTIFICATE_H
#define DEFRAY_CERTIFICATE_H

#include "defray/diag.h"
#include "defray/liquidation.h"
#include "defray/tree.h"

#define CERTIFICATE_SCHEMA "defray.certificate/1"

struct certified_file {
    struct text name;   /* without its folder */
    const char *sha256; /* "" where it is withheld */
};

struct certifying {
    const struct batch *batch; /* traced */
    uint32_t member;
    const struct certified_file *files;
    size_t file_count;
    const char *version;
};

/* The certificate, sealed. */
struct tree *certificate_make(struct arena *keep, const struct certifying *certifying);
/* The seal of a certificate's content: 64 hexadecimal digits. */
const char *certificate_seal(struct arena *keep, const struct tree *certificate);

/* Each gives false after a diagnostic for every disagreement, by line and field; the later ones
 * may only be asked once the form holds. `where` is the certificate's file. */
bool certificate_form_holds(struct arena *keep, const struct tree *certificate,
                            struct where where, struct diag *diag); /* C003, C004 */
bool certificate_adds_up(struct arena *keep, const struct tree *certificate,
                         struct where where, struct diag *diag); /* C005 */
bool certificate_follows(struct arena *keep, const struct tree *certificate,
                         const struct rules *rules, struct where where,
                         struct diag *diag); /* C006 */
/* Against one made anew from tables. Another version of the program is a note. */
bool certificate_equals(struct arena *keep, const struct tree *certificate,
                        const struct tree *anew, struct where where,
                        struct diag *diag); /* C007 */

#endif
