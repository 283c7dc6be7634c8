/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * What the authority certifies to others of a member: for an employer or a university, when they
 * were there; of their competences, what they took part in. No amount and no figure of any income
 * exists here.
 */
#ifndef DEFRAY_ATTESTATION_H
#define DEFRAY_ATTESTATION_H

#include "defray/attended.h"
#include "defray/document.h"
#include "defray/statement.h"

struct attestations {
    const struct batch *batch;
    enum language language;
    bool competence; /* else attendance */
};

struct document *attestation_document(struct arena *keep, struct arena scratch,
                                      const struct attestations *attestations,
                                      struct chosen chosen);

#endif
