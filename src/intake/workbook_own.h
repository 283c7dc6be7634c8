/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Unpacks the parts of workbooks that this program has just written, to be read back. */
#ifndef DEFRAY_WORKBOOK_OWN_H
#define DEFRAY_WORKBOOK_OWN_H

#include "defray/arena.h"

#include "libzip.h"

struct own_part;

/* A part at its start, kept in the arena; NULL if it is not packed as ours are, and libzip is to
 * unpack it. `spare` is one that is not needed any more, or NULL. */
struct own_part *own_open(struct arena *keep, struct own_part *spare, zip_t *zip,
                          const zip_stat_t *status);
/* The next bytes, at most `room`; 0 at the end, SIZE_MAX if it is damaged: it does not unpack, or
 * not to the size and the check sum that the zip states. */
size_t own_read(struct own_part *own, char *bytes, size_t room);
void own_shut(struct own_part *own);

#endif
