/* SPDX-License-Identifier: Apache-2.0 */
/* What a picture draws of a table, whatever it is drawn on: lengths are in the ratio of the amounts,
 * the scale has round steps and reaches over everything, and the legend names it all. */
#include "../../src/output/output_picture_parts.h"
#include "support/keep.h"
#include "support/markup.h"
#include "support/registry.h"
#include "support/written.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *test_picture_suite(void);

static const struct column columns[] = {
    {"name",  "Variant",  CELL_TEXT,  20, false, 0, 0},
    {"first", "Stipends", CELL_MONEY, 12, false, 0, 0},
    {"other", "Fixed",    CELL_MONEY, 12, false, 0, 0},
    {"low",   "Low",      CELL_MONEY, 12, false, 0, 0},
    {"high",  "High",     CELL_MONEY, 12, false, 0, 0},
};

struct amounts {
    const char *name;
    int64_t cents[4]; /* first, other, low, high */
};

struct rows {
    const struct amounts *items;
    size_t count;
};

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct rows *rows = context;
    (void)scratch;
    for (size_t i = 0; i < rows->count; i++) {
        struct cell cells[ARRAY_COUNT(columns)];
        cells[0] = cell_string(rows->items[i].name);
        for (size_t k = 0; k < 4; k++) {
            cells[k + 1] = cell_money((struct money){rows->items[i].cents[k]});
        }
        sink->row(sink, cells);
    }
}

struct box {
    int left, right, top, bottom;
};

struct record {
    struct canvas canvas;
    struct box boxes[64]; /* of filled shapes, in order */
    uint32_t colours[64];
    size_t box_count;
    struct box lines[64];
    uint32_t line_colours[64];
    int line_widths[64];
    size_t line_count;
    char texts[2048]; /* each between bars */
    struct box all;
};

static struct box
box_of(const struct picture_shape *shape)
{
    struct box box = {shape->points[0].x, shape->points[0].x, shape->points[0].y,
                      shape->points[0].y};
    for (size_t i = 1; i < shape->count; i++) {
        struct picture_point point = shape->points[i];
        box.left = point.x < box.left ? point.x : box.left;
        box.right = point.x > box.right ? point.x : box.right;
        box.top = point.y < box.top ? point.y : box.top;
        box.bottom = point.y > box.bottom ? point.y : box.bottom;
    }
    return box;
}

static void
keep_shape(struct canvas *canvas, const struct picture_shape *shape)
{
    struct record *record = (struct record *)canvas;
    struct box box = box_of(shape);
    ck_assert_int_ge(box.left, 0);
    ck_assert_int_le(box.right, PICTURE_WIDTH);
    ck_assert_int_ge(box.top, 0);
    record->all.bottom =
        box.bottom > record->all.bottom ? box.bottom : record->all.bottom;
    if (shape->width == 0) {
        ck_assert_uint_lt(record->box_count, ARRAY_COUNT(record->boxes));
        record->colours[record->box_count] = shape->colour;
        record->boxes[record->box_count++] = box;
    } else {
        ck_assert_uint_lt(record->line_count, ARRAY_COUNT(record->lines));
        record->line_colours[record->line_count] = shape->colour;
        record->line_widths[record->line_count] = shape->width;
        record->lines[record->line_count++] = box;
    }
}

static void
keep_text(struct canvas *canvas, struct picture_point at, enum picture_anchor anchor,
          struct text text)
{
    struct record *record = (struct record *)canvas;
    size_t used = strlen(record->texts);
    (void)anchor;
    ck_assert_int_ge(at.x, 0);
    ck_assert_int_le(at.x, PICTURE_WIDTH);
    record->all.bottom = at.y > record->all.bottom ? at.y : record->all.bottom;
    snprintf(record->texts + used, sizeof record->texts - used, "%.*s|", TEXT_ARG(text));
}

