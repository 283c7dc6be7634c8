/* SPDX-License-Identifier: Apache-2.0 */
/* How a cell looks by what it holds, and how many lines its text takes. */
#include "output_xlsx_parts.h"

#include <string.h>

#define WRAP_WIDTH       16   /* text columns at least this wide wrap */
#define LIST_WRAP_WIDTH  30   /* in a long list, whose rows are best one line high */
#define ROW_LINES_MAX    25   /* a row is at most 409 points high */
#define LINE_HEIGHT      13.5 /* points */
#define LIST_LINE_HEIGHT 15.0 /* a list is set a size larger */

/* Lines that a text takes in so many characters. */
int
xlsx_lines_of(struct text t, int width)
{
    int lines = 0;
    while (true) {
        const char *end = t.size == 0 ? NULL : memchr(t.data, '\n', t.size);
        size_t size = end == NULL ? t.size : (size_t)(end - t.data);
        int characters = (int)text_characters((struct text){t.data, size});
        lines += characters == 0 ? 1 : (characters + width - 1) / width;
        if (end == NULL) {
            return lines;
        }
        t = (struct text){end + 1, t.size - size - 1};
    }
}

/* Room for text in a column, between its margins; the width counts characters of 11
 * points, and the text is of 10. */
int
xlsx_room_in(const struct column *column)
{
    return column->width > 3 ? column->width * 5 / 4 - 1 : 1;
}

bool
xlsx_wraps(const struct table *table, const struct column *column)
{
    return column->width >= (table->list ? LIST_WRAP_WIDTH : WRAP_WIDTH);
}

/* A long list has the sheet's own grid for borders, and no cell where there is nothing to say:
 * in a month's detail that is half the cells. */
int
xlsx_style_of(const struct table *table, const struct column *column,
              const struct cell *cell)
{
    enum cell_type type = cell->type == CELL_EMPTY ? column->type : cell->type;
    const struct field *field =
        table->form == NULL ? NULL : table->form->fields[column - table->columns];
    if (field != NULL) {
        return STYLE_ENTRIES + (int)field->kind;
    }
    if (type == CELL_TEXT && xlsx_wraps(table, column)) {
        return (table->list ? STYLE_LIST_WRAPPED : STYLE_WRAPPED) + (int)cell->tone;
    }
    return (table->list ? STYLE_LIST : STYLE_CELLS) + (int)type * TONE_COUNT +
           (int)cell->tone;
}

int
xlsx_group_lines(const struct table *table)
{
    int lines = 1;
    size_t column = 0;
    for (size_t i = 0; i < table->group_count; i++) {
        int width = 0;
        for (size_t k = 0; k < table->groups[i].columns; k++) {
            width += table->columns[column++].width;
        }
        int needed = xlsx_lines_of(text_of(table->groups[i].title), width - 2);
        lines = needed > lines ? needed : lines;
    }
    return lines;
}

/* A row is as high as its longest wrapped text: not every program adapts it. 0: as usual. */
double
xlsx_row_height(const struct table *table, const struct cell *cells)
{
    int lines = table->row_lines > 1 ? table->row_lines : 1;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (cells[i].type == CELL_TEXT && xlsx_wraps(table, column)) {
            int room = xlsx_room_in(column);
            room = table->list ? room * 9 / 10 : room;
            struct text t = cells[i].text;
            bool one = t.size == 0 ||
                       ((int)t.size <= room && memchr(t.data, '\n', t.size) == NULL);
            int needed = one ? 1 : xlsx_lines_of(t, room);
            lines = needed > lines ? needed : lines;
        }
    }
    lines = lines < ROW_LINES_MAX ? lines : ROW_LINES_MAX;
    double height = table->list ? LIST_LINE_HEIGHT : LINE_HEIGHT;
    return lines > 1 ? lines * height + 2 : 0;
}
