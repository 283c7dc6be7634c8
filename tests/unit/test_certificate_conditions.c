/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates of the fixtures' members in which a fact or a reason is replaced by one that the
 * rule file does not allow with the rest, and the seal made again: the rule file alone tells it,
 * and at the field where it lies. No text is cited for most of them, so that none betrays them.
 */
#include "defray/certificate.h"

#include "support/keep.h"
#include "support/office.h"
#include "support/registry.h"

#include <check.h>
#include <string.h>

Suite *test_certificate_conditions_suite(void);

enum which {
    OF_PRESENCE,
    OF_CLAIM,
    OF_THAT_DAY /* a claim, and the presences of its day */
};

struct forgery {
    const char *rules;
    enum which which;
    const char *reason; /* of the line that is taken; "": one that is due */
    const char *field;  /* a reason takes the amount away with it */
    const char *value;  /* "": the field is taken away */
    const char *found;  /* the field at which it is told */
};

/* clang-format off */
static const struct forgery forgeries[] = {
    /* facts that go with another reason */
    {"poitiers", OF_PRESENCE, "absent", "presence", "present", "presence"},
    {"poitiers", OF_PRESENCE, "excused", "presence", "present", "presence"},
    {"poitiers", OF_PRESENCE, "no_request", "presence", "absent", "presence"},
    {"poitiers", OF_PRESENCE, "not_eligible", "presence", "absent", "presence"},
    {"poitiers", OF_PRESENCE, "kind_not_paid", "presence", "excused", "presence"},
    {"poitiers", OF_PRESENCE, "", "presence", "absent", "presence"},
    {"poitiers", OF_PRESENCE, "no_request", "status", "companion", "status"},
    {"poitiers", OF_PRESENCE, "not_member", "status", "drawn", "status"},
    {"poitiers", OF_PRESENCE, "status_never_paid", "status", "drawn", "status"},
    {"rennes-2021", OF_PRESENCE, "status_not_paid", "status", "", "status"},
    {"poitiers", OF_PRESENCE, "no_request", "kind", "plenary", "reason"},
    {"poitiers", OF_PRESENCE, "kind_not_paid", "kind", "proposal_group", "reason"},
    /* reasons that go with other facts, or with other rules */
    {"poitiers", OF_PRESENCE, "", "reason", "absent", "presence"},
    {"poitiers", OF_PRESENCE, "", "reason", "excused", "presence"},
    {"poitiers", OF_PRESENCE, "", "reason", "kind_not_paid", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "body_not_covered", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "session_body_missing", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "status_never_paid", "status"},
    {"poitiers", OF_PRESENCE, "", "reason", "not_member", "status"},
    {"poitiers", OF_PRESENCE, "", "reason", "too_young", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "birth_missing", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "lapsed", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "nil_policy", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "outside_competence", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "below_minimum", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "below_step", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "session_length_missing", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "no_receipt", "reason"},
    {"poitiers", OF_PRESENCE, "", "reason", "cap_day", "reason"},
    {"poitiers", OF_PRESENCE, "kind_not_paid", "reason", "no_request", "reason"},
    {"poitiers", OF_PRESENCE, "kind_not_paid", "reason", "seat_taken", "reason"},
    {"haute-garonne", OF_PRESENCE, "", "reason", "not_eligible", "reason"},
    {"haute-garonne", OF_PRESENCE, "", "reason", "no_decision", "reason"},
    {"haute-garonne", OF_PRESENCE, "", "reason", "duration_missing", "reason"},
    {"lanester", OF_PRESENCE, "nil_policy", "reason", "absent", "reason"},
    /* claims */
    {"poitiers", OF_CLAIM, "", "reason", "claim_late", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "claim_date_missing", "reason"},
    {"poitiers", OF_CLAIM, "no_receipt", "reason", "quantity_missing", "reason"},
    {"haute-garonne", OF_CLAIM, "", "reason", "amount_missing", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "category_not_covered", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "status_never_paid", "status"},
    {"poitiers", OF_CLAIM, "", "reason", "not_member", "status"},
    {"poitiers", OF_CLAIM, "", "reason", "not_present", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "attended_by_video", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "session_body_missing", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "nil_policy", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "lapsed", "reason"},
    {"poitiers", OF_CLAIM, "", "reason", "absent", "reason"},
    {"poitiers", OF_CLAIM, "category_not_covered", "reason", "no_receipt", "reason"},
    {"poitiers", OF_CLAIM, "no_receipt", "status", "companion", "status"},
    {"poitiers", OF_CLAIM, "", "status", "companion", "status"},
    {"poitiers", OF_THAT_DAY, "", "presence", "absent", "reason"},
    {"haute-garonne", OF_THAT_DAY, "", "kind", "video", "reason"},
    {"cese-convention", OF_THAT_DAY, "meal_served", "presence", "absent", "reason"},
    {"cese-convention", OF_THAT_DAY, "not_present", "presence", "absent", NULL},
    /* evidence of what is no month; of a later month than the session there may be */
    {"poitiers", OF_PRESENCE, "", "evidence.month", "hier", "evidence.month"},
    {"poitiers", OF_PRESENCE, "", "evidence.month", "2026-13", "evidence.month"},
    {"poitiers", OF_PRESENCE, "", "evidence.month", "2025-01", "evidence.month"},
    {"poitiers", OF_PRESENCE, "not_eligible", "evidence.month", "mars 2026", "evidence.month"},
    {"poitiers", OF_PRESENCE, "", "evidence.month", "2026-04", NULL},
};
/* clang-format on */

