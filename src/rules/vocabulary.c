/* SPDX-License-Identifier: Apache-2.0 */
/* The closed word lists. Accepted words are kept folded: lower case, without accents,
 * spaces or hyphens. */
#include "defray/vocabulary.h"

#include <string.h>

struct entry {
    struct text word;     /* stable */
    const char *label;    /* English; translated for sheets */
    const char *accepted; /* folded words, with a space after each */
};

#define WORD(literal)                  \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }

static const struct entry kinds[KIND_COUNT] = {
    {WORD(""),                 "",                     ""                                },
    {WORD("plenary"),          N_("plenary"),          "plenary pleniere "               },
    {WORD("half_day"),         N_("half-day"),         "halfday demijournee "            },
    {WORD("evening"),          N_("evening"),          "evening soiree "                 },
    {WORD("video"),            N_("video"),            "video visio visioconference "    },
    {WORD("working_group"),    N_("working group"),
     "workinggroup groupetravail groupedetravail "                                       },
    {WORD("proposal_group"),   N_("proposal group"),
     "proposalgroup groupepropositions groupedepropositions "                            },
    {WORD("method_committee"), N_("method committee"),
     "methodcommittee comitemethodologique "                                             },
    {WORD("follow_up"),        N_("follow-up"),        "followup suivi "                 },
    {WORD("social"),           N_("social event"),     "social socialevent convivialite "},
};

static const struct entry methods[] = {
    {WORD("caf"),           "", "caf "                     },
    {WORD("msa"),           "", "msa "                     },
    {WORD("tax_household"), "", "taxhousehold foyerfiscal "},
};

static const struct entry statuses[STATUS_COUNT] = {
    {WORD(""),          "",                     ""                                        },
    {WORD("drawn"),     N_("drawn by lot"),     "drawn drawnbylot tireausort tireeausort "},
    {WORD("volunteer"), N_("volunteer"),        "volunteer volontaire "                   },
    {WORD("alternate"), N_("alternate"),        "alternate suppleant suppleante "         },
    {WORD("companion"), N_("companion"),        "companion accompagnant accompagnante "   },
    {WORD("official"),  N_("elected official"), "official electedofficial elu elue "      },
    {WORD("agent"),     N_("agent"),            "agent agente "                           },
};

static const struct entry presences[PRESENCE_COUNT] = {
    {WORD("present"), N_("present"),        "present presente p 1 x "      },
    {WORD("absent"),  N_("absent"),         "absent absente abs a 0 "      },
    {WORD("excused"), N_("excused"),        "excused excuse excusee exc e "},
    {WORD("partial"), N_("partly present"), "partial partiel partielle "   },
};

static const struct entry verdicts[VERDICT_COUNT] = {
    {WORD("no_test"),      N_("no test"),      "notest sanstest "                      },
    {WORD("eligible"),     N_("eligible"),     "eligible "                             },
    {WORD("not_eligible"), N_("not eligible"), "noteligible noneligible ineligible "   },
    {WORD("undetermined"), N_("undetermined"), "undetermined indetermine indeterminee "},
};

static const struct entry competences[COMPETENCE_COUNT] = {
    {WORD("yes"),      N_("within competence"),  "yes oui 1 true vrai x "  },
    {WORD("no"),       N_("outside competence"), "no non 0 false faux "    },
    {WORD("advocacy"), N_("advocacy"),           "advocacy plaidoyer voeu "},
};

static const struct text kind_list[] = {
    WORD("plenary"),          WORD("half_day"),
    WORD("evening"),          WORD("video"),
    WORD("working_group"),    WORD("proposal_group"),
    WORD("method_committee"), WORD("follow_up"),
    WORD("social"),
};

static const struct text status_list[] = {
    WORD("drawn"),     WORD("volunteer"), WORD("alternate"),
    WORD("companion"), WORD("official"),  WORD("agent"),
};

static const bool never_paid[STATUS_COUNT] = {
    [STATUS_COMPANION] = true,
    [STATUS_OFFICIAL] = true,
    [STATUS_AGENT] = true,
};

_Static_assert(ARRAY_COUNT(kind_list) == KIND_COUNT - 1, "a kind without its word");
_Static_assert(ARRAY_COUNT(status_list) == STATUS_COUNT - 1, "a status without its word");

static const struct text rounding_list[] = {
    [ROUND_HALF_UP] = WORD("half_up"),
    [ROUND_HALF_EVEN] = WORD("half_even"),
    [ROUND_DOWN] = WORD("down"),
    [ROUND_UP] = WORD("up"),
};

static const char *const rounding_labels[] = {
    [ROUND_HALF_UP] = N_("to the nearest cent, half a cent up"),
    [ROUND_HALF_EVEN] = N_("to the nearest cent, half a cent to the even one"),
    [ROUND_DOWN] = N_("down to the cent"),
    [ROUND_UP] = N_("up to the cent"),
};

