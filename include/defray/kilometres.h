/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kilometres reimbursed elsewhere (km_before): they open the counter of one year. A row of a member
 * states them for the year of the period's first day if it holds on a day of that year; one that
 * ended before, for the year in which it ends, one that begins later, for that in which it begins.
 */
#ifndef DEFRAY_KILOMETRES_H
#define DEFRAY_KILOMETRES_H

#include "defray/roster.h"

/* Of the year, in a run whose period begins in `first_year`. False, and 0, if no row states it. */
bool kilometres_before(const struct participant *who, int year, int first_year,
                       struct ratio *out);

/* False after diagnostics: two rows of a person that state others for one year. */
bool kilometres_agree(struct diag *diag, const struct roster *roster, int first_year);

#endif
