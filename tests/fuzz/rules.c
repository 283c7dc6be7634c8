/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a rule file: refused with messages, or loaded; never anything else. What
 * the pre-scan lets through is a file that libconfig reads. */
#include "../../src/rules/loader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena whole = arena_reserve((size_t)256 << 20);
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
    arena_release(whole);
    return 0;
}
