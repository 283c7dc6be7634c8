/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates of the fixtures' members, and what becomes of them when one value is altered and
 * the seal made again: every figure is caught by the arithmetic alone, nearly everything by the
 * rule file, the rest by the tables.
 */
#include "defray/tree_read.h"

#include "support/keep.h"
#include "support/office.h"
#include "support/registry.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

Suite *test_certificate_suite(void);

/* --- what notices an alteration --- */

enum depth { DEPTH_FORM, DEPTH_SUMS, DEPTH_RULES, DEPTH_TABLES, DEPTH_NONE };

static enum depth
noticed(const struct office *office, const struct tree *altered, const struct tree *anew,
        bool *noted)
{
    struct arena scratch = keep;
    struct where nowhere = {0};
    struct diag *diag = diag_new(&scratch, LANGUAGE_EN);
    enum depth depth = DEPTH_NONE;
    if (!certificate_form_holds(&scratch, altered, nowhere, diag)) {
        depth = DEPTH_FORM;
    } else if (!certificate_adds_up(&scratch, altered, nowhere, diag)) {
        depth = DEPTH_SUMS;
    } else if (!certificate_follows(&scratch, altered, office->batch.rules, nowhere,
                                    diag)) {
        depth = DEPTH_RULES;
    } else if (!certificate_equals(&scratch, altered, anew, nowhere, diag)) {
        depth = DEPTH_TABLES;
    }
    size_t count = 0;
    diag_sorted(diag, &count);
    *noted = count > 0;
    ck_assert_msg(depth == DEPTH_NONE || diag_errors(diag) > 0, "rejected in silence");
    return depth;
}

/* Figures: the certificate itself must not add up any more. */
static const char *const figures[] = {
    "line",         "minutes",     "minutes_before", "minutes_day", "quantity",
    "rate",         "exact",       "gross",          "claimed",     "opening",
    "counter",      "limit",       "before",         "worth",       "left",
    "units_before", "units_left",  "took",           "due",         "base",
    "factor",       "figure",      "gives",          "stipend",     "expenses",
    "total",        "read",        "capped",         "zero",        "refused",
    "undetermined", "paid_before",
};

/* Facts: no rule file can know them. Anything else is noticed without the tables. */
static const char *const facts[] = {
    "member.id",    "member.last_name", "member.first_name", "period.from",
    "period.to",    "rules.sha256",     "inputs.name",       "inputs.sha256",
    "line.session", "line.date",        "line.at",           "line.other_at",
    "line.kind",    "line.body",        "line.presence",     "line.status",
    "line.reason",  "line.entitlement", "evidence.method",   "evidence.month",
};

/* "lines[2].caps[1].took" ends with "took"; "line.date" is the date of a line, no other. */
static const char *
plain(struct arena *into, const char *path)
{
    char *out = NEW_ARRAY(into, char, strlen(path) + 1);
    char *end = out;
    for (size_t i = 0; path[i] != '\0'; i++) {
        if (path[i] == '[') {
            i += strcspn(path + i, "]");
        } else {
            *end++ = path[i];
        }
    }
    const char *names[] = {"lines.", "earlier."};
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        if (strncmp(out, names[i], strlen(names[i])) == 0) {
            const char *rest = out + strlen(names[i]);
            return strncmp(rest, "evidence.", 9) == 0
                       ? rest
                       : arena_printf(into, "line.%s", rest);
        }
    }
    return out;
}

