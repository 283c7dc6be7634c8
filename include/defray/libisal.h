/* SPDX-License-Identifier: Apache-2.0 */
/* What is called of ISA-L, to pack and unpack the parts of workbooks. */
#ifndef DEFRAY_LIBISAL_H
#define DEFRAY_LIBISAL_H

#include "defray/library.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#define LIBISAL_CALLS(CALL)           \
    CALL(crc32_gzip_refl)             \
    CALL(isal_create_hufftables)      \
    CALL(isal_deflate_stateless)      \
    CALL(isal_deflate_stateless_init) \
    CALL(isal_inflate)                \
    CALL(isal_inflate_init)           \
    CALL(isal_inflate_stateless)      \
    CALL(isal_update_histogram)

LIBRARY_DECLARE(isal, LIBISAL_CALLS);

#endif