static struct picture *
take(const struct chart *chart, const struct rows *rows, struct table *table,
     struct document *document)
{
    *table = (struct table){.key = "rows",
                            .title = "Table",
                            .columns = columns,
                            .column_count = ARRAY_COUNT(columns),
                            .audience = FOR_PAGE,
                            .produce = produce,
                            .context = rows,
                            .chart = chart};
    *document = (struct document){.schema = "rows/1",
                                  .title = "Title",
                                  .footer = "Foot",
                                  .language = LANGUAGE_EN,
                                  .tables = table,
                                  .table_count = 1};
    return picture_take(&keep, arena_reserve(1 << 20), document, table);
}

static const struct chart bars = {.kind = CHART_STACKED,
                                  .title = "Bars",
                                  .columns = 1u << 1 | 1u << 2,
                                  .from_zero = true,
                                  .has_spread = true,
                                  .low = 3,
                                  .high = 4};
static const struct chart lines = {
    .kind = CHART_LINES, .title = "Lines", .columns = 1u << 1 | 1u << 2};

static struct record *
draw(const struct picture *picture)
{
    struct record *record = NEW(&keep, struct record);
    record->canvas = (struct canvas){keep_shape, keep_text};
    picture_draw(arena_reserve(1 << 20), picture, &record->canvas);
    ck_assert_int_le(record->all.bottom, picture_height(picture));
    return record;
}

START_TEST(bars_are_as_long_as_what_they_stand_for)
{
    static const struct amounts items[] = {
        {"Base",    {6000000, 2000000, 7000000, 9000000}},
        {"Variant", {3000000, 0, 2500000, 3500000}      },
    };
    struct rows rows = {items, ARRAY_COUNT(items)};
    struct table table;
    struct document document;
    struct record *record = draw(take(&bars, &rows, &table, &document));
    /* three bars (the last is empty), two in the legend */
    ck_assert_uint_eq(record->box_count, 5);
    int first = record->boxes[0].right - record->boxes[0].left;
    ck_assert_int_eq(record->boxes[1].left, record->boxes[0].right);
    ck_assert_int_eq(3 * (record->boxes[1].right - record->boxes[1].left), first);
    ck_assert_int_eq(2 * (record->boxes[2].right - record->boxes[2].left), first);
    ck_assert_uint_ne(record->colours[0], record->colours[1]);
    ck_assert_uint_eq(record->colours[0], record->colours[2]);
    /* whiskers: from the low to the high value, the widest red lines of each row */
    size_t reds = 0;
    for (size_t i = 0; i < record->line_count; i++) {
        const struct box *line = &record->lines[i];
        if (record->line_colours[i] == 0xA61B1B && line->right > line->left &&
            reds < ARRAY_COUNT(items) && line->left >= record->boxes[0].left) {
            int64_t low = items[reds].cents[2] * first / 6000000;
            int64_t high = items[reds].cents[3] * first / 6000000;
            ck_assert_int_eq(line->left - record->boxes[0].left, low);
            ck_assert_int_eq(line->right - record->boxes[0].left, high);
            reds++;
        }
    }
    ck_assert_uint_eq(reds, 2);
    ck_assert_ptr_nonnull(strstr(record->texts, "0|20,000|40,000|60,000|80,000|"
                                                "100,000|Base|Variant|Stipends|Fixed|"
                                                "Low – High|"));
}
END_TEST

