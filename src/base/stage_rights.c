/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may read an output: what file.h says. Where a file of its name was there, the mode and the
 * list of rights (POSIX ACL) that somebody gave it go over to the new one. What the program itself
 * gives to files that name nobody is nobody's decision, and is no reason to show names to all.
 */
#define _GNU_SOURCE 1

#include "stage_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define PUBLIC_MODE 0666
#define SHARED_MODE 0660 /* in a folder that its owner gave to a group */
#define OWN_MODE    0600
#define LIST        "system.posix_acl_access"
#define LIST_BYTES  8192 /* a thousand people; a longer one is not kept */

enum list { LIST_NONE, LIST_KEPT, LIST_LOST };

/* The list of the earlier file becomes the new one's; one that the folder gave it goes. */
static enum list
keep_list(const struct staged_entry *entry)
{
    char list[LIST_BYTES];
    int earlier = openat(entry->folder, entry->name,
                         O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (earlier < 0) {
        return LIST_LOST;
    }
    ssize_t size = fgetxattr(earlier, LIST, list, sizeof list);
    bool none = size < 0 && (errno == ENODATA || errno == EOPNOTSUPP);
    (void)close(earlier);
    if (size >= 0 &&
        fsetxattr(entry->file.descriptor, LIST, list, (size_t)size, 0) == 0) {
        return LIST_KEPT;
    }
    bool bare = fremovexattr(entry->file.descriptor, LIST) == 0 || errno == ENODATA ||
                errno == EOPNOTSUPP;
    return none && bare ? LIST_NONE : LIST_LOST;
}

/* The mode that somebody gave the earlier file; false if there is none. Its bits for the group were
 * meant for its own group, and with a list they are what the list gives at most. */
static bool
mode_kept(const struct staged_entry *entry, mode_t mask, mode_t *out)
{
    struct stat earlier;
    struct stat own;
    if (fstatat(entry->folder, entry->name, &earlier, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(earlier.st_mode) || fstat(entry->file.descriptor, &own) != 0) {
        return false;
    }
    enum list list = keep_list(entry);
    if (list == LIST_NONE && (earlier.st_mode & ALLPERMS) == (PUBLIC_MODE & ~mask)) {
        return false;
    }
    bool group = own.st_gid == earlier.st_gid && list != LIST_LOST;
    *out = earlier.st_mode & (group ? PUBLIC_MODE : PUBLIC_MODE & ~S_IRWXG);
    return true;
}

bool
stage_give_rights(const struct staged_entry *entry)
{
    struct stat folder;
    mode_t mask = umask(077);
    umask(mask);
    mode_t mode = OWN_MODE;
    if (entry->file.public && !entry->file.confidential) {
        mode = PUBLIC_MODE & ~mask;
    } else if (!entry->file.confidential && !mode_kept(entry, mask, &mode)) {
        bool shared =
            fstat(entry->folder, &folder) == 0 && (folder.st_mode & S_ISGID) != 0;
        mode = (shared ? SHARED_MODE : OWN_MODE) & ~mask;
    }
    return fchmod(entry->file.descriptor, mode) == 0;
}
