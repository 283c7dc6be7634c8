/* SPDX-License-Identifier: Apache-2.0 */
/* The closed word lists: English and French, whatever the case, accents and spaces. */
#include "defray/vocabulary.h"

#include <check.h>
#include <string.h>

static struct arena
scratch(void)
{
    return arena_reserve((size_t)1 << 20);
}

struct said {
    const char *text;
    int value;
};

START_TEST(roundings_have_one_word)
{
    size_t count = 0;
    const struct text *words = rounding_words(&count);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 0; i < count; i++) {
        enum rounding rounding = ROUND_UP;
        ck_assert(rounding_parse(words[i], &rounding));
        ck_assert_int_eq(rounding, (int)i);
        ck_assert(text_equals(text_of(rounding_word(rounding)), words[i]));
    }
    enum rounding untouched = ROUND_DOWN;
    ck_assert(!rounding_parse(STR("Half_up"), &untouched));
    ck_assert(!rounding_parse(STR(""), &untouched));
    ck_assert_int_eq(untouched, ROUND_DOWN);
}
END_TEST

START_TEST(kinds_in_two_languages)
{
    static const struct said said[] = {
        {"plenary",                 KIND_PLENARY         },
        {"Plénière",              KIND_PLENARY         },
        {"PLENIERE",                KIND_PLENARY         },
        {"half_day",                KIND_HALF_DAY        },
        {"demi-journée",           KIND_HALF_DAY        },
        {"demi_journee",            KIND_HALF_DAY        },
        {"soirée",                 KIND_EVENING         },
        {"visio",                   KIND_VIDEO           },
        {"groupe de travail",       KIND_WORKING_GROUP   },
        {"groupe_travail",          KIND_WORKING_GROUP   },
        {"Groupe de propositions",  KIND_PROPOSAL_GROUP  },
        {"groupe_propositions",     KIND_PROPOSAL_GROUP  },
        {"comité méthodologique", KIND_METHOD_COMMITTEE},
        {"follow-up",               KIND_FOLLOW_UP       },
        {"suivi",                   KIND_FOLLOW_UP       },
        {"convivialité",           KIND_SOCIAL          },
        {"Social",                  KIND_SOCIAL          },
    };
    for (size_t i = 0; i < ARRAY_COUNT(said); i++) {
        enum kind kind = KIND_NONE;
        ck_assert_msg(kind_parse(scratch(), text_of(said[i].text), &kind), "%s",
                      said[i].text);
        ck_assert_int_eq(kind, said[i].value);
    }
}
END_TEST

START_TEST(statuses_in_two_languages)
{
    static const struct said said[] = {
        {"drawn",          STATUS_DRAWN    },
        {"tiré au sort",  STATUS_DRAWN    },
        {"Tirée au sort", STATUS_DRAWN    },
        {"volontaire",     STATUS_VOLUNTEER},
        {"suppléante",    STATUS_ALTERNATE},
        {"accompagnant",   STATUS_COMPANION},
        {"élu",           STATUS_OFFICIAL },
        {"official",       STATUS_OFFICIAL },
        {"agent",          STATUS_AGENT    },
    };
    for (size_t i = 0; i < ARRAY_COUNT(said); i++) {
        enum status status = STATUS_NONE;
        ck_assert_msg(status_parse(scratch(), text_of(said[i].text), &status), "%s",
                      said[i].text);
        ck_assert_int_eq(status, said[i].value);
    }
}
END_TEST

START_TEST(presences_in_two_languages)
{
    static const struct said said[] = {
        {"present",   PRESENCE_PRESENT},
        {"Présente", PRESENCE_PRESENT},
        {"P",         PRESENCE_PRESENT},
        {"1",         PRESENCE_PRESENT},
        {"x",         PRESENCE_PRESENT},
        {"X",         PRESENCE_PRESENT},
        {"absent",    PRESENCE_ABSENT },
        {"A",         PRESENCE_ABSENT },
        {"0",         PRESENCE_ABSENT },
        {"excusé",   PRESENCE_EXCUSED},
        {"excused",   PRESENCE_EXCUSED},
        {"exc.",      PRESENCE_EXCUSED},
        {"ABS",       PRESENCE_ABSENT },
        {"e",         PRESENCE_EXCUSED},
        {"partiel",   PRESENCE_PARTIAL},
        {"partial",   PRESENCE_PARTIAL},
    };
    for (size_t i = 0; i < ARRAY_COUNT(said); i++) {
        enum presence presence = PRESENCE_COUNT;
        ck_assert_msg(presence_parse(scratch(), text_of(said[i].text), &presence), "%s",
                      said[i].text);
        ck_assert_int_eq(presence, said[i].value);
    }
}
END_TEST

/* Folding forgets dashes, and a sign of doubt with them. */
START_TEST(a_dash_beside_it_is_no_presence)
{
    static const char *const doubted[] = {"-1",  "1-", "_-1", "P-", "p -",
                                          " -x", "x-", "-",   "A-"};
    for (size_t i = 0; i < ARRAY_COUNT(doubted); i++) {
        enum presence presence = PRESENCE_COUNT;
        ck_assert_msg(!presence_parse(scratch(), text_of(doubted[i]), &presence), "%s",
                      doubted[i]);
        ck_assert_int_eq(presence, PRESENCE_COUNT);
    }
}
END_TEST

