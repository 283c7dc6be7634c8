/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries that are loaded when something needs them, and the tables they are called through. */
#include "defray/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

/* Fills the table; false if a function is missing. */
static bool
fill(const struct library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++) {
        library->calls[i] = dlsym(handle, library->names[i]);
        if (library->calls[i] == NULL) {
            return false;
        }
    }
    return true;
}

/* As the loader does with its own table: what took hold of the program finds nothing to bend. */
static void
seal(const struct library *library)
{
    if (sysconf(_SC_PAGESIZE) <= LIBRARY_PAGE) {
        (void)mprotect(library->calls, library->size, PROT_READ);
    }
}

static bool
load(struct library *library)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        return false;
    }
    if (!fill(library, handle)) {
        (void)dlclose(handle);
        return false;
    }
    seal(library);
    library->loaded = true;
    return true;
}

bool
library_load(struct library *library, struct diag *diag)
{
    static pthread_mutex_t one_at_once = PTHREAD_MUTEX_INITIALIZER;
    if (library->loaded) {
        return true;
    }
    (void)pthread_mutex_lock(&one_at_once);
    bool loaded = library->loaded || load(library);
    (void)pthread_mutex_unlock(&one_at_once);
    if (!loaded && diag != NULL) {
        diag_error(diag, (struct where){0}, CODE_F010, "library '%s' could not be loaded",
                   library->file);
    }
    return loaded;
}
