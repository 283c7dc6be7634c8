/* SPDX-License-Identifier: Apache-2.0 */
/* Members known by their names: the sheet that people sign has names, and rarely keys. A name
 * counts if one member alone has it, in either order, whatever its case, accents and hyphens. Of
 * two members with one name nobody is guessed. Beside a key a name is a proof: a column that was
 * sorted alone, or rows that slipped, give each member the presences of another. */
#include "names.h"

struct names {
    struct arena *keep;
    const struct roster *roster;
    bool known; /* the maps are filled, once a table has names */
    struct map by_name, shared, by_last_name;
};

struct names *
names_new(struct arena *keep, const struct roster *roster)
{
    struct names *names = NEW(keep, struct names);
    *names = (struct names){.keep = keep, .roster = roster};
    return names;
}

static void
put_name(struct names *names, struct text one, struct text other, uint32_t member)
{
    struct arena *keep = names->keep;
    const char *whole = arena_printf(keep, "%.*s %.*s", TEXT_ARG(one), TEXT_ARG(other));
    struct text key = text_fold(keep, text_of(whole));
    if (map_insert(keep, &names->by_name, key, member) != member) {
        map_insert(keep, &names->shared, key, member);
    }
}

void
names_know(struct names *names)
{
    for (uint32_t i = 0; !names->known && i < names->roster->count; i++) {
        const struct participant *person = &names->roster->items[i];
        put_name(names, person->last_name, person->first_name, i);
        put_name(names, person->first_name, person->last_name, i);
        map_insert(names->keep, &names->by_last_name,
                   text_fold(names->keep, person->last_name), i);
    }
    names->known = true;
}

uint32_t
names_find(struct names *names, struct arena scratch, struct text name, bool *several)
{
    names_know(names);
    struct text key = text_fold(&scratch, name);
    *several = map_find(&names->shared, key) != MAP_NONE;
    return *several ? INDEX_NONE : map_find(&names->by_name, key);
}

bool
names_stand(const struct table *table, size_t last_name)
{
    return table->places[last_name] != TABLE_NOWHERE ||
           table->places[last_name + 2] != TABLE_NOWHERE;
}

struct row_name
names_of_row(const struct table *table, size_t last_name)
{
    return (struct row_name){.last = table_cell(table, last_name),
                             .first = table_cell(table, last_name + 1),
                             .full = table_cell(table, last_name + 2)};
}

static struct text
whole_name(struct arena *scratch, struct text one, struct text other)
{
    return text_of(arena_printf(scratch, "%.*s %.*s", TEXT_ARG(one), TEXT_ARG(other)));
}

/* The next word of a name, folded; empty at its end. */
static struct text
next_word(struct arena *scratch, struct text *rest)
{
    struct text word = {0};
    while (rest->size > 0 && word.size == 0) {
        size_t end = 0;
        while (end < rest->size && rest->data[end] != ' ' && rest->data[end] != '-') {
            end++;
        }
        word = text_fold(scratch, (struct text){rest->data, end});
        end += end < rest->size;
        *rest = (struct text){rest->data + end, rest->size - end};
    }
    return word;
}

/* Whether each word of a name is one of another: of a name by marriage, of second first names. */
static bool
has_words(struct arena scratch, struct text whole, struct text part)
{
    struct text wanted = next_word(&scratch, &part);
    for (; wanted.size > 0; wanted = next_word(&scratch, &part)) {
        struct text rest = whole;
        struct text word = next_word(&scratch, &rest);
        while (word.size > 0 && !text_equals(word, wanted)) {
            word = next_word(&scratch, &rest);
        }
        if (word.size == 0) {
            return false;
        }
    }
    return true;
}

/* Whether exactly somebody else has the name; `out` is who, or INDEX_NONE if it is several. */
static bool
is_of_another(const struct names *names, struct text name, bool last_alone, uint32_t *out)
{
    if (map_find(&names->shared, name) != MAP_NONE) {
        *out = INDEX_NONE;
        return true;
    }
    *out = map_find(last_alone ? &names->by_last_name : &names->by_name, name);
    return *out != MAP_NONE;
}

/* Of a confidential table nothing of a row is shown. */
static bool
refuse(const struct names *names, const struct cell *cell, struct text id, uint32_t other)
{
    if (cell->table->sheet->input->confidential) {
        return diag_error(cell_diag(cell), cell_where(cell), CODE_A023,
                          "the row has the id of one member and the name of another");
    }
    if (other == INDEX_NONE) {
        return diag_error(cell_diag(cell), cell_where(cell), CODE_A023,
                          "the row of '%.*s' has the name of other members",
                          TEXT_ARG(id));
    }
    return diag_error(cell_diag(cell), cell_where(cell), CODE_A023,
                      "the row of '%.*s' has the name of '%.*s'", TEXT_ARG(id),
                      TEXT_ARG(names->roster->items[other].id));
}

static void
warn(const struct cell *cell, struct text id)
{
    if (cell->table->sheet->input->confidential) {
        diag_warning(cell_diag(cell), cell_where(cell), CODE_A024,
                     "the row has a name that is nobody's in the table of members");
        return;
    }
    diag_warning(cell_diag(cell), cell_where(cell), CODE_A024,
                 "the row of '%.*s' has a name that is nobody's in the table of members",
                 TEXT_ARG(id));
}

bool
names_agree(const struct names *names, struct arena scratch, const struct row_name *row,
            uint32_t member)
{
    const struct participant *person = &names->roster->items[member];
    const struct cell *cell = row->full.text.size > 0 ? &row->full : &row->last;
    struct text last = cell->text;
    struct text first = row->full.text.size > 0 ? (struct text){0} : row->first.text;
    uint32_t other = INDEX_NONE;
    bool same = text_equals(last, person->last_name) &&
                (first.size == 0 || text_equals(first, person->first_name));
    if (same || last.size == 0 || passed_over_any(&names->roster->lost)) {
        return true;
    }
    struct text said = whole_name(&scratch, last, first);
    struct text known = whole_name(&scratch, person->last_name, person->first_name);
    struct text turned = whole_name(&scratch, person->first_name, person->last_name);
    if (text_folds_equal(scratch, said, known) ||
        text_folds_equal(scratch, said, turned)) {
        return true;
    }
    bool last_alone = row->full.text.size == 0 && first.size == 0;
    if (last_alone && text_folds_equal(scratch, last, person->last_name)) {
        return true;
    }
    if (is_of_another(names, text_fold(&scratch, said), last_alone, &other)) {
        return refuse(names, cell, person->id, other);
    }
    if (!has_words(scratch, said, known) && !has_words(scratch, known, said)) {
        warn(cell, person->id);
    }
    return true;
}
