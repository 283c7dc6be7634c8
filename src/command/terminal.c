/* SPDX-License-Identifier: Apache-2.0 */
/* A line on the terminal for work longer than half a second, wiped when the work is done; columns
 * of what is printed; and names with blanks in commands that somebody is to type. */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define QUIET_NANOSECONDS INT64_C(500000000)

struct clockwork {
    struct progress progress;
    int64_t started;
    enum language language;
    bool shown;
};

static int64_t
now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
show(struct progress *progress, const char *what, uint64_t done, uint64_t total)
{
    struct clockwork *clockwork = progress->context;
    if (now() - clockwork->started < QUIET_NANOSECONDS) {
        return;
    }
    clockwork->shown = true;
    const char *said = tr(clockwork->language, what);
    if (total == 0) {
        fprintf(stderr, "\r%s %llu\033[K", said, (unsigned long long)done);
    } else {
        fprintf(stderr, "\r%s %llu %%\033[K", said,
                (unsigned long long)(done * 100 / total));
    }
    fflush(stderr);
}

/* A terminal that understands the few marks we send. */
static bool
is_capable(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && kind != NULL && kind[0] != '\0' &&
           strcmp(kind, "dumb") != 0;
}

bool
terminal_takes_colour(void)
{
    const char *refused = getenv("NO_COLOR");
    return is_capable() && (refused == NULL || refused[0] == '\0');
}

struct progress *
terminal_progress(struct arena *keep, enum language language)
{
    if (!is_capable()) {
        return NULL;
    }
    struct clockwork *clockwork = NEW(keep, struct clockwork);
    clockwork->progress = (struct progress){show, clockwork};
    clockwork->started = now();
    clockwork->language = language;
    return &clockwork->progress;
}

void
terminal_progress_done(struct progress *progress)
{
    if (progress != NULL && ((struct clockwork *)progress->context)->shown) {
        fprintf(stderr, "\r\033[K");
        fflush(stderr);
    }
}

static bool
is_plain_word(struct text name)
{
    static const char plain[] = "._-/+,:@%=";
    bool is = name.size > 0 && name.data[0] != '-';
    for (size_t i = 0; i < name.size && is; i++) {
        char c = name.data[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        is = letter || is_digit(c) || (unsigned char)c > 0x7F || strchr(plain, c) != NULL;
    }
    return is;
}

const char *
typed_word(struct arena *keep, struct text name)
{
    if (is_plain_word(name)) {
        return text_string(keep, name);
    }
    const char *typed = "'";
    for (size_t i = 0; i < name.size;
         i++) { /* a quote ends what is quoted, and stands apart */
        typed = name.data[i] == '\'' ? arena_printf(keep, "%s'\\''", typed)
                                     : arena_printf(keep, "%s%c", typed, name.data[i]);
    }
    return arena_printf(keep, "%s'", typed);
}

void
put_left(FILE *out, const char *text, size_t width)
{
    size_t seen = text_characters(text_of(text));
    fprintf(out, "%s%*s", text, seen < width ? (int)(width - seen) : 0, "");
}

void
put_right(FILE *out, const char *text, size_t width)
{
    size_t seen = text_characters(text_of(text));
    fprintf(out, "%*s%s", seen < width ? (int)(width - seen) : 1, "", text);
}