static bool
accepts(const char *words, struct text folded)
{
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        if (text_equals((struct text){words, size}, folded)) {
            return true;
        }
        words += size + 1;
    }
    return false;
}

/* The index of the entry that the text names, or `count`. */
static size_t
find(struct arena scratch, const struct entry *entries, size_t count, struct text t)
{
    for (size_t i = 0; i < count; i++) { /* the stable word, as most files have it */
        if (t.size > 0 && text_equals(entries[i].word, t)) {
            return i;
        }
    }
    struct text folded = text_fold(&scratch, t);
    for (size_t i = 0; i < count && folded.size > 0; i++) {
        if (accepts(entries[i].accepted, folded)) {
            return i;
        }
    }
    return count;
}

const char *
kind_word(enum kind kind)
{
    return kinds[kind].word.data;
}

const char *
status_word(enum status status)
{
    return statuses[status].word.data;
}

const char *
presence_word(enum presence presence)
{
    return presences[presence].word.data;
}

const char *
verdict_word(enum verdict verdict)
{
    return verdicts[verdict].word.data;
}

const char *
competence_word(enum competence competence)
{
    return competences[competence].word.data;
}

/* gettext gives its own header for an empty text. */
static const char *
label_of(enum language language, const char *label)
{
    return label[0] == '\0' ? "" : tr(language, label);
}

const char *
kind_label(enum language language, enum kind kind)
{
    return label_of(language, kinds[kind].label);
}

const char *
status_label(enum language language, enum status status)
{
    return label_of(language, statuses[status].label);
}

const char *
verdict_label(enum language language, enum verdict verdict)
{
    return label_of(language, verdicts[verdict].label);
}

const char *
presence_label(enum language language, enum presence presence)
{
    return label_of(language, presences[presence].label);
}

const char *
competence_label(enum language language, enum competence competence)
{
    return label_of(language, competences[competence].label);
}

bool
kind_parse(struct arena scratch, struct text t, enum kind *out)
{
    size_t found = find(scratch, kinds, KIND_COUNT, t);
    if (found == KIND_COUNT) {
        return false;
    }
    *out = (enum kind)found;
    return true;
}

bool
status_parse(struct arena scratch, struct text t, enum status *out)
{
    size_t found = find(scratch, statuses, STATUS_COUNT, t);
    if (found == STATUS_COUNT) {
        return false;
    }
    *out = (enum status)found;
    return true;
}

/* Folding forgets dashes: neither "-1" nor "1-" is 1. */
static bool
has_minus(struct text t)
{
    size_t at = 0;
    while (at < t.size && (t.data[at] == ' ' || t.data[at] == '\'' || t.data[at] == '.' ||
                           t.data[at] == '_')) {
        at++;
    }
    return at < t.size && (t.data[at] == '-' || t.data[t.size - 1] == '-');
}

bool
presence_parse(struct arena scratch, struct text t, enum presence *out)
{
    if (has_minus(t)) {
        return false;
    }
    size_t found = find(scratch, presences, PRESENCE_COUNT, t);
    if (found == PRESENCE_COUNT) {
        return false;
    }
    *out = (enum presence)found;
    return true;
}

bool
verdict_parse(struct arena scratch, struct text t, enum verdict *out)
{
    size_t found = find(scratch, verdicts, VERDICT_COUNT, t);
    if (found == VERDICT_COUNT) {
        return false;
    }
    *out = (enum verdict)found;
    return true;
}

bool
competence_parse(struct arena scratch, struct text t, enum competence *out)
{
    size_t found = find(scratch, competences, COMPETENCE_COUNT, t);
    if (found == COMPETENCE_COUNT) {
        return false;
    }
    *out = (enum competence)found;
    return true;
}

bool
evidence_method_parse(struct arena scratch, struct text t, struct text *out)
{
    size_t found = find(scratch, methods, ARRAY_COUNT(methods), t);
    if (found == ARRAY_COUNT(methods)) {
        return false;
    }
    *out = methods[found].word;
    return true;
}

const char *
rounding_word(enum rounding rounding)
{
    return rounding_list[rounding].data;
}

const char *
rounding_label(enum language language, enum rounding rounding)
{
    return tr(language, rounding_labels[rounding]);
}

bool
rounding_parse(struct text t, enum rounding *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(rounding_list); i++) {
        if (text_equals(t, rounding_list[i])) {
            *out = (enum rounding)i;
            return true;
        }
    }
    return false;
}

const struct text *
rounding_words(size_t *count)
{
    *count = ARRAY_COUNT(rounding_list);
    return rounding_list;
}

const struct text *
kind_words(size_t *count)
{
    *count = ARRAY_COUNT(kind_list);
    return kind_list;
}

bool
status_is_never_paid(enum status status)
{
    return never_paid[status];
}

const struct text *
status_words(size_t *count)
{
    *count = ARRAY_COUNT(status_list);
    return status_list;
}
