/* SPDX-License-Identifier: Apache-2.0 */
/* How often the program asked again for what it had been refused once: told to whoever started it
 * through the file BEHIND, which holds a number. Where it is 0, a refusal for good is the same run. */
#ifndef DEFRAY_FAULTS_BEHIND_H
#define DEFRAY_FAULTS_BEHIND_H

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The number, at 0; NULL where nobody wants it. Asks the kernel itself for its page, so that nothing
 * that stands before libc's mmap counts it. */
static inline unsigned long *
behind_begin(void)
{
    const char *path = getenv("BEHIND");
    int file = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return NULL;
    }
    long page = syscall(SYS_mmap, NULL, sizeof(unsigned long), PROT_READ | PROT_WRITE,
                        MAP_SHARED, file, 0L);
    (void)close(file);
    if (page == -1) {
        _exit(99);
    }
    unsigned long *behind = (void *)page;
    *behind = 0;
    return behind;
}

#endif
