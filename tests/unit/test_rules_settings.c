/* SPDX-License-Identifier: Apache-2.0 */
/* Every setting that a rule file may have, made wrong in four ways, against the table of what
 * each must give: tests/tables/rules/settings.tsv. Its head says how it is read; what the
 * program gives now is written to build/settings/settings.tsv. */
#include "defray/limits.h"

#include "../../src/rules/loader.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FULL     "tests/tables/rules/fullville.cfg"
#define EXPECTED "tests/tables/rules/settings.tsv"
#define FOLDER   "build/settings" /* has a common/ of its own, before that of the rules */
#define GOT      FOLDER "/settings.tsv"

static const struct text folders[] = {STR_INIT(FOLDER), STR_INIT("rules")};

/* The files whose settings are made wrong: the rules themselves, and two that they share. */
static const struct subject {
    const char *path;
    const char *shared; /* where a copy is read from; NULL: the rules themselves */
} subjects[] = {
    {FULL,                                          NULL                              },
    {"tests/tables/rules/shared/jurors.cfg",        FOLDER "/common/jurors.cfg"       },
    {"tests/tables/rules/shared/state-mileage.cfg", FOLDER "/common/state-mileage.cfg"},
};

struct setting {
    const char *path;  /* stipend.caps[0].per */
    const char *start; /* of the key, or of the element of a list */
    const char *value;
    const char *end; /* of the value */
    const char *past;
};

struct settings ARRAY_OF(struct setting);

struct walk {
    struct arena *keep;
    const char *at;
    struct settings found;
};

static void
skip_blanks(struct walk *walk)
{
    for (;;) {
        walk->at += strspn(walk->at, " \n");
        if (*walk->at != '#') {
            return;
        }
        walk->at += strcspn(walk->at, "\n");
    }
}

static void walk_group(struct walk *walk, const char *path, char close);
static void walk_elements(struct walk *walk, const char *path, char close);

static void
walk_value(struct walk *walk, const char *path)
{
    char first = *walk->at;
    if (first == '"') {
        walk->at += strcspn(walk->at + 1, "\"") + 2;
    } else if (first == '{') {
        walk->at++;
        walk_group(walk, path, '}');
    } else if (first == '(' || first == '[') {
        walk->at++;
        walk_elements(walk, path, first == '(' ? ')' : ']');
    } else {
        walk->at += strcspn(walk->at, "; ,");
    }
}

/* Puts the setting before those it holds. */
static void
begin(struct walk *walk, const char *path, const char *start)
{
    *ARRAY_PUSH(walk->keep, &walk->found) =
        (struct setting){.path = path, .start = start, .value = walk->at};
}

static void
walk_elements(struct walk *walk, const char *path, char close)
{
    const char *before = NULL; /* the end of the element before */
    for (size_t i = 0;; i++) {
        skip_blanks(walk);
        if (*walk->at == close) {
            walk->at++;
            return;
        }
        const char *name = arena_printf(walk->keep, "%s[%zu]", path, i);
        begin(walk, name, before == NULL ? walk->at : before);
        size_t index = walk->found.count - 1;
        walk_value(walk, name);
        before = walk->at;
        walk->found.items[index].end = walk->at;
        skip_blanks(walk);
        bool more = *walk->at == ',';
        walk->at += more;
        walk->found.items[index].past = i == 0 && more ? walk->at : before;
    }
}

static void
walk_group(struct walk *walk, const char *path, char close)
{
    for (;;) {
        skip_blanks(walk);
        if (*walk->at == close) {
            walk->at += close != '\0';
            return;
        }
        const char *start = walk->at;
        int width = (int)strcspn(start, " ");
        const char *name = arena_printf(walk->keep, "%s%s%.*s", path,
                                        *path == '\0' ? "" : ".", width, start);
        walk->at += width + 3; /* " = " */
        begin(walk, name, start);
        size_t index = walk->found.count - 1;
        walk_value(walk, name);
        walk->found.items[index].end = walk->at;
        ck_assert_msg(*walk->at == ';', "%s: no ';' at '%.20s'", name, walk->at);
        walk->at++;
        walk->found.items[index].past = walk->at;
    }
}

/* Of another kind than the one that stands there. */
static const char *
other_kind(const struct setting *setting)
{
    bool scalar = *setting->value != '"' && *setting->value != '{' &&
                  *setting->value != '(' && *setting->value != '[';
    return scalar ? "\"x\"" : "7";
}

/* Of the same kind, and nothing in it; NULL if there is no such thing. */
static const char *
emptied(const struct setting *setting)
{
    switch (*setting->value) {
    case '"': return "\"\"";
    case '{': return "{ }";
    case '(': return "( )";
    case '[': return "[ ]";
    default: return NULL;
    }
}

/* Of the same kind, and too much or nonsense. */
static const char *
absurd(const struct setting *setting)
{
    const char *value = setting->value;
    if (*value == '"') {
        bool number = value[1] >= '0' && value[1] <= '9';
        bool day = number && setting->end - value == 12 && value[5] == '-';
        return day ? "\"2025-02-29\"" : number ? "\"99999999.00\"" : "\"no such\"";
    }
    return *value >= '0' && *value <= '9' ? "99999" : NULL;
}

