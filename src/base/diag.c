/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Filing diagnostics. Each is made into plain text at once, while what it speaks
 * of is still there; printing is another matter (diag_print.c).
 */
#include "defray/diag.h"

#include "diag_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SHARES_OF_KEEP 8 /* one of them for what is filed */

static const struct code_page pages[] = {
#define CODE(id, severity, title, meaning, remedy) \
    {#id, severity, title, meaning, remedy},
#include "defray/codes.def"
#undef CODE
};

/* What no one who reads a message may be made to see: first and last character. */
struct span {
    uint32_t first;
    uint32_t last;
};

static const struct span unseen[] = {
    {0x0000, 0x001F},
    {0x007F, 0x009F},
    {0x061C, 0x061C},
    {0x200B, 0x200F},
    {0x2028, 0x202E},
    {0x2066, 0x2069},
    {0xFEFF, 0xFEFF},
};

static enum failure
failure_of(enum code code)
{
    const char *id = pages[code].id;
    if (pages[code].severity != SEVERITY_ERROR) {
        return FAILURE_NONE;
    }
    static const struct {
        const char *first, *last;
        enum failure failure;
    } ranges[] = {
        {"F004", "F008", FAILURE_MACHINE  },
        {"F010", "F010", FAILURE_MACHINE  },
        {"G020", "G029", FAILURE_MACHINE  },
        {"G030", "G039", FAILURE_RECORDED },
        {"G040", "G049", FAILURE_INVARIANT},
        {"I001", "I999", FAILURE_INVARIANT},
        {"P001", "P999", FAILURE_POLICY   },
        {"U001", "U999", FAILURE_USAGE    },
    };
    for (size_t i = 0; i < ARRAY_COUNT(ranges); i++) {
        if (strcmp(id, ranges[i].first) >= 0 && strcmp(id, ranges[i].last) <= 0) {
            return ranges[i].failure;
        }
    }
    return FAILURE_DATA;
}

/* Counts what was filed last. */
static void
count_one(struct diag *diag, enum code code)
{
    diag->errors += pages[code].severity == SEVERITY_ERROR;
    diag->warnings += pages[code].severity == SEVERITY_WARNING;
    enum failure failure = failure_of(code);
    if (failure > diag->failure) {
        diag->failure = failure;
    }
}

static void file_one(struct diag *diag, struct where where, enum code code,
                     const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));

static void
file_one(struct diag *diag, struct where where, enum code code, const char *format,
         va_list arguments)
{
    struct diagnostic *filed = ARRAY_PUSH(&diag->keep, &diag->filed);
    const char *text = arena_vprintf(&diag->keep, tr(diag->language, format), arguments);
    filed->where = where;
    filed->code = code;
    filed->text = diag_clean(&diag->keep, text_of(text)).data;
    filed->meant = STR("");
    count_one(diag, code);
}

static struct diagnostic *
last_filed(struct diag *diag)
{
    assert(diag->filed.count > 0);
    return &diag->filed.items[diag->filed.count - 1];
}

static struct text
path_of(struct where where)
{
    return where.input == NULL ? STR("") : where.input->path;
}

static int
compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* For qsort over addresses within one array: equals keep their order. */
static int
compare_filed(const void *left, const void *right)
{
    const struct diagnostic *a = *(const struct diagnostic *const *)left;
    const struct diagnostic *b = *(const struct diagnostic *const *)right;
    int order = text_compare(path_of(a->where), path_of(b->where));
    if (order == 0 && a->where.input != NULL && b->where.input != NULL) {
        order = text_compare(a->where.input->sheet, b->where.input->sheet);
    }
    if (order == 0) {
        order = compare_numbers(a->where.line, b->where.line);
    }
    if (order == 0) {
        order = compare_numbers(a->where.column, b->where.column);
    }
    if (order == 0) {
        order = strcmp(pages[a->code].id, pages[b->code].id);
    }
    return order != 0 ? order : (a > b) - (a < b);
}

/* The length of the character at the start of t if it is well formed, or 0. */
static size_t
character_size(struct text t)
{
    for (size_t size = 1; size <= 4 && size <= t.size; size++) {
        if (text_utf8_check((struct text){t.data, size}) == size) {
            return size;
        }
    }
    return 0;
}

