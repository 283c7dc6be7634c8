/* SPDX-License-Identifier: Apache-2.0 */
/* layer: rules */
/* Worked examples inside a rule file, executed when it is loaded: one member, one
 * or more facts, the total due. A file that fails its own example cannot pay. */
#ifndef DEFRAY_EXAMPLE_H
#define DEFRAY_EXAMPLE_H

#include "defray/timeline.h"
#include "defray/vocabulary.h"

struct example_session {
    struct date date;
    enum kind kind;
    enum presence presence;
    int32_t duration;   /* see date.h; DURATION_NONE */
    struct where where; /* of the date */
};

struct example_claim {
    struct date date;
    struct text category;
    bool has_quantity, has_amount, receipt;
    struct ratio quantity;
    struct money amount;
    struct where where; /* of the date */
};

struct example {
    struct text says;
    enum status status;
    struct text body;
    int age; /* on the first day; 0: not stated. A minor has a guardian */
    bool requested;
    bool has_figure;
    struct money figure; /* invented, for the means test */
    struct text figure_method;
    uint32_t horsepower;
    struct ratio km_before;
    struct example_session *sessions;
    size_t session_count;
    struct example_claim *claims;
    size_t claim_count;
    struct money due;  /* total of all lines */
    struct text state; /* of the last line; may be empty */
    struct where where;
};

#endif
