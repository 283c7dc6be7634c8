/* SPDX-License-Identifier: Apache-2.0 */
/* Which rules a simulation changes: those of the base against the rule file, those of a variant
 * against the base. A proposed rate is told as one, and not shown as if the authority had adopted
 * it. */
#include "defray/provision.h"

#include "forecast_parameters.h"

static const char *
value_of(struct arena *scratch, enum language language, const struct provision *provision)
{
    const char *days = provision_days(scratch, language, provision);
    const char *mark = provision->value[0] == '\0' || days[0] == '\0' ? "" : ", ";
    return arena_printf(scratch, "%s%s%s", provision->value, mark, days);
}

/* "Stipend, rate"; of what has no name of its own, its part of the rules: "Life". */
static const char *
name_of(struct arena *scratch, enum language language, const struct provision *provision)
{
    const char *subject = provision->subject;
    const char *mark = subject[0] == '\0' || provision->item[0] == '\0' ? "" : ", ";
    if (subject[0] == '\0' && provision->item[0] == '\0') {
        subject = section_label(language, provision->section);
    }
    return arena_printf(scratch, "%s%s%s", subject, mark, provision->item);
}

static void
tell_change(const struct telling *telling, struct arena scratch,
            const struct provision_change *change)
{
    enum language language = telling->whole->language;
    const struct provision *any = change->after == NULL ? change->before : change->after;
    struct fact fact = {
        .of = text_of(name_of(&scratch, language, any)),
        .value = value_of(&scratch, language, any),
        .basis = "",
    };
    if (change->after == NULL) {
        fact.value =
            arena_printf(&scratch, "%s%s%s", change_label(language, CHANGE_REMOVED),
                         tr(language, ": "), fact.value);
    } else {
        fact.basis = basis_text(&scratch, language, any->basis);
    }
    parameter_row(telling, scratch, &fact,
                  cell_worded(tr(language, N_("rule changed")), N_("rule changed")),
                  fact.basis[0] == '\0' || any->basis->source == NULL);
}

void
parameters_of_rules(struct telling *telling)
{
    enum language language = telling->whole->language;
    struct arena room = telling->scratch;
    const struct scenarios *scenarios = telling->whole->report->scenarios;
    const struct rules *than = telling->scenario->name.size == 0
                                   ? scenarios->as_filed
                                   : scenarios->items[0]->rules;
    if (than == NULL) {
        return;
    }
    struct provisions before = rules_provisions(&room, than, language);
    struct provisions after = rules_provisions(&room, telling->scenario->rules, language);
    struct provision_changes changes = provisions_compare(&room, &before, &after);
    for (size_t i = 0; i < changes.count; i++) {
        const struct provision_change *change = &changes.items[i];
        const struct provision *any =
            change->after == NULL ? change->before : change->after;
        if (any->section != SECTION_EXAMPLES && any->section != SECTION_SOURCES) {
            tell_change(telling, room, change);
        }
    }
}
