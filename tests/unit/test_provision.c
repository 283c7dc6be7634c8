/* SPDX-License-Identifier: Apache-2.0 */
/* What is shown of a rule file is all of it, and two files differ in what one of them says. */
#include "defray/limits.h"
#include "defray/provision.h"

#include "../../src/rules/loader.h"
#include "../support/rules_place.h"

#include <check.h>
#include <glob.h>
#include <string.h>

static const struct text folders[] = {STR_INIT("rules")};

static const struct rules *
load(struct arena *keep, const char *path, const char *text)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct input *input = input_of(keep, text_of(path), text_of(text));
    return rules_read(keep, input, folders, ARRAY_COUNT(folders), diag);
}

static const char *
file_text(struct arena *keep, const char *path)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct input *input = input_read(keep, text_of(path), RULES_BYTES_MAX, false, diag);
    ck_assert_ptr_nonnull(input);
    return text_string(keep, input->bytes);
}

static size_t
differences(struct arena *keep, const struct rules *before, const struct rules *after)
{
    size_t count = 0;
    for (enum language language = LANGUAGE_EN; language <= LANGUAGE_FR; language++) {
        struct provisions old = rules_provisions(keep, before, language);
        struct provisions new = rules_provisions(keep, after, language);
        count += provisions_compare(keep, &old, &new).count;
    }
    return count;
}

/* The value that starts at `at`, written otherwise; NULL if there is no other. */
static const char *
other_value(struct arena *keep, const char *at, size_t size)
{
    if (at[0] == '"') { /* another last digit, or another last letter */
        char last = at[size - 2];
        char other = last == '0' ? '1' : last >= '1' && last <= '9' ? '0' : 'x';
        return size < 3 ? NULL
                        : arena_printf(keep, "%.*s%c\"", (int)(size - 2), at, other);
    }
    if (strncmp(at, "true", 4) == 0) {
        return "false";
    }
    return strncmp(at, "false", 5) == 0 ? "true"
                                        : arena_printf(keep, "%.*s1", (int)size, at);
}

/* The next value in the text from `*at` on, outside comments; its size, or 0 at the end. */
static size_t
next_value(const char **at)
{
    const char *p = *at;
    while (*p != '\0') {
        if (*p == '#') {
            p += strcspn(p, "\n");
        } else if (*p == '"') {
            *at = p;
            return strcspn(p + 1, "\"") + 2;
        } else if (*p == '=' && p[1] == ' ' && p[2] != '"' &&
                   strchr("[({", p[2]) == NULL) {
            *at = p + 2;
            return strcspn(p + 2, "; ");
        } else {
            p++;
        }
    }
    return 0;
}

/* Whether the value of this key is one that no provision tells: what belongs to the form of
 * the file, or is proven when it is read. */
static bool
is_form(const char *text, const char *value)
{
    static const char *const keys[] = {"format = ", "{ on = \""};
    const char *line = value;
    while (line > text && line[-1] != '\n') {
        line--;
    }
    for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
        const char *found = strstr(line, keys[i]);
        if (found != NULL && found < value) {
            return true;
        }
    }
    return false;
}

/* Changes every value of the file in turn: whatever still loads must tell a difference. */
static size_t
change_everything(const char *path)
{
    struct arena room = arena_reserve((size_t)64 << 20);
    struct arena keep = room;
    const char *text = file_text(&keep, path);
    const struct rules *whole = load(&keep, path, text);
    ck_assert_ptr_nonnull(whole);
    const char *end = strstr(text, "\nexamples = (");
    size_t told = 0;
    const char *at = text;
    size_t size = next_value(&at);
    while (size > 0 && (end == NULL || at < end)) {
        struct arena scratch = keep;
        const char *other = other_value(&scratch, at, size);
        const struct rules *changed =
            other == NULL || is_form(text, at)
                ? NULL
                : load(&scratch, path,
                       arena_printf(&scratch, "%.*s%s%s", (int)(at - text), text, other,
                                    at + size));
        if (changed != NULL) {
            ck_assert_msg(differences(&scratch, whole, changed) > 0,
                          "%s: nothing tells that this is now %s: %.60s", path, other,
                          at);
            told++;
        }
        at += size;
        size = next_value(&at);
    }
    arena_release(room);
    return told;
}