/* Of a line that has no amount. */
static bool
stays(struct text key)
{
    static const char *const keys[] = {"line",     "date",   "session",  "kind",
                                       "body",     "state",  "scheme",   "entitlement",
                                       "presence", "status", "at",       "due",
                                       "reason",   "source", "relied_on"};
    for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
        if (text_equals(key, text_of(keys[i]))) {
            return true;
        }
    }
    return false;
}

/* The object without the fields that do not stay, or without that one. */
static void
take_away(struct tree *object, const char *field)
{
    struct tree *left = tree_object(&keep);
    for (const struct tree *item = object->first; item != NULL; item = item->next) {
        bool away =
            field == NULL ? !stays(item->key) : text_equals(item->key, text_of(field));
        if (!away) {
            struct tree *copy = NEW(&keep, struct tree);
            *copy = *item;
            copy->next = NULL;
            tree_append(left, copy);
        }
    }
    object->first = left->first;
    object->last = left->last;
    object->count = left->count;
}

static void
put(struct tree *line, const char *field, const char *value)
{
    bool nested = strncmp(field, "evidence.", 9) == 0;
    struct tree *object = nested ? tree_get(line, "evidence") : line;
    const char *key = nested ? field + 9 : field;
    if (strcmp(field, "reason") == 0) {
        take_away(line, NULL);
    }
    ck_assert_ptr_nonnull(object);
    take_away(object, key);
    if (value[0] != '\0') {
        tree_put(object, key, tree_string(&keep, value));
    }
}

static bool
is_claim(const struct tree *line)
{
    return tree_get(line, "presence") == NULL;
}

/* One that has an amount tells its method. */
static bool
suits(const struct tree *line, const struct forgery *forgery)
{
    bool due = forgery->reason[0] == '\0';
    return is_claim(line) == (forgery->which != OF_PRESENCE) &&
           due == (tree_get(line, "method") != NULL) &&
           text_equals(tree_get_text(line, "reason"), text_of(forgery->reason));
}

static void
forge(struct tree *certificate, struct tree *line, const struct forgery *forgery)
{
    if (forgery->which != OF_THAT_DAY) {
        put(line, forgery->field, forgery->value);
    }
    struct tree *other = tree_get(certificate, "lines")->first;
    for (; forgery->which == OF_THAT_DAY && other != NULL; other = other->next) {
        if (!is_claim(other) &&
            text_equals(tree_get_text(other, "date"), tree_get_text(line, "date"))) {
            put(other, forgery->field, forgery->value);
        }
    }
    struct tree *seal = tree_get(certificate, "seal");
    seal->text = text_of(certificate_seal(&keep, certificate));
}

/* Whether something is told of that field of the line; all that is told. */
static bool
is_told(struct diag *diag, size_t number, const char *field, const char **all)
{
    size_t count = 0;
    const struct diagnostic *told = diag_sorted(diag, &count);
    const char *place = arena_printf(&keep, "lines[%zu].%s:", number, field);
    bool found = false;
    *all = "";
    for (size_t i = 0; i < count; i++) {
        found = found || strncmp(told[i].text, place, strlen(place)) == 0;
        *all = arena_printf(&keep, "%s%s\n", *all, told[i].text);
    }
    return found;
}