START_TEST(lines_reach_below_zero)
{
    static const struct amounts items[] = {
        {"01", {100000, 0, 0, 0}     },
        {"02", {0, 50000, 0, 0}      },
        {"03", {-30000, 100000, 0, 0}},
    };
    struct rows rows = {items, ARRAY_COUNT(items)};
    struct table table;
    struct document document;
    struct record *record = draw(take(&lines, &rows, &table, &document));
    ck_assert_ptr_nonnull(
        strstr(record->texts, "-500|0|500|1,000|01|02|03|Stipends|Fixed|"));
    const struct box *thick[2] = {NULL, NULL};
    size_t found = 0;
    for (size_t i = 0; i < record->line_count; i++) {
        if (record->line_widths[i] == 25) {
            ck_assert_uint_lt(found, 2);
            thick[found++] = &record->lines[i];
        }
    }
    ck_assert_uint_eq(found, 2);
    ck_assert_int_eq(thick[0]->top, thick[1]->top);       /* both reach 1 000 */
    ck_assert_int_gt(thick[0]->bottom, thick[1]->bottom); /* one falls below zero */
    ck_assert_int_eq((thick[0]->bottom - thick[0]->top) * 10 / 13,
                     thick[1]->bottom - thick[1]->top);
}
END_TEST

START_TEST(nothing_is_drawn_of_nothing)
{
    static const struct amounts one[] = {
        {"01", {100, 0, 0, 0}}
    };
    static const struct amounts none[] = {
        {"01", {0, 0, 0, 0}},
        {"02", {0, 0, 0, 0}}
    };
    struct table table;
    struct document document;
    struct rows rows = {one, 0};
    ck_assert_ptr_null(take(&bars, &rows, &table, &document));
    rows.count = 1; /* a line has two ends */
    ck_assert_ptr_null(take(&lines, &rows, &table, &document));
    rows = (struct rows){none, 2};
    ck_assert_ptr_nonnull(draw(take(&lines, &rows, &table, &document)));
    ck_assert_ptr_nonnull(draw(take(&bars, &rows, &table, &document)));
}
END_TEST

START_TEST(a_long_name_is_cut_with_a_mark)
{
    static const struct amounts items[] = {
        {"Élargir à tout le panel, sans condition de ressources", {100, 0, 0, 100}}
    };
    struct rows rows = {items, 1};
    struct table table;
    struct document document;
    struct record *record = draw(take(&bars, &rows, &table, &document));
    ck_assert_ptr_nonnull(strstr(record->texts, "|Élargir à tout le panel, sans cond…|"));
}
END_TEST

/* Both formats that people read draw it. */
START_TEST(pages_show_it)
{
    static const struct amounts items[] = {
        {"Base",    {6000000, 2000000, 7000000, 9000000}},
        {"Variant", {3000000, 0, 2500000, 3500000}      },
    };
    struct rows rows = {items, ARRAY_COUNT(items)};
    struct table table;
    struct document document;
    ck_assert_ptr_nonnull(take(&bars, &rows, &table, &document));
    struct written page = document_written(&keep, "/tmp", "a.html", &document, 0);
    ck_assert_msg(page.done, "%s", first_code(page.diag));
    const char *html = text_string(&keep, page.bytes);
    ck_assert_ptr_nonnull(strstr(html, "<svg xmlns=\"http://www.w3.org/2000/svg\""));
    ck_assert_ptr_nonnull(strstr(html, ">Low – High</text>"));
    struct written paper = document_written(&keep, "/tmp", "a.pdf", &document, 0);
    ck_assert_msg(paper.done, "%s", first_code(paper.diag));
    const char *text = pdf_text_of(&keep, paper.bytes);
    ck_assert(text == NULL || strstr(text, "Low – High") != NULL);
    table.chart = NULL;
    struct written bare = document_written(&keep, "/tmp", "b.pdf", &document, 0);
    ck_assert_uint_gt(paper.bytes.size, bare.bytes.size + 100);
}
END_TEST

Suite *
test_picture_suite(void)
{
    Suite *suite = suite_create("picture");
    TCase *tcase = tcase_create("picture");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, bars_are_as_long_as_what_they_stand_for);
    tcase_add_test(tcase, lines_reach_below_zero);
    tcase_add_test(tcase, nothing_is_drawn_of_nothing);
    tcase_add_test(tcase, a_long_name_is_cut_with_a_mark);
    tcase_add_test(tcase, pages_show_it);
    suite_add_tcase(suite, tcase);
    return suite;
}
