/* SPDX-License-Identifier: Apache-2.0 */
/* Headings that are not known, and have a word of a column that is not there: whoever left would be
 * paid on because "mandate ended on" is none of its names. */
#include "table_unread.h"

#include "table_parts.h"

#include <string.h>

static bool
is_part_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (uint8_t)c >= 0x80;
}

/* Whether one of the words of the heading is that one, in the singular or the plural. */
static bool
has_word(struct text heading, struct text wanted, struct arena scratch)
{
    for (size_t at = 0; at < heading.size;) {
        size_t end = at;
        while (end < heading.size && is_part_of_word(heading.data[end])) {
            end++;
        }
        struct text fold =
            text_fold(&scratch, (struct text){heading.data + at, end - at});
        bool plural = fold.size == wanted.size + 1 && fold.data[wanted.size] == 's';
        fold.size -= plural;
        if (text_equals(fold, wanted)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

static bool
has_words(struct text heading, const char *words, struct arena scratch)
{
    for (size_t size = 0; *words != '\0'; words += size + (words[size] == ' ')) {
        size = strcspn(words, " ");
        if (!has_word(heading, (struct text){words, size}, scratch)) {
            return false;
        }
    }
    return true;
}

void
table_tell_unread(const struct table *table, const struct telling_word *words,
                  size_t count)
{
    for (size_t i = 0; i < table->heading_count; i++) {
        for (size_t j = 0; j < count && !table_is_placed(table, i); j++) {
            size_t column = words[j].column;
            if (table->places[column] == TABLE_NOWHERE &&
                has_words(table->headings[i], words[j].words, table->scratch)) {
                struct cell cell = {.table = table, .place = i};
                diag_warning(table->reading->diag, cell_where(&cell), CODE_T089,
                             "the column '%.*s' is not read, and may be the column '%s'",
                             TEXT_ARG(table->headings[i]),
                             column_names(table, &table->columns[column]));
                break;
            }
        }
    }
}
