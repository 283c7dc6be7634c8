/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that a line rests on: not its price alone, but each condition it passed. */
#ifndef DEFRAY_BASES_H
#define DEFRAY_BASES_H

#include "defray/liquidation.h"

#define LINE_BASES_MAX 16

/* The bases that the line passed through, its own included; gives how many. */
size_t line_bases(const struct batch *batch, const struct line *line,
                  const struct basis *out[LINE_BASES_MAX]);

#endif
