/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the defray.cfg of a working folder: refused with messages, or names are read. */
#include "../../src/command/folder.h"

#include "support/fuzzed.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define INPUT_MAX 16384 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A folder with an empty defray.cfg, in memory where there is such a place. */
static const char *
place(void)
{
    static char made[64];
    if (made[0] == '\0') {
        const char *above = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "build";
        snprintf(made, sizeof made, "%s/defray-fuzz-%ld", above, (long)getpid());
        int result = mkdir(made, 0700);
        assert(result == 0);
    }
    return made;
}

static void
write_config(const char *path, const uint8_t *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert(file >= 0);
    ssize_t written = write(file, bytes, size);
    assert(written == (ssize_t)size);
    close(file);
}

static void
check_names(const struct folder *folder)
{
    const struct text names[] = {folder->members, folder->sessions, folder->attendance,
                                 folder->outputs, folder->rules};
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        assert(names[i].size > 0 && text_utf8_check(names[i]) == names[i].size);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct run run = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_FR)};
    const char *inside = place();
    const char *path = arena_printf(&keep, "%s/" FOLDER_CONFIG, inside);
    write_config(path, bytes, size);
    const struct folder *folder = folder_read(&run, text_of(inside));
    assert((folder == NULL) == (diag_errors(run.diag) > 0));
    if (folder != NULL) {
        check_names(folder);
    }
    fuzzed_check_said(run.diag);
    fuzzed_end(start);
    unlink(path);
    return 0;
}
