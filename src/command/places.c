/* SPDX-License-Identifier: Apache-2.0 */
/* No prefix is compiled in: what is installed lies beside the program, in ../share. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "places.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder of the running program. */
static const char *
program_folder(struct arena *keep)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return ".";
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    return arena_printf(keep, "%s", path);
}

static const char *
asked_for(const char *variable)
{
    const char *asked = getenv(variable);
    return asked != NULL && asked[0] != '\0' ? asked : NULL;
}

const char *
places_catalogues(struct arena *keep)
{
    const char *asked = asked_for("DEFRAY_LOCALE");
    if (asked != NULL) {
        return asked;
    }
    /* The catalogue itself is looked for: /usr/bin/locale is a program. */
    const char *beside = program_folder(keep);
    const char *built = arena_printf(keep, "%s/locale", beside);
    return access(arena_printf(keep, "%s" FRENCH_CATALOGUE, built), R_OK) == 0
               ? built
               : arena_printf(keep, "%s/../share/locale", beside);
}

static void
add_existing(struct run *run, const char *path)
{
    char resolved[PATH_MAX];
    if (realpath(path, resolved) != NULL) {
        run->folders[run->folder_count++] = text_copy(run->keep, text_of(resolved));
    }
}

bool
places_hold(struct run *run)
{
    const char *asked = asked_for("DEFRAY_RULES");
    struct stat found;
    int error = asked != NULL && stat(asked, &found) != 0 ? errno : 0;
    if (asked == NULL || (error == 0 && S_ISDIR(found.st_mode))) {
        return true;
    }
    if (error == 0 || error == ENOENT || error == ENOTDIR) {
        return diag_error(run->diag, (struct where){0}, CODE_U018,
                          "DEFRAY_RULES is '%s', which is no folder", asked);
    }
    enum code code = error_is_of_the_machine(error) ? CODE_F008 : CODE_U018;
    return diag_error(run->diag, (struct where){0}, code,
                      "DEFRAY_RULES is '%s', which cannot be read: %s", asked,
                      tr_errno(run->language, error));
}

void
places_find_rules(struct run *run)
{
    const char *asked = asked_for("DEFRAY_RULES");
    if (asked != NULL) {
        run->folders[run->folder_count++] = text_of(asked);
    }
    const char *beside = program_folder(run->keep);
    add_existing(run, arena_printf(run->keep, "%s/../share/defray/rules", beside));
    /* A program run where it was built goes with the rules it was built with. */
    add_existing(run, arena_printf(run->keep, "%s/../rules", beside));
    run->folders[run->folder_count++] = STR("rules");
}
