/* SPDX-License-Identifier: Apache-2.0 */
/* The options that name a file to be written are a list; nothing else may be written. */
#include "confine.h"

#include "defray/language.h"
#include "defray/sandbox.h"

#include "actor.h"
#include "folder.h"

#include <stdio.h>

static const enum option_id written[] = {OPTION_OUTPUT, OPTION_LEDGER, OPTION_CERTIFICATE,
                                         OPTION_LOG};

static void
tell(const struct run *run, unsigned walls)
{
    static const struct {
        unsigned wall;
        const char *missing;
    } all[] = {
        {SANDBOX_WRITES,
         N_("the kernel has no Landlock: a hostile file that took hold of the program could "
            "write where you can")},
        {SANDBOX_NO_SOCKETS,
         N_("the kernel has no seccomp: a hostile file that took hold of the program could "
            "reach the network")  },
    };
    size_t standing = 0;
    for (size_t i = 0; i < ARRAY_COUNT(all); i++) {
        standing += (walls & all[i].wall) != 0;
        if ((walls & all[i].wall) == 0) {
            fprintf(stderr, "defray: %s\n", tr(run->language, all[i].missing));
        }
    }
    if (standing == ARRAY_COUNT(all)) {
        fprintf(stderr, "defray: %s\n",
                tr(run->language, "shut in: no network, no other program, and nothing is "
                                  "written but where you asked for it"));
    }
}

/* The folder that holds the file, or the folder that is still to be made. */
static struct text
holder(struct text path)
{
    while (path.size > 1 && path.data[path.size - 1] == '/') {
        path.size--;
    }
    return text_folder(path);
}

void
confine(struct run *run, const struct command *command)
{
    struct text_list folders = {0};
    for (size_t i = 0; i < ARRAY_COUNT(written); i++) {
        const struct text_list *paths = &run->options.values[written[i]];
        for (size_t j = 0; j < paths->count; j++) {
            *ARRAY_PUSH(run->keep, &folders) = holder(paths->items[j]);
        }
    }
    /* What a process that was stopped left half done in the ledger is undone by the next that opens
     * it, and be it only to look. */
    if (run->folder != NULL && run->folder->ledger.size > 0) {
        *ARRAY_PUSH(run->keep, &folders) = holder(run->folder->ledger);
    }
    if (command->makes_folder) {
        *ARRAY_PUSH(run->keep, &folders) = holder(run->options.operands.items[0]);
    }
    if (option_given(&run->options, OPTION_LEDGER)) {
        run->login = actor_login(run->keep);
    }
    unsigned walls = sandbox_enter(folders.items, folders.count);
    if (option_given(&run->options, OPTION_VERBOSE)) {
        tell(run, walls);
    }
}
