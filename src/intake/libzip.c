/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libzip is called through. */
#include "libzip.h"

#ifdef LIBZIP_FILE
LIBRARY_LATE(libzip, LIBZIP_CALLS, LIBZIP_FILE)
#else
LIBRARY_LINKED(libzip, LIBZIP_CALLS)
#endif
