/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libsqlite is called through. */
#include "libsqlite.h"

#ifdef LIBSQLITE_FILE
LIBRARY_LATE(sqlite, LIBSQLITE_CALLS, LIBSQLITE_FILE)
#else
LIBRARY_LINKED(sqlite, LIBSQLITE_CALLS)
#endif
