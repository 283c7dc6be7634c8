/* SPDX-License-Identifier: Apache-2.0 */
/* A small document with every type of cell, in as many rows as a test wants. */
#include "support/sample.h"

#define STIPEND         7749
#define EXPENSES        7
#define HALF_PAST_THREE (3 * DURATION_HOUR + DURATION_HOUR / 2)

enum { C_STIPEND = 2, C_EXPENSES, TOTAL_ADDS = 1 << C_STIPEND | 1 << C_EXPENSES };

static const struct column columns[] = {
    {"id",       "Id",       CELL_TEXT,     10, false, 0,          0},
    {"name",     "Name",     CELL_TEXT,     20, false, 0,          0},
    {"stipend",  "Stipend",  CELL_MONEY,    12, true,  0,          0},
    {"expenses", "Expenses", CELL_MONEY,    12, true,  0,          0},
    {"total",    "Total",    CELL_MONEY,    12, true,  TOTAL_ADDS, 0},
    {"cents",    "Cents",    CELL_INTEGER,  12, true,  0,          0},
    {"quantity", "Quantity", CELL_QUANTITY, 12, false, 0,          0},
    {"date",     "Date",     CELL_DATE,     12, false, 0,          0},
    {"hours",    "Hours",    CELL_DURATION, 12, true,  0,          0},
    {"nothing",  "Nothing",  CELL_EMPTY,    8,  false, 0,          0},
};

static void
put_row(struct arena *keep, const struct sample *sample, size_t i, struct row_sink *sink)
{
    struct date date = {0};
    (void)date_make(2026, 3, 7, &date);
    struct cell cells[] = {
        cell_string(arena_printf(keep, "%05zu", i + 1)),
        cell_text(i + 1 == sample->odd ? sample->odd_name : sample->name),
        cell_money((struct money){STIPEND}),
        cell_money((struct money){EXPENSES}),
        cell_money((struct money){STIPEND + EXPENSES}),
        cell_integer(STIPEND + EXPENSES),
        cell_quantity(ratio_of(10, 3)),
        cell_date(date),
        cell_duration(HALF_PAST_THREE),
        cell_empty(),
    };
    sink->row(sink, cells);
}

static void
produce(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct sample *sample = context;
    for (size_t i = 0; i < sample->rows; i++) {
        struct arena one = scratch;
        put_row(&one, sample, i, sink);
    }
}

static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    const struct sample *sample = context;
    size_t index = sample->gaps ? part / 2 : part;
    size_t end = sample->gaps && part % 2 == 0 ? 0 : (index + 1) * sample->part_rows;
    for (size_t i = index * sample->part_rows; i < end && i < sample->rows; i++) {
        put_row(keep, sample, i, sink);
    }
}

void
sample_divide(struct sample *sample, size_t part_rows, bool gaps)
{
    sample->part_rows = part_rows;
    sample->gaps = gaps;
    for (size_t i = 0; i < ARRAY_COUNT(sample->tables); i++) {
        sample->tables[i].produce = NULL;
        sample->tables[i].produce_part = produce_part;
        sample->tables[i].parts =
            (sample->rows + part_rows - 1) / part_rows * (gaps ? 2 : 1);
    }
}

struct sample *
sample_new(struct arena *keep, size_t rows)
{
    struct sample *sample = NEW(keep, struct sample);
    static const char *const boxes[] = {"Left\nto sign", "Right"};
    static const struct note notes[] = {
        {TONE_PLAIN, "A line."        },
        {TONE_ALERT, "Another\nof two"}
    };
    sample->rows = rows;
    sample->name = STR("Élodie");
    sample->tables[0] =
        (struct table){.key = "items",
                       .sheet = "Detail",
                       .columns = columns,
                       .column_count = ARRAY_COUNT(columns),
                       .frozen_columns = 1,
                       .audience = FOR_SHEET | FOR_CSV | FOR_JSON | FOR_PAGE,
                       .filter = true,
                       .after = notes,
                       .after_count = 2,
                       .boxes = boxes,
                       .box_count = 2,
                       .produce = produce,
                       .context = sample};
    sample->tables[1] = sample->tables[0];
    sample->tables[1].key = "again";
    sample->tables[1].sheet = "Two of them";
    sample->tables[1].title = "First";
    sample->tables[1].before = notes;
    sample->tables[1].before_count = 2;
    sample->tables[1].audience = FOR_SHEET | FOR_PAGE;
    sample->tables[1].filter = false;
    sample->tables[2] = sample->tables[1];
    sample->tables[2].title = "Second";
    sample->properties[0] = (struct property){"assembly", cell_string("x"), NULL};
    sample->properties[1] = (struct property){"period.from", cell_integer(1), NULL};
    sample->properties[2] = (struct property){"period.to.day", cell_integer(2), NULL};
    sample->properties[3] =
        (struct property){"totals.due", cell_money((struct money){5}), "items"};
    sample->properties[4] =
        (struct property){"totals.lines.read", cell_integer(3), "items"};
    sample->properties[5] =
        (struct property){"totals.lines.due", cell_integer(4), "items"};
    sample->document = (struct document){.schema = "sample/1",
                                         .title = "Title & <mark>",
                                         .author = "Author",
                                         .subject = "Subject",
                                         .footer = "A & B, \"quoted\" é",
                                         .language = LANGUAGE_FR,
                                         .properties = sample->properties,
                                         .property_count = 6,
                                         .tables = sample->tables,
                                         .table_count = 3};
    (void)date_make(2026, 3, 31, &sample->document.dated);
    return sample;
}
