/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite behind a door: open, settings asserted, statements, failures in our words. */
#include "store.h"

#include "libsqlite.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#define VALUE_BYTES_MAX (4 * 1024 * 1024) /* a rule file is the longest text */

static const struct where nowhere = {0};

/* What went wrong, by the library's number. */
static bool
fail(struct store *store, int result, bool committing)
{
    const char *why = store->db == NULL ? sqlite.sqlite3_errstr(result)
                                        : sqlite.sqlite3_errmsg(store->db);
    int primary = result & 0xFF;
    if (store->failed) {
        return false;
    }
    store->failed = true;
    bool clean = primary == SQLITE_BUSY || primary == SQLITE_FULL; /* it did not begin */
    if (committing && (store->follows || !clean)) {
        return diag_error(store->diag, nowhere, CODE_G030,
                          "'%s': it is not known whether this was recorded: %s",
                          store->path, why);
    }
    if (primary == SQLITE_BUSY) {
        return diag_error(store->diag, nowhere, CODE_G020,
                          "'%s' is in use by another process", store->path);
    }
    if (primary == SQLITE_NOTADB) {
        return diag_error(store->diag, nowhere, CODE_G002, "'%s' is not a ledger",
                          store->path);
    }
    /* What the disk did not give is taken for damage by some of its readers. */
    if (primary == SQLITE_CORRUPT && sqlite.sqlite3_system_errno(store->db) != EIO) {
        return diag_error(store->diag, nowhere, CODE_G040, "'%s' is damaged: %s",
                          store->path, why);
    }
    return diag_error(store->diag, nowhere, CODE_G021, "'%s': %s", store->path, why);
}

static const struct setting {
    const char *set;
    const char *read;
    const char *wanted;
} settings[] = {
    {"PRAGMA trusted_schema=OFF",           "PRAGMA trusted_schema",           "0"     },
    {"PRAGMA cell_size_check=ON",           "PRAGMA cell_size_check",          "1"     },
    {"PRAGMA foreign_keys=ON",              "PRAGMA foreign_keys",             "1"     },
    {"PRAGMA recursive_triggers=ON",        "PRAGMA recursive_triggers",       "1"     },
    {"PRAGMA journal_mode=DELETE",          "PRAGMA journal_mode",             "delete"},
    {"PRAGMA synchronous=EXTRA",            "PRAGMA synchronous",              "3"     },
    {"PRAGMA temp_store=MEMORY",            "PRAGMA temp_store",               "2"     },
    {"PRAGMA mmap_size=0",                  "PRAGMA mmap_size",                "0"     },
    {"PRAGMA locking_mode=NORMAL",          "PRAGMA locking_mode",             "normal"},
    {"PRAGMA secure_delete=ON",             "PRAGMA secure_delete",            "1"     },
    {"PRAGMA ignore_check_constraints=OFF", "PRAGMA ignore_check_constraints", "0"     },
};

/* Each setting is made, then read back: one that was not taken is a fault of the machine. */
static bool
apply_settings(struct store *store)
{
    for (size_t i = 0; i < ARRAY_COUNT(settings); i++) {
        if (!store_run(store, settings[i].set)) {
            return false;
        }
        struct sqlite3_stmt *statement = store_statement(store, settings[i].read);
        bool right = store_step(store, statement) &&
                     text_equals(store_text(statement, 0), text_of(settings[i].wanted));
        if (statement != NULL) {
            sqlite.sqlite3_reset(statement);
        }
        if (!right && !store->failed) {
            store->failed = true;
            return diag_error(store->diag, nowhere, CODE_G021,
                              "'%s': the setting '%s' was not taken", store->path,
                              settings[i].set);
        }
    }
    return !store->failed;
}

