/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks: each test named trap_… stands for a way in which the library is known to
 * write a wrong file without saying so. */
#include "../../src/output/output_xlsx_parts.h"
#include "support/keep.h"
#include "support/registry.h"
#include "support/sample.h"
#include "support/written.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *test_output_xlsx_suite(void);

/* <locale.h> belongs to the language module; the test that breaks its rule on purpose
 * declares the one function that it needs. */
char *setlocale(int category, const char *locale);
#define EVERY_CATEGORY 6
#define LOCALE_FOLDER  "build/locale-test"

static struct text
xlsx_of(const struct sample *sample, uint32_t rows_max)
{
    struct written written =
        document_written(&keep, "/tmp", "a.xlsx", &sample->document, rows_max);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    return written.bytes;
}

static const char *
dump_of(const struct sample *sample, uint32_t rows_max)
{
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    const char *dump = book_dump(&keep, xlsx_of(sample, rows_max), diag);
    ck_assert_msg(dump != NULL, "%s", first_code(diag));
    return dump;
}

static void
assert_holds(const char *dump, const char *line)
{
    ck_assert_msg(strstr(dump, line) != NULL, "no '%s' in:\n%.4000s", line, dump);
}

static const char *
refusal(const struct sample *sample)
{
    struct written written =
        document_written(&keep, "/tmp", "a.xlsx", &sample->document, 0);
    ck_assert(!written.done);
    return first_code(written.diag);
}

START_TEST(cells_are_of_their_types)
{
    const char *dump = dump_of(sample_new(&keep, 2), 0);
    assert_holds(dump, "[Detail]\nDetail!A1 t Id\n");
    assert_holds(dump, "\nDetail!A2 t 00001\nDetail!B2 t Élodie\n");
    assert_holds(dump, "\nDetail!F2 n 7756\nDetail!G2 n 3.3333\nDetail!H2 d 46088\n"
                       "Detail!I2 d 0.145833333333333\nDetail!A3 t 00002\n");
}
END_TEST

START_TEST(trap_formula_cache_is_the_amount)
{
    const char *dump = dump_of(sample_new(&keep, 2), 0);
    assert_holds(dump, "\nDetail!E2 n 77.56 =C2+D2\n");
    assert_holds(dump, "\nDetail!A4 t Total\nDetail!C4 n 154.98 =SUM(C2:C3)\n");
    assert_holds(dump, "\nDetail!D4 n 0.14 =SUM(D2:D3)\nDetail!E4 n 155.12 =SUM(E2:E3)\n"
                       "Detail!F4 n 15512 =SUM(F2:F3)\nDetail!I4 d 0.2916666666666667 "
                       "=SUM(I2:I3)\n");
}
END_TEST

START_TEST(tables_share_a_sheet)
{
    const char *dump = dump_of(sample_new(&keep, 1), 0);
    assert_holds(dump, "[Two of them]\nTwo of them!A1 t First\nTwo of them!A2 t A line.\n"
                       "Two of them!A3 t Another\nof two\nTwo of them!A4 t Id\n");
    assert_holds(dump, "!A6 t Total\nTwo of them!C6 n 77.49 =SUM(C5:C5)\n");
    assert_holds(dump, "\nTwo of them!A14 t Second\n");
    ck_assert_ptr_null(strstr(dump, "[Two of them]\nTwo of them!A1 t First\n[Two"));
}
END_TEST

START_TEST(no_rows_give_totals_of_zero)
{
    const char *dump = dump_of(sample_new(&keep, 0), 0);
    assert_holds(dump, "\nDetail!A2 t Total\nDetail!C2 n 0\n");
    ck_assert_ptr_null(strstr(dump, "SUM"));
}
END_TEST

