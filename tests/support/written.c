/* SPDX-License-Identifier: Apache-2.0 */
/* Documents written to a staged file and taken back as bytes, and workbooks as text. */
#include "support/written.h"

#include "defray/workbook.h"

#include "../../src/output/output_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct dump {
    struct book_visitor visitor;
    FILE *out;
    const char *name;
    struct arena *keep;
};

static struct text
read_back(struct arena *keep, const char *path)
{
    FILE *file = fopen(path, "rb");
    struct text bytes = {"", 0};
    if (file == NULL) {
        return bytes;
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *data = NEW_ARRAY(keep, char, size + 1);
    bytes = (struct text){data, fread(data, 1, size, file)};
    fclose(file);
    return bytes;
}

static struct written
write_as(struct arena *keep, const char *folder, const char *name,
         const struct document *document, struct xlsx_way way)
{
    struct written written = {.diag = diag_new(keep, LANGUAGE_EN)};
    char *place = NEW_ARRAY(keep, char, strlen(folder) + 32);
    sprintf(place, "%s/defray-test-XXXXXX", folder);
    if (mkdtemp(place) == NULL) {
        return written;
    }
    struct arena scratch = arena_reserve((size_t)256 << 20);
    struct stage *stage = stage_new(keep);
    const struct output *output = output_find(text_of(name));
    struct staged *file =
        stage_open(stage, arena_printf(keep, "%s/%s", place, name), written.diag);
    if (file != NULL && output != NULL) {
        written.done =
            way.rows_max > 0
                ? output_xlsx_write_as(scratch, document, file, way, written.diag)
                : output->write(scratch, document, file, written.diag);
        written.bytes = read_back(keep, file->path);
    }
    stage_discard(stage);
    arena_release(scratch);
    rmdir(place);
    return written;
}

struct written
document_written(struct arena *keep, const char *folder, const char *name,
                 const struct document *document, uint32_t rows_max)
{
    return write_as(keep, folder, name, document, (struct xlsx_way){rows_max, false});
}

struct written
document_written_plainly(struct arena *keep, const struct document *document)
{
    struct xlsx_way way = {.rows_max = SHEET_ROWS_MAX, .plainly = true};
    return write_as(keep, "/tmp", "a.xlsx", document, way);
}

const char *
first_code(struct diag *diag)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    return count == 0 ? "" : code_page(filed[0].code)->id;
}

static bool
dump_sheet(struct book_visitor *visitor, const struct book_sheet *sheet)
{
    struct dump *dump = (struct dump *)visitor;
    dump->name = text_string(dump->keep, sheet->name);
    fprintf(dump->out, "[%s]%s\n", dump->name, sheet->from_1904 ? " 1904" : "");
    return true;
}

/* "154.98" however the digits were stored. */
static const char *
decimal_text(struct book_decimal number, char out[64])
{
    int64_t power = 1;
    int64_t digits = number.digits < 0 ? -number.digits : number.digits;
    for (int i = 0; i < (number.scale < 0 ? -number.scale : number.scale); i++) {
        power *= 10;
    }
    int64_t whole = number.scale < 0 ? digits * power : digits / power;
    int size =
        snprintf(out, 64, "%s%lld", number.digits < 0 ? "-" : "", (long long)whole);
    if (number.scale > 0) {
        int width = number.scale < 20 ? number.scale : 20;
        snprintf(out + size, 64 - (size_t)size, ".%0*lld", width,
                 (long long)(digits % power));
    }
    return out;
}

static bool
dump_cell(struct book_visitor *visitor, const struct book_cell *cell)
{
    static const char types[] = {
        [BOOK_EMPTY] = '-', [BOOK_TEXT] = 't',   [BOOK_NUMBER] = 'n',
        [BOOK_DATE] = 'i',  [BOOK_YES_NO] = 'b', [BOOK_FAULT] = 'e',
    };
    struct dump *dump = (struct dump *)visitor;
    struct text shown = cell->text;
    char plain[64];
    struct book_decimal number;
    if (cell->type == BOOK_NUMBER && cell->shown == 0 &&
        book_decimal_parse(cell->text, &number)) {
        shown = text_of(decimal_text(number, plain));
    }
    char letters[4] = {0};
    size_t at = 3;
    for (uint32_t rest = cell->column; rest > 0; rest = (rest - 1) / 26) {
        letters[--at] = (char)('A' + (rest - 1) % 26);
    }
    fprintf(dump->out, "%s!%s%u %c %.*s", dump->name, letters + at, (unsigned)cell->row,
            cell->shown != 0 ? 'd' : types[cell->type], TEXT_ARG(shown));
    if (cell->is_formula) {
        fprintf(dump->out, " =%.*s", TEXT_ARG(cell->formula));
    }
    fputc('\n', dump->out);
    return true;
}

const char *
book_dump_source(struct arena *keep, const struct book_source *source, struct diag *diag)
{
    char *buffer = NULL;
    size_t size = 0;
    struct arena scratch = arena_reserve((size_t)256 << 20);
    struct dump dump = {
        .visitor = {.sheet = dump_sheet, .cell = dump_cell},
        .keep = keep,
    };
    dump.out = open_memstream(&buffer, &size);
    bool read = book_read(scratch, source, &dump.visitor, diag);
    fclose(dump.out);
    const char *text = read ? text_string(keep, (struct text){buffer, size}) : NULL;
    free(buffer);
    arena_release(scratch);
    return text;
}

const char *
book_dump(struct arena *keep, struct text bytes, struct diag *diag)
{
    struct book_source source = {
        .where = {.input = input_of(keep, STR("book.xlsx"), bytes)},
        .limits = BOOK_LIMITS_GIVEN};
    return book_dump_source(keep, &source, diag);
}
