/* SPDX-License-Identifier: Apache-2.0 */
/* The rule files of all folders, by id. */
#include "rule_files.h"

#include <stdlib.h>

static int
compare_names(const void *left, const void *right)
{
    return text_compare(*(const struct text *)left, *(const struct text *)right);
}

static bool
contains(const struct text_list *names, struct text id)
{
    for (size_t i = 0; i < names->count; i++) {
        if (text_equals(names->items[i], id)) {
            return true;
        }
    }
    return false;
}

struct text_list
rule_files_find(struct run *run)
{
    struct text_list names = {0};
    for (size_t i = 0; i < run->folder_count; i++) {
        struct file_names files = {0};
        (void)file_names_in(run->keep, text_string(run->keep, run->folders[i]), &files);
        for (size_t j = 0; j < files.count; j++) {
            struct text file = files.items[j];
            struct text extension = STR(".cfg");
            if (!text_ends_with(file, extension) || file.data[0] == '.') {
                continue;
            }
            struct text id = {file.data, file.size - extension.size};
            if (!contains(&names, id)) {
                *ARRAY_PUSH(run->keep, &names) = id;
            }
        }
    }
    if (names.count > 0) {
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    }
    return names;
}

/* Once, however many rule files share it. */
static void
enter(struct run *run, const struct input *input)
{
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (text_equals(run->inputs.items[i]->path, input->path)) {
            return;
        }
    }
    *ARRAY_PUSH(run->keep, &run->inputs) = input;
    run->rule_file_count++;
}

void
rule_files_enter(struct run *run, const struct rules *rules)
{
    enter(run, rules->file);
    for (size_t i = 0; i < rules->common_count; i++) {
        enter(run, rules->commons[i]);
    }
}