START_TEST(long_tables_go_on_over_sheets)
{
    struct sample *sample = sample_new(&keep, 25);
    sample->document.table_count = 1;
    /* 18 rows: a header, 10 of data, and what stands below the last part. */
    const char *dump = dump_of(sample, 18);
    assert_holds(dump, "\nDetail!A11 t 00010\n");
    assert_holds(dump, "\n[Detail (2)]\nDetail (2)!A1 t Id\n");
    assert_holds(dump, "\nDetail (2)!A2 t 00011\n");
    assert_holds(dump, "[Detail (3)]\n");
    assert_holds(dump, "\nDetail (3)!A6 t 00025\n");
    assert_holds(dump, "\nDetail (3)!C7 n 1937.25 =SUM('Detail'!C2:C11)+"
                       "SUM('Detail (2)'!C2:C11)+SUM(C2:C6)\n");
    ck_assert_ptr_null(strstr(dump, "Detail!A12 "));
    ck_assert_ptr_null(strstr(dump, "Detail (4)"));
}
END_TEST

START_TEST(a_part_that_is_just_full_needs_no_other)
{
    struct sample *sample = sample_new(&keep, 20);
    sample->document.table_count = 1;
    const char *dump = dump_of(sample, 18);
    assert_holds(dump, "\nDetail (2)!C12 n 1549.8 =");
    ck_assert_ptr_null(strstr(dump, "Detail (3)"));
}
END_TEST

START_TEST(headings_stand_over_their_columns)
{
    static const struct column_group groups[] = {
        {"Who",  2},
        {"",     1},
        {"Sums", 3},
        {"Rest", 4}
    };
    struct sample *sample = sample_new(&keep, 25);
    sample->document.table_count = 1;
    sample->tables[0].groups = groups;
    sample->tables[0].group_count = ARRAY_COUNT(groups);
    sample->tables[0].row_lines = 3;
    /* 19 rows: two of headings, 10 of data, and what stands below the last part. */
    const char *dump = dump_of(sample, 19);
    assert_holds(dump, "[Detail]\nDetail!A1 t Who\n");
    assert_holds(dump, "\nDetail!D1 t Sums\nDetail!G1 t Rest\nDetail!A2 t Id\n");
    assert_holds(dump, "\nDetail!A3 t 00001\n");
    assert_holds(dump, "\n[Detail (2)]\nDetail (2)!A1 t Who\n");
    assert_holds(dump, "\nDetail (3)!C8 n 1937.25 =SUM('Detail'!C3:C12)+"
                       "SUM('Detail (2)'!C3:C12)+SUM(C3:C7)\n");
}
END_TEST

static const struct {
    const char *name, *sheet;
} sheets[] = {
    {"a/b:c*d?e[f]g\\h",                       "[a-b-c-d-e-f-g-h]\n"                 },
    {"'quoted'",                               "[-quoted-]\n"                        },
    {"l'été",                                "[l'été]\n"                         },
    {"",                                       "[-]\n"                               },
    {"Une feuille dont le nom est très long", "[Une feuille dont le nom est trè]\n"},
    {"A & <B>",                                "[A & <B>]\n"                         },
};

START_TEST(sheet_names_are_made_acceptable)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->tables[0].sheet = sheets[_i].name;
    assert_holds(dump_of(sample, 0), sheets[_i].sheet);
}
END_TEST

START_TEST(a_quoted_sheet_is_summed)
{
    struct sample *sample = sample_new(&keep, 12);
    sample->document.table_count = 1;
    sample->tables[0].sheet = "l'été & co";
    assert_holds(dump_of(sample, 18), "=SUM('l''été & co'!C2:C11)+SUM(C2:C3)\n");
}
END_TEST

static const char *const kept_names[] = {
    "=1+1",
    "_x0041_",
    "__x0041__x0041_",
    "_x005F_x0041_",
    "a\x01\x1F b",
    "a\r\nb\tc",
    "  blanks ",
    "<&>\"'",
    "Nguyễn 😀",
    "\xEF\xBF\xBE\xEF\xBF\xBF",
    "00123",
    "-5",
};

