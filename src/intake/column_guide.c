/* SPDX-License-Identifier: Apache-2.0 */
/* The readers' own lists of columns, each with what columns.def says of it. */
#include "defray/column_guide.h"

#include "columns.h"

#include <assert.h>
#include <string.h>

struct guide {
    enum guided_table table;
    const char *name;
    enum column_values values;
    const char *needed, *meaning, *example;
};

static const struct guide guides[] = {
#define GUIDE(table, name, values, needed, meaning, example) \
    {GUIDED_##table, name, VALUES_##values, needed, meaning, example},
#include "columns.def"
#undef GUIDE
};

static const char *const words[][GUIDED_COUNT] = {
    [LANGUAGE_EN] = {"members", "sessions", "expenses", "means"     },
    [LANGUAGE_FR] = {"membres", "seances",  "frais",    "ressources"},
};

static struct columns
columns_of(enum guided_table table)
{
    switch (table) {
    case GUIDED_MEMBERS: return roster_columns();
    case GUIDED_SESSIONS: return calendar_columns();
    case GUIDED_EXPENSES: return expenses_columns();
    case GUIDED_MEANS:
    case GUIDED_COUNT: break;
    }
    return means_columns();
}

static const struct guide *
guide_of(enum guided_table table, const char *name)
{
    for (size_t i = 0; i < ARRAY_COUNT(guides); i++) {
        if (guides[i].table == table && strcmp(guides[i].name, name) == 0) {
            return &guides[i];
        }
    }
    return NULL;
}

/* The first of the other names is the French one of the manual. */
static const char *
french_name(struct arena *keep, const struct column *column)
{
    size_t size = strcspn(column->others, "|");
    bool alike = size == 0 || strcmp(column->name, "bic") == 0 ||
                 strcmp(column->name, "date") == 0;
    return alike ? column->name : text_string(keep, (struct text){column->others, size});
}

const struct guided_column *
column_guide(struct arena *keep, enum guided_table table, size_t *count)
{
    struct columns columns = columns_of(table);
    struct guided_column *list = NEW_ARRAY(keep, struct guided_column, columns.count);
    for (size_t i = 0; i < columns.count; i++) {
        const struct column *column = &columns.items[i];
        const struct guide *guide = guide_of(table, column->name);
        assert(guide != NULL);
        list[i] = (struct guided_column){
            .name = column->name,
            .french = french_name(keep, column),
            .required = column->required,
            .values = guide->values,
            .needed = guide->needed,
            .meaning = guide->meaning,
            .example = guide->example,
        };
    }
    *count = columns.count;
    return list;
}

const char *
guided_table_word(enum language language, enum guided_table table)
{
    return words[language][table];
}

bool
guided_table_parse(struct arena scratch, struct text word, enum guided_table *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
        for (size_t k = 0; k < GUIDED_COUNT; k++) {
            if (text_folds_equal(scratch, word, text_of(words[i][k]))) {
                *out = (enum guided_table)k;
                return true;
            }
        }
    }
    return false;
}
