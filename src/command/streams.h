/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Standard output and error: closed, full, or a pipe that nobody reads any more. What could
 * not be said never ends with status 0; a reader who has read enough is no fault.
 */
#ifndef DEFRAY_STREAMS_H
#define DEFRAY_STREAMS_H

#include "run.h"

/* Before anything is opened: no file of ours takes the number of a closed stream, and what is
 * said to a closed one fails. */
void streams_start(struct arena *keep);
/* What waits to be said on standard output is not so: it is not said. */
void streams_forget(void);
/* After everything was said: the status given, or that of a failed machine. */
enum exit_status streams_close(const struct run *run, enum exit_status status);

#endif