START_TEST(texts_come_back_as_they_were)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = text_of(kept_names[_i]);
    assert_holds(dump_of(sample, 0),
                 arena_printf(&keep, "\nDetail!B2 t %s\n", kept_names[_i]));
}
END_TEST

START_TEST(trap_invalid_name_utf8)
{
    struct sample *sample = sample_new(&keep, 1);
    sample->name = STR("\xC9lodie");
    ck_assert_str_eq(refusal(sample), "W009");
    sample->name = STR("\xED\xA0\x80");
    ck_assert_str_eq(refusal(sample), "W009");
}
END_TEST

START_TEST(trap_string_too_long)
{
    struct sample *sample = sample_new(&keep, 1);
    char *long_name = NEW_ARRAY(&keep, char, 32768);
    memset(long_name, 'x', 32768);
    sample->name = (struct text){long_name, 32767};
    ck_assert_ptr_nonnull(strstr(dump_of(sample, 0), "Detail!B2 t xxxx"));
    sample->name.size = 32768;
    ck_assert_str_eq(refusal(sample), "W008");
    /* What it takes once escaped counts, too. */
    memcpy(long_name, "_x0041_", 7);
    sample->name.size = 32767;
    ck_assert_str_eq(refusal(sample), "W008");
}
END_TEST

START_TEST(trap_value_list_never_used)
{
    const char *folder = "src/output";
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    for (const struct dirent *one = readdir(listing); one != NULL;
         one = readdir(listing)) {
        FILE *file = fopen(arena_printf(&keep, "%s/%s", folder, one->d_name), "r");
        char line[512];
        while (file != NULL && fgets(line, sizeof line, file) != NULL) {
            ck_assert_msg(strstr(line, "value_list") == NULL, "%s: %s", one->d_name,
                          line);
        }
        if (file != NULL) {
            fclose(file);
        }
    }
    closedir(listing);
}
END_TEST

START_TEST(trap_french_locale_decimal_comma)
{
    struct sample *sample = sample_new(&keep, 2);
    struct text csv =
        document_written(&keep, "/tmp", "a.csv", &sample->document, 0).bytes;
    const char *folder = getenv("TEST_LOCPATH");
    setenv("LOCPATH", folder != NULL ? folder : LOCALE_FOLDER, getenv("LOCPATH") == NULL);
    if (setlocale(EVERY_CATEGORY, "fr_FR.UTF-8") == NULL) {
        fprintf(stderr, "test_output_xlsx: no fr_FR.UTF-8 here, its trap is not tried\n");
        return;
    }
    char comma[8];
    snprintf(comma, sizeof comma, "%.1f", 1.5);
    ck_assert_str_eq(comma, "1,5");
    ck_assert_str_eq(refusal(sample), "F005");
    struct text again =
        document_written(&keep, "/tmp", "a.csv", &sample->document, 0).bytes;
    ck_assert(text_equals(csv, again));
}
END_TEST

START_TEST(bytes_do_not_depend_on_place_or_time)
{
    struct sample *sample = sample_new(&keep, 30);
    char place[] = "/tmp/defray-other-XXXXXX";
    struct text first = xlsx_of(sample, 0);
    ck_assert(text_equals(first, xlsx_of(sample, 0)));
    static const char *const zones[] = {"Asia/Tokyo", "America/Lima", "UTC", "<+14>-14"};
    for (size_t i = 0; i < ARRAY_COUNT(zones); i++) {
        setenv("TZ", zones[i], 1);
        ck_assert(text_equals(first, xlsx_of(sample, 0)));
    }
    ck_assert_ptr_nonnull(mkdtemp(place));
    struct written other =
        document_written(&keep, place, "other name.xlsx", &sample->document, 0);
    ck_assert(other.done && text_equals(first, other.bytes));
    rmdir(place);
}
END_TEST