START_TEST(whatever_is_changed_is_told)
{
    ck_assert_uint_gt(change_everything("tests/tables/rules/testville.cfg"), 30);
    ck_assert_uint_gt(change_everything("tests/tables/rules/fullville.cfg"), 60);
    ck_assert_uint_gt(change_everything("rules/poitiers.cfg"), 60);
    ck_assert_uint_gt(change_everything("rules/haute-garonne.cfg"), 50);
    ck_assert_uint_gt(change_everything("rules/cese-convention.cfg"), 50);
}
END_TEST

/* What may be absent, added: each is told once, and only it. */
START_TEST(whatever_is_added_is_told)
{
    static const char tariff[] = "  tariffs = ( { per = \"session\";";
    static const char category[] = "method = \"unit\";";
    static const char stipend[] = "  excused = {";
    static const struct {
        const char *where, *added, *item;
    } rows[] = {
        {tariff,        "rounding = { mode = \"down\"; source = \"D1\"; };",                                "rounding"   },
        {tariff,        "minimum_presence = { minutes = 30; source = \"D1\"; };",
         "minimum_presence"                                                                                              },
        {tariff,        "session_bodies = { accepted = [ \"b\" ]; source = \"D1\"; };",
         "session_bodies"                                                                                                },
        {category,      "rounding = { mode = \"up\"; source = \"D1\"; };",                                  "rounding"   },
        {category,      "deadline = { days = 30; source = \"D1\"; };",                                      "deadline"   },
        {category,      "meal_served = { refused = false; source = \"D1\"; };",                             "meal_served"},
        {category,      "default_quantity = { value = \"2\"; source = \"D1\"; };",
         "default_quantity"                                                                                              },
        {stipend,       "conditions = { age = { minimum = 16; source = \"D1\"; }; };",                      "age"        },
        {stipend,       "conditions = { on_request = { source = \"D1\"; }; };",                             "on_request" },
        {stipend,
         "conditions = { bodies = { accepted = [ \"b\" ]; source = \"D1\"; }; };",                          "bodies"     },
        {"stipend = {", "overpayment = \"recover\";",                                                       "overpayment"},
        {"stipend = {", "payment = { prescription = { years = 4; source = \"D1\"; }; };",
         "prescription"                                                                                                  },
        {"stipend = {", "proportionality = { series = \"jurors\"; source = \"D1\"; };",
         "series"                                                                                                        },
        {"stipend = {",
         "contest = ( { to = { fr = \"a\"; en = \"a\"; }; source = \"D1\"; } );",                           "to"         },
        {"stipend = {",
         "attestations = { leave = { says = { fr = \"a\"; en = \"a\"; }; source = \"D1\"; }; };",
         "leave"                                                                                                         },
        {"stipend = {",
         "attestations = { competences = ( { says = { fr = \"a\"; en = \"a\"; }; source = \"D1\"; } ); };",
         "competence.0"                                                                                                  },
    };
    const char *base = probe_text(probe_rules, "\"smic\"", "\"smic\", \"jurors\"");
    base = probe_text(base, "method = \"receipt\";",
                      "method = \"unit\"; rates = ( { from = \"2025-01-01\"; to = "
                      "\"2026-12-31\"; amount = \"5.00\"; source = \"D1\"; } );");
    struct probe old = probe_load(STR("memory/probe.cfg"), text_of(base));
    struct provisions before = rules_provisions(old.keep, old.rules, LANGUAGE_EN);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        bool before_it = rows[i].where != tariff && rows[i].where != category;
        const char *first = before_it ? rows[i].added : rows[i].where;
        const char *second = before_it ? rows[i].where : rows[i].added;
        const char *text = probe_text(base, rows[i].where,
                                      arena_printf(old.keep, "%s\n%s", first, second));
        struct probe new = probe_load(STR("memory/probe.cfg"), text_of(text));
        probe_loaded(&new);
        struct provisions after = rules_provisions(old.keep, new.rules, LANGUAGE_EN);
        struct provision_changes found = provisions_compare(old.keep, &before, &after);
        ck_assert_msg(found.count > 0, "nothing tells: %s", rows[i].added);
        ck_assert_msg(strcmp(found.items[0].after->item_key, rows[i].item) == 0, "%s: %s",
                      rows[i].added, found.items[0].after->item_key);
    }
}
END_TEST

