/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Hours that may be a time whose format was lost. */
#ifndef DEFRAY_PART_OF_DAY_H
#define DEFRAY_PART_OF_DAY_H

#include "defray/expenses.h"

#include "table.h"

/* Files the number of hours of a workbook's cell under that code, where it is a time as
 * spreadsheets hold one, a part of a day: false then. The session is the one it is of; NULL. */
bool hours_are_no_part_of_day(const struct cell *cell, const struct session *session,
                              enum code code);
/* The same of the quantity that is claimed, if it is one of hours: of the session that the claim
 * names, or of the only one of its day. */
bool claimed_hours_check(const struct cell *cell, const struct log *log,
                         const struct claim *claim);

#endif