/* Rows of a sheet, packed wherever memory is found. */
START_TEST(bytes_do_not_depend_on_where_they_are_made)
{
    static const char row[] =
        "<row r=\"%d\"><c r=\"A%d\" t=\"inlineStr\"><is><t>P%d</t></is></c><c r=\"B%d\" "
        "s=\"%d\"><v>%d.%02d</v></c></row>";
    struct arena far = arena_reserve((size_t)1 << 32);
    struct arena whole = far;
    char *sheet = NEW_ARRAY(&far, char, 200 * sizeof row);
    char *end = sheet;
    for (int i = 1; i < 120; i++) {
        end += sprintf(end, row, i, i, i * 7919 % 500, i, i % 9, i * i % 997, i % 100);
    }
    for (size_t at = 0; at + 700 < (size_t)(end - sheet); at += 1400) {
        struct arena arena = far;
        struct xlsx_packed first = xlsx_pack_bytes(&arena, sheet + at, 700);
        for (int i = 0; i < 2000; i++) {
            struct arena next = arena;
            (void)arena_room(&arena, 65536);
            struct xlsx_packed again = xlsx_pack_bytes(&next, sheet + at, 700);
            ck_assert_uint_eq(again.packed, first.packed);
            ck_assert(memcmp(again.bytes, first.bytes, first.packed) == 0);
        }
    }
    arena_release(whole);
}
END_TEST

enum outcome { OUTCOME_RIGHT, OUTCOME_REPORTED, OUTCOME_NOTICED, OUTCOME_WRONG };

/* What comes of it in a process that may write so many bytes a file: the right file, an
 * error of the library (F005), a difference that reading back shows (F006), or else. */
static enum outcome
try_with_limit(const struct sample *sample, struct text right, size_t limit, bool plainly)
{
    pid_t child = fork();
    if (child == 0) {
        struct rlimit size = {limit, limit};
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &size) != 0) {
            _exit(OUTCOME_WRONG);
        }
        struct written written =
            plainly ? document_written_plainly(&keep, &sample->document)
                    : document_written(&keep, "/tmp", "a.xlsx", &sample->document, 0);
        if (written.done) {
            _exit(text_equals(written.bytes, right) ? OUTCOME_RIGHT : OUTCOME_WRONG);
        }
        const char *code = first_code(written.diag);
        _exit(strcmp(code, "F005") == 0   ? OUTCOME_REPORTED
              : strcmp(code, "F006") == 0 ? OUTCOME_NOTICED
                                          : OUTCOME_WRONG);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? (enum outcome)WEXITSTATUS(status) : OUTCOME_WRONG;
}

/* All parts of a package, one after the other, as another program unpacks them. */
static struct text
unpacked(struct text package)
{
    char path[] = "/tmp/defray-test-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_eq(write(file, package.data, package.size), (ssize_t)package.size);
    close(file);
    FILE *out = popen(arena_printf(&keep, "unzip -p %s", path), "r");
    struct all ARRAY_OF(char) all = {0};
    for (int c = fgetc(out); c != EOF; c = fgetc(out)) {
        *ARRAY_PUSH(&keep, &all) = (char)c;
    }
    ck_assert_int_eq(pclose(out), 0);
    unlink(path);
    return (struct text){all.items, all.count};
}

/* Of every length, also of more than a block; lists alone on a sheet and together. */
static const size_t lengths[] = {1, 2, 3, 700, 9000};

START_TEST(spooled_rows_are_what_the_library_would_carry)
{
    struct sample *sample = sample_new(&keep, lengths[_i / 2]);
    for (size_t i = 0; i < sample->document.table_count; i++) {
        sample->tables[i].list = true;
        sample->tables[i].sheet = _i % 2 == 0 ? sample->tables[i].sheet : "Together";
    }
    struct written plain = document_written_plainly(&keep, &sample->document);
    ck_assert_msg(plain.done, "%s", first_code(plain.diag));
    struct text ours = xlsx_of(sample, 0);
    struct text unpacked_ours = unpacked(ours);
    ck_assert_uint_gt(unpacked_ours.size, 10000);
    ck_assert(text_equals(unpacked_ours, unpacked(plain.bytes)));
    ck_assert_msg(text_equals(ours, xlsx_of(sample, 0)), "two packages differ");
    ck_assert_msg(!text_equals(ours, plain.bytes), "nothing was spooled");
}
END_TEST

