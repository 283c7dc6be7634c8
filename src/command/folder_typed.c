/* SPDX-License-Identifier: Apache-2.0 */
/* A month's tables of which one was typed. It stands in the place of its own file; the others of
 * the month were not meant to be lost by it: that would not be paid, or be taken back. */
#define _XOPEN_SOURCE 700 /* st_ino */

#include "folder.h"

#include <sys/stat.h>

static const struct where command_line = {0};

/* Whether two paths lead to one file, or to one folder. */
static bool
is_same(struct arena scratch, struct text a, struct text b)
{
    struct stat one;
    struct stat other;
    return stat(text_string(&scratch, a), &one) == 0 &&
           stat(text_string(&scratch, b), &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* Without the "#Sheet" behind it. */
static struct text
path_of(struct arena scratch, struct text typed)
{
    return (struct text){typed.data, run_sheet_mark(scratch, typed)};
}

bool
folder_is_typed(const struct run *run, enum option_id option, struct text path)
{
    const struct text_list *list = &run->options.values[option];
    bool typed = false;
    for (size_t i = 0; i < list->count && !typed; i++) {
        typed = is_same(*run->keep, path_of(*run->keep, list->items[i]), path);
    }
    return typed;
}

void
folder_join_typed(struct run *run, enum option_id option, struct text inside,
                  const struct file_names *months)
{
    struct arena scratch = *run->keep;
    struct text_list *list = &run->options.values[option];
    size_t typed = list->count;
    bool within = false;
    for (size_t i = 0; i < typed && months->count > 0; i++) {
        struct text path = path_of(scratch, list->items[i]);
        within = is_same(scratch, text_folder(path), inside) || within;
    }
    for (size_t i = 0; i < months->count; i++) {
        bool given = false;
        for (size_t j = 0; j < typed && !given; j++) {
            given = is_same(*run->keep, path_of(*run->keep, list->items[j]),
                            months->items[i]);
        }
        if (!given && within) {
            *ARRAY_PUSH(run->keep, list) = months->items[i];
        } else if (!given) {
            diag_warning(run->diag, command_line, CODE_F013,
                         "'%.*s' is not read: another table was typed in its place",
                         TEXT_ARG(months->items[i]));
        }
    }
}
