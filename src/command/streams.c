/* SPDX-License-Identifier: Apache-2.0 */
/* Whether what was said was heard, told once at the end. */
#include "streams.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <unistd.h>

#define OUTPUT_BYTES ((size_t)1 << 20)

void
streams_start(struct arena *keep)
{
    signal(SIGPIPE, SIG_IGN);
    /* Opened for reading, so that writing fails as it would have. */
    int descriptor = open("/dev/null", O_RDONLY);
    while (descriptor >= 0 && descriptor <= STDERR_FILENO) {
        descriptor = dup(descriptor);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    /* A terminal gets the same order as a pipe: messages first, and the summary last, when the
     * line of progress is wiped. */
    setvbuf(stdout, arena_room(keep, OUTPUT_BYTES), _IOFBF, OUTPUT_BYTES);
}

void
streams_forget(void)
{
    __fpurge(stdout);
}

/* A pipe whose reader has gone: `| head -1`. */
static bool
has_no_reader(int descriptor)
{
    struct pollfd polled = {.fd = descriptor, .events = POLLOUT};
    return poll(&polled, 1, 0) == 1 && (polled.revents & POLLERR) != 0;
}

static bool
was_heard(FILE *stream)
{
    bool written = fflush(stream) == 0 && ferror(stream) == 0;
    return written || has_no_reader(fileno(stream));
}

enum exit_status
streams_close(const struct run *run, enum exit_status status)
{
    enum language language = run->language;
    bool left_something = run->recorded || run->made ||
                          option_given(&run->options, OPTION_OUTPUT) ||
                          option_given(&run->options, OPTION_CERTIFICATE) ||
                          option_given(&run->options, OPTION_LOG);
    bool heard = was_heard(stdout);
    if (!heard && status <= EXIT_WAITING) {
        fprintf(
            stderr, "defray: %s\n",
            run->recorded ? tr(language, "error: this is recorded, but standard output "
                                         "could not be written")
            : left_something
                ? tr(language, "error: the files are written, but the summary could not "
                               "be printed on standard output")
                : tr(language, "error: standard output could not be written: it is "
                               "closed, or its disk is full"));
    }
    heard = was_heard(stderr) && heard;
    if (heard || status > EXIT_WAITING) {
        return status;
    }
    return left_something ? EXIT_RECORDED : EXIT_MACHINE;
}
