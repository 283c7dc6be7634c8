/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate of one member of a run, as explain writes it and verify makes it anew. */
#ifndef DEFRAY_CERTIFY_H
#define DEFRAY_CERTIFY_H

#include "defray/certificate.h"

#include "run.h"

struct tree *run_certificate(struct run *run, uint32_t member);
/* The member's index, or INDEX_NONE after a diagnostic. */
uint32_t run_find_member(struct run *run, struct text id);

#endif