/* The changes from one file to the other, and back. */
static void
assert_told(const char *from, const char *before, const char *after)
{
    struct probe old = probe_edited(from, before);
    struct probe new = probe_edited(from, after);
    probe_loaded(&old);
    probe_loaded(&new);
    struct provisions was = rules_provisions(old.keep, old.rules, LANGUAGE_EN);
    struct provisions is = rules_provisions(old.keep, new.rules, LANGUAGE_EN);
    ck_assert_uint_eq(provisions_compare(old.keep, &was, &is).count, 1);
    ck_assert_uint_eq(provisions_compare(old.keep, &is, &was).count, 1);
    ck_assert_uint_eq(provisions_compare(old.keep, &is, &is).count, 0);
}

/* A value that is the same, and rests on something else, or was adopted otherwise. */
START_TEST(a_change_of_text_alone_is_told)
{
    static const char entry[] = "amount = \"40.00\"; source = \"D1\";";
#define ENTRY(more) "amount = \"40.00\"; source = \"D1\"; " more
    assert_told(entry, ENTRY("adopted = \"2025-02-01\";"),
                ENTRY("adopted = \"2025-03-01\";"));
    assert_told(entry, ENTRY(""), ENTRY("adopted = \"2025-03-01\";"));
    assert_told(entry, ENTRY("adopted = \"2025-02-01\"; retroactive = true;"),
                ENTRY("adopted = \"2025-02-01\"; retroactive = false;"));
    assert_told(entry, ENTRY("checked_on = \"2025-02-01\";"),
                ENTRY("checked_on = \"2025-03-01\";"));
    assert_told(entry, ENTRY(""), ENTRY("article = \"3\";"));
    assert_told(entry, ENTRY("note = \"a\";"), ENTRY("note = \"b\";"));
    static const char excused[] = "paid = false; source = \"D1\";";
    assert_told(excused, excused, "paid = false; assumption = \"x\";");
    assert_told(excused, "paid = false; assumption = \"y\";",
                "paid = false; assumption = \"x\";");
    assert_told(excused, excused, "paid = false; source = \"OPENFISCA\";");
    static const char tariff[] = "per = \"session\";";
    assert_told(
        tariff, tariff,
        "per = \"session\"; rounding = { mode = \"half_up\"; source = \"D1\"; };");
}
END_TEST

/* The value told of the item; the test fails if there is none. */
static const char *
told(const struct probe *probe, const char *item)
{
    struct provisions all = rules_provisions(probe->keep, probe->rules, LANGUAGE_EN);
    for (size_t i = 0; i < all.count; i++) {
        if (strcmp(all.items[i].item_key, item) == 0) {
            return arena_printf(probe->keep, "%s, %s", all.items[i].value,
                                provision_days(probe->keep, LANGUAGE_EN, &all.items[i]));
        }
    }
    ck_abort_msg("nothing is told of %s", item);
    return "";
}

START_TEST(what_is_rarely_stated_is_told)
{
    struct probe probe = probe_edited(
        "examples =",
        "overpayment = \"recover\"; payment = { approval = \"none\"; retroactive = ( { from ="
        " \"2025-05-01\"; checked_on = \"2025-06-01\"; source = \"D1\"; decrease = \"keep\"; } ); };"
        " examples =");
    probe_loaded(&probe);
    ck_assert_str_eq(told(&probe, "approval"), "by nobody else: an office of one, ");
    ck_assert_str_eq(told(&probe, "retroactive"),
                     "settled again; what went down is left, from 2025-05-01 on");
    probe = probe_edited(
        "  excused = {",
        "  conditions = { means_test = { measure = \"quotient_familial\"; methods = [ \"caf\" ];"
        " source = \"D1\"; thresholds = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; below ="
        " \"1000.00\"; source = \"D1\"; } ); }; };\n  excused = {");
    probe_loaded(&probe);
    ck_assert_str_eq(told(&probe, "threshold"),
                     "below 1000.00 €, from 2025-01-01 to 2026-12-31");
    struct provisions all = rules_provisions(probe.keep, probe.rules, LANGUAGE_EN);
    for (size_t i = 0; i < all.count; i++) {
        ck_assert_str_ne(all.items[i].item_key, "evidence");
    }
}
END_TEST

#define FLAT(kind, amount)                                    \
    " { per = \"session\"; kinds = [ \"" kind                 \
    "\" ]; source = \"D1\"; amounts = ( { from = "            \
    "\"2025-01-01\"; to = \"2026-12-31\"; amount = \"" amount \
    "\"; source = \"D1\"; } ); },"

