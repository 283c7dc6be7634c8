/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON, streamed: the schema, the properties and the tables of a document, one row a
 * line. Amounts, quantities and dates are strings, counts are numbers, so that no
 * reader needs a binary fraction.
 */
#include "output_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_BYTES 64

static void
put(struct output_stream *json, struct text t)
{
    output_stream_add(json, t);
}

static void
put_escape(struct output_stream *json, unsigned char c)
{
    char escape[8];
    const char *letters = "\bb\tt\nn\ff\rr";
    for (size_t i = 0; letters[i] != '\0'; i += 2) {
        if ((unsigned char)letters[i] == c) {
            snprintf(escape, sizeof escape, "\\%c", letters[i + 1]);
            put(json, text_of(escape));
            return;
        }
    }
    snprintf(escape, sizeof escape, "\\u%04x", c);
    put(json, text_of(escape));
}

static void
put_string(struct output_stream *json, struct text t)
{
    if (!output_stream_takes(json, t)) {
        return;
    }
    put(json, STR("\""));
    size_t from = 0;
    for (size_t i = 0; i < t.size; i++) {
        unsigned char c = (unsigned char)t.data[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) {
            continue;
        }
        put(json, (struct text){t.data + from, i - from});
        from = i + 1;
        if (c == '"' || c == '\\') {
            char pair[] = {'\\', (char)c};
            put(json, (struct text){pair, sizeof pair});
        } else {
            put_escape(json, c);
        }
    }
    put(json, (struct text){t.data + from, t.size - from});
    put(json, STR("\""));
}

static void
put_value(struct output_stream *json, const struct cell *cell)
{
    char number[NUMBER_BYTES];
    switch (cell->type) {
    case CELL_EMPTY: put(json, STR("null")); break;
    case CELL_TEXT:
        put_string(json, cell->word.size > 0 ? cell->word : cell->text);
        break;
    case CELL_MONEY: put_string(json, text_of(money_text(cell->money, number))); break;
    case CELL_INTEGER: output_stream_add_integer(json, cell->integer); break;
    case CELL_QUANTITY:
        put_string(json, text_of(ratio_text(cell->ratio, 2, 4, number)));
        break;
    case CELL_DATE: put_string(json, text_of(date_text(cell->date, number))); break;
    case CELL_DURATION:
        put_string(json, text_of(duration_text((int32_t)cell->integer, number)));
        break;
    }
}

static void
put_row(struct output_stream *json, const void *context, const struct cell *cells)
{
    const struct table *table = context;
    bool first = true;
    put(json, STR("\n    {"));
    for (size_t i = 0; i < table->column_count; i++) {
        if (cells[i].type == CELL_EMPTY) {
            continue;
        }
        put(json, first ? STR("") : STR(", "));
        first = false;
        put_string(json, text_of(table->columns[i].key));
        put(json, STR(": "));
        put_value(json, &cells[i]);
    }
    put(json, STR("}"));
}

static void
put_table(struct output_stream *json, const struct table *table, struct arena scratch)
{
    put(json, STR(",\n  "));
    put_string(json, text_of(table->key));
    put(json, STR(": ["));
    const struct output_rows rows = {table, put_row, table, STR(",")};
    put(json, output_rows_put(scratch, &rows, json) ? STR("\n  ]") : STR("]"));
}

static bool
follows(const struct property *property, const char *after)
{
    if (property->after == NULL || after == NULL) {
        return property->after == after;
    }
    return strcmp(property->after, after) == 0;
}

/* Length of the key's part before its `depth`-th dot, dot included; 0 if it has no
 * such dot. */
static size_t
folder_size(const char *key, int depth)
{
    const char *at = key;
    for (int i = 0; i < depth; i++) {
        at = strchr(at, '.');
        if (at == NULL) {
            return 0;
        }
        at++;
    }
    return (size_t)(at - key);
}

static int
depth_of(const char *key)
{
    int depth = 0;
    while (folder_size(key, depth + 1) > 0) {
        depth++;
    }
    return depth;
}

/* How many folders two keys share. */
static int
shared_depth(const char *a, const char *b)
{
    int depth = 0;
    for (;; depth++) {
        size_t size = folder_size(a, depth + 1);
        if (size == 0 || size != folder_size(b, depth + 1) || memcmp(a, b, size) != 0) {
            return depth;
        }
    }
}

/* The properties that follow a table, nested by the dots of their keys; keys of one
 * object stand together. */
static void
put_properties(struct output_stream *json, const struct document *document,
               const char *after)
{
    const char *last = "";
    bool opened = false; /* an object has just been opened: no comma */
    for (size_t i = 0; i < document->property_count; i++) {
        const struct property *property = &document->properties[i];
        if (!follows(property, after)) {
            continue;
        }
        int shared = shared_depth(last, property->key);
        for (int depth = depth_of(last); depth > shared; depth--) {
            put(json, STR("}"));
        }
        for (int depth = shared; depth <= depth_of(property->key); depth++) {
            size_t from = folder_size(property->key, depth);
            size_t to = folder_size(property->key, depth + 1);
            bool folder = to > 0;
            const char *key = property->key + from;
            size_t size = folder ? to - from - 1 : strlen(key);
            put(json, depth == 0 ? STR(",\n  ") : opened ? STR("") : STR(", "));
            put_string(json, (struct text){key, size});
            put(json, folder ? STR(": {") : STR(": "));
            opened = folder;
        }
        put_value(json, &property->value);
        last = property->key;
    }
    for (int depth = depth_of(last); depth > 0; depth--) {
        put(json, STR("}"));
    }
}

bool
output_json_write(struct arena scratch, const struct document *document,
                  struct staged *file, struct diag *diag)
{
    struct output_stream json = output_stream_new(&scratch, file, diag);
    put(&json, STR("{ \"schema\": "));
    put_string(&json, text_of(document->schema));
    put_properties(&json, document, NULL);
    for (size_t i = 0; i < document->table_count; i++) {
        const struct table *table = &document->tables[i];
        if ((table->audience & FOR_JSON) != 0) {
            put_table(&json, table, scratch);
            put_properties(&json, document, table->key);
        }
    }
    put(&json, STR("\n}\n"));
    return output_stream_finish(&json);
}
