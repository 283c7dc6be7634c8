/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as the content.xml of an .ods workbook that is else good: every sheet is gone through
 * to its end, and then the workbook is read as a sheet of attendance. Rows come in order, cells
 * are text, and whatever is refused is said.
 */
#include "../../src/intake/sheet.h"
#include "support/fuzzed.h"
#include "support/packed.h"

#include <assert.h>

#define INPUT_MAX  32768 /* more only takes time */
#define SHEETS_MAX 4
#define ROWS_MAX   2000

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
go_through(struct reading *reading, struct input *input)
{
    struct sheet *sheet = sheet_open(reading, input);
    if (sheet == NULL) {
        return;
    }
    for (size_t i = 0; i < sheet->name_count && i < SHEETS_MAX; i++) {
        uint32_t line = 0;
        if (!sheet->turn(sheet, i)) {
            break;
        }
        for (size_t row = 0; row < ROWS_MAX && sheet->next(sheet); row++) {
            assert(sheet->line > line);
            line = sheet->line;
            for (size_t k = 0; k < sheet->cell_count; k++) {
                struct text t = sheet->cells[k];
                assert(text_utf8_check(t) == t.size);
                assert(sheet->where(sheet, k).line == line);
            }
        }
        for (int remark = 0; remark < SHEET_REMARK_COUNT; remark++) {
            (void)sheet->areas(sheet, (enum sheet_remark)remark, 0, 100);
        }
    }
    sheet_shut(sheet);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct reading reading = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_FR)};
    struct pack pack = pack_new(&keep);
    pack_add(&pack, "mimetype", STR("application/vnd.oasis.opendocument.spreadsheet"));
    pack_add(&pack, "content.xml", (struct text){(const char *)bytes, size});
    struct input_list files = fuzzed_list(&keep, "book.ods", pack_finish(&pack));
    go_through(&reading, files.items[0]);
    files.items[0]->sheet = STR("");
    fuzzed_check_log(
        attendance_read(&reading, &files, fuzzed_roster(), fuzzed_calendar()),
        fuzzed_roster());
    fuzzed_check_said(reading.diag);
    fuzzed_end(start);
    return 0;
}
