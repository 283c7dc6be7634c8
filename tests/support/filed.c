/* SPDX-License-Identifier: Apache-2.0 */
/* Diagnostics counted by their code. */
#include "filed.h"

size_t
filed_with(struct diag *diag, enum code code)
{
    size_t count = 0;
    size_t found = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    for (size_t i = 0; i < count; i++) {
        found += filed[i].code == code;
    }
    return found;
}