static bool
is_unseen(struct text character)
{
    uint32_t value = (uint8_t)character.data[0];
    if (character.size > 1) {
        value &= 0xFFU >> (character.size + 1);
        for (size_t i = 1; i < character.size; i++) {
            value = value << 6 | ((uint8_t)character.data[i] & 0x3FU);
        }
    }
    for (size_t i = 0; i < ARRAY_COUNT(unseen); i++) {
        if (value >= unseen[i].first && value <= unseen[i].last) {
            return true;
        }
    }
    return false;
}

/* "D14" for row 14, column 4. */
static struct text
cell_name(struct arena *keep, struct where where, bool with_column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (uint32_t rest = with_column ? where.column : 0; rest > 0;
         rest = (rest - 1) / 26) {
        letters[--at] = (char)('A' + (rest - 1) % 26);
    }
    return text_of(arena_printf(keep, "%.*s%u", (int)(sizeof letters - at), letters + at,
                                (unsigned)where.line));
}

struct diag *
diag_new(struct arena *keep, enum language language)
{
    struct diag *diag = NEW(keep, struct diag);
    diag->keep = arena_share(keep, SHARES_OF_KEEP);
    diag->language = language;
    return diag;
}

const struct code_page *
code_page(enum code code)
{
    assert((size_t)code < ARRAY_COUNT(pages));
    return &pages[code];
}

const struct code_page *
code_find(struct text id)
{
    for (size_t i = 0; i < ARRAY_COUNT(pages); i++) {
        if (text_equals(id, text_of(pages[i].id))) {
            return &pages[i];
        }
    }
    return NULL;
}

bool
diag_error(struct diag *diag, struct where where, enum code code, const char *format, ...)
{
    assert(code_page(code)->severity == SEVERITY_ERROR);
    va_list arguments;
    va_start(arguments, format);
    file_one(diag, where, code, format, arguments);
    va_end(arguments);
    return false;
}

bool
diag_warning(struct diag *diag, struct where where, enum code code, const char *format,
             ...)
{
    assert(code_page(code)->severity == SEVERITY_WARNING);
    va_list arguments;
    va_start(arguments, format);
    file_one(diag, where, code, format, arguments);
    va_end(arguments);
    return false;
}

bool
diag_note(struct diag *diag, struct where where, enum code code, const char *format, ...)
{
    assert(code_page(code)->severity == SEVERITY_NOTE);
    va_list arguments;
    va_start(arguments, format);
    file_one(diag, where, code, format, arguments);
    va_end(arguments);
    return false;
}

void
diag_suggest(struct diag *diag, struct text meant)
{
    struct diagnostic *last = last_filed(diag);
    last->meant = diag_clean(&diag->keep, meant);
}

void
diag_suggest_alike(struct diag *diag, struct text meant)
{
    diag_suggest(diag, meant);
    last_filed(diag)->alike = true;
}

void
diag_other_place(struct diag *diag, struct where other)
{
    struct diagnostic *last = last_filed(diag);
    last->other = other;
}

void
diag_take_over(struct diag *diag, const struct diag *from)
{
    assert(diag->language == from->language);
    for (size_t i = 0; i < from->filed.count; i++) {
        struct diagnostic *filed = ARRAY_PUSH(&diag->keep, &diag->filed);
        *filed = from->filed.items[i];
        filed->text = text_copy(&diag->keep, text_of(filed->text)).data;
        filed->meant = text_copy(&diag->keep, filed->meant);
        count_one(diag, filed->code);
    }
}

size_t
diag_filed(const struct diag *diag)
{
    return diag->filed.count;
}

