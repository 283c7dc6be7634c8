/* SPDX-License-Identifier: Apache-2.0 */
/* One provision as a person reads it. */
#include "defray/provision.h"

const char *
provision_days(struct arena *keep, enum language language,
               const struct provision *provision)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    char day[DATE_TEXT_MAX];
    if (!provision->dated) {
        return "";
    }
    date_text(provision->during.from, from);
    const char *days = date_is_open(provision->during.to)
                           ? arena_printf(keep, tr(language, N_("from %s on")), from)
                           : arena_printf(keep, tr(language, N_("from %s to %s")), from,
                                          date_text(provision->during.to, to));
    if (date_is_open(provision->during.to) && !date_is_none(provision->checked_on)) {
        days = arena_printf(keep, tr(language, N_("%s, checked on %s")), days,
                            date_text(provision->checked_on, day));
    }
    if (date_is_none(provision->adopted)) {
        return days;
    }
    return arena_printf(keep,
                        provision->retroactive
                            ? tr(language, N_("%s, adopted on %s for days gone by"))
                            : tr(language, N_("%s, adopted on %s")),
                        days, date_text(provision->adopted, day));
}

const char *
basis_text(struct arena *keep, enum language language, const struct basis *basis)
{
    if (basis == NULL) {
        return "";
    }
    if (basis->source == NULL) {
        return arena_printf(keep, tr(language, N_("assumption: %.*s")),
                            TEXT_ARG(basis->assumption));
    }
    return TEXT_JOIN(keep, basis->source->id,
                     basis->article.size > 0 ? STR(", ") : STR(""), basis->article);
}

const char *
provision_text(struct arena *keep, enum language language,
               const struct provision *provision)
{
    const char *days = provision_days(keep, language, provision);
    const char *basis = basis_text(keep, language, provision->basis);
    const char *text =
        arena_printf(keep, "%s%s%s", provision->value, days[0] == '\0' ? "" : ", ", days);
    if (basis[0] != '\0') {
        text = arena_printf(keep, "%s [%s]", text, basis);
    }
    if (provision->basis != NULL && provision->basis->note.size > 0) {
        text = arena_printf(keep, "%s. %.*s", text, TEXT_ARG(provision->basis->note));
    }
    return text;
}
