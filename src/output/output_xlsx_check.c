/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library may lose rows without saying so when a disk is full. So each cell is
 * tallied as it is told, the finished file is read cell by cell, and the two must
 * agree to the last cent before anyone sees the file. Charts and their series are counted.
 */
#include "defray/parallel.h"

#include "output_xlsx_parts.h"

#include <string.h>

#define HASH_START  UINT64_C(0x243F6A8885A308D3)
#define HASH_FACTOR UINT64_C(0x9E3779B97F4A7C15)
#define HASH_SHIFT  32

#define CELLS_FOR_TWO 1000   /* fewer are read by one reader, and so are */
#define CELLS_FOR_ALL 100000 /* more, whose long sheets take all processors anyway */

/* What one reader met. Two share a workbook: each has some of its sheets. */
struct reading_back {
    struct book_visitor visitor;
    struct tally *tallies;
    size_t count, capacity;
    struct drawn drawn;
    const size_t *reader_of; /* each sheet */
    size_t reader;
    struct arena names;
    bool read;
    struct diag *diag; /* what the reader has to say concerns a file of ours */
};

struct rereading {
    const struct xlsx *xlsx;
    struct arena *keep;
    const size_t *reader_of;
    struct tally *tallies;
    size_t count;
    struct drawn drawn;
    const char *why; /* it cannot be read; NULL: it can */
};

static uint64_t
mix(uint64_t digest, uint64_t value)
{
    digest = (digest ^ value) * HASH_FACTOR;
    return digest ^ digest >> HASH_SHIFT;
}

static uint64_t
mix_text(uint64_t digest, struct text t)
{
    uint64_t eight = 0;
    digest = mix(digest, t.size);
    while (t.size >= sizeof eight) {
        memcpy(&eight, t.data, sizeof eight);
        digest = mix(digest, eight);
        t = (struct text){t.data + sizeof eight, t.size - sizeof eight};
    }
    eight = 0;
    if (t.size > 0) {
        memcpy(&eight, t.data, t.size);
    }
    return mix(digest, eight);
}

/* The number in hundredths, cut; past 2^64 it wraps, on both sides alike. */
static uint64_t
hundredths_of(struct book_decimal number)
{
    int64_t cut = number.digits;
    int scale = number.scale;
    for (; scale > 2; scale--) {
        cut /= 10;
    }
    uint64_t value = (uint64_t)cut;
    for (; scale < 2; scale++) {
        value *= 10;
    }
    return value;
}

void
tally_add(struct tally *tally, const struct tally_cell *cell)
{
    uint64_t kind = (uint64_t)cell->is_text | (uint64_t)cell->dated << 1;
    uint64_t digest =
        mix(HASH_START, (uint64_t)cell->row << 32 | (uint64_t)cell->column << 8 | kind);
    digest = mix(digest, (uint64_t)cell->number.digits);
    digest = mix(digest, (uint64_t)cell->number.scale);
    digest = mix_text(digest, cell->text);
    tally->digest += cell->formula.size > 0 ? mix_text(digest, cell->formula) : digest;
    tally->cells++;
    tally->formulas += cell->formula.size > 0;
    tally->hundredths += hundredths_of(cell->number);
}

void
tally_join(struct tally *tally, const struct tally *other)
{
    tally->digest += other->digest;
    tally->cells += other->cells;
    tally->formulas += other->formulas;
    tally->hundredths += other->hundredths;
}

static bool
meet_sheet(struct book_visitor *visitor, const struct book_sheet *sheet)
{
    struct reading_back *back = (struct reading_back *)visitor;
    if (back->count < back->capacity) {
        back->tallies[back->count].name = text_string(&back->names, sheet->name);
    }
    back->count++;
    return back->count <= back->capacity && back->reader_of[sheet->index] == back->reader;
}

static bool
meet_cell(struct book_visitor *visitor, const struct book_cell *cell)
{
    struct reading_back *back = (struct reading_back *)visitor;
    struct tally_cell met = {
        .row = cell->row,
        .column = cell->column,
        .is_text = cell->type == BOOK_TEXT,
        .text = cell->type == BOOK_TEXT ? cell->text : STR(""),
        .formula = cell->formula,
    };
    if (cell->type == BOOK_NUMBER) {
        met.dated = cell->shown != 0;
        (void)book_decimal_parse(cell->text, &met.number);
    } else if (cell->type != BOOK_TEXT) {
        met.text = STR("neither text nor number");
    }
    tally_add(&back->tallies[cell->sheet], &met);
    return true;
}

/* Tallies are sums: cells may be met in any order. */
static struct book_visitor *
meet_apart(const struct book_visitor *visitor, struct arena *keep)
{
    const struct reading_back *whole = (const struct reading_back *)visitor;
    struct reading_back *part = NEW(keep, struct reading_back);
    part->visitor = (struct book_visitor){.cell = meet_cell};
    part->tallies = NEW_ARRAY(keep, struct tally, whole->count);
    part->count = whole->count;
    return &part->visitor;
}

static void
join_met(struct book_visitor *visitor, const struct book_visitor *apart)
{
    struct reading_back *whole = (struct reading_back *)visitor;
    const struct reading_back *part = (const struct reading_back *)apart;
    for (size_t i = 0; i < part->count; i++) {
        tally_join(&whole->tallies[i], &part->tallies[i]);
    }
}

/* What the library lacks memory for it leaves out: a picture, a line, what that is drawn from. */
static void
meet_element(struct book_visitor *visitor, const char *name,
             const char *const *attributes)
{
    struct drawn *drawn = &((struct reading_back *)visitor)->drawn;
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        drawn->found += strcmp(attributes[i], "Type") == 0 &&
                        text_ends_with(text_of(attributes[i + 1]), STR("/chart"));
    }
    drawn->charts += strcmp(name, "graphicFrame") == 0;
    drawn->series += strcmp(name, "ser") == 0;
    drawn->ranges += strcmp(name, "f") == 0;
}

