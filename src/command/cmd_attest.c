/* SPDX-License-Identifier: Apache-2.0 */
/* defray attest: certificates for third persons. Rules are read for the names and the texts in
 * them; nothing is computed, so a scheme that may not pay can still say who was there. */
#include "defray/attestation.h"

#include "leaflets.h"

#include <stdio.h>

static struct document *
make(struct arena *keep, struct arena scratch, const void *context, struct chosen chosen)
{
    return attestation_document(keep, scratch, context, chosen);
}

/* Who was never there has nothing to certify. */
static struct chosen
present_of(struct run *run, struct chosen chosen)
{
    uint32_t *items = NEW_ARRAY(run->keep, uint32_t, chosen.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < chosen.count; i++) {
        struct arena scratch = *run->keep;
        if (attended_by(&scratch, &run->batch, chosen.items[i]).count > 0) {
            items[count++] = chosen.items[i];
        }
    }
    return (struct chosen){items, count};
}

static void
tell(const struct run *run, size_t asked, struct chosen present)
{
    enum language language = run->language;
    printf("%.*s, %.*s (%.*s)\n  ", TEXT_ARG(run->rules->authority),
           TEXT_ARG(run->rules->assembly), TEXT_ARG(run->rules->id));
    printf(tr_plural(language, "%zu certificate; ", "%zu certificates; ", present.count),
           present.count);
    printf(tr(language, "without any presence, and so without one: %zu\n"),
           asked - present.count);
    if (present.count > 0) {
        printf("  ");
        leaflets_tell(run, present);
    }
}

static enum exit_status
attest(struct run *run)
{
    struct chosen chosen;
    if (!leaflets_check(run) || !run_evidence_is_one(run) || !run_read_period(run)) {
        return EXIT_USAGE;
    }
    if (!run_load_rules(run) || !run_read_tables(run) || !leaflets_choose(run, &chosen)) {
        return run_status(run);
    }
    run->errors_only = true; /* what was noticed about amounts is not the question */
    struct chosen present = present_of(run, chosen);
    bool competence = option_given(&run->options, OPTION_COMPETENCE);
    struct attestations attestations = {&run->batch, run->documents, competence};
    struct leaflet_maker maker = {make, &attestations,
                                  competence ? "-competence" : "-attendance"};
    if (present.count > 0 && !leaflets_write(run, maker, present)) {
        return run_status(run);
    }
    if (!option_given(&run->options, OPTION_QUIET)) {
        tell(run, chosen.count, present);
    }
    return present.count == 0 ? EXIT_WAITING : EXIT_DONE;
}

const struct command command_attest = {
    .name = "attest",
    .synopsis = "RULES --members FILE --attendance FILE... [...] -o DIR",
    .summary = N_("write certificates of attendance, without any amount"),
    .help = N_(
        "For an employer, a school or a university: who attended which sessions, on which days, from when\n"
        "to when, to be signed by the authority. With --competence, what the member took part in: how many\n"
        "sessions and hours, in which bodies, on which subjects. No amount and no income is in either.\n"
        "Without --period, all that the sheets hold. A member without any presence gets none.\n"
        "\n"
        "-o DIR makes one file a member, DIR/P001-attendance.pdf or DIR/P001-competence.pdf; -o FILE.pdf or\n"
        "FILE.html puts all of them in one file.\n"
        "\n"
        "Example:\n"
        "  defray attest marseille --members members.csv --attendance attendance.csv \\\n"
        "      --sessions sessions.csv --member M012 -o certificates"),
    .takes = WITH_TABLES | WITH(PERIOD) | WITH(MEMBER) | WITH(OUTPUT) | WITH(FORMAT) |
             WITH(COMPETENCE),
    .needs = WITH(MEMBERS) | WITH(ATTENDANCE) | WITH(OUTPUT),
    .operands_min = 1,
    .operands_max = 1,
    .act = attest,
};
