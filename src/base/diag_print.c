/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Printing diagnostics: for people, with the line that is meant and a remedy, or
 * one JSON object a line. Lines are found by a cursor that only moves forward,
 * since print order is line order.
 */
#include "defray/diag.h"
#include "defray/iban.h"

#include "diag_parts.h"

#include <assert.h>
#include <string.h>

#define LINE_WIDTH   100
#define INDENT       4
#define QUOTE_WIDTH  (LINE_WIDTH - INDENT)
#define ELLIPSIS     "…"
#define PLAIN_SAMPLE 4096 /* bytes looked at to tell a text from a workbook */
#define LINE_BYTES   ((size_t)1 << 16) /* longer lines are not quoted */
#define SCRATCH      ((size_t)8 << 20)
#define PLAIN        "\033[0m"

struct cursor {
    const struct input *input;
    uint32_t line;
    size_t offset; /* of the start of the line */
};

/* One print run. */
struct run {
    struct diag *diag;
    FILE *out;
    struct diag_style style;
    struct cursor cursor;
    bool remedied[CODE_COUNT]; /* the remedy of the code has been printed */
};

struct severity_row {
    const char *word;
    const char *json;
    const char *colour;
};

static const struct severity_row severities[] = {
    [SEVERITY_NOTE] = {N_("note:"),    "note",    "\033[1;36m"},
    [SEVERITY_WARNING] = {N_("warning:"), "warning", "\033[1;33m"},
    [SEVERITY_ERROR] = {N_("error:"),   "error",   "\033[1;31m"},
};

/* What may be quoted of the input: empty for one that is not plain text. */
static struct text
quotable(const struct input *input)
{
    if (input->confidential || input->sheet.size > 0) {
        return STR("");
    }
    if (input->utf8.size > 0 || input->bytes.size == 0) {
        return input->utf8;
    }
    size_t sample = input->bytes.size < PLAIN_SAMPLE ? input->bytes.size : PLAIN_SAMPLE;
    bool binary = memchr(input->bytes.data, 0, sample) != NULL;
    return binary ? STR("") : input->bytes;
}

/* The line of the place, without its end. False if there is none to be quoted. */
static bool
find_line(struct cursor *cursor, struct where where, struct text *line)
{
    if (where.input == NULL || where.line == 0) {
        return false;
    }
    struct text whole = quotable(where.input);
    if (cursor->input != where.input || cursor->line > where.line) {
        *cursor = (struct cursor){.input = where.input, .line = 1};
        if (text_starts_with(whole, STR("\xEF\xBB\xBF"))) {
            cursor->offset = 3;
        }
    }
    while (cursor->line < where.line && cursor->offset < whole.size) {
        const char *from = whole.data + cursor->offset;
        const char *end = memchr(from, '\n', whole.size - cursor->offset);
        cursor->offset = end == NULL ? whole.size : (size_t)(end - whole.data) + 1;
        cursor->line++;
    }
    if (cursor->line != where.line || cursor->offset >= whole.size) {
        return false;
    }
    const char *from = whole.data + cursor->offset;
    const char *end = memchr(from, '\n', whole.size - cursor->offset);
    size_t size = end == NULL ? whole.size - cursor->offset : (size_t)(end - from);
    if (size > 0 && from[size - 1] == '\r') {
        size--;
    }
    *line = (struct text){from, size};
    return size > 0 && size <= LINE_BYTES;
}

/* The part of clean text from character `first` on, `count` of them. */
static struct text
slice_characters(struct text t, size_t first, size_t count)
{
    size_t start = 0;
    size_t at = 0;
    for (size_t seen = 0; at < t.size; at++) {
        if (((uint8_t)t.data[at] & 0xC0) == 0x80) {
            continue;
        }
        if (seen == first) {
            start = at;
        }
        if (seen == first + count) {
            break;
        }
        seen++;
    }
    return (struct text){t.data + start, at - start};
}

/* Puts a star for each character of a field that may not be quoted. False if the line is but a
 * part of a record, so that nobody can say which fields it has. */
static bool
hide_fields(struct arena *keep, struct where where, struct text *line)
{
    const struct quotable *quotable = &where.input->quotable;
    if (quotable->fields == NULL || where.line == quotable->header) {
        return true;
    }
    char *shown = arena_room(keep, line->size + 1);
    size_t size = 0;
    size_t field = 0;
    bool within = false; /* quotation marks */
    for (size_t i = 0; i < line->size; i++) {
        char c = line->data[i];
        within = within != (c == '"');
        bool separates = !within && c == quotable->separator;
        field += separates;
        if (separates || (field < quotable->count && quotable->fields[field])) {
            shown[size++] = c;
        } else if (((uint8_t)c & 0xC0) != 0x80) {
            shown[size++] = '*';
        }
    }
    *line = (struct text){shown, size};
    return !within;
}

/* The quoted line, cut around the column, and the caret below it. */
static void
print_quote(struct run *run, struct arena scratch, struct where where, const char *colour)
{
    struct text line;
    if (!find_line(&run->cursor, where, &line) || !hide_fields(&scratch, where, &line)) {
        return;
    }
    struct text clean = iban_hide(&scratch, diag_clean(&scratch, line));
    size_t width = text_characters(clean);
    size_t caret = where.column > width + 1 ? width
                   : where.column > 0       ? where.column - 1
                                            : 0;
    size_t first = 0;
    if (width > QUOTE_WIDTH && caret > QUOTE_WIDTH / 2) {
        first = caret - QUOTE_WIDTH / 2;
        if (first > width - QUOTE_WIDTH + 1) {
            first = width - QUOTE_WIDTH + 1;
        }
    }
    bool cut_left = first > 0;
    size_t room = QUOTE_WIDTH - (cut_left ? 1 : 0);
    bool cut_right = width - first > room;
    struct text shown =
        slice_characters(clean, first, cut_right ? room - 1 : width - first);
    fprintf(run->out, "%*s%s%.*s%s\n", INDENT, "", cut_left ? ELLIPSIS : "",
            TEXT_ARG(shown), cut_right ? ELLIPSIS : "");
    if (where.column > 0) {
        int spaces = INDENT + (int)(caret - first) + (cut_left ? 1 : 0);
        fprintf(run->out, "%*s%s^%s\n", spaces, "", colour,
                run->style.colour ? PLAIN : "");
    }
}

