/* SPDX-License-Identifier: Apache-2.0 */
/* A failed check of the test library within a fuzz target is a crash: no runner is there to be
 * told. */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
_ck_assert_failed(const char *file, int line, const char *expression, const char *why,
                  ...)
{
    va_list arguments;
    va_start(arguments, why);
    fprintf(stderr, "%s:%d: %s: ", file, line, expression);
    if (why != NULL) {
        vfprintf(stderr, why, arguments);
    }
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

void
_mark_point(const char *file, int line)
{
    (void)file;
    (void)line;
}