static void
apply_limits(struct sqlite3 *db)
{
    static const struct {
        int id, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH,              VALUE_BYTES_MAX},
        {SQLITE_LIMIT_SQL_LENGTH,          100000         },
        {SQLITE_LIMIT_COLUMN,              100            },
        {SQLITE_LIMIT_EXPR_DEPTH,          30             },
        {SQLITE_LIMIT_COMPOUND_SELECT,     5              },
        {SQLITE_LIMIT_FUNCTION_ARG,        8              },
        {SQLITE_LIMIT_ATTACHED,            0              },
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50             },
        {SQLITE_LIMIT_VARIABLE_NUMBER,     400            },
        {SQLITE_LIMIT_TRIGGER_DEPTH,       10             },
    };
    for (size_t i = 0; i < ARRAY_COUNT(limits); i++) {
        sqlite.sqlite3_limit(db, limits[i].id, limits[i].value);
    }
    sqlite.sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite.sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)NULL);
    sqlite.sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite.sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
}

bool
store_open(struct store *store, const char *path, enum store_access access, unsigned mode)
{
    int flags = access == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (!sqlite_load(store->diag)) {
        store->failed = true;
        return false;
    }
    sqlite.sqlite3_config(SQLITE_CONFIG_MEMSTATUS,
                          0); /* counting its memory costs a tenth */
    store->path = path;
    const char *full = store_file(store, access, mode);
    if (full == NULL) {
        store->failed = true;
        return false;
    }
    int result =
        sqlite.sqlite3_open_v2(full, &store->db,
                               flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE |
                                   SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                               NULL);
    if (result != SQLITE_OK) {
        fail(store, result, false);
        store_close(store);
        return false;
    }
    sqlite.sqlite3_busy_timeout(store->db, STORE_WAIT);
    apply_limits(store->db);
    bool good = apply_settings(store);
    if (good && access == STORE_READ) {
        good = store_run(store, "PRAGMA query_only=ON");
    }
    if (!good) {
        store_close(store);
    }
    return good;
}

void
store_close(struct store *store)
{
    if (store->writing) {
        store_rollback(store);
    }
    for (size_t i = 0; i < store->statement_count; i++) {
        sqlite.sqlite3_finalize(store->statements[i].statement);
    }
    store->statement_count = 0;
    if (store->db != NULL) {
        sqlite.sqlite3_close(store->db);
        store->db = NULL;
    }
    store->failed = true;
}

bool
store_mark(struct store *store, int32_t application, int32_t version)
{
    return store_run(store, arena_printf(store->keep,
                                         "PRAGMA application_id=%d; "
                                         "PRAGMA user_version=%d",
                                         application, version));
}

bool
store_is_marked(struct store *store, int32_t application, int32_t version, int32_t *found)
{
    int64_t id = store_value(store, store_statement(store, "PRAGMA application_id"));
    *found = (int32_t)store_value(store, store_statement(store, "PRAGMA user_version"));
    return id == application && *found == version;
}

/* What a compiled statement may do once the file is as it must be. */
static int
authorize(void *context, int action, const char *a, const char *b, const char *c,
          const char *d)
{
    const bool *updates = context;
    (void)a;
    (void)b;
    (void)c;
    (void)d;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION: return SQLITE_OK;
    case SQLITE_UPDATE:
    case SQLITE_DELETE: return *updates ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}

void
store_lock_down(struct store *store, bool updates)
{
    bool *kept = NEW(store->keep, bool);
    *kept = updates;
    sqlite.sqlite3_set_authorizer(store->db, authorize, kept);
}

void
store_keep_to_itself(struct store *store)
{
    int fires = 1;
    store->appends = true;
    (void)sqlite.sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &fires);
    assert(fires == 0); /* a library without triggers could not have made the schema */
    store_lock_down(store, false);
}

/* A statement that stands on a row holds a lock. */
void
store_release(struct store *store)
{
    for (size_t i = 0; i < store->statement_count; i++) {
        sqlite.sqlite3_reset(store->statements[i].statement);
    }
}

bool
store_begin(struct store *store)
{
    store_release(store);
    store->writing = store_run(store, "BEGIN IMMEDIATE");
    return store->writing;
}

/* Two who make the same file both find it empty when they open it: who comes second waits in
 * store_begin, and finds what the first has made. */
bool
store_begin_making(struct store *store)
{
    if (!store_begin(store)) {
        return false;
    }
    struct sqlite3_stmt *made =
        store_statement(store, "SELECT count(*) FROM sqlite_schema");
    bool empty = store_value(store, made) == 0;
    if (!empty && !store->failed) {
        store->failed = true;
        diag_error(store->diag, nowhere, CODE_G005, "'%s' is there already", store->path);
    }
    return !store->failed;
}

