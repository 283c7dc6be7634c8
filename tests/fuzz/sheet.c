/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as one part of an .xlsx workbook whose other parts are good; the first byte says
 * which. It is read the quick way and by the library alone: both must tell the same cells, or
 * refuse with the same words.
 */
#include "defray/workbook.h"

#include "support/fuzzed.h"
#include "support/packed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 32768 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct part {
    int letter;
    const char *name;
    const char *good;
};

static const struct part parts[] = {
    {'-', "_rels/.rels",
     "<Relationships xmlns=\"p\"><Relationship Id=\"r1\" Type=\"x/officeDocument\" "
     "Target=\"book.xml\"/></Relationships>"                                      },
    {'r', "_rels/book.xml.rels",
     "<Relationships xmlns=\"p\"><Relationship Id=\"a\" Type=\"x/worksheet\" "
     "Target=\"s.xml\"/><Relationship Id=\"b\" Type=\"x/sharedStrings\" Target=\"t.xml\"/>"
     "<Relationship Id=\"c\" Type=\"x/styles\" Target=\"y.xml\"/></Relationships>"},
    {'b', "book.xml",
     "<workbook xmlns=\"m\" xmlns:r=\"q\"><workbookPr/><sheets><sheet name=\"One\" "
     "r:id=\"a\"/></sheets></workbook>"                                           },
    {'t', "t.xml",
     "<sst xmlns=\"m\"><si><t>alpha</t></si><si><t>a &amp; b</t></si><si><r><t>be</t></r>"
     "<rPh><t>no</t></rPh><r><t xml:space=\"preserve\"> ta</t></r></si></sst>"    },
    {'y', "y.xml",
     "<styleSheet xmlns=\"m\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"0000\"/>"
     "</numFmts><fills><fill/><fill><patternFill patternType=\"solid\"/></fill></fills>"
     "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
     "numFmtId=\"46\" fillId=\"1\"/></cellXfs></styleSheet>"                      },
    {'s', "s.xml",
     "<worksheet xmlns=\"m\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
     "<c r=\"B1\" t=\"s\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>46000</v>"
     "</c><c r=\"B2\" s=\"2\"><v>12</v></c><c r=\"C2\" s=\"3\"><v>0.5</v></c></row>"
     "</sheetData></worksheet>"                                                   },
};

/* A fingerprint of all that was told. */
struct listener {
    struct book_visitor visitor;
    uint64_t hash;
    size_t cells;
};

static void
mix(struct listener *listener, struct text t, uint64_t number)
{
    listener->hash = (listener->hash ^ text_hash(t)) * UINT64_C(0x9E3779B97F4A7C15);
    listener->hash = (listener->hash ^ number ^ t.size) * UINT64_C(0xBF58476D1CE4E5B9);
    listener->hash ^= listener->hash >> 29;
}

static bool
on_sheet(struct book_visitor *visitor, const struct book_sheet *sheet)
{
    mix((struct listener *)visitor, sheet->name, sheet->index * 2 + sheet->from_1904);
    return true;
}

static bool
on_cell(struct book_visitor *visitor, const struct book_cell *cell)
{
    struct listener *listener = (struct listener *)visitor;
    assert(cell->row > 0 && cell->row <= BOOK_ROWS_MAX);
    assert(cell->column > 0 && cell->column <= BOOK_COLUMNS_MAX);
    assert(text_utf8_check(cell->text) == cell->text.size);
    mix(listener, cell->text, (uint64_t)cell->row << 32 | cell->column);
    mix(listener, cell->formula,
        (uint64_t)cell->type | (uint64_t)cell->shown << 8 | (uint64_t)cell->zeros << 16 |
            (uint64_t)cell->is_formula << 24);
    listener->cells++;
    return true;
}

static void
on_remark(struct book_visitor *visitor, enum book_remark remark, struct book_area area)
{
    struct text none = STR("");
    mix((struct listener *)visitor, none, (uint64_t)remark << 60 ^ area.row);
    mix((struct listener *)visitor, none, (uint64_t)area.column << 32 ^ area.last_row);
    mix((struct listener *)visitor, none, area.last_column);
}

struct outcome {
    bool read;
    uint64_t hash;
    const char *said;
};

static struct outcome
told(struct arena *keep, struct text book, bool plainly)
{
    struct arena scratch = arena_reserve(FUZZED_ROOM);
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct book_source source = {
        .where = {.input = input_of(keep, STR("book.xlsx"), book)},
        .limits = BOOK_LIMITS_GIVEN,
        .plainly = plainly,
    };
    struct listener listener = {
        .visitor = {on_sheet, on_cell, on_remark}
    };
    struct outcome outcome = {.said = ""};
    outcome.read = book_read(scratch, &source, &listener.visitor, diag);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    fuzzed_check_said(diag);
    assert(outcome.read == (count == 0) && count <= 1);
    outcome.hash = outcome.read ? listener.hash : 0;
    if (count > 0) {
        outcome.said = arena_printf(keep, "%d %u:%u %s", (int)filed[0].code,
                                    (unsigned)filed[0].where.line,
                                    (unsigned)filed[0].where.column, filed[0].text);
    }
    arena_release(scratch);
    return outcome;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1 || size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct pack pack = pack_new(&keep);
    for (size_t i = 0; i < ARRAY_COUNT(parts); i++) {
        struct text given = {(const char *)bytes + 1, size - 1};
        bool here = parts[i].letter == bytes[0];
        pack_add(&pack, parts[i].name, here ? given : text_of(parts[i].good));
    }
    struct text book = pack_finish(&pack);
    struct outcome quick = told(&keep, book, false);
    struct outcome plain = told(&keep, book, true);
    assert(quick.read == plain.read && quick.hash == plain.hash);
    if (strcmp(quick.said, plain.said) != 0) {
        fprintf(stderr, "quick: %s\nplain: %s\n", quick.said, plain.said);
        abort();
    }
    fuzzed_end(start);
    return 0;
}
