/* SPDX-License-Identifier: Apache-2.0 */
/* What was filed. */
#ifndef TESTS_FILED_H
#define TESTS_FILED_H

#include "defray/diag.h"

/* How many diagnostics have the code. */
size_t filed_with(struct diag *diag, enum code code);

#endif