static bool
refuse(const struct xlsx *xlsx, const char *why)
{
    return diag_error(xlsx->diag, (struct where){0}, CODE_F006,
                      "workbook '%s' does not read back the same: %s", xlsx->file->target,
                      why);
}

/* What differs first between the sheet told and the sheet met, or NULL. */
static const char *
difference(struct arena *keep, enum language language, const struct tally *told,
           const struct tally *met)
{
    if (strcmp(told->name, met->name) != 0) {
        return arena_printf(keep, tr(language, N_("sheet '%s' is called '%s'")),
                            told->name, met->name);
    }
    if (told->cells != met->cells || told->formulas != met->formulas) {
        return arena_printf(keep,
                            tr(language, N_("sheet '%s' holds %zu cells instead of %zu")),
                            told->name, (size_t)met->cells, (size_t)told->cells);
    }
    if (told->hundredths != met->hundredths) {
        return arena_printf(keep, tr(language, N_("the amounts of sheet '%s' differ")),
                            told->name);
    }
    if (told->digest != met->digest) {
        return arena_printf(keep, tr(language, N_("the contents of sheet '%s' differ")),
                            told->name);
    }
    return NULL;
}

static void *
read_some(void *context, size_t index, struct arena *arena)
{
    const struct rereading *all = context;
    const struct xlsx *xlsx = all->xlsx;
    struct reading_back *back = NEW(arena, struct reading_back);
    *back = (struct reading_back){
        .visitor = {meet_sheet, meet_cell, NULL, meet_apart, join_met, meet_element},
        .tallies = NEW_ARRAY(arena, struct tally, xlsx->sheet_count),
        .capacity = xlsx->sheet_count,
        .reader_of = all->reader_of,
        .reader = index,
    };
    back->names = arena_share(arena, 2);
    back->diag = diag_new(arena, diag_language(xlsx->diag));
    const struct book_source source = {
        .path = xlsx->file->path,
        .limits = {UINT64_MAX, 0, 0, .every_part = index == 0, .some_sheets = true},
        .own = true,
    };
    back->read = book_read(*arena, &source, &back->visitor, back->diag);
    return back;
}

static void
take_met(void *context, size_t index, void *made, struct arena *arena)
{
    struct rereading *all = context;
    const struct reading_back *back = made;
    (void)index;
    (void)arena;
    if (!back->read && all->why == NULL) {
        size_t count = 0;
        const struct diagnostic *first = diag_sorted(back->diag, &count);
        all->why = count > 0 ? arena_printf(all->keep, "%s", first->text) : "?";
    }
    for (size_t i = 0; i < back->count && i < back->capacity; i++) {
        tally_join(&all->tallies[i], &back->tallies[i]);
        all->tallies[i].name = text_string(all->keep, text_of(back->tallies[i].name));
    }
    all->count = back->count;
    all->drawn.charts += back->drawn.charts;
    all->drawn.series += back->drawn.series;
    all->drawn.ranges += back->drawn.ranges;
    all->drawn.found += back->drawn.found;
}

/* The second reader, if there is to be one, gets the longest sheet, and each of the others goes to
 * whoever has less to read. Gives how many readers there are. */
static size_t
share_sheets(const struct xlsx *xlsx, size_t *reader_of)
{
    uint64_t cells = 0;
    size_t longest = 0;
    for (size_t i = 0; i < xlsx->sheet_count; i++) {
        cells += xlsx->tallies[i].cells;
        longest = xlsx->tallies[i].cells > xlsx->tallies[longest].cells ? i : longest;
    }
    if (cells < CELLS_FOR_TWO || cells > CELLS_FOR_ALL) {
        return 1;
    }
    uint64_t loads[2] = {0, xlsx->tallies[longest].cells};
    reader_of[longest] = 1;
    for (size_t i = 0; i < xlsx->sheet_count; i++) {
        if (i != longest) {
            reader_of[i] = loads[1] < loads[0];
            loads[reader_of[i]] += xlsx->tallies[i].cells;
        }
    }
    return 2;
}

bool
xlsx_read_back(struct arena scratch, const struct xlsx *xlsx)
{
    enum language language = diag_language(xlsx->diag);
    struct arena names = xlsx->own;
    size_t *reader_of = NEW_ARRAY(&scratch, size_t, xlsx->sheet_count + 1);
    struct rereading all = {
        .xlsx = xlsx,
        .keep = &names,
        .reader_of = reader_of,
        .tallies = NEW_ARRAY(&names, struct tally, xlsx->sheet_count + 1),
    };
    const struct parallel_work work = {
        .context = &all,
        .parts = share_sheets(xlsx, reader_of),
        .long_parts = true,
        .make = read_some,
        .take = take_met,
    };
    parallel_in_order(scratch, &work);
    if (all.why != NULL) {
        return refuse(xlsx, all.why);
    }
    if (all.count != xlsx->sheet_count) {
        return refuse(xlsx, tr(language, N_("sheets are missing")));
    }
    for (size_t i = 0; i < all.count; i++) {
        const char *why =
            difference(&names, language, &xlsx->tallies[i], &all.tallies[i]);
        if (why != NULL) {
            return refuse(xlsx, why);
        }
    }
    if (memcmp(&all.drawn, &xlsx->drawn, sizeof all.drawn) != 0) {
        return refuse(xlsx, tr(language, N_("charts are missing")));
    }
    return true;
}
