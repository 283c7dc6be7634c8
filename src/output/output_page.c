/* SPDX-License-Identifier: Apache-2.0 */
/* What HTML and PDF have to agree on, so that both say the same. */
#include "output_page_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"
#define LINK_START     "https://"
#define QUANTITY_MIN   2 /* decimals */
#define QUANTITY_MAX   4

static bool
is_for_page(const struct table *table)
{
    return (table->audience & FOR_PAGE) != 0;
}

static bool
same_sheet(const struct table *a, const struct table *b)
{
    if (a->sheet == NULL || b->sheet == NULL) {
        return a->sheet == b->sheet;
    }
    return strcmp(a->sheet, b->sheet) == 0;
}

bool
page_section_find(const struct document *document, size_t from,
                  struct page_section *section)
{
    while (from < document->table_count && !is_for_page(&document->tables[from])) {
        from++;
    }
    size_t end = from;
    while (end < document->table_count && is_for_page(&document->tables[end]) &&
           same_sheet(&document->tables[from], &document->tables[end])) {
        assert(document->tables[end].column_count <= PAGE_COLUMNS_MAX);
        end++;
    }
    *section = (struct page_section){document->tables + from, end - from};
    return end > from;
}

size_t
page_section_end(const struct document *document, struct page_section section)
{
    return (size_t)(section.tables - document->tables) + section.count;
}

static bool
says(const char *heading, const char *title)
{
    return heading != NULL && strcmp(heading, title) == 0;
}

const char *
page_heading(const struct table *table)
{
    return table->heading != NULL ? table->heading : table->sheet;
}

const char *
page_title(const struct document *document, const struct table *table)
{
    const char *title = table->title;
    bool shown = title != NULL && title[0] != '\0' && !says(document->title, title) &&
                 !says(page_heading(table), title);
    return shown ? title : NULL;
}

int
page_table_width(const struct table *table)
{
    int width = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        width += table->columns[i].width;
    }
    return width;
}

bool
page_is_number(enum cell_type type)
{
    return type == CELL_MONEY || type == CELL_INTEGER || type == CELL_QUANTITY ||
           type == CELL_DURATION;
}

bool
page_is_whole(enum cell_type type)
{
    return page_is_number(type) || type == CELL_DATE;
}

size_t
page_row_header(const struct table *table)
{
    if (table->frozen_columns > 0) {
        return table->frozen_columns - 1;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].type == CELL_TEXT) {
            return i;
        }
    }
    return 0;
}

static struct text
with_comma(struct arena *keep, enum language language, const char *digits)
{
    struct text copy = text_copy(keep, text_of(digits));
    char *bytes = NEW_ARRAY(keep, char, copy.size + 1);
    memcpy(bytes, digits, copy.size);
    char *point = strchr(bytes, '.');
    if (point != NULL && language == LANGUAGE_FR) {
        *point = ',';
    }
    return (struct text){bytes, copy.size};
}

static struct text
money_for(struct arena *keep, enum language language, const struct column *column,
          struct money amount)
{
    const char *shown = tr_money(keep, language, amount);
    if (strstr(column->title, "€") != NULL) {
        return text_of(shown);
    }
    return text_of(arena_printf(
        keep, language == LANGUAGE_FR ? "%s" NO_BREAK_SPACE "€" : "€%s", shown));
}

static struct text
date_for(struct arena *keep, enum language language, struct date date)
{
    char iso[DATE_TEXT_MAX];
    int year = 0;
    int month = 0;
    int day = 0;
    date_text(date, iso);
    if (language != LANGUAGE_FR || iso[0] == '\0') {
        return text_copy(keep, text_of(iso));
    }
    date_split(date, &year, &month, &day);
    return text_of(arena_printf(keep, "%02d/%02d/%04d", day, month, year));
}

/* A sum of lengths may be more than one length can be. */
static struct text
duration_for(struct arena *keep, int64_t duration)
{
    char shown[DURATION_TEXT_MAX];
    if (duration >= INT32_MAX) {
        return text_of(arena_printf(keep, "%" PRId64 ":%02" PRId64,
                                    duration / DURATION_HOUR,
                                    duration % DURATION_HOUR / DURATION_MINUTE));
    }
    return text_copy(keep, text_of(duration_text((int32_t)duration, shown)));
}

struct text
page_cell(struct arena *keep, const struct document *document,
          const struct column *column, const struct cell *cell)
{
    enum language language = document->language;
    char digits[RATIO_TEXT_MAX];
    switch (cell->type) {
    case CELL_EMPTY: break;
    case CELL_TEXT: return cell->text.size > 0 ? cell->text : STR("");
    case CELL_MONEY: return money_for(keep, language, column, cell->money);
    case CELL_INTEGER: return text_of(arena_printf(keep, "%" PRId64, cell->integer));
    case CELL_QUANTITY:
        ratio_text(cell->ratio, QUANTITY_MIN, QUANTITY_MAX, digits);
        return with_comma(keep, language, digits);
    case CELL_DATE: return date_for(keep, language, cell->date);
    case CELL_DURATION: return duration_for(keep, cell->integer);
    }
    return STR("");
}

void
page_sums_add(struct page_sums *sums, const struct table *table, const struct cell *cells)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].total) {
            sums->sums[i] += cell_summand(&cells[i]);
        }
    }
    sums->rows++;
}

bool
page_has_totals(const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].total) {
            return true;
        }
    }
    return false;
}

struct cell
page_total(const struct page_sums *sums, const struct document *document,
           const struct table *table, size_t column)
{
    int64_t sum = sums->sums[column];
    if (!table->columns[column].total) {
        return column == 0 ? cell_string(tr(document->language, N_("Total")))
                           : cell_empty();
    }
    switch (table->columns[column].type) {
    case CELL_MONEY: return cell_money((struct money){sum});
    case CELL_DURATION: return cell_duration(sum);
    case CELL_INTEGER:
    case CELL_EMPTY:
    case CELL_TEXT:
    case CELL_QUANTITY:
    case CELL_DATE: break;
    }
    return cell_integer(sum);
}

/* Bytes of the address at the start of t: up to a space, a quote or a bracket, without the
 * marks that end a sentence. */
static size_t
link_size(struct text t)
{
    size_t size = sizeof LINK_START - 1;
    if (!text_starts_with(t, STR(LINK_START))) {
        return 0;
    }
    bool opened = false; /* a parenthesis within the address */
    while (size < t.size && (unsigned char)t.data[size] > ' ' &&
           (unsigned char)t.data[size] < 0x7F &&
           strchr("<>\"'[]{}|\\^`", t.data[size]) == NULL) {
        opened = opened || t.data[size] == '(';
        size++;
    }
    while (size > 0 && strchr(opened ? ".,;:!?" : ".,;:!?)", t.data[size - 1]) != NULL) {
        size--;
    }
    return size > sizeof LINK_START - 1 ? size : 0;
}

bool
page_run_next(struct text *rest, struct page_run *run)
{
    size_t size = 0;
    while (size < rest->size &&
           link_size((struct text){rest->data + size, rest->size - size}) == 0) {
        size++;
    }
    run->is_link = size == 0 && rest->size > 0;
    if (run->is_link) {
        size = link_size(*rest);
    }
    run->text = (struct text){rest->data, size};
    *rest = (struct text){rest->data + size, rest->size - size};
    return size > 0;
}