bool
store_commit(struct store *store)
{
    if (store->failed) {
        store_rollback(store);
        return false;
    }
    assert(store->writing);
    store_release(store);
    arena_stands();
    int result = sqlite.sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    if (result != SQLITE_OK) {
        fail(store, result, true);
        store_rollback(store);
        return false;
    }
    store->writing = false;
    return true;
}

void
store_rollback(struct store *store)
{
    store_release(store);
    assert(store->db != NULL);
    if (sqlite.sqlite3_get_autocommit(store->db) == 0) {
        sqlite.sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    store->writing = false;
}

bool
store_run(struct store *store, const char *sql)
{
    if (store->failed) {
        return false;
    }
    int result = sqlite.sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || fail(store, result, false);
}

struct sqlite3_stmt *
store_statement(struct store *store, const char *sql)
{
    if (store->failed) {
        return NULL;
    }
    for (size_t i = 0; i < store->statement_count; i++) {
        if (store->statements[i].sql == sql) {
            sqlite.sqlite3_reset(store->statements[i].statement);
            return store->statements[i].statement;
        }
    }
    assert(store->statement_count < STORE_STATEMENTS_MAX);
    assert(!store->appends || strstr(sql, "REPLACE") == NULL);
    struct store_statement *made = &store->statements[store->statement_count];
    int result = sqlite.sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                           &made->statement, NULL);
    if (result != SQLITE_OK) {
        fail(store, result, false);
        return NULL;
    }
    made->sql = sql;
    store->statement_count++;
    return made->statement;
}

/* What has no place in the statement, or comes while it runs, would be left out: the rows of
 * another would be found, or none. */
static void
bound(int answer)
{
    assert(answer != SQLITE_RANGE);
    assert(answer != SQLITE_MISUSE);
}

void
store_bind(struct sqlite3_stmt *statement, int at, int64_t value)
{
    if (statement != NULL) {
        bound(sqlite.sqlite3_bind_int64(statement, at, value));
    }
}

/* The bytes are copied only where they would go before the step. */
void
store_bind_text(struct sqlite3_stmt *statement, int at, struct text value)
{
    if (statement != NULL) {
        bound(sqlite.sqlite3_bind_text(statement, at, value.size == 0 ? "" : value.data,
                                       (int)value.size, SQLITE_STATIC));
    }
}

void
store_bind_blob(struct sqlite3_stmt *statement, int at, struct text value)
{
    if (statement != NULL) {
        bound(sqlite.sqlite3_bind_blob(statement, at, value.size == 0 ? "" : value.data,
                                       (int)value.size, SQLITE_STATIC));
    }
}

bool
store_step(struct store *store, struct sqlite3_stmt *statement)
{
    if (store->failed) {
        return false;
    }
    assert(statement != NULL); /* what gave none has failed */
    int result = sqlite.sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        return true;
    }
    sqlite.sqlite3_reset(statement);
    if (result != SQLITE_DONE) {
        fail(store, result, false);
    }
    return false;
}

bool
store_done(struct store *store, struct sqlite3_stmt *statement)
{
    (void)store_step(store, statement);
    return !store->failed;
}

int64_t
store_integer(struct sqlite3_stmt *statement, int column)
{
    assert(column < sqlite.sqlite3_data_count(statement)); /* none, where no row stands */
    return sqlite.sqlite3_column_int64(statement, column);
}

struct text
store_text(struct sqlite3_stmt *statement, int column)
{
    assert(column < sqlite.sqlite3_data_count(statement));
    const void *bytes = sqlite.sqlite3_column_blob(statement, column);
    int size = sqlite.sqlite3_column_bytes(statement, column);
    return bytes == NULL ? STR("") : (struct text){bytes, (size_t)size};
}

int64_t
store_value(struct store *store, struct sqlite3_stmt *statement)
{
    int64_t value = 0;
    if (store_step(store, statement)) {
        value = sqlite.sqlite3_column_int64(statement, 0);
        sqlite.sqlite3_reset(statement);
    }
    return value;
}
