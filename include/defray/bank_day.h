/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Days on which banks settle transfers in euros, which is the calendar of the Eurosystem's T2:
 * every day but Saturdays, Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and
 * 26 December. What else is a holiday in one country is a day like others there.
 */
#ifndef DEFRAY_BANK_DAY_H
#define DEFRAY_BANK_DAY_H

#include "defray/date.h"

bool bank_day_is(struct date date);

#endif
