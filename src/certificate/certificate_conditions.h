/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the facts that a certificate states go with the reason it gives, in the order in which a
 * line is decided. What it does not state (a birth date, a request, an income) is not judged. */
#ifndef DEFRAY_CERTIFICATE_CONDITIONS_H
#define DEFRAY_CERTIFICATE_CONDITIONS_H

#include "certificate_stated.h"

struct conditions {
    struct checking *check;
    const struct rules *rules;
    const struct stated_lines *lines; /* a claim goes with the presences of its day */
};

/* Files a difference where the rules would have decided the line otherwise. A priced line has met
 * every condition. */
void conditions_check(const struct conditions *work, const struct stated *line);

#endif
