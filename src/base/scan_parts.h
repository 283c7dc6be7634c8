/* SPDX-License-Identifier: Apache-2.0 */
/* The same byte by byte, for other processors, for the last bytes of a file, and for tests. */
#ifndef DEFRAY_SCAN_PARTS_H
#define DEFRAY_SCAN_PARTS_H

#include "defray/scan.h"

size_t scan_line_plainly(struct text rest, char separator, struct text *cells,
                         size_t count);

#endif