static bool
listed(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_figure(const char *path)
{
    return listed(strrchr(path, '.') == NULL ? path : strrchr(path, '.') + 1, figures,
                  ARRAY_COUNT(figures)) &&
           strstr(path, "source") == NULL && strstr(path, "relied_on") == NULL;
}

struct alteration {
    const struct office *office;
    struct tree *certificate;
    const struct tree *anew;
    struct tree *seal;
    size_t count;
    size_t by[DEPTH_NONE + 1];
};

static void
check_leaf(struct alteration *work, const char *path)
{
    bool noted = false;
    struct text seal = work->seal->text;
    work->seal->text = text_of(certificate_seal(&keep, work->certificate));
    enum depth depth = noticed(work->office, work->certificate, work->anew, &noted);
    work->seal->text = seal;
    work->by[depth]++;
    work->count++;
    if (strcmp(path, "version") == 0) {
        ck_assert_msg(depth == DEPTH_NONE && noted, "another version is told, no more");
        return;
    }
    ck_assert_msg(depth != DEPTH_NONE, "%s: nothing notices the alteration", path);
    ck_assert_msg(depth <= DEPTH_SUMS || !is_figure(path),
                  "%s: a figure, and the sums do not notice it", path);
    ck_assert_msg(depth <= DEPTH_RULES ||
                      listed(plain(&keep, path), facts, ARRAY_COUNT(facts)),
                  "%s: only the tables notice it", path);
}

/* The next word of a list, so that the alteration is not told by its form. */
static const char *
other_word(struct text text)
{
    static const char *const words[][3] = {
        {"half_up",          "half_even"       },
        {"due",              "capped"          },
        {"capped",           "due"             },
        {"zero",             "refused"         },
        {"refused",          "undetermined"    },
        {"undetermined",     "refused"         },
        {"absent",           "excused"         },
        {"no_request",       "request_late"    },
        {"present",          "partial"         },
        {"drawn",            "volunteer"       },
        {"plenary",          "half_day"        },
        {"proposal_group",   "method_committee"},
        {"method_committee", "proposal_group"  },
        {"hour",             "day"             },
        {"day",              "month"           },
        {"eligible",         "not_eligible"    },
        {"not_eligible",     "eligible"        },
        {"unit",             "receipt"         },
        {"amount",           "quantity"        },
        {"own",              "all_tariffs"     },
        {"all_tariffs",      "own"             },
        {"in_force",         "contested"       },
    };
    for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
        if (text_equals(text, text_of(words[i][0]))) {
            return words[i][1];
        }
    }
    return NULL;
}

static void
alter_text(struct alteration *work, struct tree *leaf, const char *path)
{
    struct arena before = keep;
    struct text kept = leaf->text;
    struct date date;
    const char *word = other_word(kept);
    char *bytes = NEW_ARRAY(&keep, char, kept.size + 2);
    memcpy(bytes, kept.data, kept.size);
    char *last = &bytes[kept.size > 0 ? kept.size - 1 : 0];
    if (word != NULL) {
        leaf->text = text_of(word);
    } else if (date_parse_iso(kept, &date)) {
        char text[DATE_TEXT_MAX];
        date_text(date_add_days(date, 1), text);
        leaf->text = text_of(arena_printf(&keep, "%s", text));
    } else if (*last >= '0' && *last <= '9') {
        *last = *last == '9' ? '8' : (char)(*last + 1); /* by one in its last digit */
        leaf->text = (struct text){bytes, kept.size};
    } else {
        bytes[kept.size] = 'x';
        leaf->text = (struct text){bytes, kept.size + 1};
    }
    check_leaf(work, path);
    leaf->text = kept;
    keep = before;
}

static void
alter(struct alteration *work, struct tree *tree, const char *path)
{
    struct arena before = keep;
    int64_t kept = tree->integer;
    size_t index = 0;
    switch (tree->type) {
    case TREE_INTEGER:
        tree->integer++;
        check_leaf(work, path);
        tree->integer = kept;
        break;
    case TREE_BOOL:
        tree->integer = !kept;
        check_leaf(work, path);
        tree->integer = kept;
        break;
    case TREE_TEXT:
        if (tree != work->seal) {
            alter_text(work, tree, path);
        }
        break;
    case TREE_LIST:
        for (struct tree *item = tree->first; item != NULL; item = item->next) {
            alter(work, item, arena_printf(&keep, "%s[%zu]", path, ++index));
        }
        break;
    case TREE_OBJECT:
        for (struct tree *item = tree->first; item != NULL; item = item->next) {
            const char *dot = path[0] == '\0' ? "" : ".";
            alter(work, item,
                  arena_printf(&keep, "%s%s%.*s", path, dot, TEXT_ARG(item->key)));
        }
        break;
    }
    keep = before;
}

