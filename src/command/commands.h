/* SPDX-License-Identifier: Apache-2.0 */
/* All the commands, in the order in which help lists them. */
#ifndef DEFRAY_COMMANDS_H
#define DEFRAY_COMMANDS_H

#include "options.h"

enum {
#define COMMAND(name) COMMAND_##name,
#include "commands.def"
#undef COMMAND
    COMMAND_COUNT
};

extern const struct command *const commands[COMMAND_COUNT];

#endif