static bool
has_subject(const struct provisions *all, const char *subject)
{
    bool found = false;
    for (size_t i = 0; i < all->count; i++) {
        found = found || strcmp(all->items[i].subject, subject) == 0;
    }
    return found;
}

/* Every line names what it is about; of several tariffs by one unit, each its own. */
START_TEST(each_tariff_has_a_name_of_its_own)
{
    struct arena keep = arena_reserve((size_t)1 << 26);
    const char *text = probe_edit(&keep, probe_rules, "\"half_day\", \"evening\", ", "");
    text = probe_edit(&keep, text, "  tariffs = (",
                      "  tariffs = (" FLAT("half_day", "20.00") FLAT("evening", "10.00"));
    struct probe probe = probe_load(STR("probe.cfg"), text_of(text));
    probe_loaded(&probe);
    struct provisions all = rules_provisions(probe.keep, probe.rules, LANGUAGE_EN);
    static const char *const subjects[] = {
        "Stipend, per session", "Stipend, per session (2)", "Stipend, per session (3)"};
    for (size_t k = 0; k < ARRAY_COUNT(subjects); k++) {
        ck_assert_msg(has_subject(&all, subjects[k]), "%s", subjects[k]);
    }
    const char *path = "rules/lanester.cfg"; /* which has none */
    all = rules_provisions(&keep, load(&keep, path, file_text(&keep, path)), LANGUAGE_EN);
    ck_assert(has_subject(&all, "Stipend"));
    arena_release(keep);
}
END_TEST

/* A scale of which the last row has no upper power ends at 99. */
START_TEST(an_open_power_is_told_to_its_end)
{
    char template[] = PLACE_TEMPLATE;
    struct rules_place place = place_new(template);
    place_put(
        &place, "s.cfg",
        HEAD("defray.scale/1", "s") SOURCES
        "versions = ( { from = \"2025-01-01\"; checked_on = \"2026-01-01\"; source = \"S\";"
        " vehicles = ( { power_from = 0; power_to = 5; bands = ( { rate = \"0.20\"; } ); },"
        " { power_from = 6; bands = ( { rate = \"0.30\"; } ); } ); } );\n");
    const char *text = probe_edit(&place.keep, probe_rules, "\"smic\"", "\"s\"");
    text = probe_edit(&place.keep, text, "method = \"receipt\"; unit = \"claim\"",
                      "method = \"scale\"; scale = \"s\"; unit = \"kilometre\"");
    struct probe probe = place_load_text(&place, text);
    probe_loaded(&probe);
    struct provisions all = rules_provisions(probe.keep, probe.rules, LANGUAGE_EN);
    size_t found = 0;
    for (size_t i = 0; i < all.count; i++) {
        found += strstr(all.items[i].value, "0 to 5 horsepower") != NULL;
        found += strstr(all.items[i].value, "6 to 99 horsepower") != NULL;
    }
    ck_assert_uint_eq(found, 2);
    place_drop(&place);
}
END_TEST

START_TEST(comments_and_layout_are_no_difference)
{
    struct arena room = arena_reserve((size_t)64 << 20);
    struct arena keep = room;
    const char *text = file_text(&keep, "rules/marseille.cfg");
    const struct rules *before = load(&keep, "rules/marseille.cfg", text);
    const char *other =
        probe_edit(&keep, text, "\nstipend = {", "\n\n# x\n  stipend  =  {");
    const struct rules *after = load(&keep, "rules/other.cfg", other);
    ck_assert_ptr_nonnull(after);
    ck_assert_uint_eq(differences(&keep, before, after), 0);
    arena_release(room);
}
END_TEST

/* A new rate: the old entry ends earlier, another begins. */
START_TEST(a_new_rate_is_one_change_and_one_addition)
{
    struct probe old = probe_edited("\n", "\n");
    struct probe new = probe_edited(
        "{ from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\"; source = \"D1\"; }",
        "{ from = \"2026-01-01\"; to = \"2026-06-30\"; amount = \"42.00\"; source = \"D1\"; },"
        "{ from = \"2026-07-01\"; to = \"2026-12-31\"; amount = \"43.00\"; source = \"D1\"; }");
    struct provisions before = rules_provisions(old.keep, old.rules, LANGUAGE_EN);
    struct provisions after = rules_provisions(old.keep, new.rules, LANGUAGE_EN);
    struct provision_changes found = provisions_compare(old.keep, &before, &after);
    ck_assert_uint_eq(found.count, 2);
    ck_assert_int_eq(found.items[0].change, CHANGE_CHANGED);
    ck_assert_str_eq(provision_days(old.keep, LANGUAGE_EN, found.items[0].before),
                     "from 2026-01-01 to 2026-12-31");
    ck_assert_str_eq(provision_days(old.keep, LANGUAGE_EN, found.items[0].after),
                     "from 2026-01-01 to 2026-06-30");
    ck_assert_int_eq(found.items[1].change, CHANGE_ADDED);
    ck_assert_str_eq(found.items[1].after->value, "43.00 € / session");
    struct provision_changes back = provisions_compare(old.keep, &after, &before);
    ck_assert_uint_eq(back.count, 2);
    ck_assert_int_eq(back.items[1].change, CHANGE_REMOVED);
}
END_TEST

