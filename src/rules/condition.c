/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the evidence of a verdict is such as the rules take. */
#include "defray/condition.h"

#include <string.h>

bool
evidence_month_parse(struct text month, int *out)
{
    char first[sizeof "2026-03-01"];
    struct date date;
    if (month.size != sizeof "2026-03" - 1) {
        return false;
    }
    memcpy(first, month.data, month.size);
    memcpy(first + month.size, "-01", sizeof "-01");
    if (!date_parse_iso(text_of(first), &date)) {
        return false;
    }
    *out = date_month_index(date);
    return true;
}

enum evidence_fault
evidence_fault(struct arena scratch, const struct means_condition *test,
               const struct evidence *evidence, struct date day)
{
    int month = 0;
    bool accepted = evidence->method.size == 0;
    for (size_t i = 0; i < test->method_count && !accepted; i++) {
        accepted = text_folds_equal(scratch, test->methods[i], evidence->method);
    }
    if (!accepted) {
        return EVIDENCE_METHOD;
    }
    bool aged = test->age_months_max > 0 && evidence_month_parse(evidence->month, &month);
    return aged && date_month_index(day) > month + test->age_months_max ? EVIDENCE_AGE
                                                                        : EVIDENCE_FIT;
}

const char *
means_methods_text(struct arena *keep, const struct means_condition *test)
{
    const char *list = "";
    for (size_t i = 0; i < test->method_count; i++) {
        list = arena_printf(keep, "%s%s%.*s", list, i == 0 ? "" : ", ",
                            TEXT_ARG(test->methods[i]));
    }
    return list;
}
