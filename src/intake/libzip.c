/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libzip is called through. */
#include "libzip.h"

LIBRARY_DEFINE(libzip, LIBZIP_CALLS, zip)
