/* SPDX-License-Identifier: Apache-2.0 */
/* Rows stay where they are added, and come in order where they lie: each once, equals as they
 * were. */
#include "../../src/intake/rows.h"
#include "support/invent.h"

#include <check.h>

#define ROUNDS   300
#define ROWS_MAX 200

struct row {
    uint32_t key;
    uint32_t added; /* how many were added before it */
    char rest[20];  /* so that its size is none of a register */
};

static int
compare_rows(const void *items, uint32_t a, uint32_t b)
{
    const struct row *rows = items;
    int order = compare_numbers(rows[a].key, rows[b].key);
    return order != 0 ? order : compare_numbers(a, b);
}

/* In two halves, the second first, with a gap between them. */
static void
add_ahead(struct rows *rows, const struct row *part, size_t count, size_t gap)
{
    size_t half = count / 2;
    ck_assert_uint_ge(rows_open(rows, count + gap), count + gap);
    void *second = rows_ahead(rows, half + gap);
    memcpy(second, part + half, (count - half) * sizeof *part);
    memcpy(rows_ahead(rows, 0), part, half * sizeof *part);
    rows_keep(rows, rows_ahead(rows, 0), half);
    rows_keep(rows, second, count - half);
    rows_close(rows);
}

START_TEST(rows_come_in_order)
{
    struct arena scratch = arena_reserve((size_t)1 << 20);
    struct input_list files = {0};
    uint64_t seed = 20260309;
    for (int round = 0; round < ROUNDS; round++) {
        struct rows rows = rows_new(&files, 1, sizeof(struct row));
        struct row part[ROWS_MAX];
        size_t count = 0;
        uint32_t keys = 1 + (uint32_t)(invent_number(&seed) % 100);
        for (int parts = 0; parts < 3; parts++) {
            size_t more = invent_number(&seed) % ROWS_MAX;
            for (size_t i = 0; i < more; i++) {
                part[i] = (struct row){
                    .key = (uint32_t)(invent_number(&seed) % keys),
                    .added = (uint32_t)(count + i),
                };
                part[i].rest[19] = (char)part[i].key;
            }
            if (invent_number(&seed) % 2 == 0) {
                rows_add(&rows, part, more);
            } else {
                add_ahead(&rows, part, more, invent_number(&seed) % 3);
            }
            count += more;
        }
        rows_sort(scratch, &rows, compare_rows);
        ck_assert_uint_eq(rows.count, count);
        const struct row *items = rows.items;
        bool seen[3 * ROWS_MAX] = {false};
        for (size_t i = 0; i < count; i++) {
            ck_assert(!seen[items[i].added]);
            seen[items[i].added] = true;
            ck_assert_int_eq(items[i].rest[19], (char)items[i].key);
            ck_assert(i == 0 || items[i - 1].key < items[i].key ||
                      (items[i - 1].key == items[i].key &&
                       items[i - 1].added < items[i].added));
        }
        arena_release((struct arena){.next = rows.items, .end = rows.arena.end});
    }
    arena_release(scratch);
}
END_TEST

Suite *test_rows_suite(void);

Suite *
test_rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *tests = tcase_create("rows");
    tcase_add_test(tests, rows_come_in_order);
    suite_add_tcase(suite, tests);
    return suite;
}
