/* SPDX-License-Identifier: Apache-2.0 */
/* From the same lists as parsing and help, so that nothing can be forgotten. */
#include "listing.h"

#include "defray/output.h"

#include "commands.h"
#include "rule_files.h"

#include <stdio.h>

static void
print_options(const char *owner, const char *verb, uint64_t taken)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        enum option_id id = (enum option_id)i;
        if ((taken & OPTION_BIT(i)) != 0) {
            printf("option\t%s%s%s\t--%s\t%s\n", owner, verb[0] == '\0' ? "" : " ", verb,
                   option_name(id), option_argument(id));
        }
        if ((taken & OPTION_BIT(i)) != 0 && option_letter(id) != 0) {
            printf("option\t%s%s%s\t-%c\t%s\n", owner, verb[0] == '\0' ? "" : " ", verb,
                   option_letter(id), option_argument(id));
        }
    }
}

static void
print_command(const struct command *command)
{
    printf("command\t%s\n", command->name);
    uint64_t taken = command_takes(command);
    uint64_t of_all_verbs = WITH_COMMON | (taken & WITH(FOLDER));
    print_options(command->name, "", taken);
    struct command_verb verb = {0};
    for (size_t i = 0; command->verb_at != NULL && command->verb_at(i, &verb); i++) {
        printf("verb\t%s\t%s\n", command->name, verb.word);
        print_options(command->name, verb.word, verb.takes | of_all_verbs);
    }
}

void
listing_print(struct run *run)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        print_command(commands[i]);
    }
    const struct output *output = NULL;
    for (size_t i = 0; (output = output_at(i)) != NULL; i++) {
        printf("extension\t%s\n", output->extension);
    }
    struct text_list rules = rule_files_find(run);
    for (size_t i = 0; i < rules.count; i++) {
        printf("rules\t%.*s\n", TEXT_ARG(rules.items[i]));
    }
    for (int i = 0; i < CODE_COUNT; i++) {
        printf("code\t%s\n", code_page((enum code)i)->id);
    }
}