START_TEST(verdicts_and_competences)
{
    enum verdict verdict = VERDICT_COUNT;
    ck_assert(verdict_parse(scratch(), STR("not_eligible"), &verdict));
    ck_assert_int_eq(verdict, VERDICT_NOT_ELIGIBLE);
    ck_assert(verdict_parse(scratch(), STR("Non éligible"), &verdict));
    ck_assert_int_eq(verdict, VERDICT_NOT_ELIGIBLE);
    ck_assert(verdict_parse(scratch(), STR("éligible"), &verdict));
    ck_assert_int_eq(verdict, VERDICT_ELIGIBLE);
    ck_assert(verdict_parse(scratch(), STR("indéterminé"), &verdict));
    ck_assert_int_eq(verdict, VERDICT_UNDETERMINED);
    enum competence competence = COMPETENCE_COUNT;
    ck_assert(competence_parse(scratch(), STR("oui"), &competence));
    ck_assert_int_eq(competence, COMPETENCE_YES);
    ck_assert(competence_parse(scratch(), STR("non"), &competence));
    ck_assert_int_eq(competence, COMPETENCE_NO);
    ck_assert(competence_parse(scratch(), STR("advocacy"), &competence));
    ck_assert_int_eq(competence, COMPETENCE_ADVOCACY);
}
END_TEST

START_TEST(other_words_are_refused)
{
    static const char *const others[] = {"", " ", "plenaries", "oui", "2", "none", "__"};
    for (size_t i = 0; i < ARRAY_COUNT(others); i++) {
        struct text t = text_of(others[i]);
        enum kind kind = KIND_SOCIAL;
        enum status status = STATUS_AGENT;
        enum presence presence = PRESENCE_PARTIAL;
        enum verdict verdict = VERDICT_ELIGIBLE;
        ck_assert(!kind_parse(scratch(), t, &kind) && kind == KIND_SOCIAL);
        ck_assert(!status_parse(scratch(), t, &status) && status == STATUS_AGENT);
        ck_assert(!presence_parse(scratch(), t, &presence) &&
                  presence == PRESENCE_PARTIAL);
        ck_assert(!verdict_parse(scratch(), t, &verdict) && verdict == VERDICT_ELIGIBLE);
    }
}
END_TEST

START_TEST(words_come_back)
{
    size_t count = 0;
    const struct text *words = kind_words(&count);
    ck_assert_uint_eq(count, KIND_COUNT - 1);
    for (size_t i = 0; i < count; i++) {
        enum kind kind = KIND_NONE;
        ck_assert(kind_parse(scratch(), words[i], &kind));
        ck_assert_uint_eq(kind, i + 1);
        ck_assert(text_equals(text_of(kind_word(kind)), words[i]));
        ck_assert_uint_gt(strlen(kind_label(LANGUAGE_EN, kind)), 0);
    }
    words = status_words(&count);
    ck_assert_uint_eq(count, STATUS_COUNT - 1);
    for (size_t i = 0; i < count; i++) {
        enum status status = STATUS_NONE;
        ck_assert(status_parse(scratch(), words[i], &status));
        ck_assert_uint_eq(status, i + 1);
        ck_assert(text_equals(text_of(status_word(status)), words[i]));
        ck_assert_uint_gt(strlen(status_label(LANGUAGE_EN, status)), 0);
    }
    for (enum presence presence = 0; presence < PRESENCE_COUNT; presence++) {
        enum presence again = PRESENCE_COUNT;
        ck_assert(presence_parse(scratch(), text_of(presence_word(presence)), &again));
        ck_assert_uint_eq(again, presence);
        ck_assert_uint_gt(strlen(presence_label(LANGUAGE_EN, presence)), 0);
    }
    for (enum verdict verdict = 0; verdict < VERDICT_COUNT; verdict++) {
        enum verdict again = VERDICT_COUNT;
        ck_assert(verdict_parse(scratch(), text_of(verdict_word(verdict)), &again));
        ck_assert_uint_eq(again, verdict);
    }
    ck_assert_str_eq(kind_word(KIND_NONE), "");
    ck_assert_str_eq(kind_label(LANGUAGE_FR, KIND_NONE), "");
    ck_assert_str_eq(status_label(LANGUAGE_FR, STATUS_NONE), "");
}
END_TEST

Suite *test_vocabulary_suite(void);

Suite *
test_vocabulary_suite(void)
{
    Suite *suite = suite_create("vocabulary");
    TCase *cases = tcase_create("vocabulary");
    tcase_add_test(cases, roundings_have_one_word);
    tcase_add_test(cases, kinds_in_two_languages);
    tcase_add_test(cases, statuses_in_two_languages);
    tcase_add_test(cases, presences_in_two_languages);
    tcase_add_test(cases, verdicts_and_competences);
    tcase_add_test(cases, a_dash_beside_it_is_no_presence);
    tcase_add_test(cases, other_words_are_refused);
    tcase_add_test(cases, words_come_back);
    suite_add_tcase(suite, cases);
    return suite;
}
