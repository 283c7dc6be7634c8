/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replays every fuzz target without a fuzzer: its corpus (tests/fuzz/corpus/<name>/),
 * then seeded mutations of it. What `make fuzz` finds goes into the corpus and stays
 * found. A target says that something is wrong by ending the process.
 */
#include "support/registry.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX ((size_t)1 << 20)
#define ROUNDS    60

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

START_TEST(test_replay)
{
    const struct fuzz_entry *entry = &fuzz_entries[_i];
    uint8_t *original = malloc(INPUT_MAX);
    uint8_t *bytes = malloc(INPUT_MAX);
    uint64_t state = 1;
    char pattern[512];
    glob_t found;

    ck_assert(original && bytes);
    run_on(entry->target, original, 0);
    snprintf(pattern, sizeof pattern, "tests/fuzz/corpus/%s/*", entry->name);
    ck_assert_msg(glob(pattern, 0, NULL, &found) == 0, "no corpus in %s", pattern);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t size = read_file(found.gl_pathv[i], original);

        run_on(entry->target, original, size);
        for (int round = 0; round < ROUNDS; round++) {
            memcpy(bytes, original, size);
            run_on(entry->target, bytes, mutate(bytes, size, &state));
        }
    }
    globfree(&found);
    free(bytes);
    free(original);
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