static const char *
colour_of(const struct run *run, const struct diagnostic *one)
{
    return run->style.colour ? severities[code_page(one->code)->severity].colour : "";
}

static void
print_head(const struct run *run, struct arena scratch, const struct diagnostic *one)
{
    const struct code_page *page = code_page(one->code);
    const struct severity_row *row = &severities[page->severity];
    struct text place = diag_place(&scratch, one->where, true);
    fprintf(run->out, "%.*s: %s%s%s %s [%s]\n", place.size > 0 ? (int)place.size : 6,
            place.size > 0 ? place.data : "defray", colour_of(run, one),
            tr(run->diag->language, row->word), run->style.colour ? PLAIN : "", one->text,
            page->id);
}

static void
print_for_people(struct run *run, struct arena scratch, const struct diagnostic *one)
{
    enum language language = run->diag->language;
    const struct code_page *page = code_page(one->code);
    print_head(run, scratch, one);
    print_quote(run, scratch, one->where, colour_of(run, one));
    if (!run->remedied[one->code] && page->remedy[0] != '\0') {
        run->remedied[one->code] = true;
        const char *remedy = tr(language, page->remedy);
        fprintf(run->out, "%*s%s %s\n", INDENT, "", tr(language, N_("remedy:")), remedy);
    }
    if (one->meant.size > 0) {
        const char *line = arena_printf(
            &scratch,
            one->alike ? tr(language, N_("did you mean '%.*s', which looks the same and "
                                         "is written with other characters?"))
                       : tr(language, N_("did you mean '%.*s'?")),
            TEXT_ARG(one->meant));
        fprintf(run->out, "%*s%s\n", INDENT, "", line);
    }
    if (one->other.input != NULL) {
        struct text place = diag_place(&scratch, one->other, false);
        fprintf(run->out, "%*s%s %.*s\n", INDENT, "",
                tr(language, N_("the other place:")), TEXT_ARG(place));
    }
}

/* A JSON string. The text is clean already: UTF-8 without control characters. */
static void
print_json_string(FILE *out, const char *key, struct text t)
{
    fprintf(out, ",\"%s\":\"", key);
    for (size_t i = 0; i < t.size; i++) {
        if (t.data[i] == '"' || t.data[i] == '\\') {
            fputc('\\', out);
        }
        fputc(t.data[i], out);
    }
    fputc('"', out);
}

/* The string, or null when it is empty. */
static void
print_json_text(FILE *out, const char *key, struct text t)
{
    if (t.size > 0) {
        print_json_string(out, key, t);
    } else {
        fprintf(out, ",\"%s\":null", key);
    }
}

static void
print_json_number(FILE *out, const char *key, uint32_t number)
{
    if (number > 0) {
        fprintf(out, ",\"%s\":%u", key, (unsigned)number);
    } else {
        fprintf(out, ",\"%s\":null", key);
    }
}

/* The file of a place, with its sheet. */
static struct text
file_of(struct arena *keep, struct where where)
{
    where.line = 0;
    where.column = 0;
    return diag_place(keep, where, false);
}

static void
print_json(const struct run *run, struct arena scratch, const struct diagnostic *one)
{
    FILE *out = run->out;
    const struct code_page *page = code_page(one->code);
    fprintf(out, "{\"severity\":\"%s\"", severities[page->severity].json);
    print_json_string(out, "code", text_of(page->id));
    print_json_text(out, "file", file_of(&scratch, one->where));
    print_json_number(out, "line", one->where.line);
    print_json_number(out, "column", one->where.column);
    print_json_string(out, "message", text_of(one->text));
    print_json_text(out, "remedy", text_of(tr(run->diag->language, page->remedy)));
    print_json_text(out, "suggestion", one->meant);
    print_json_text(out, "other_file", file_of(&scratch, one->other));
    print_json_number(out, "other_line", one->other.line);
    fputs("}\n", out);
}

void
diag_reserve(struct diag *diag)
{
    if (!diag->may_print) {
        diag->printing = arena_reserve(SCRATCH);
        diag->may_print = true;
    }
}

void
diag_print(struct diag *diag, FILE *out, struct diag_style style)
{
    size_t count = diag->filed.count - diag->printed;
    const struct diagnostic *sorted = diag_sorted_from(diag, diag->printed, &diag->keep);
    diag->printed = diag->filed.count;
    struct run *run = NEW(&diag->keep, struct run);
    run->diag = diag;
    run->out = out;
    run->style = style;
    diag_reserve(diag);
    struct arena scratch = diag->printing;
    for (size_t i = 0; i < count; i++) {
        if (style.quiet && code_page(sorted[i].code)->severity != SEVERITY_ERROR) {
            continue;
        }
        if (style.json) {
            print_json(run, scratch, &sorted[i]);
        } else {
            print_for_people(run, scratch, &sorted[i]);
        }
    }
    arena_release(scratch);
    diag->may_print = false;
}
