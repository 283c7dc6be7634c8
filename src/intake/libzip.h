/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* What is called of libzip, to read workbooks. */
#ifndef DEFRAY_LIBZIP_H
#define DEFRAY_LIBZIP_H

#include "defray/library.h"

#include <zip.h>

#define LIBZIP_CALLS(CALL)         \
    CALL(zip_discard)              \
    CALL(zip_error_fini)           \
    CALL(zip_error_init)           \
    CALL(zip_fclose)               \
    CALL(zip_fopen)                \
    CALL(zip_fopen_index)          \
    CALL(zip_fread)                \
    CALL(zip_get_name)             \
    CALL(zip_get_num_entries)      \
    CALL(zip_open_from_source)     \
    CALL(zip_source_buffer_create) \
    CALL(zip_source_file_create)   \
    CALL(zip_source_free)          \
    CALL(zip_stat)

LIBRARY_DECLARE(libzip, LIBZIP_CALLS);

#endif
