/* SPDX-License-Identifier: Apache-2.0 */
/* Cells. */
#include "defray/document.h"

#include <assert.h>

struct cell
cell_text(struct text t)
{
    return (struct cell){.type = CELL_TEXT, .text = t};
}

struct cell
cell_string(const char *string)
{
    return cell_text(text_of(string));
}

struct cell
cell_worded(const char *string, const char *word)
{
    return (struct cell){
        .type = CELL_TEXT, .text = text_of(string), .word = text_of(word)};
}

struct cell
cell_money(struct money amount)
{
    return (struct cell){.type = CELL_MONEY, .money = amount};
}

struct cell
cell_integer(int64_t integer)
{
    return (struct cell){.type = CELL_INTEGER, .integer = integer};
}

struct cell
cell_quantity(struct ratio ratio)
{
    return (struct cell){.type = CELL_QUANTITY, .ratio = ratio};
}

struct cell
cell_date(struct date date)
{
    if (date_is_none(date) || date_is_open(date)) {
        return cell_empty();
    }
    return (struct cell){.type = CELL_DATE, .date = date};
}

struct cell
cell_duration(int64_t duration)
{
    if (duration == DURATION_NONE) {
        return cell_empty();
    }
    return (struct cell){.type = CELL_DURATION, .integer = duration};
}

struct cell
cell_empty(void)
{
    return (struct cell){.type = CELL_EMPTY};
}

struct cell
cell_toned(struct cell cell, enum tone tone)
{
    cell.tone = tone;
    return cell;
}

int64_t
cell_summand(const struct cell *cell)
{
    switch (cell->type) {
    case CELL_MONEY: return cell->money.cents;
    case CELL_INTEGER:
    case CELL_DURATION: return cell->integer;
    case CELL_EMPTY: return 0;
    case CELL_TEXT:
    case CELL_QUANTITY:
    case CELL_DATE: break;
    }
    assert(cell->type == CELL_MONEY); /* of these no total is made */
    return 0;
}