/* Members each of whose lines shows something that no member before had. */
struct shapes {
    uint64_t seen[4096];
    size_t count;
};

static bool
shows_something_new(const struct office *office, uint32_t member, struct shapes *shapes)
{
    struct arena scratch = keep;
    struct member_result result = liquidate_member(&scratch, &office->batch, member);
    bool new = false;
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        const char *shape =
            arena_printf(&scratch, "%.*s %d %d %zu %d %d", TEXT_ARG(line->entitlement),
                         line->state, line->reason, line->step_count, line->rate.den == 0,
                         line->duration % 30000 == 0);
        uint64_t hash = text_hash(text_of(shape));
        bool known = false;
        for (size_t j = 0; j < shapes->count; j++) {
            known = known || shapes->seen[j] == hash;
        }
        if (!known && shapes->count < ARRAY_COUNT(shapes->seen)) {
            shapes->seen[shapes->count++] = hash;
            new = true;
        }
    }
    return new;
}

START_TEST(test_each_member_is_accepted)
{
    const struct office *office = office_open(&keep, _i);
    for (uint32_t i = 0; i < office->batch.roster->count; i++) {
        struct arena before = keep;
        struct tree *made = office_certify(office, i, &keep);
        struct text bytes = tree_pretty(&keep, made);
        struct input *file = input_of(&keep, STR("certificate.json"), bytes);
        struct tree *read = tree_read(&keep, file, office->diag);
        bool noted = true;
        ck_assert(read != NULL);
        ck_assert_uint_eq(tree_compare(&keep, made, read, NULL, NULL), 0);
        ck_assert_int_eq(noticed(office, read, made, &noted), DEPTH_NONE);
        ck_assert(!noted);
        keep = before;
    }
}
END_TEST

START_TEST(test_each_altered_value_is_rejected)
{
    const struct office *office = office_open(&keep, _i);
    struct shapes *shapes = NEW(&keep, struct shapes);
    struct alteration work = {.office = office};
    for (uint32_t i = 0; i < office->batch.roster->count; i++) {
        struct arena before = keep;
        if (shows_something_new(office, i, shapes)) {
            work.certificate = office_certify(office, i, &keep);
            work.anew = office_certify(office, i, &keep);
            work.seal = tree_get(work.certificate, "seal");
            alter(&work, work.certificate, "");
        }
        keep = before;
    }
    ck_assert_uint_gt(work.count, 50);
    ck_assert_uint_gt(work.by[DEPTH_SUMS], 5);
    ck_assert_uint_gt(work.by[DEPTH_RULES], 10);
}
END_TEST

/* Without making the seal again, nothing at all can be altered. */
START_TEST(test_the_seal_covers_everything)
{
    const struct office *office = office_open(&keep, 0);
    struct tree *certificate = office_certify(office, 1, &keep);
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct tree *name = tree_get(tree_get(certificate, "member"), "first_name");
    ck_assert(certificate_form_holds(&keep, certificate, (struct where){0}, diag));
    name->text = STR("Autre");
    ck_assert(!certificate_form_holds(&keep, certificate, (struct where){0}, diag));
    ck_assert_str_eq(first_code(diag), "C004");
}
END_TEST

Suite *
test_certificate_suite(void)
{
    Suite *suite = suite_create("certificate");
    TCase *members = tcase_create("members");
    tcase_add_checked_fixture(members, keep_set_up, keep_tear_down);
    tcase_set_timeout(members, 300);
    tcase_add_loop_test(members, test_each_member_is_accepted, 0, OFFICE_FIXTURES);
    tcase_add_loop_test(members, test_each_altered_value_is_rejected, 0, OFFICE_FIXTURES);
    tcase_add_test(members, test_the_seal_covers_everything);
    suite_add_tcase(suite, members);
    return suite;
}
