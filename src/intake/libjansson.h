/* SPDX-License-Identifier: Apache-2.0 */
/* What is called of jansson, to read JSON. */
#ifndef DEFRAY_LIBJANSSON_H
#define DEFRAY_LIBJANSSON_H

#include "defray/library.h"

#include <jansson.h>

#define LIBJANSSON_CALLS(CALL)   \
    CALL(json_array_get)         \
    CALL(json_array_size)        \
    CALL(json_delete)            \
    CALL(json_integer_value)     \
    CALL(json_loadb)             \
    CALL(json_object_iter)       \
    CALL(json_object_iter_key)   \
    CALL(json_object_iter_next)  \
    CALL(json_object_iter_value) \
    CALL(json_string_length)     \
    CALL(json_string_value)

LIBRARY_DECLARE(jansson, LIBJANSSON_CALLS);

#endif
