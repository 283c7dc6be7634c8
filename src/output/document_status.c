/* SPDX-License-Identifier: Apache-2.0 */
/* The legal status of the scheme, as rows of two cells: when and what, then the text. */
#include "defray/status.h"

#include "document_parts.h"

/* "TA Poitiers, 13 mars 2025 [TA-2303524, rejet du déféré], 13/03/2025. Déféré rejeté." */
static const char *
status_basis(struct arena *keep, enum language language, const struct basis *basis)
{
    const char *text = basis_text(keep, language, basis);
    if (basis->source != NULL) {
        const char *day = shown_date(keep, language, basis->source->date);
        text = arena_printf(keep, "%.*s [%s]%s%s", TEXT_ARG(basis->source->title), text,
                            day[0] == '\0' ? "" : ", ", day);
    }
    return basis->note.size == 0
               ? text
               : arena_printf(keep, "%s. %.*s", text, TEXT_ARG(basis->note));
}

static void
put_status(struct arena scratch, enum language language, const char *when,
           const struct scheme_status *status, struct row_sink *sink)
{
    const char *from = shown_date(&scratch, language, status->during.from);
    const char *to = shown_date(&scratch, language, status->during.to);
    const char *days =
        to[0] == '\0' ? arena_printf(&scratch, tr(language, N_("since %s")), from)
                      : arena_printf(&scratch, tr(language, N_("%s to %s")), from, to);
    struct cell cells[] = {
        cell_toned(cell_string(arena_printf(
                       &scratch, tr(language, N_("%s: %s, %s")), tr(language, when),
                       scheme_state_label(language, status->state), days)),
                   status->state == SCHEME_IN_FORCE ? TONE_PLAIN : TONE_ALERT),
        cell_string(status_basis(&scratch, language, &status->basis)),
    };
    sink->row(sink, cells);
}

void
document_put_status(struct arena scratch, enum language language,
                    const struct rules *rules, struct period period,
                    struct row_sink *sink)
{
    const struct scheme_status *now = rules_status_now(rules);
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        if (status_touches(status, period)) {
            put_status(scratch, language,
                       status == now ? N_("In the period and now") : N_("In the period"),
                       status, sink);
        }
    }
    if (now != NULL && !status_touches(now, period)) {
        put_status(scratch, language, N_("Now"), now, sink);
    }
}