/* The first line of any member that suits; its number in its list, or 0. */
static size_t
find(const struct office *office, const struct forgery *forgery,
     struct tree **certificate, struct tree **line)
{
    for (uint32_t member = 0; member < office->batch.roster->count; member++) {
        size_t number = 0;
        *certificate = office_certify(office, member, &keep);
        *line = tree_get(*certificate, "lines")->first;
        for (; *line != NULL; *line = (*line)->next) {
            number++;
            if (suits(*line, forgery)) {
                return number;
            }
        }
    }
    return 0;
}

/* What the rules have in its place, in the words of the message. */
static const struct {
    struct forgery forgery;
    const char *says;
} named[] = {
    {{"poitiers", OF_PRESENCE, "", "reason", "not_member", "status"},          "-"                },
    {{"poitiers", OF_PRESENCE, "", "reason", "status_never_paid", "status"},
     "a status that is never paid"                                                                },
    {{"rennes-2021", OF_PRESENCE, "status_not_paid", "status", "", "status"},
     "a status that is not paid"                                                                  },
    {{"poitiers", OF_PRESENCE, "no_request", "status", "companion", "status"},
     "a status that is paid"                                                                      },
    {{"poitiers", OF_THAT_DAY, "", "presence", "absent", "reason"},            "not_present"      },
    {{"haute-garonne", OF_THAT_DAY, "", "kind", "video", "reason"},            "attended_by_video"},
    {{"poitiers", OF_THAT_DAY, "", "kind", "plenary", "reason"},
     "session_without_stipend"                                                                    },
    {{"poitiers", OF_CLAIM, "", "reason", "not_present", "reason"},
     "a covered session on that day"                                                              },
};

START_TEST(test_what_the_rules_have_is_named)
{
    const struct forgery *forgery = &named[_i].forgery;
    const struct office *office = office_open_named(&keep, forgery->rules);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct tree *certificate = NULL;
    struct tree *line = NULL;
    const char *all = "";
    size_t number = find(office, forgery, &certificate, &line);
    ck_assert_uint_gt(number, 0);
    forge(certificate, line, forgery);
    (void)certificate_follows(&keep, certificate, office->batch.rules, (struct where){0},
                              diag);
    ck_assert(is_told(diag, number, forgery->found, &all));
    const char *said = arena_printf(&keep, "lines[%zu].%s: the certificate states '",
                                    number, forgery->found);
    const char *rules = arena_printf(&keep, ", the rules have '%s'\n", named[_i].says);
    const char *at = strstr(all, said);
    ck_assert_ptr_nonnull(at);
    const char *end = strchr(at, '\n');
    const char *found = strstr(at, rules);
    ck_assert_msg(found != NULL && found < end, "%s", all);
}
END_TEST

START_TEST(test_what_contradicts_itself_is_told)
{
    const struct forgery *forgery = &forgeries[_i];
    const struct office *office = office_open_named(&keep, forgery->rules);
    struct where nowhere = {0};
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct tree *certificate = NULL;
    struct tree *line = NULL;
    const char *all = "";
    size_t number = find(office, forgery, &certificate, &line);
    ck_assert_msg(number > 0, "%s has no such line", forgery->rules);
    ck_assert(
        certificate_follows(&keep, certificate, office->batch.rules, nowhere, diag));
    forge(certificate, line, forgery);
    ck_assert(certificate_form_holds(&keep, certificate, nowhere, diag));
    bool holds =
        certificate_follows(&keep, certificate, office->batch.rules, nowhere, diag);
    if (forgery->found == NULL) {
        bool told = is_told(diag, number, forgery->field, &all) ||
                    is_told(diag, number, "reason", &all);
        ck_assert_msg(!told, "%s", all);
        return;
    }
    ck_assert(!holds);
    ck_assert_msg(is_told(diag, number, forgery->found, &all), "%s", all);
}
END_TEST

/* A row of a sheet that is paid, told once more. */
static struct tree *
tell_again(struct tree *certificate, const struct tree *line)
{
    struct tree *copy = NEW(&keep, struct tree);
    *copy = *line;
    copy->next = NULL;
    tree_append(tree_get(certificate, "lines"), copy);
    return copy;
}

