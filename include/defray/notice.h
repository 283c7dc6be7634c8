/* SPDX-License-Identifier: Apache-2.0 */
/* layer: rules */
/* What a rule file lets a member be told: where to contest and by when, which text an employer is
 * shown, which competences the authority vouches for. Nothing of it moves an amount, and what a
 * file does not say is not told. */
#ifndef DEFRAY_NOTICE_H
#define DEFRAY_NOTICE_H

#include "defray/category.h"

struct recourse {              /* one step, in the order in which they are taken */
    struct label to, deadline; /* an empty deadline: none is stated */
    struct text address;       /* may be empty */
    struct basis basis;
};

struct vouched { /* a sentence of an attestation */
    struct label says;
    struct basis basis;
};

struct notice {
    struct recourse *steps;
    size_t step_count;
    struct vouched leave; /* the text that an absence rests on; empty: none is stated */
    struct vouched *competences;
    size_t competence_count;
};

#endif
