/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libexpat is called through. */
#include "libexpat.h"

#ifdef LIBEXPAT_FILE
LIBRARY_LATE(expat, LIBEXPAT_CALLS, LIBEXPAT_FILE)
#else
LIBRARY_LINKED(expat, LIBEXPAT_CALLS)
#endif
