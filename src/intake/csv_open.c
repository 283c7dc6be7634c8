/* SPDX-License-Identifier: Apache-2.0 */
/* The head of a CSV: its encoding, its separator, found from the header alone, and
 * whether it is a table at all. */
#include "defray/limits.h"

#include "csv_parts.h"
#include "encoding.h"

#include <string.h>

struct separator {
    char byte;
    const char *name;
};

static const struct separator separators[] = {
    {';',  "';'"    },
    {'\t', N_("tab")},
    {',',  "','"    },
};

/* The first line that holds something, from p on. */
static struct text
line_from(const struct csv *csv, const char *p)
{
    while (p < csv->end && (*p == ' ' || *p == '\r' || *p == '\n')) {
        p++;
    }
    const char *start = p;
    bool quoted = false;
    for (; p < csv->end && (quoted || (*p != '\n' && *p != '\r')); p++) {
        quoted = quoted != (*p == '"');
    }
    return (struct text){start, (size_t)(p - start)};
}

static struct text
first_line(const struct csv *csv)
{
    return line_from(csv, csv->at);
}

static size_t
count_outside_quotes(struct text line, char byte)
{
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.size; i++) {
        quoted = quoted != (line.data[i] == '"');
        count += !quoted && line.data[i] == byte;
    }
    return count;
}

/* A line "sep=;" says what the separator is, and is no row. */
static bool
read_declaration(struct csv *csv, const struct separator **found)
{
    struct text rest = {csv->at, (size_t)(csv->end - csv->at)};
    bool quoted = text_starts_with(rest, STR("\"sep="));
    if (!quoted && !text_starts_with(rest, STR("sep=")) &&
        !text_starts_with(rest, STR("SEP="))) {
        return true;
    }
    const char *p = csv->at + (quoted ? 5 : 4);
    for (size_t i = 0; p < csv->end && i < ARRAY_COUNT(separators); i++) {
        if (*p == separators[i].byte) {
            *found = &separators[i];
        }
    }
    const char *past = p + 1 + quoted;
    if (*found == NULL || past > csv->end ||
        (past < csv->end && csv_break(csv, past) == 0)) {
        return diag_error(csv->reading->diag,
                          (struct where){.input = csv->sheet.input, .line = 1}, CODE_T004,
                          "the line 'sep=' names no separator (';', ',' or tab)");
    }
    csv->at = past == csv->end ? past : past + csv_break(csv, past);
    csv->next_line++;
    return true;
}

/* Whether the first line is a title with commas, above a table whose lines are parted by another
 * mark: both lines below it have as many of those, and other commas than the title. */
static bool
is_below_title(const struct csv *csv, struct text title, char byte)
{
    struct text header = line_from(csv, title.data + title.size);
    struct text row = line_from(csv, header.data + header.size);
    size_t marks = count_outside_quotes(header, byte);
    return marks > 0 && count_outside_quotes(title, byte) == 0 &&
           count_outside_quotes(row, byte) == marks &&
           count_outside_quotes(header, ',') != count_outside_quotes(title, ',');
}

/* What separates most cells of the first line; NULL, and said, if nothing does. */
static const struct separator *
find_separator(struct csv *csv)
{
    const struct separator *found = NULL;
    struct text line = first_line(csv);
    size_t most = 0;
    for (size_t i = 0; i < ARRAY_COUNT(separators); i++) {
        size_t count = count_outside_quotes(line, separators[i].byte);
        if (count > most) {
            most = count;
            found = &separators[i];
        }
    }
    for (size_t i = 0; found != NULL && found->byte == ',' && i < ARRAY_COUNT(separators);
         i++) {
        if (is_below_title(csv, line, separators[i].byte)) {
            found = &separators[i];
        }
    }
    if (found != NULL) {
        return found;
    }
    struct where where = {.input = csv->sheet.input, .line = csv->next_line};
    for (const char *p = csv->at; p < line.data; p++) {
        where.line += *p == '\n';
    }
    diag_error(csv->reading->diag, where, CODE_T004,
               "the first line is one cell: it has no ';', ',' or tab");
    return NULL;
}

static void
set_marks(struct csv *csv, char separator)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        bool suspect = (byte < 0x20 && byte != '\t') || byte == 0x7F || byte == 0xC2 ||
                       byte == 0xE2 || byte == 0xEF;
        csv->marks[byte] = suspect ? MARK_SUSPECT : MARK_PLAIN;
    }
    csv->marks['\n'] = MARK_LINE;
    csv->marks['\r'] = MARK_RETURN;
    csv->marks['"'] = MARK_QUOTE;
    csv->marks[(uint8_t)separator] = MARK_SEPARATOR;
}

/* Whether the text holds anything, and line breaks that we know. */
static bool
check_whole(struct csv *csv, struct text text)
{
    struct where where = {.input = csv->sheet.input};
    struct text line = first_line(csv);
    if (line.size == 0) {
        return diag_error(csv->reading->diag, where, CODE_T011, "the file is empty");
    }
    const char *line_feed = memchr(text.data, '\n', text.size);
    const char *line_end = line.data + line.size;
    if (line_feed == NULL && line_end < csv->end && line_end + 1 < csv->end) {
        return diag_error(csv->reading->diag, where, CODE_T016,
                          "the lines end with a carriage return alone");
    }
    return true;
}

struct sheet *
csv_open(struct reading *reading, struct input *input)
{
    struct text text;
    if (!encoding_decode(reading, input, &text)) {
        return NULL;
    }
    struct csv *csv = NEW(reading->keep, struct csv);
    csv->sheet = (struct sheet){
        .input = input, .next = csv_next, .where = csv_where, .total = text.size};
    csv->reading = reading;
    csv->at = text.size > 0 ? text.data : "";
    csv->end = csv->at + text.size;
    csv->next_line = 1;
    csv->rows_max = CSV_ROWS_MAX;
    csv->cells = NEW_ARRAY(reading->keep, struct text, CSV_MATRIX_COLUMNS_MAX);
    csv->starts = NEW_ARRAY(reading->keep, const char *, CSV_MATRIX_COLUMNS_MAX);
    csv->sheet.cells = csv->cells;
    const struct separator *separator = NULL;
    if (!check_whole(csv, text) || !read_declaration(csv, &separator)) {
        return NULL;
    }
    if (separator == NULL) {
        separator = find_separator(csv);
    }
    if (separator == NULL) {
        return NULL;
    }
    csv->sheet.separator = separator->name;
    csv->separator = separator->byte;
    csv->sheet.input->quotable.separator = separator->byte;
    set_marks(csv, separator->byte);
    return &csv->sheet;
}
