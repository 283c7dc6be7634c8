/* SPDX-License-Identifier: Apache-2.0 */
/* What the process may no longer do once its command line is known. */
#ifndef DEFRAY_CONFINE_H
#define DEFRAY_CONFINE_H

#include "run.h"

/* Shuts the process in: see sandbox.h. Files can be written only in the folders that the command
 * line names for it, or where the command makes one. With --verbose, says what the kernel cannot
 * do. Looks the user's login up first, since that may ask a server. */
void confine(struct run *run, const struct command *command);

#endif
