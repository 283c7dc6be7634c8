/* SPDX-License-Identifier: Apache-2.0 */
/* How to contest and what attestations say, as provisions. */
#include "provision_parts.h"

static const char *
in(struct listing *listing, const struct label *label)
{
    return text_string(listing->keep, label_in(label, listing->language));
}

static void
list_vouched(struct listing *listing, const char *key, const char *item,
             const struct vouched *one)
{
    list_setting(listing, key, item, in(listing, &one->says), &one->basis);
}

void
list_notice(struct listing *listing, const struct rules *rules)
{
    const struct notice *notice = &rules->notice;
    enum language language = listing->language;
    for (size_t i = 0; i < notice->step_count; i++) {
        const struct recourse *step = &notice->steps[i];
        listing->subject_key = arena_printf(listing->keep, "contest.%zu", i);
        listing->subject = arena_printf(
            listing->keep, tr(language, N_("How to contest, step %zu")), i + 1);
        list_setting(listing, "to", N_("before"), in(listing, &step->to), &step->basis);
        if (step->deadline.fr.size > 0) {
            list_setting(listing, "deadline", N_("by when"), in(listing, &step->deadline),
                         &step->basis);
        }
        if (step->address.size > 0) {
            list_setting(listing, "address", N_("address"),
                         text_string(listing->keep, step->address), &step->basis);
        }
    }
    listing->subject_key = "attestations";
    listing->subject = tr(language, N_("Attestations"));
    if (notice->leave.says.fr.size > 0) {
        list_vouched(listing, "leave", N_("text for an absence"), &notice->leave);
    }
    for (size_t i = 0; i < notice->competence_count; i++) {
        list_vouched(listing, arena_printf(listing->keep, "competence.%zu", i),
                     N_("competence"), &notice->competences[i]);
    }
}
