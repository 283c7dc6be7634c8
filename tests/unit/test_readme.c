/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the front pages show is what the program does. The ```console blocks of a page are
 * one session, typed by sh in a private copy of fixtures/ and rules/: each line that
 * starts with "$ " is a command (one that ends with '\' goes on in the next line), and what
 * follows it must be what is printed, on either stream. A line "…" stands for any lines.
 */
#include "defray/text.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER    "build/readme"
#define ANY_LINES "…"
#define PAGE_MAX  ((size_t)1 << 20)

struct page_line {
    struct text text;
    size_t number; /* in the page, from 1 */
};

struct page_lines ARRAY_OF(struct page_line);

struct page {
    const char *path;
    const char *name; /* of its session: FOLDER/<name>, FOLDER/<name>.sh, … */
    struct arena keep;
    struct page_lines expected; /* the lines of its console blocks */
    struct page_lines printed;
    struct text wrong; /* commands that ended with a status that no page wants */
};

static struct text
read_whole(struct arena *keep, const char *path)
{
    char *bytes = NEW_ARRAY(keep, char, PAGE_MAX);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is missing", path);
    size_t size = fread(bytes, 1, PAGE_MAX, file);
    fclose(file);
    ck_assert_msg(size < PAGE_MAX, "%s is too long", path);
    return (struct text){bytes, size};
}

static struct page_lines
read_lines(struct arena *keep, const char *path)
{
    struct page_lines lines = {0};
    struct text rest = read_whole(keep, path);
    while (rest.size > 0) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        *ARRAY_PUSH(keep, &lines) = (struct page_line){
            {rest.data, size},
            lines.count
        };
        size += end != NULL;
        rest = (struct text){rest.data + size, rest.size - size};
    }
    return lines;
}

static void
read_blocks(struct page *page)
{
    struct page_lines lines = read_lines(&page->keep, page->path);
    bool inside = false;
    for (size_t i = 0; i < lines.count; i++) {
        struct text text = lines.items[i].text;
        if (text_starts_with(text, STR("```"))) {
            inside = text_equals(text, STR("```console"));
        } else if (inside) {
            *ARRAY_PUSH(&page->keep, &page->expected) = lines.items[i];
        }
    }
}

/* Shows each command as the page does, runs it, and notes a status that no page wants. */
static size_t
write_session(const struct page *page, const char *path)
{
    FILE *out = fopen(path, "wb");
    ck_assert_msg(out != NULL, "%s cannot be written", path);
    size_t commands = 0;
    for (size_t i = 0; i < page->expected.count; i++) {
        if (!text_starts_with(page->expected.items[i].text, STR("$ "))) {
            continue;
        }
        size_t first = i;
        while (i + 1 < page->expected.count &&
               text_ends_with(page->expected.items[i].text, STR("\\"))) {
            i++;
        }
        fprintf(out, "cat <<'SHOWN'\n");
        for (size_t at = first; at <= i; at++) {
            fprintf(out, "%.*s\n", TEXT_ARG(page->expected.items[at].text));
        }
        fprintf(out, "SHOWN\n");
        for (size_t at = first; at <= i; at++) {
            struct text text = page->expected.items[at].text;
            size_t skip = at == first ? 2 : 0;
            fprintf(out, "%.*s\n", (int)(text.size - skip), text.data + skip);
        }
        fprintf(out,
                "s=$?; case $s in 0 | 1 | 3 | 4) ;; *) echo '%s:%zu: status' $s "
                ">>\"$WRONG\" ;; esac\n",
                page->path, page->expected.items[first].number);
        commands++;
    }
    fclose(out);
    return commands;
}

/* As tests/support/case.sh: the sanitized program, in English, seeing nothing else. */
static const char *const run_session =
    "set -u; root=$PWD; base=$root/" FOLDER "/$1; rm -rf \"$base\" \"$base.wrong\"\n"
    "mkdir -p \"$base\" && cp -R fixtures rules \"$base/\" && cd \"$base\" || exit 2\n"
    ": >\"$base.wrong\"\n"
    "leaks=suppressions=$root/tests/support/lsan.supp:print_suppressions=0:exitcode=99\n"
    "program=${DEFRAY:-$root/build/san/defray}\n"
    "exec env -i PATH=\"${program%/*}:$PATH\" HOME=\"$base\" TZ=UTC LC_ALL=C.UTF-8 \\\n"
    "    LANGUAGE=en DEFRAY_RULES=\"$base/rules\" DEFRAY_LOCALE=\"$root/build/locale\" \\\n"
    "    WRONG=\"$base.wrong\" ASAN_OPTIONS=exitcode=99:handle_sigill=1 LSAN_OPTIONS=\"$leaks\" \\\n"
    "    UBSAN_OPTIONS=exitcode=99:print_stacktrace=1 \\\n"
    "    timeout 240 sh \"$base.sh\" >\"$base.printed\" 2>&1 </dev/null\n";

