/* SPDX-License-Identifier: Apache-2.0 */
/* A text that is no day is a slip of the test, and fails it where it stands. */
#include "days.h"

#include <check.h>

struct date
day(const char *iso)
{
    struct date date = DATE_NONE;
    ck_assert_msg(date_parse_iso(text_of(iso), &date), "%s is no day", iso);
    return date;
}
