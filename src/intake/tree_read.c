/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bounds are checked on the bytes before the library sees them, so that no file makes it
 * take memory out of proportion; it then rejects what is not JSON, not UTF-8, or says a
 * key twice. A number with decimals is refused: it would be a binary fraction.
 */
#include "defray/tree_read.h"

#include "defray/limits.h"

#include "libjansson.h"

struct bounds {
    size_t depth, deepest, values;
};

/* Counts brackets and separators outside texts; what is not JSON is counted somehow. */
static struct bounds
measure(struct text bytes)
{
    struct bounds bounds = {0};
    bool quoted = false;
    for (size_t i = 0; i < bytes.size; i++) {
        char c = bytes.data[i];
        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '[' || c == '{') {
            bounds.depth++;
            bounds.values++;
        } else if (c == ']' || c == '}') {
            bounds.depth -= bounds.depth > 0;
        } else if (c == ',') {
            bounds.values++;
        } else {
            quoted = c == '"';
        }
        if (bounds.depth > bounds.deepest) {
            bounds.deepest = bounds.depth;
        }
    }
    return bounds;
}

static bool
within_bounds(const struct input *input, struct diag *diag)
{
    struct where where = {.input = input};
    struct bounds bounds = measure(input->bytes);
    if (bounds.deepest > JSON_DEPTH_MAX) {
        return diag_error(diag, where, CODE_C002, "brackets nest more than %d deep",
                          JSON_DEPTH_MAX);
    }
    if (bounds.values > JSON_VALUES_MAX) {
        return diag_error(diag, where, CODE_C002, "more than %d values", JSON_VALUES_MAX);
    }
    return true;
}

struct converting {
    struct arena *keep;
    struct where where;
    struct diag *diag;
};

static struct tree *convert(const struct converting *work, json_t *value);

static struct tree *
convert_list(const struct converting *work, json_t *value)
{
    struct tree *list = tree_list(work->keep);
    for (size_t i = 0; i < jansson.json_array_size(value); i++) {
        struct tree *item = convert(work, jansson.json_array_get(value, i));
        if (item == NULL) {
            return NULL;
        }
        tree_append(list, item);
    }
    return list;
}

static struct tree *
convert_object(const struct converting *work, json_t *value)
{
    struct tree *object = tree_object(work->keep);
    for (void *at = jansson.json_object_iter(value); at != NULL;
         at = jansson.json_object_iter_next(value, at)) {
        const char *key = jansson.json_object_iter_key(at);
        struct tree *item = convert(work, jansson.json_object_iter_value(at));
        if (item == NULL) {
            return NULL;
        }
        tree_put(object, text_string(work->keep, text_of(key)), item);
    }
    return object;
}

static struct tree *
convert_text(const struct converting *work, json_t *value)
{
    struct text given = {jansson.json_string_value(value),
                         jansson.json_string_length(value)};
    return tree_text(work->keep, text_copy(work->keep, given));
}

static struct tree *
convert(const struct converting *work, json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return convert_object(work, value);
    case JSON_ARRAY: return convert_list(work, value);
    case JSON_STRING: return convert_text(work, value);
    case JSON_INTEGER: return tree_integer(work->keep, jansson.json_integer_value(value));
    case JSON_TRUE: return tree_bool(work->keep, true);
    case JSON_FALSE: return tree_bool(work->keep, false);
    case JSON_REAL:
        diag_error(work->diag, work->where, CODE_C001,
                   "a number with decimals or an exponent stands outside quotes");
        return NULL;
    case JSON_NULL:
        diag_error(work->diag, work->where, CODE_C001, "a value is null");
        return NULL;
    }
    return NULL;
}

/* The library's faults, as people understand them. */
static const char *
fault(enum json_error_code code)
{
    switch (code) {
    case json_error_premature_end_of_input: return N_("the file ends too early");
    case json_error_invalid_utf8: return N_("a byte is not UTF-8");
    case json_error_duplicate_key: return N_("a key is said twice in one object");
    case json_error_null_character:
    case json_error_null_byte_in_key: return N_("a text holds a NUL");
    case json_error_numeric_overflow: return N_("a number is too large");
    default: return N_("this is not JSON");
    }
}

struct tree *
tree_read(struct arena *keep, const struct input *input, struct diag *diag)
{
    struct converting work = {keep, {.input = input}, diag};
    if (!within_bounds(input, diag) || !jansson_load(diag)) {
        return NULL;
    }
    json_error_t error = {0};
    json_t *value = jansson.json_loadb(input->bytes.data, input->bytes.size,
                                       JSON_REJECT_DUPLICATES, &error);
    if (value == NULL) {
        work.where.line = error.line > 0 ? (uint32_t)error.line : 0;
        diag_error(diag, work.where, CODE_C001, "%s",
                   tr(diag_language(diag), fault(json_error_code(&error))));
        return NULL;
    }
    struct tree *tree = convert(&work, value);
    jansson.json_delete(value);
    return tree;
}
