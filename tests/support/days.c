/* SPDX-License-Identifier: Apache-2.0 */
#include "days.h"
/* A text that is no day is a slip of the test, and fails it where it stands. */

#include <check.h>

struct date
day(const char *iso)
{
    struct date date = DATE_NONE;
    ck_assert_msg(date_parse_iso(text_of(iso), &date), "%s is no day", iso);
    return date;
}