static size_t
words(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += i == 0 ? 1
                        : text.data[i - 1] == ' ' && text.data[i] != ';' &&
                              text.data[i] != ':' && text.data[i] != ' ';
    }
    return count;
}

/* What was read, or what is missing from what was read, or what was taken instead. */
static bool
gives_a_reason(const char *assumption)
{
    static const char *const marks[] = {"source",   "texte",  "compte rendu", "jugement",
                                        "presse",   "suppos", "repère",       "aucun",
                                        "faute de", "déduit", "délibération"};
    for (size_t i = 0; i < ARRAY_COUNT(marks); i++) {
        if (strstr(assumption, marks[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool
is_shown(const struct provisions *all, struct text assumption)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct basis *basis = all->items[i].basis;
        if (basis != NULL && text_equals(basis->assumption, assumption)) {
            return true;
        }
    }
    return false;
}

static void
assert_explained(struct arena keep, const char *path)
{
    const struct rules *rules = load(&keep, path, file_text(&keep, path));
    ck_assert_msg(rules != NULL, "%s does not load", path);
    struct provisions all = rules_provisions(&keep, rules, LANGUAGE_EN);
    for (size_t i = 0; i < rules->assumption_count; i++) {
        const struct basis *basis = rules->assumptions[i];
        const char *said = text_string(&keep, basis->assumption);
        ck_assert_msg(words(basis->assumption) >= 9, "%s:%u: too short: %s", path,
                      basis->where.line, said);
        ck_assert_msg(gives_a_reason(said), "%s:%u: no reason: %s", path,
                      basis->where.line, said);
        ck_assert_msg(is_shown(&all, basis->assumption), "%s:%u: not shown: %s", path,
                      basis->where.line, said);
    }
    for (size_t i = 0; i < rules->source_count; i++) {
        const struct legal_source *source = &rules->sources[i];
        const char *title = text_string(&keep, source->title);
        ck_assert_msg(source->cited, "%s: nothing rests on %.*s", path,
                      TEXT_ARG(source->id));
        ck_assert_msg(!text_equals(source->kind, STR("deliberation")) ||
                          (!date_is_none(source->date) && source->address.size > 0) ||
                          strstr(title, "texte non consulté") != NULL,
                      "%s: %s: not dated, not found, and not said to be unread", path,
                      title);
    }
}

/* Every rule file that is shipped: an assumption is an explanation, and no text is listed
 * for show. */
START_TEST(assumptions_are_explained)
{
    glob_t found;
    struct arena room = arena_reserve((size_t)64 << 20);
    ck_assert_int_eq(glob("rules/*.cfg", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 6);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        assert_explained(room, found.gl_pathv[i]);
    }
    globfree(&found);
    arena_release(room);
}
END_TEST

Suite *test_provision_suite(void);

Suite *
test_provision_suite(void)
{
    Suite *suite = suite_create("provision");
    TCase *cases = tcase_create("provision");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, whatever_is_changed_is_told);
    tcase_add_test(cases, whatever_is_added_is_told);
    tcase_add_test(cases, a_change_of_text_alone_is_told);
    tcase_add_test(cases, what_is_rarely_stated_is_told);
    tcase_add_test(cases, each_tariff_has_a_name_of_its_own);
    tcase_add_test(cases, an_open_power_is_told_to_its_end);
    tcase_add_test(cases, comments_and_layout_are_no_difference);
    tcase_add_test(cases, a_new_rate_is_one_change_and_one_addition);
    tcase_add_test(cases, assumptions_are_explained);
    suite_add_tcase(suite, cases);
    return suite;
}
