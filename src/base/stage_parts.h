/* SPDX-License-Identifier: Apache-2.0 */
/* What stage.c (opening, writing) and stage_publish.c share. */
#ifndef DEFRAY_STAGE_PARTS_H
#define DEFRAY_STAGE_PARTS_H

#include "defray/file.h"
#include "defray/map.h"

#include <sys/types.h>

#define STAGE_PREFIX ".defray-"
#define STAGE_NAME   64 /* ".defray-<pid>-<n>.tmp" and a NUL */

/* A folder that files are staged in, open as long as the stage. */
struct staged_folder {
    int descriptor;
    dev_t device;
    ino_t inode;
    struct map names; /* of the files to be, so that none comes twice */
    bool synced;
};
struct staged_folders ARRAY_OF(struct staged_folder *);

/* One staged file and all that is known of it. Names lie in its folder. */
struct staged_entry {
    struct staged file;
    struct staged_folder *in;
    int folder;                 /* its descriptor */
    const char *name;           /* last part of the target */
    char temporary[STAGE_NAME]; /* the file's own name for now, or "" */
    char backup[STAGE_NAME];    /* the earlier file's second name, or "" */
    bool exchanged;  /* the earlier file cannot have two names: it changes names */
    bool moved_away; /* the earlier file has only its backup name */
    bool renamed;    /* the new file has its target's name */
};

struct staged_entries ARRAY_OF(struct staged_entry *);

struct stage {
    struct arena *keep;
    struct staged_entries entries;
    struct staged_folders folders;
    unsigned names; /* numbers given out */
};

/* The mode, and the list of rights, that the file will have. False with errno set. */
bool stage_give_rights(const struct staged_entry *entry);

/* The steps that a parked file takes early: mode and bytes on the disk, a temporary name, closed.
 * Each false with errno set. */
bool stage_settle(struct stage *stage, struct staged_entry *entry);
bool stage_name_temporary(struct stage *stage, struct staged_entry *entry);
bool stage_close_file(struct stage *stage, struct staged_entry *entry);

/* Writes the next name of this process: ".defray-<pid>-<n>.<ending>". */
void stage_next_name(struct stage *stage, const char *ending, char out[STAGE_NAME]);

#endif
