/* SPDX-License-Identifier: Apache-2.0 */
/* What lies beside the month's sheets and claims and is not read: a table under another name or of
 * another format, a folder of them. Somebody put it there to be paid. */
#include "folder.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define DEPTH_MAX 8 /* of folders in folders */

static const struct where command_line = {0};

static bool
ends_like(struct text name, const char *end)
{
    size_t size = strlen(end);
    return name.size > size && strncasecmp(name.data + name.size - size, end, size) == 0;
}

/* Scans, photographs, mails and letters: receipts, signed sheets, notes kept beside the table. */
static bool
is_paper(struct text name)
{
    static const char *const ends[] = {".pdf",  ".jpg", ".jpeg", ".png",  ".gif", ".tif",
                                       ".tiff", ".bmp", ".webp", ".heic", ".eml", ".msg",
                                       ".odt",  ".doc", ".rtf",  ".docx", ".md"};
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
        if (ends_like(name, ends[i])) {
            return true;
        }
    }
    return false;
}

/* What programs leave beside a file, and nobody has put there. */
static bool
is_left_by_programs(struct text name)
{
    return name.data[0] == '.' || name.data[0] == '~' ||
           name.data[name.size - 1] == '~' || text_equals(name, STR("Thumbs.db")) ||
           text_equals(name, STR("desktop.ini"));
}

static bool
is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* Whether something in it may be a table. What cannot be looked at may be. */
static bool
may_hold_table(struct arena scratch, const char *path, int depth)
{
    struct file_names names = {0};
    bool may = depth == 0 || file_names_in(&scratch, path, &names) != 0;
    for (size_t i = 0; i < names.count && !may; i++) {
        struct text name = names.items[i];
        struct arena one = scratch;
        const char *inner = arena_printf(&one, "%s/%.*s", path, TEXT_ARG(name));
        if (!is_left_by_programs(name)) {
            may = is_folder(inner) ? may_hold_table(one, inner, depth - 1)
                                   : !is_paper(name);
        }
    }
    return may;
}

static bool
is_stray(struct arena scratch, struct text name, const char *path)
{
    if (is_left_by_programs(name)) {
        return false;
    }
    if (is_folder(path)) {
        return may_hold_table(scratch, path, DEPTH_MAX);
    }
    return !is_paper(name) && !folder_is_month_table(name) &&
           !folder_is_empty_form(&scratch, text_of(path));
}

static void
add_strays(struct arena *keep, struct text inside, struct file_names *strays)
{
    struct file_names names = {0};
    if (inside.size > 0) {
        (void)file_names_in(keep, text_string(keep, inside), &names);
    }
    for (size_t i = 0; i < names.count; i++) {
        struct text name = names.items[i];
        const char *path =
            arena_printf(keep, "%.*s/%.*s", TEXT_ARG(inside), TEXT_ARG(name));
        if (is_stray(*keep, name, path)) {
            *ARRAY_PUSH(keep, strays) =
                text_of(is_folder(path) ? arena_printf(keep, "%s/", path) : path);
        }
    }
}

struct file_names
folder_strays(struct arena *keep, const struct folder *folder)
{
    struct file_names strays = {0};
    add_strays(keep, folder->attendance, &strays);
    if (!text_equals(folder->attendance, folder->expenses)) {
        add_strays(keep, folder->expenses, &strays);
    }
    return strays;
}

static bool
is_told(const struct run *run, struct text stray)
{
    return !folder_is_typed(run, OPTION_ATTENDANCE, stray) &&
           !folder_is_typed(run, OPTION_EXPENSES, stray);
}

void
folder_tell_strays(struct run *run, const struct folder *folder)
{
    struct file_names strays = folder_strays(run->keep, folder);
    for (size_t i = 0; i < strays.count; i++) {
        struct text stray = strays.items[i];
        if (is_told(run, stray) && text_ends_with(stray, STR("/"))) {
            diag_warning(
                run->diag, command_line, CODE_F012,
                "nothing in the folder '%.*s' is read: tables lie beside it, each "
                "named after its month",
                TEXT_ARG(stray));
        } else if (is_told(run, stray)) {
            diag_warning(
                run->diag, command_line, CODE_F012,
                "'%.*s' is not read: its name begins with no month, or it is not "
                "a CSV, .xlsx or .ods",
                TEXT_ARG(stray));
        }
    }
}
