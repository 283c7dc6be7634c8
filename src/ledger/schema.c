/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema, made from one list, and checked to the letter whenever a ledger is opened: a
 * trigger dropped or added by another program is found before anything is read.
 */
#include "ledger_parts.h"

#include <string.h>

/* The list of columns, as it is created, as values, and counted. */
#define I(column) #column " INTEGER NOT NULL, "
#define T(column) #column " TEXT NOT NULL, "
#define B(column) #column " BLOB NOT NULL, "
static const char *const creations[] = {
#define TABLE(id, name, columns, more)                                       \
    "CREATE TABLE " name "(seq INTEGER PRIMARY KEY CHECK(seq > 0), " columns \
    "h BLOB NOT NULL CHECK(length(h) = 32)) STRICT",
#include "tables.def"
#undef TABLE
};
#undef I
#undef T
#undef B

#define I(column)      "?,"
#define T(column)      "?,"
#define B(column)      "?,"
#define ROW(columns)   "(?," columns "?)"
#define FOUR(columns)  ROW(columns) "," ROW(columns) "," ROW(columns) "," ROW(columns)
#define EIGHT(columns) FOUR(columns) "," FOUR(columns)
static const struct {
    const char *one, *many;
} insertions[] = {
#define TABLE(id, name, columns, more)           \
    {"INSERT INTO " name " VALUES" ROW(columns), \
     "INSERT INTO " name " VALUES" EIGHT(columns) "," EIGHT(columns)},
#include "tables.def"
#undef TABLE
};
_Static_assert(CHAIN_ROWS == 16, "as many rows as `many` has");
#undef I
#undef T
#undef B

#define I(column) +1
#define T(column) +1
#define B(column) +1
static const size_t column_counts[] = {
#define TABLE(id, name, columns, more) 0 columns,
#include "tables.def"
#undef TABLE
};
#undef I
#undef T
#undef B

static const struct {
    const char *name, *select, *last, *row, *more;
} tables[] = {
#define TABLE(id, name, columns, more)                                                 \
    {name, "SELECT * FROM " name " ORDER BY seq",                                      \
     "SELECT ifnull(max(seq), 0) FROM " name, "SELECT h FROM " name " WHERE seq = ?1", \
     more},
#include "tables.def"
#undef TABLE
};

/* What holds whatever program writes: nothing is changed or removed, and a row never takes
 * another's place. */
#define IF_THERE "BEFORE INSERT ON %s WHEN EXISTS (SELECT 1 FROM %s WHERE seq = NEW.seq) "

static const struct {
    const char *what, *when, *says;
} guards[] = {
    {"update",  "BEFORE UPDATE ON %s ", "the ledger is append-only"},
    {"delete",  "BEFORE DELETE ON %s ", "the ledger is append-only"},
    {"replace", IF_THERE,               "the row is there already" },
};

const char *
table_name(enum ledger_table table)
{
    return tables[table].name;
}

size_t
table_columns(enum ledger_table table)
{
    return column_counts[table];
}

const char *
table_insert(enum ledger_table table)
{
    return insertions[table].one;
}

const char *
table_insert_many(enum ledger_table table)
{
    return insertions[table].many;
}

const char *
table_select(enum ledger_table table)
{
    return tables[table].select;
}

const char *
table_last(enum ledger_table table)
{
    return tables[table].last;
}

const char *
table_link(enum ledger_table table)
{
    return tables[table].row;
}

static struct text
guard_text(struct arena *keep, const char *table, size_t guard)
{
    static const char mark[] = "%s";
    const char *when = guards[guard].when;
    const char *text =
        arena_printf(keep, "CREATE TRIGGER %s_%s ", table, guards[guard].what);
    for (const char *next = strstr(when, mark); next != NULL; next = strstr(when, mark)) {
        text = arena_printf(keep, "%s%.*s%s", text, (int)(next - when), when, table);
        when = next + sizeof mark - 1;
    }
    return text_of(arena_printf(keep, "%s%sBEGIN SELECT RAISE(ABORT, '%s'); END", text,
                                when, guards[guard].says));
}

struct texts ARRAY_OF(struct text);

/* Every statement of the schema, in the order in which they are run. */
static struct texts
schema_texts(struct arena *keep)
{
    struct texts texts = {0};
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        *ARRAY_PUSH(keep, &texts) = text_of(creations[i]);
        const char *more = tables[i].more;
        while (more[0] != '\0') {
            size_t size = strcspn(more, ";");
            *ARRAY_PUSH(keep, &texts) = (struct text){more, size};
            more += size + (more[size] == ';');
        }
        for (size_t k = 0; k < ARRAY_COUNT(guards); k++) {
            *ARRAY_PUSH(keep, &texts) = guard_text(keep, tables[i].name, k);
        }
    }
    return texts;
}

bool
schema_make(struct store *store)
{
    struct texts texts = schema_texts(store->keep);
    bool good = true;
    for (size_t i = 0; i < texts.count && good; i++) {
        good = store_run(store, text_string(store->keep, texts.items[i]));
    }
    return good;
}

/* SQLite takes what it needs from the statement alone. */
bool
schema_names_hold(struct store *store)
{
    struct sqlite3_stmt *wrong = store_statement(
        store,
        "SELECT count(*) FROM sqlite_schema WHERE NOT CASE type "
        "WHEN 'table' THEN name = tbl_name AND instr(sql, 'CREATE TABLE ' || name || '(') = 1 "
        "WHEN 'trigger' THEN instr(sql, 'CREATE TRIGGER ' || name || ' ') = 1 AND "
        "instr(sql, ' ON ' || tbl_name || ' ') > 0 "
        "WHEN 'index' THEN CASE WHEN sql IS NULL THEN "
        "instr(name, 'sqlite_autoindex_' || tbl_name || '_') = 1 "
        "ELSE instr(sql, ' INDEX ' || name || ' ON ' || tbl_name || '(') > 0 END "
        "ELSE 0 END");
    return store_value(store, wrong) == 0 && !store->failed;
}

bool
schema_check(struct store *store)
{
    struct texts texts = schema_texts(store->keep);
    struct sqlite3_stmt *statement = store_statement(
        store, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    size_t found = 0;
    bool same = true;
    while (store_step(store, statement)) {
        same = same && found < texts.count &&
               text_equals(store_text(statement, 0), texts.items[found]);
        found++;
    }
    same = same && found == texts.count && schema_names_hold(store);
    if (store->failed) {
        return false;
    }
    return same || diag_error(store->diag, (struct where){0}, CODE_G040,
                              "'%s' is damaged: its structure is not that of a ledger",
                              store->path);
}
