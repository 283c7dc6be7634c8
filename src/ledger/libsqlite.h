/* SPDX-License-Identifier: Apache-2.0 */
/* What is called of SQLite, which keeps the ledger. */
#ifndef DEFRAY_LIBSQLITE_H
#define DEFRAY_LIBSQLITE_H

#include "defray/library.h"

#include <sqlite3.h>

#define LIBSQLITE_CALLS(CALL)    \
    CALL(sqlite3_bind_blob)      \
    CALL(sqlite3_bind_int64)     \
    CALL(sqlite3_bind_text)      \
    CALL(sqlite3_busy_timeout)   \
    CALL(sqlite3_close)          \
    CALL(sqlite3_column_blob)    \
    CALL(sqlite3_column_bytes)   \
    CALL(sqlite3_column_count)   \
    CALL(sqlite3_column_int64)   \
    CALL(sqlite3_column_value)   \
    CALL(sqlite3_config)         \
    CALL(sqlite3_data_count)     \
    CALL(sqlite3_db_config)      \
    CALL(sqlite3_errmsg)         \
    CALL(sqlite3_errstr)         \
    CALL(sqlite3_exec)           \
    CALL(sqlite3_finalize)       \
    CALL(sqlite3_get_autocommit) \
    CALL(sqlite3_limit)          \
    CALL(sqlite3_open_v2)        \
    CALL(sqlite3_prepare_v3)     \
    CALL(sqlite3_reset)          \
    CALL(sqlite3_set_authorizer) \
    CALL(sqlite3_step)           \
    CALL(sqlite3_system_errno)   \
    CALL(sqlite3_value_blob)     \
    CALL(sqlite3_value_bytes)    \
    CALL(sqlite3_value_int64)    \
    CALL(sqlite3_value_type)

LIBRARY_DECLARE(sqlite, LIBSQLITE_CALLS);

#endif
