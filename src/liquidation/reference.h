/* SPDX-License-Identifier: Apache-2.0 */
/* The stipends of one member day by day, beside the indemnity of reference of that day. */
#ifndef DEFRAY_REFERENCE_H
#define DEFRAY_REFERENCE_H

#include "defray/liquidation.h"

struct reference_day {
    struct date date;
    struct money stipend;        /* due for the day, above 0.00 */
    const struct value *allowed; /* NULL: the rules have no reference that day */
    bool above;
};

/* The next day with a stipend, from line `*at` on; false when there is none. */
bool reference_day_next(const struct rules *rules, const struct member_result *result,
                        size_t *at, struct reference_day *out);

#endif
