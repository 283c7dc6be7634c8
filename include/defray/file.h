/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files read and files written. An input is read whole, once: the bytes hashed
 * are the bytes parsed. An output is staged beside its target, and all outputs
 * of a run appear together at the end or not at all.
 */
#ifndef DEFRAY_FILE_H
#define DEFRAY_FILE_H

#include "defray/diag.h"
#include "defray/digest.h"
#include "defray/text.h"

#include <stdbool.h>
#include <stdio.h>

/* Which fields of a line may be quoted, once the header of a table is known: not those that nobody
 * reads, nor what is said of a person in words. */
struct quotable {
    const bool *fields; /* NULL: all of them */
    size_t count;       /* past it none may be */
    char separator;
    uint32_t header; /* the line that names them, which may be quoted whole */
};

/* What shows, without reading it, that a file is no longer the one that was read. */
struct file_stamp {
    const char *path; /* as it was opened; NULL: of what lies in memory only */
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds; /* of the last change of its bytes */
};

/* A file given to the program. */
struct input {
    struct text path;  /* as given; what messages and `at` print */
    struct text bytes; /* as read, to the end of the run */
    struct text utf8; /* what messages quote: the bytes as UTF-8 once decoded, or empty */
    struct digest digest;
    bool confidential; /* its lines are never quoted */
    bool guessable;    /* so little is in it that its digest would let it be guessed */
    struct quotable quotable;
    struct text sheet; /* of a workbook: places print as "x.xlsx[Sheet!D14]" */
    struct file_stamp stamp;
};

/* Whether the machine is at fault (an errno), and not the name or the rights of a file. */
bool error_is_of_the_machine(int error);
/* The names in a folder but for "." and "..", hidden ones too, by bytes. 0, or the errno for which
 * they are not all known. */
struct file_names ARRAY_OF(struct text);
int file_names_in(struct arena *keep, const char *folder, struct file_names *out);
/* Reads a regular file of at most `bytes_max`. NULL after a diagnostic (F001 not
 * found or unreadable, F002 not a regular file, F003 too large, F016 saved meanwhile). */
struct input *input_read(struct arena *keep, struct text path, size_t bytes_max,
                         bool confidential, struct diag *diag);
/* Whether the file is still the one that was read; false after a diagnostic (F016). */
bool input_stands(const struct input *input, struct diag *diag);
/* An input that lies in memory already (tests, examples). */
struct input *input_of(struct arena *keep, struct text path, struct text bytes);

/*
 * Staged outputs. Between stage_open and stage_publish the file has no name of
 * its own, or one that starts with ".defray-" and goes with the process; it has
 * mode 0600 until published. Then, less the umask: what names nobody, 0666. What names people,
 * 0600; in a folder that its owner shares with a group (its set-group-ID bit), 0660 of that group;
 * where a file of the name was there, the mode and the list of rights (ACL) that somebody gave it,
 * if the group is the same. A mode as of what names nobody is nobody's gift. What is confidential,
 * 0600 always.
 */
struct stage;
struct staged {
    const char *target; /* the name it will have */
    const char *path;   /* a path under which it can be opened now */
    int descriptor;
    bool confidential; /* to be set by whoever writes: for its owner's eyes only */
    bool public;       /* the same: it names nobody */
    bool
        fresh; /* the same: written over nobody's work; its name is free, or its bytes are there */
};

struct stage *stage_new(struct arena *keep);
/* Opens a staged file beside `target`. NULL after a diagnostic (F004: folder missing,
 * read-only, no space …). */
struct staged *stage_open(struct stage *stage, const char *target, struct diag *diag);
/* Writes all bytes; false after a diagnostic (F005). */
bool staged_write(struct staged *file, struct text bytes, struct diag *diag);
/* The file opened last is whole: it gets a hidden name and is closed, so that a stage of many files
 * does not hold them all open. False after a diagnostic (F005). */
bool stage_park(struct stage *stage, struct staged *file, struct diag *diag);
/* What was written, read again under the name it will have; never quoted. NULL after a
 * diagnostic. */
struct input *staged_read(struct arena *keep, const struct staged *file, size_t bytes_max,
                          struct diag *diag);
/* Syncs every staged file, gives each its name, syncs the folders. When one fails,
 * earlier files of those names are untouched or put back, and the result is
 * false after a diagnostic. */
bool stage_publish(struct stage *stage, struct diag *diag);
/* The folder that holds a new name of a folder learns it for good, as far as it can: what bears the
 * name is whole either way. */
void folder_sync_above(struct arena scratch, struct text path);
/* Removes whatever was staged and not published. */
void stage_discard(struct stage *stage);

#endif
