/* SPDX-License-Identifier: Apache-2.0 */
/* layer: rules */
/* What a rule file says of paying: who approves, which account is debited, which past days the
 * rules as they are now reach. */
#ifndef DEFRAY_PAYMENT_H
#define DEFRAY_PAYMENT_H

#include "defray/timeline.h"

struct retroactivity { /* past days that the rules as they are now reach */
    struct period during;
    bool keeps_decreases; /* what was paid above is left to the member */
    struct basis basis;
};

struct payment {        /* how what is owed gets paid, see history.h */
    bool single_person; /* nobody else approves: an office of one */
    struct payer {      /* of a transfer file; an empty name: not stated */
        struct text name, iban, bic, street, postcode, town, country;
    } payer;
    struct retroactivity *retroactive;
    size_t retroactive_count;
    struct recovery_rule { /* of what was paid too much, if it is to be recovered */
        bool stated;
        int percent_max; /* of a later payment that may be kept back; 0: nothing */
        struct basis basis;
    } recovery;
    struct
        prescription { /* a right of a year lapses with the last day of the year so many
                             years later */
        int years;     /* 0: never */
        struct basis basis;
    } prescription;
};

#endif
