/* SPDX-License-Identifier: Apache-2.0 */
/* Days as tests write them. */
#ifndef TESTS_DAYS_H
#define TESTS_DAYS_H

#include "defray/date.h"

/* "2026-03-07"; what is no day fails the test. */
struct date day(const char *iso);

#endif
