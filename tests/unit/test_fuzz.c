/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replays every fuzz target without a fuzzer: its corpus (tests/fuzz/corpus/<name>/),
 * then seeded mutations of it, as many as fit into a second. What `make fuzz` finds goes
 * into the corpus and stays found. A target says that something is wrong by ending the process.
 */
#include "support/registry.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INPUT_MAX ((size_t)1 << 20)
#define FILES_MAX 512
#define ROUNDS    60
#define SECONDS   0.3 /* of processor time, for the mutations of one target */

/* An exact allocation, so that a read past the end is seen. */
static void
run_on(fuzz_target *target, const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    target(copy, size);
    free(copy);
}

/* splitmix64 */
static uint64_t
draw(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Changes the bytes in place and gives the new size, never larger. */
static size_t
mutate(uint8_t *bytes, size_t size, uint64_t *state)
{
    static const char *const nasty = ";,\"\t\n\r{}()=\\/*'<>&-9. \x80\xff";
    uint64_t changes = 1 + draw(state) % 4;

    for (uint64_t i = 0; i < changes && size > 0; i++) {
        size_t at = (size_t)(draw(state) % size);

        switch (draw(state) % 4) {
        case 0: bytes[at] ^= (uint8_t)(1u << draw(state) % 8); break;
        case 1: bytes[at] = (uint8_t)nasty[draw(state) % strlen(nasty)]; break;
        case 2: size = at; break;
        default:
            memmove(bytes + at, bytes + at + 1, size - at - 1);
            size--;
            break;
        }
    }
    return size;
}

static size_t
read_file(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    size_t size;

    ck_assert_msg(file != NULL, "%s", path);
    size = fread(bytes, 1, INPUT_MAX, file);
    fclose(file);
    return size;
}

/* The next mutation of a file is always the same, however many there is time for. */
static void
run_mutated(fuzz_target *target, const uint8_t *bytes, size_t size, uint64_t which)
{
    uint8_t *copy = malloc(size ? size : 1);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    run_on(target, copy, mutate(copy, size, &which));
    free(copy);
}

START_TEST(test_replay)
{
    const struct fuzz_entry *entry = &fuzz_entries[_i];
    static struct {
        uint8_t *bytes;
        size_t size;
    } files[FILES_MAX];
    clock_t start = clock();
    char pattern[512];
    glob_t found;

    run_on(entry->target, (const uint8_t *)"", 0);
    snprintf(pattern, sizeof pattern, "tests/fuzz/corpus/%s/*", entry->name);
    ck_assert_msg(glob(pattern, 0, NULL, &found) == 0, "no corpus in %s", pattern);
    ck_assert_uint_lt(found.gl_pathc, FILES_MAX);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        files[i].bytes = malloc(INPUT_MAX);
        ck_assert_ptr_nonnull(files[i].bytes);
        files[i].size = read_file(found.gl_pathv[i], files[i].bytes);
        run_on(entry->target, files[i].bytes, files[i].size);
    }
    for (uint64_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            if ((double)(clock() - start) < SECONDS * CLOCKS_PER_SEC) {
                run_mutated(entry->target, files[i].bytes, files[i].size,
                            round << 32 | i);
            }
        }
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        free(files[i].bytes);
    }
    globfree(&found);
}
END_TEST

Suite *test_fuzz_suite(void);

Suite *
test_fuzz_suite(void)
{
    Suite *suite = suite_create("fuzz");
    TCase *replay = tcase_create("replay");
    int count = 0;

    while (fuzz_entries[count].name) {
        count++;
    }
    tcase_add_loop_test(replay, test_replay, 0, count);
    suite_add_tcase(suite, replay);
    return suite;
}