START_TEST(test_a_row_is_paid_once)
{
    const struct forgery taken = {"poitiers", (enum which)_i, "", "", "", "at"};
    const struct office *office = office_open_named(&keep, taken.rules);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct tree *certificate = NULL;
    struct tree *line = NULL;
    const char *all = "";
    ck_assert_uint_gt(find(office, &taken, &certificate, &line), 0);
    (void)tell_again(certificate, line);
    size_t last = tree_get(certificate, "lines")->count;
    ck_assert(!certificate_adds_up(&keep, certificate, (struct where){0}, diag));
    ck_assert_msg(is_told(diag, last, "at", &all), "%s", all);
}
END_TEST

/* Places are told without folders: two sheets of one name may have the same row. */
START_TEST(test_rows_of_two_sheets_of_one_name)
{
    const struct forgery taken = {"poitiers", OF_PRESENCE, "", "", "", "at"};
    const struct office *office = office_open_named(&keep, taken.rules);
    struct tree *certificate = NULL;
    struct tree *line = NULL;
    const char *all = "";
    ck_assert_uint_gt(find(office, &taken, &certificate, &line), 0);
    (void)tell_again(certificate, line);
    struct text at = tree_get_text(line, "at");
    size_t size = 0;
    while (at.data[size] != ':') {
        size++;
    }
    for (int i = 0; i < 2; i++) {
        struct diag *diag = diag_new(&keep, LANGUAGE_EN);
        struct tree *input = tree_object(&keep);
        const char *sha256 = arena_printf(&keep, "%064d", i);
        tree_put(input, "name", tree_text(&keep, (struct text){at.data, size}));
        tree_put(input, "sha256", tree_string(&keep, sha256));
        tree_append(tree_get(certificate, "inputs"), input);
        (void)certificate_adds_up(&keep, certificate, (struct where){0}, diag);
        size_t last = tree_get(certificate, "lines")->count;
        ck_assert_int_eq(is_told(diag, last, "at", &all), i == 0);
    }
}
END_TEST

/* Who repeats a row names one that the certificate has. */
START_TEST(test_what_is_repeated_is_there)
{
    const struct forgery taken = {"haute-garonne", (enum which)_i, "same_fact",
                                  "other_at",      "autre.csv:2",  ""};
    const struct office *office = office_open_named(&keep, taken.rules);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct tree *certificate = NULL;
    struct tree *line = NULL;
    const char *all = "";
    size_t number = find(office, &taken, &certificate, &line);
    ck_assert_uint_gt(number, 0);
    ck_assert(certificate_adds_up(&keep, certificate, (struct where){0}, diag));
    forge(certificate, line, &taken);
    ck_assert(!certificate_adds_up(&keep, certificate, (struct where){0}, diag));
    ck_assert_msg(is_told(diag, number, "other_at", &all), "%s", all);
}
END_TEST

START_TEST(test_a_period_begins_before_it_ends)
{
    const struct office *office = office_open_named(&keep, "poitiers");
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct tree *certificate = office_certify(office, 0, &keep);
    struct tree *period = tree_get(certificate, "period");
    struct tree *seal = tree_get(certificate, "seal");
    tree_get(period, "from")->text = STR("2026-04-01");
    seal->text = text_of(certificate_seal(&keep, certificate));
    ck_assert(!certificate_form_holds(&keep, certificate, (struct where){0}, diag));
    ck_assert_str_eq(diag_sorted(diag, &(size_t){0})->text,
                     "period: '2026-04-01 .. 2026-03-31' ends before it begins");
}
END_TEST

Suite *
test_certificate_conditions_suite(void)
{
    Suite *suite = suite_create("certificate_conditions");
    TCase *forged = tcase_create("forged");
    tcase_add_checked_fixture(forged, keep_set_up, keep_tear_down);
    tcase_set_timeout(forged, 120);
    tcase_add_loop_test(forged, test_what_the_rules_have_is_named, 0,
                        (int)ARRAY_COUNT(named));
    tcase_add_loop_test(forged, test_what_contradicts_itself_is_told, 0,
                        ARRAY_COUNT(forgeries));
    tcase_add_loop_test(forged, test_a_row_is_paid_once, OF_PRESENCE, OF_CLAIM + 1);
    tcase_add_test(forged, test_rows_of_two_sheets_of_one_name);
    tcase_add_loop_test(forged, test_what_is_repeated_is_there, OF_PRESENCE,
                        OF_CLAIM + 1);
    tcase_add_test(forged, test_a_period_begins_before_it_ends);
    suite_add_tcase(suite, forged);
    return suite;
}
