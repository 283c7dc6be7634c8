/* SPDX-License-Identifier: Apache-2.0 */
/* Members known by their names: the sheet that people sign has names, and rarely keys. A name
 * counts if one member alone has it, in either order, whatever its case, accents and hyphens. Of
 * two members with one name nobody is guessed. */
#include "attendance_reader.h"

static void
put_name(struct attending *a, struct text one, struct text other, uint32_t member)
{
    struct arena *keep = a->reading->keep;
    const char *whole = arena_printf(keep, "%.*s %.*s", TEXT_ARG(one), TEXT_ARG(other));
    struct text key = text_fold(keep, text_of(whole));
    if (map_insert(keep, &a->by_name, key, member) != member) {
        map_insert(keep, &a->shared_names, key, member);
    }
}

static void
put_names(struct attending *a)
{
    for (uint32_t i = 0; i < a->roster->count; i++) {
        const struct participant *person = &a->roster->items[i];
        put_name(a, person->last_name, person->first_name, i);
        put_name(a, person->first_name, person->last_name, i);
    }
}

uint32_t
attendance_named(struct attending *a, struct arena scratch, struct text name,
                 bool *several)
{
    if (a->by_name.count == 0) {
        put_names(a);
    }
    struct text key = text_fold(&scratch, name);
    *several = map_find(&a->shared_names, key) != MAP_NONE;
    return *several ? INDEX_NONE : map_find(&a->by_name, key);
}
