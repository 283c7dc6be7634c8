/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Workbooks, by libxlsxwriter. Rows leave memory as they are written; the library's
 * temporary files lie beside the output; its dates are the document's; and its word that
 * all went well is not taken: the file is read back before it counts.
 *
 * The library names its temporary files by the time of day, and gives up after a few names that are
 * there: those of a run of the same second whose files could not be removed. It goes on from where
 * it was, so that the whole is written again until its names are free.
 */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define OWN_BYTES      ((size_t)4 << 20)
#define HOLD_BYTES     ((size_t)3 << 19)   /* what the libraries ask for, for a month */
#define TEXT_BYTES     ((size_t)256 << 10) /* 32 767 characters of 4 bytes, and more */
#define SHEETS_MAX     1000
#define PROPERTY_BYTES 255
#define TRIES_MAX      16 /* each passes ten names or so, and a run leaves some twenty */

bool
xlsx_is_again(struct xlsx *xlsx, int error)
{
    xlsx->again = error == EEXIST && !xlsx->last;
    xlsx->failed = xlsx->failed || xlsx->again;
    return xlsx->again;
}

bool
xlsx_hold(struct xlsx *xlsx, int answer)
{
    int error = errno;
    if (answer == LXW_NO_ERROR || xlsx->failed) {
        return !xlsx->failed;
    }
    if (xlsx_is_again(xlsx, error)) {
        return false;
    }
    xlsx->failed = true;
    return diag_error(xlsx->diag, (struct where){0}, CODE_F005,
                      "workbook '%s' could not be written (%s)", xlsx->file->target,
                      lxw.lxw_strerror((lxw_error)answer));
}

/* Numbers would be written with the decimal sign of the process. */
static bool
has_decimal_point(void)
{
    char digits[8];
    snprintf(digits, sizeof digits, "%.1f", 1.5);
    return strcmp(digits, "1.5") == 0;
}

/* Properties are at most 255 characters, cut between characters. */
static char *
property(struct arena *keep, const char *text)
{
    size_t size = text == NULL ? 0 : strlen(text);
    if (size > PROPERTY_BYTES) {
        size = PROPERTY_BYTES;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    char *copy = NEW_ARRAY(keep, char, size + 1);
    if (size > 0) {
        memcpy(copy, text, size);
    }
    return copy;
}

static void
set_properties(struct xlsx *xlsx)
{
    const struct document *document = xlsx->document;
    lxw_doc_properties properties = {
        .title = property(&xlsx->own, document->title),
        .subject = property(&xlsx->own, document->subject),
        .author = property(&xlsx->own, document->author),
        .created = (time_t)document->dated.day * SECONDS_A_DAY,
    };
    (void)xlsx_hold(xlsx, (int)lxw.workbook_set_properties(xlsx->book, &properties));
}

static bool
is_for_sheet(const struct table *table)
{
    return (table->audience & FOR_SHEET) != 0;
}

/* Consecutive tables of one sheet name share it. */
static void
write_sheets(struct xlsx *xlsx, struct arena scratch)
{
    const struct document *document = xlsx->document;
    for (size_t i = 0; i < document->table_count && !xlsx->failed;) {
        const struct table *first = &document->tables[i];
        size_t count = 1;
        if (!is_for_sheet(first)) {
            i++;
            continue;
        }
        while (i + count < document->table_count && is_for_sheet(first + count) &&
               strcmp(first->sheet, first[count].sheet) == 0) {
            count++;
        }
        xlsx_sheet_write(xlsx, scratch, first, count);
        i += count;
    }
}

static bool
write_once(struct xlsx *xlsx, struct arena scratch, struct xlsx_way way)
{
    struct text folder = text_folder(text_of(xlsx->file->target));
    xlsx->own = arena_part(&scratch, OWN_BYTES);
    xlsx->buffer = arena_room(&scratch, TEXT_BYTES);
    xlsx->tallies = NEW_ARRAY(&scratch, struct tally, SHEETS_MAX);
    xlsx->rows = arena_share(&scratch, 2);
    xlsx->sheet_capacity = SHEETS_MAX;
    xlsx->rows_max = way.rows_max;
    char *beside =
        NEW_ARRAY(&xlsx->own, char, folder.size + 1); /* the library may write */
    memcpy(beside, folder.data, folder.size);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = beside,
        .use_zip64 = LXW_FALSE,
    };
    errno = 0;
    xlsx->book = lxw.workbook_new_opt(xlsx->file->path, &options);
    if (xlsx->book == NULL) {
        return xlsx_hold(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    set_properties(xlsx);
    xlsx->spool = xlsx_spool_open(xlsx, &scratch, options.tmpdir, way.plainly);
    if (!xlsx->failed && xlsx_formats_make(xlsx)) {
        write_sheets(xlsx, scratch);
    }
    if (xlsx->failed) {
        lxw.lxw_workbook_free(xlsx->book);
    } else if (xlsx_hold(xlsx, (int)lxw.workbook_close(xlsx->book))) {
        (void)xlsx_pack(xlsx, scratch);
    }
    xlsx_spool_shut(xlsx->spool);
    return !xlsx->failed && xlsx_read_back(scratch, xlsx);
}

bool
output_xlsx_write_as(struct arena scratch, const struct document *document,
                     struct staged *file, struct xlsx_way way, struct diag *diag)
{
    bool written = false;
    bool again = true;
    if (!lxw_load(diag) || !book_libraries_load(diag)) {
        return false;
    }
    arena_hold_ahead(HOLD_BYTES);
    if (!has_decimal_point()) {
        return diag_error(diag, (struct where){0}, CODE_F005,
                          "workbook '%s' not written: numbers would get a decimal comma",
                          file->target);
    }
    for (int tries = 1; again; tries++) {
        struct xlsx xlsx = {
            .document = document, .file = file, .diag = diag, .last = tries == TRIES_MAX};
        written = write_once(&xlsx, scratch, way);
        again = xlsx.again;
    }
    return written;
}

bool
output_xlsx_write(struct arena scratch, const struct document *document,
                  struct staged *file, struct diag *diag)
{
    return output_xlsx_write_as(scratch, document, file,
                                (struct xlsx_way){SHEET_ROWS_MAX, false}, diag);
}
