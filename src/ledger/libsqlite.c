/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libsqlite is called through. */
#include "libsqlite.h"

LIBRARY_DEFINE(sqlite, LIBSQLITE_CALLS, sqlite3)
