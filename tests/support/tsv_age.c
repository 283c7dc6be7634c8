/* SPDX-License-Identifier: Apache-2.0 */
/* Tables `age-*.tsv`: birth and day, as 2026-03-07; age, the whole years reached on that day. */
#include "defray/date.h"

#include "support/tsv.h"

#include <stdio.h>

void
tsv_age(struct tsv_row *row)
{
    struct date birth;
    struct date day;
    char age[16];
    if (!date_parse_iso(tsv_cell(row, "birth"), &birth) ||
        !date_parse_iso(tsv_cell(row, "day"), &day)) {
        tsv_fault(row, "a date cannot be read");
        return;
    }
    snprintf(age, sizeof age, "%d", date_age(birth, day));
    tsv_expect(row, "age", age);
}
