/* SPDX-License-Identifier: Apache-2.0 */
/* One invented member and what happened to them: worked examples and profiles alike. */
#ifndef DEFRAY_INVENTED_H
#define DEFRAY_INVENTED_H

#include "defray/liquidation.h"

/* What the rules give. All days lie within the life of the rules. The lines live as long as
 * `keep`. */
struct member_result liquidate_invented(struct arena *keep, const struct rules *rules,
                                        const struct example *example);

#endif
