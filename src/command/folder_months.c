/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets and the claims of a working folder, each named after its month. */
#include "folder.h"

#include <string.h>
#include <strings.h>

#define MONTH_BYTES 7 /* of "2026-03" */

/* Whether the name ends like one of the tables that can be read. */
static bool
is_table(struct text name)
{
    static const char *const ends[] = {".xlsx", ".ods", ".csv", ".tsv"};
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
        size_t size = strlen(ends[i]);
        if (name.size > size &&
            strncasecmp(name.data + name.size - size, ends[i], size) == 0) {
            return name.data[0] != '.' && name.data[0] != '~';
        }
    }
    return false;
}

bool
folder_month_of(struct text path, struct period *month)
{
    struct text name = text_file_name(path);
    return name.size > MONTH_BYTES &&
           period_parse((struct text){name.data, MONTH_BYTES}, month);
}

/* Whether a name begins with a month that the period touches. */
static bool
is_of_period(struct text name, struct period period)
{
    struct period month;
    return folder_month_of(name, &month) && period_overlaps(month, period);
}

bool
folder_is_month_table(struct text name)
{
    struct period month;
    return is_table(name) && folder_month_of(name, &month);
}

struct file_names
folder_months(struct arena *keep, struct text inside, struct period period)
{
    struct file_names names = {0};
    struct file_names files = {0};
    if (inside.size > 0) {
        (void)file_names_in(keep, text_string(keep, inside), &names);
    }
    for (size_t i = 0; i < names.count; i++) {
        struct text name = names.items[i];
        if (is_table(name) && is_of_period(name, period)) {
            *ARRAY_PUSH(keep, &files) = text_of(
                arena_printf(keep, "%.*s/%.*s", TEXT_ARG(inside), TEXT_ARG(name)));
        }
    }
    return files;
}

bool
folder_is_listed(struct run *run, struct text inside)
{
    struct file_names names = {0};
    int error = inside.size == 0
                    ? 0
                    : file_names_in(run->keep, text_string(run->keep, inside), &names);
    if (error == 0) {
        return true;
    }
    return diag_error(run->diag, (struct where){0},
                      error_is_of_the_machine(error) ? CODE_F008 : CODE_F015,
                      "the folder '%.*s', which defray.cfg names, cannot be read: %s",
                      TEXT_ARG(inside), tr_errno(run->language, error));
}