static void
write_whole(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");
    ck_assert_msg(out != NULL, "%s cannot be written", path);
    fputs(text, out);
    ck_assert_int_eq(fclose(out), 0);
}

static const char *
read_whole(struct arena *keep, const char *path)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct input *input = input_read(keep, text_of(path), RULES_BYTES_MAX, false, diag);
    ck_assert_ptr_nonnull(input);
    return text_string(keep, input->bytes);
}

/* A file under test, and the text of the rules that use it. */
struct trial {
    const struct subject *subject;
    const char *text;
    const char *rules;
};

/* The codes that the file gives so, in the order of its lines, each once; "-" if it loads. */
static const char *
verdict(struct arena *keep, const struct trial *trial, const struct setting *setting,
        const char *from, const char *value, const char *to)
{
    if (value == NULL) {
        return "";
    }
    const char *changed =
        arena_printf(keep, "%.*s%s%s", (int)(from - trial->text), trial->text, value, to);
    const char *rules = changed;
    if (trial->subject->shared != NULL) {
        write_whole(trial->subject->shared, changed);
        rules = trial->rules;
    }
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct input *input = input_of(keep, STR(FULL), text_of(rules));
    bool read = rules_read(keep, input, folders, ARRAY_COUNT(folders), diag) != NULL;
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    const char *codes = "";
    size_t errors = 0;
    for (size_t i = 0; i < count; i++) {
        const struct code_page *page = code_page(filed[i].code);
        errors += page->severity == SEVERITY_ERROR;
        if (strstr(codes, page->id) == NULL) {
            codes =
                arena_printf(keep, "%s%s%s", codes, *codes == '\0' ? "" : " ", page->id);
        }
    }
    ck_assert_msg((errors > 0) == !read,
                  "%s: %s: refused without a word, or loaded in spite of one: %s",
                  setting->path, value, codes);
    return *codes == '\0' ? "-" : codes;
}

struct bytes ARRAY_OF(char);

static void
add_verdicts(struct arena *keep, const struct trial *trial,
             const struct settings *settings, struct bytes *out)
{
    for (size_t i = 0; i < settings->count; i++) {
        struct arena scratch = *keep;
        const struct setting *s = &settings->items[i];
        char row[512];
        snprintf(row, sizeof row, "%s\t%s\t%s\t%s\t%s\n", s->path,
                 verdict(&scratch, trial, s, s->value, other_kind(s), s->end),
                 verdict(&scratch, trial, s, s->start, "", s->past),
                 verdict(&scratch, trial, s, s->value, emptied(s), s->end),
                 verdict(&scratch, trial, s, s->value, absurd(s), s->end));
        for (const char *p = row; *p != '\0'; p++) {
            *ARRAY_PUSH(keep, out) = *p;
        }
    }
}

static void
add_subject(struct arena *keep, const struct subject *subject, struct bytes *out)
{
    struct trial trial = {subject, read_whole(keep, subject->path),
                          read_whole(keep, FULL)};
    struct walk walk = {.keep = keep, .at = trial.text};
    walk_group(&walk, "", '\0');
    ck_assert_uint_gt(walk.found.count, 20);
    for (const char *p = subject->path; *p != '\0'; p++) {
        *ARRAY_PUSH(keep, out) = *p;
    }
    *ARRAY_PUSH(keep, out) = '\n';
    add_verdicts(keep, &trial, &walk.found, out);
    if (subject->shared != NULL) { /* as it was */
        write_whole(subject->shared, trial.text);
    }
}

START_TEST(each_setting_has_its_faults)
{
    struct arena keep = arena_reserve((size_t)64 << 20);
    struct bytes all = {0};
    mkdir(FOLDER, 0777);
    mkdir(FOLDER "/common", 0777);
    for (size_t i = 1; i < ARRAY_COUNT(subjects); i++) {
        write_whole(subjects[i].shared, read_whole(&keep, subjects[i].path));
    }
    for (size_t i = 0; i < ARRAY_COUNT(subjects); i++) {
        add_subject(&keep, &subjects[i], &all);
    }
    *ARRAY_PUSH(&keep, &all) = '\0';
    const char *got = all.items;
    write_whole(GOT, got);
    const char *expected = read_whole(&keep, EXPECTED);
    while (*expected == '#') {
        expected += strcspn(expected, "\n") + 1;
    }
    while (*got != '\0' || *expected != '\0') {
        size_t size = strcspn(got, "\n");
        size_t other = strcspn(expected, "\n");
        ck_assert_msg(size == other && strncmp(got, expected, size) == 0,
                      EXPECTED " expects\n%.*s\nbut the reader gives (" GOT ")\n%.*s",
                      (int)other, expected, (int)size, got);
        got += size + (got[size] == '\n');
        expected += other + (expected[other] == '\n');
    }
    arena_release(keep);
}
END_TEST

Suite *test_rules_settings_suite(void);

Suite *
test_rules_settings_suite(void)
{
    Suite *suite = suite_create("rules_settings");
    TCase *tests = tcase_create("rules_settings");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, each_setting_has_its_faults);
    suite_add_tcase(suite, tests);
    return suite;
}
