/* SPDX-License-Identifier: Apache-2.0 */
/* The reasons as they are said to the member, who knows neither tables nor columns: why, where the
 * office's own words would not do, and what to do. */
#include "statement_parts.h"

static const struct advice {
    const char *says, *settles;
} advices[REASON_COUNT] = {
#define ADVICE(reason, says, settles) [REASON_##reason] = {says, settles},
#include "advice.def"
#undef ADVICE
};

const char *
advice_reason(struct arena *keep, enum language language, const struct line *line)
{
    const char *says = advices[line->reason].says;
    bool own = line->own_words.fr.size > 0 || line->own_words.en.size > 0;
    return says == NULL || says[0] == '\0' || own ? line_reason(keep, language, line)
                                                  : tr(language, says);
}

const char *
advice_of(enum language language, enum reason reason)
{
    const char *settles = advices[reason].settles;
    return settles == NULL || settles[0] == '\0' ? "" : tr(language, settles);
}