static size_t
play(struct page *page)
{
    const char *base = arena_printf(&page->keep, FOLDER "/%s", page->name);
    ck_assert(system("mkdir -p " FOLDER) == 0);
    read_blocks(page);
    size_t commands = write_session(page, arena_printf(&page->keep, "%s.sh", base));
    const char *run =
        arena_printf(&page->keep, "sh -c '%s' sh %s", run_session, page->name);
    int status = system(run);
    page->printed =
        read_lines(&page->keep, arena_printf(&page->keep, "%s.printed", base));
    page->wrong = read_whole(&page->keep, arena_printf(&page->keep, "%s.wrong", base));
    ck_assert_msg(status != 124 << 8, "%s: the session did not end", page->path);
    return commands;
}

/* NULL when all was printed as the page shows it, else what differs first. */
static const char *
difference(struct page *page)
{
    if (page->wrong.size > 0) {
        return text_string(&page->keep, page->wrong);
    }
    size_t e = 0;
    size_t p = 0;
    size_t any = SIZE_MAX; /* the last "…" seen, and what it has swallowed so far */
    size_t swallowed = 0;
    size_t e_far = 0;
    size_t p_far = 0;
    const struct page_lines *expected = &page->expected;
    const struct page_lines *printed = &page->printed;
    while (p < printed->count || e < expected->count) {
        bool more = e < expected->count;
        if (more && text_equals(expected->items[e].text, STR(ANY_LINES))) {
            any = e++;
            swallowed = p;
        } else if (more && p < printed->count &&
                   text_equals(expected->items[e].text, printed->items[p].text)) {
            e++;
            p++;
        } else if (any != SIZE_MAX && swallowed < printed->count) {
            e = any + 1;
            p = ++swallowed;
        } else {
            break;
        }
        if (e > e_far) {
            e_far = e;
            p_far = p;
        }
    }
    if (p == printed->count && e == expected->count) {
        return NULL;
    }
    struct page_line end = {STR("(nothing more)"), 0};
    struct page_line shown = e_far < expected->count ? expected->items[e_far] : end;
    struct page_line said = p_far < printed->count ? printed->items[p_far] : end;
    return arena_printf(&page->keep,
                        "%s:%zu shows\n%.*s\nbut the program prints\n%.*s\n"
                        "(all of it: " FOLDER "/%s.printed)",
                        page->path, shown.number, TEXT_ARG(shown.text),
                        TEXT_ARG(said.text), page->name);
}

static struct page
open_page(const char *path, const char *name)
{
    return (struct page){
        .path = path, .name = name, .keep = arena_reserve(ARENA_SCRATCH_BYTES)};
}

static const struct {
    const char *path;
    const char *name;
    size_t commands; /* at least; a page whose blocks are not found must not pass */
} pages[] = {
    {"README.md",   "english", 10},
    {"LISEZMOI.md", "french",  3 },
};

START_TEST(test_page)
{
    struct page page = open_page(pages[_i].path, pages[_i].name);
    ck_assert_uint_ge(play(&page), pages[_i].commands);
    const char *fault = difference(&page);
    ck_assert_msg(fault == NULL, "%s", fault);
}
END_TEST

/* What a page may show, and what must be found wrong with it (NULL: nothing). */
static const struct {
    const char *page;
    const char *fault;
} shown[] = {
    {"```console\n$ echo a; echo b >&2\na\nb\n```\n",                      NULL              },
    {"```console\n$ printf '%s\\n' \\\n    a b\na\nb\n```\n",              NULL              },
    {"```console\n$ seq 9\n…\n4\n…\n8\n9\n$ echo x\nx\n```\n",         NULL              },
    {"```console\n$ cd rules\n```\n```console\n$ ls smic.cfg\n…\n```\n",
     ":5: status 2\n"                                                                        },
    {"```console\n$ cd rules/common\n```\nx\n```console\n$ ls smic.cfg\n"
     "smic.cfg\n```\n",                                               NULL              },
    {"```sh\n$ false\n```\n```console\n$ echo a\nb\n```\n",                ":6 shows\nb\nbut"},
    {"```console\n$ seq 2\n1\n```\n",                                      "prints\n2\n"     },
    {"```console\n$ echo 1\n1\n2\n```\n",                                  ":4 shows\n2\n"   },
    {"```console\n$ seq 5\n…\n3\n4\n```\n",                              "prints\n5\n"     },
    {"```console\n$ test -d fixtures -a -d rules -a ! -d src\n```\n",      NULL              },
};

START_TEST(test_shown)
{
    struct page page = open_page(FOLDER "/shown.md", "shown");
    ck_assert(system("mkdir -p " FOLDER) == 0);
    FILE *out = fopen(page.path, "wb");
    ck_assert_ptr_nonnull(out);
    fputs(shown[_i].page, out);
    fclose(out);
    play(&page);
    const char *fault = difference(&page);
    if (shown[_i].fault == NULL) {
        ck_assert_msg(fault == NULL, "%s", fault);
    } else {
        ck_assert_msg(fault != NULL && strstr(fault, shown[_i].fault) != NULL,
                      "expected '%s' in: %s", shown[_i].fault, fault ? fault : "");
    }
}
END_TEST

Suite *test_readme_suite(void);

Suite *
test_readme_suite(void)
{
    Suite *suite = suite_create("readme");
    TCase *tour = tcase_create("readme");
    tcase_add_loop_test(tour, test_shown, 0, (int)ARRAY_COUNT(shown));
    tcase_add_loop_test(tour, test_page, 0, (int)ARRAY_COUNT(pages));
    suite_add_tcase(suite, tour);
    return suite;
}