static bool
lies_before(struct where a, struct where b)
{
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

void
diag_put_before(struct diag *diag, size_t since, struct passage cause, const char *words)
{
    for (size_t i = since; i < diag->filed.count; i++) {
        struct diagnostic *filed = &diag->filed.items[i];
        bool within = filed->where.input == cause.from.input &&
                      !lies_before(filed->where, cause.from) &&
                      !lies_before(cause.to, filed->where);
        if (pages[filed->code].severity != SEVERITY_ERROR || within) {
            continue;
        }
        filed->text = arena_printf(&diag->keep, "%s%s", words, filed->text);
        filed->other = filed->other.input == NULL ? cause.from : filed->other;
    }
}

size_t
diag_errors(const struct diag *diag)
{
    return diag->errors;
}

size_t
diag_warnings(const struct diag *diag)
{
    return diag->warnings;
}

enum failure
diag_failure(const struct diag *diag)
{
    return diag->failure;
}

enum language
diag_language(const struct diag *diag)
{
    return diag->language;
}

struct arena *
diag_arena(struct diag *diag)
{
    return &diag->keep;
}

const struct diagnostic *
diag_sorted(struct diag *diag, size_t *count)
{
    return diag_sorted_into(diag, &diag->keep, count);
}

const struct diagnostic *
diag_sorted_into(const struct diag *diag, struct arena *keep, size_t *count)
{
    *count = diag->filed.count;
    return diag_sorted_from(diag, 0, keep);
}

const char *
where_text(struct arena *keep, struct where where)
{
    return diag_place(keep, where, false).data;
}

const char *
where_name(struct arena *keep, struct where where)
{
    if (where.input == NULL) {
        return "";
    }
    struct input *named = NEW(keep, struct input);
    *named = *where.input;
    named->path = text_file_name(where.input->path);
    where.input = named;
    return where_text(keep, where);
}

const struct diagnostic *
diag_sorted_from(const struct diag *diag, size_t first, struct arena *keep)
{
    size_t count = diag->filed.count - first;
    const struct diagnostic **order = NEW_ARRAY(keep, const struct diagnostic *, count);
    for (size_t i = 0; i < count; i++) {
        order[i] = &diag->filed.items[first + i];
    }
    if (count > 1) {
        qsort(order, count, sizeof *order, compare_filed);
    }
    struct diagnostic *sorted = NEW_ARRAY(keep, struct diagnostic, count);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = *order[i];
    }
    return sorted;
}

struct text
diag_clean(struct arena *keep, struct text t)
{
    char *out = arena_alloc(keep, t.size + 1, 1, 1);
    size_t size = 0;
    for (size_t at = 0; at < t.size;) {
        struct text rest = {t.data + at, t.size - at};
        struct text character = {rest.data, character_size(rest)};
        if (character.size == 0 || is_unseen(character)) {
            out[size++] = *rest.data == '\t' ? ' ' : '?';
            at += character.size == 0 ? 1 : character.size;
            continue;
        }
        memcpy(out + size, character.data, character.size);
        size += character.size;
        at += character.size;
    }
    return (struct text){out, size};
}

/* "members.csv:12": a long list has a place a row, and printf took as long as the row. */
static struct text
path_and_line(struct arena *keep, struct text path, uint32_t line)
{
    char digits[12];
    size_t count = 0;
    for (; line > 0; line /= 10) {
        digits[count++] = (char)('0' + line % 10);
    }
    char *out = arena_room(keep, path.size + count + 2);
    memcpy(out, path.data, path.size);
    char *end = out + path.size;
    *end++ = ':';
    while (count > 0) {
        *end++ = digits[--count];
    }
    *end = '\0';
    return (struct text){out, (size_t)(end - out)};
}

static bool
is_clean(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (t.data[i] < ' ' || t.data[i] > '~') {
            return false;
        }
    }
    return true;
}

struct text
diag_place(struct arena *keep, struct where where, bool column)
{
    if (where.input == NULL) {
        return STR("");
    }
    bool clean = is_clean(where.input->path) && where.line > 0;
    struct text path = clean ? where.input->path : diag_clean(keep, where.input->path);
    bool with_column = column && where.column > 0;
    if (where.input->sheet.size > 0) {
        struct text sheet = diag_clean(keep, where.input->sheet);
        /* A cell has one name: row and column belong together. */
        struct text cell =
            where.line == 0 ? STR("") : cell_name(keep, where, where.column > 0);
        return text_of(arena_printf(keep, "%.*s[%.*s%s%.*s]", TEXT_ARG(path),
                                    TEXT_ARG(sheet), cell.size > 0 ? "!" : "",
                                    TEXT_ARG(cell)));
    }
    if (where.line == 0) {
        return path;
    }
    if (!with_column) {
        return path_and_line(keep, path, where.line);
    }
    return text_of(arena_printf(keep, "%.*s:%u:%u", TEXT_ARG(path), (unsigned)where.line,
                                (unsigned)where.column));
}