/* A library that has no memory left, or a sheet that it refuses: what comes after is passed over. */
START_TEST(rows_after_a_failure_are_passed_over)
{
    struct sample *sample = sample_new(&keep, 25);
    struct xlsx xlsx = {
        .document = &sample->document,
        .diag = diag_new(&keep, LANGUAGE_EN),
        .own = arena_part(&keep, (size_t)1 << 16),
        .rows_max = 18,
        .failed = true,
    };
    struct xlsx_sheet sheet = {.xlsx = &xlsx, .columns = 10};
    struct arena scratch = keep;
    for (int alone = 0; alone < 2; alone++) {
        (void)xlsx_table_put(&sheet, scratch, &sample->tables[0], 0, alone == 1);
    }
    ck_assert(xlsx.failed);
    ck_assert_uint_eq(diag_errors(xlsx.diag), 0);
}
END_TEST

/* A limit on the size of files stands for a disk that is full. Our own files say so at
 * once; where the library carries the rows, it is reading back that notices. */
START_TEST(trap_full_temporary_disk)
{
    struct sample *sample = sample_new(&keep, 300);
    bool plainly = _i == 1;
    struct text right = plainly ? document_written_plainly(&keep, &sample->document).bytes
                                : xlsx_of(sample, 0);
    size_t largest = 400 * 1024; /* more than the largest temporary file */
    int count[OUTCOME_WRONG + 1] = {0};
    for (size_t i = 0; i <= 40; i++) {
        size_t limit = largest / 40 * i + i * 37;
        enum outcome outcome = try_with_limit(sample, right, limit, plainly);
        ck_assert_msg(outcome != OUTCOME_WRONG, "wrong outcome at %zu bytes", limit);
        count[outcome]++;
    }
    ck_assert_int_gt(count[OUTCOME_REPORTED], 0);
    ck_assert(!plainly || count[OUTCOME_NOTICED] > 0);
    ck_assert_int_gt(count[OUTCOME_RIGHT], 0);
}
END_TEST

Suite *
test_output_xlsx_suite(void)
{
    Suite *suite = suite_create("output_xlsx");
    TCase *tcase = tcase_create("output_xlsx");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, cells_are_of_their_types);
    tcase_add_test(tcase, trap_formula_cache_is_the_amount);
    tcase_add_test(tcase, tables_share_a_sheet);
    tcase_add_test(tcase, no_rows_give_totals_of_zero);
    tcase_add_test(tcase, long_tables_go_on_over_sheets);
    tcase_add_test(tcase, headings_stand_over_their_columns);
    tcase_add_test(tcase, a_part_that_is_just_full_needs_no_other);
    tcase_add_loop_test(tcase, sheet_names_are_made_acceptable, 0,
                        (int)ARRAY_COUNT(sheets));
    tcase_add_test(tcase, a_quoted_sheet_is_summed);
    tcase_add_loop_test(tcase, texts_come_back_as_they_were, 0,
                        (int)ARRAY_COUNT(kept_names));
    tcase_add_test(tcase, trap_invalid_name_utf8);
    tcase_add_test(tcase, trap_string_too_long);
    tcase_add_test(tcase, trap_value_list_never_used);
    tcase_add_test(tcase, trap_french_locale_decimal_comma);
    tcase_add_test(tcase, bytes_do_not_depend_on_place_or_time);
    tcase_add_test(tcase, bytes_do_not_depend_on_where_they_are_made);
    tcase_add_loop_test(tcase, spooled_rows_are_what_the_library_would_carry, 0,
                        2 * (int)ARRAY_COUNT(lengths));
    tcase_add_test(tcase, rows_after_a_failure_are_passed_over);
    tcase_add_loop_test(tcase, trap_full_temporary_disk, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
