/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a scenario: refused with messages, or read whole, its numbers in their bounds. */
#include "defray/scenarios.h"

#include "support/fuzzed.h"

#include <assert.h>

#define INPUT_MAX 32768 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_share(const struct parameter *share)
{
    assert(!share->given || (share->value.num >= 0 && share->value.den > 0 &&
                             share->value.num <= share->value.den));
}

static void
check_scenario(const struct scenario *scenario)
{
    uint64_t people = 0;
    assert(scenario->rules != NULL);
    assert(scenario->group_count <= SCENARIO_GROUPS_MAX);
    for (size_t i = 0; i < scenario->group_count; i++) {
        const struct group *group = &scenario->groups[i];
        people += group->members;
        check_share(&group->presence);
        check_share(&group->drop_out);
        check_share(&group->replaced);
        check_share(&group->excused);
        check_share(&group->takes_up);
        check_share(&group->passes);
    }
    assert(people <= SCENARIO_PEOPLE_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct text folders[] = {STR_INIT("rules")};
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct diag *diag = diag_new(&keep, LANGUAGE_FR);
    struct text given = text_copy(&keep, (struct text){(const char *)bytes, size});
    struct input *input = input_of(&keep, STR("scenario.cfg"), given);
    const struct scenarios *read = scenarios_read(&keep, input, folders, 1, diag);
    assert((read == NULL) == (diag_errors(diag) > 0));
    for (size_t i = 0; read != NULL && i < read->count; i++) {
        check_scenario(read->items[i]);
    }
    fuzzed_check_said(diag);
    fuzzed_end(start);
    return 0;
}
