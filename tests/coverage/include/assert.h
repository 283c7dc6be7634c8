/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in for the system's assert.h in a build that counts branches. An assert still ends the
 * program, but it is no branch: what cannot be otherwise has no other side to be covered. */
#include <stdbool.h>

#ifndef TESTS_COVERAGE_ASSERT_H
#define TESTS_COVERAGE_ASSERT_H
void assert_holds(bool holds, const char *said, const char *file, int line);
#endif

#undef assert
#define assert(condition) assert_holds((condition), #condition, __FILE__, __LINE__)
#undef static_assert
#define static_assert _Static_assert
