/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a rule file: refused with messages, or loaded; never anything else. What
 * the pre-scan lets through is a file that libconfig reads. */
#include "defray/provision.h"

#include "../../src/rules/loader.h"
#include "support/fuzzed.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Rules that hold can be told, and seen as they were known on any day. */
static void
tell(struct arena *keep, const struct rules *rules, struct diag *diag)
{
    for (int day = 16000; day < 22000; day += 500) {
        struct arena scratch = *keep;
        const struct rules *view =
            rules_as_known(&scratch, rules, (struct date){day}, NULL, 0, diag);
        if (view == NULL || diag_errors(diag) > 0) {
            abort();
        }
        struct provisions old = rules_provisions(&scratch, view, LANGUAGE_EN);
        struct provisions new = rules_provisions(&scratch, rules, LANGUAGE_EN);
        (void)provisions_compare(&scratch, &old, &new);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena whole = fuzzed_begin();
    struct arena keep = whole;
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct text bytes = text_copy(&keep, (struct text){(const char *)data, size});
    struct input *input = input_of(&keep, STR("rules/fuzz.cfg"), bytes);
    const struct rules *rules = rules_read(&keep, input, NULL, 0, diag);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (filed[i].code == CODE_R016) {
            abort();
        }
    }
    if ((rules == NULL) != (diag_errors(diag) > 0)) {
        abort();
    }
    if (rules != NULL) {
        tell(&keep, rules, diag);
    }
    fuzzed_end(whole);
    return 0;
}
