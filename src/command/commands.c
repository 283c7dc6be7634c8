/* SPDX-License-Identifier: Apache-2.0 */
/* The commands, out of their list; each is a file of its own. */
#include "commands.h"

#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

const struct command *const commands[COMMAND_COUNT] = {
#define COMMAND(name) &command_##name,
#include "commands.def"
#undef COMMAND
};
