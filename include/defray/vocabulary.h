/* SPDX-License-Identifier: Apache-2.0 */
/* The closed word lists of the field, the same in rules, data, messages and sheets.
 * Words are read in English or French whatever the case, accents and spaces. */
#ifndef DEFRAY_VOCABULARY_H
#define DEFRAY_VOCABULARY_H

#include "defray/arena.h"
#include "defray/language.h"
#include "defray/money.h"
#include "defray/text.h"

enum kind {
    KIND_NONE, /* not stated */
    KIND_PLENARY,
    KIND_HALF_DAY,
    KIND_EVENING,
    KIND_VIDEO,
    KIND_WORKING_GROUP,
    KIND_PROPOSAL_GROUP,
    KIND_METHOD_COMMITTEE,
    KIND_FOLLOW_UP,
    KIND_SOCIAL,
    KIND_COUNT
};

enum status {
    STATUS_NONE, /* not stated: paid */
    STATUS_DRAWN,
    STATUS_VOLUNTEER,
    STATUS_ALTERNATE,
    STATUS_COMPANION,
    STATUS_OFFICIAL,
    STATUS_AGENT,
    STATUS_COUNT
};

enum presence {
    PRESENCE_PRESENT,
    PRESENCE_ABSENT,
    PRESENCE_EXCUSED,
    PRESENCE_PARTIAL,
    PRESENCE_COUNT
};

enum verdict {
    VERDICT_NO_TEST,
    VERDICT_ELIGIBLE,
    VERDICT_NOT_ELIGIBLE,
    VERDICT_UNDETERMINED,
    VERDICT_COUNT
};

enum competence { COMPETENCE_YES, COMPETENCE_NO, COMPETENCE_ADVOCACY, COMPETENCE_COUNT };

/* Whether no rule file can have the status paid: a companion, an elected official, an agent. */
bool status_is_never_paid(enum status status);

/* The stable English word ("proposal_group"). "" for NONE. */
const char *kind_word(enum kind kind);
const char *status_word(enum status status);
const char *presence_word(enum presence presence);
const char *verdict_word(enum verdict verdict);
const char *competence_word(enum competence competence);
const char *rounding_word(enum rounding rounding); /* "half_up" */

/* What a sheet shows ("groupe de propositions"), in the language. */
const char *kind_label(enum language language, enum kind kind);
const char *status_label(enum language language, enum status status);
const char *presence_label(enum language language, enum presence presence);
const char *verdict_label(enum language language, enum verdict verdict);
const char *competence_label(enum language language, enum competence competence);
/* "down to the cent". */
const char *rounding_label(enum language language, enum rounding rounding);

/* False if the word is none of the list. An empty text is false too. */
bool kind_parse(struct arena scratch, struct text t, enum kind *out);
bool status_parse(struct arena scratch, struct text t, enum status *out);
/* present, absent, excused, partial; présent, absent, excusé, partiel; P, A, E, 1, 0, x. */
bool presence_parse(struct arena scratch, struct text t, enum presence *out);
bool verdict_parse(struct arena scratch, struct text t, enum verdict *out);
bool competence_parse(struct arena scratch, struct text t, enum competence *out);
/* The stable word only: it stands in rule files and certificates, not in tables. */
bool rounding_parse(struct text t, enum rounding *out);
/* Who established a figure of a means test: gives the stable word, "tax_household". */
bool evidence_method_parse(struct arena scratch, struct text t, struct text *out);
/* The stable words, for "did you mean" (count without NONE). */
const struct text *kind_words(size_t *count);
const struct text *status_words(size_t *count);
const struct text *rounding_words(size_t *count);

#endif
