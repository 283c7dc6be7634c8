/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of rules made in a test. */
#include "rules_place.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct rules_place
place_new(char *template)
{
    struct rules_place place = {.keep = arena_reserve((size_t)1 << 22)};
    ck_assert_ptr_nonnull(mkdtemp(template));
    place.folder = template;
    ck_assert_int_eq(mkdir(arena_printf(&place.keep, "%s/common", template), 0700), 0);
    return place;
}

void
place_drop(struct rules_place *place)
{
    for (size_t i = 0; i < place->count; i++) {
        (void)unlink(place->paths[i]);
    }
    (void)rmdir(arena_printf(&place->keep, "%s/common", place->folder));
    (void)rmdir(place->folder);
}

void
place_put(struct rules_place *place, const char *name, const char *text)
{
    ck_assert_uint_lt(place->count, ARRAY_COUNT(place->paths));
    snprintf(place->paths[place->count], sizeof place->paths[0], "%s/common/%s",
             place->folder, name);
    FILE *file = fopen(place->paths[place->count++], "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

struct probe
place_load_text(struct rules_place *place, const char *text)
{
    const char *path = arena_printf(&place->keep, "%s/probe.cfg", place->folder);
    return probe_load(text_of(path), text_of(text));
}

struct probe
place_load(struct rules_place *place, const char *series)
{
    return place_load_text(place,
                           probe_edit(&place->keep, probe_rules, "\"smic\"", series));
}
