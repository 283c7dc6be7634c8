/* SPDX-License-Identifier: Apache-2.0 */
/* What the Makefile found: one suite a file tests/unit/test_<module>.c, which defines
 * `Suite *test_<module>_suite(void)`, and one fuzz target a file tests/fuzz/<name>.c,
 * which defines LLVMFuzzerTestOneInput. Each list ends with a NULL. */
#ifndef TESTS_REGISTRY_H
#define TESTS_REGISTRY_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

typedef Suite *test_suite_maker(void);
typedef int fuzz_target(const uint8_t *bytes, size_t size);

struct fuzz_entry {
    const char *name;
    fuzz_target *target;
};

extern test_suite_maker *const test_suites[];
extern const struct fuzz_entry fuzz_entries[];

#endif
