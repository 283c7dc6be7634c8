/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One SQLite file, opened as the ledger wants it: settings are made and read back, statements
 * are prepared once, a failure is filed once and everything after it is refused. Whatever the
 * library says is told in our words and with our exit statuses.
 */
#ifndef DEFRAY_LEDGER_STORE_H
#define DEFRAY_LEDGER_STORE_H

#include "defray/diag.h"
#include "defray/digest.h"

struct sqlite3;
struct sqlite3_stmt;

#define STORE_STATEMENTS_MAX 192
#define STORE_WAIT           10000 /* milliseconds, for another process */

struct store {
    struct arena *keep;
    struct diag *diag;
    const char *path;
    struct sqlite3 *db;
    bool failed;  /* and said so */
    bool writing; /* between store_begin and store_commit */
    bool appends; /* after store_keep_to_itself */
    bool follows; /* what belongs to its changes is committed already, in another file */
    struct store_statement {
        const char *sql;
        struct sqlite3_stmt *statement;
    } statements[STORE_STATEMENTS_MAX];
    size_t statement_count;
};

enum store_access { STORE_READ, STORE_WRITE, STORE_NEW };

/* False after a diagnostic; the store is closed then. STORE_NEW makes a file of the mode given,
 * or takes an empty one; it fails if there is one that holds anything. */
bool store_open(struct store *store, const char *path, enum store_access access,
                unsigned mode);
/* store_file.c: the path without links of the store's file, which is there; NULL after a
 * diagnostic. In a folder that is shared with a group a new one is the group's, whatever `mode`. */
const char *store_file(struct store *store, enum store_access access, unsigned mode);
void store_close(struct store *store);
/* Makes the file as it must be before its first statement: application id and version. */
bool store_mark(struct store *store, int32_t application, int32_t version);
bool store_is_marked(struct store *store, int32_t application, int32_t version,
                     int32_t *found);
/* From here on only SELECT, INSERT and, if `updates`, UPDATE and DELETE get through. */
void store_lock_down(struct store *store, bool updates);
/*
 * Locks down, for a file whose triggers keep every row as it is, and says that this connection
 * needs none of them: nothing but SELECT and a plain INSERT gets through, and that never takes
 * another row's place. They guard the file against all other programs; to run them for each row
 * of our own took a third of the time of recording a batch.
 */
void store_keep_to_itself(struct store *store);

bool store_begin(struct store *store); /* waits for other processes, ten seconds */
/* The same, of a new one. G005: another process has made it meanwhile. */
bool store_begin_making(struct store *store);
bool store_commit(struct store *store); /* false: G021 nothing changed, G030 not known */
void store_rollback(struct store *store);
void store_release(struct store *store); /* no statement stands on a row any more */
/* Several statements at once, without results. */
bool store_run(struct store *store, const char *sql);

/*
 * A statement from its constant text, reset and ready to be bound. The place of a parameter
 * is counted from 1. store_step: true while there is a row. After a failure everything
 * gives nothing.
 */
struct sqlite3_stmt *store_statement(struct store *store, const char *sql);
void store_bind(struct sqlite3_stmt *statement, int at, int64_t value);
void store_bind_text(struct sqlite3_stmt *statement, int at, struct text value);
void store_bind_blob(struct sqlite3_stmt *statement, int at, struct text value);
bool store_step(struct store *store, struct sqlite3_stmt *statement);
/* Runs a statement that gives no row. */
bool store_done(struct store *store, struct sqlite3_stmt *statement);
int64_t store_integer(struct sqlite3_stmt *statement, int column); /* from 0 */
/* Until the next step. */
struct text store_text(struct sqlite3_stmt *statement, int column);
/* The first column of the first row of a statement that is bound, or 0. */
int64_t store_value(struct store *store, struct sqlite3_stmt *statement);

#endif
