/* SPDX-License-Identifier: Apache-2.0 */
/* The functions behind the list of methods. */
#ifndef DEFRAY_RULES_METHODS_H
#define DEFRAY_RULES_METHODS_H

#include "defray/method.h"

#define METHOD(word, quantity, amount, rates, scale)                  \
    struct price method_##word(struct arena *keep,                    \
                               const struct entitlement *entitlement, \
                               const struct priced *priced);
#include "methods.def"
#undef METHOD

#endif
