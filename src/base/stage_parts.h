/* SPDX-License-Identifier: Apache-2.0 */
/* What stage.c (opening, writing) and stage_publish.c share. */
#ifndef DEFRAY_STAGE_PARTS_H
#define DEFRAY_STAGE_PARTS_H

#include "defray/file.h"

#include <sys/types.h>

#define STAGE_PREFIX ".defray-"
#define STAGE_NAME   64 /* ".defray-<pid>-<n>.tmp" and a NUL */

/* One staged file and all that is known of it. Names lie in its folder. */
struct staged_entry {
    struct staged file;
    int folder; /* descriptor */
    dev_t folder_device;
    ino_t folder_inode;
    const char *name;           /* last part of the target */
    char temporary[STAGE_NAME]; /* the file's own name for now, or "" */
    char backup[STAGE_NAME];    /* the earlier file's second name, or "" */
    bool moved_away;            /* the earlier file has only its backup name */
    bool renamed;               /* the new file has its target's name */
};

struct staged_entries ARRAY_OF(struct staged_entry *);

struct stage {
    struct arena *keep;
    struct staged_entries entries;
    unsigned names; /* numbers given out */
};

/* Writes the next name of this process: ".defray-<pid>-<n>.<ending>". */
void stage_next_name(struct stage *stage, const char *ending, char out[STAGE_NAME]);

#endif
