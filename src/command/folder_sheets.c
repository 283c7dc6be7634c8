/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets of batches among the outputs of a working folder: "2026-03-batch-4.xlsx". The number
 * is the ledger's, so that they tell of a copy of it that is older than they are. */
#include "folder.h"

#include <inttypes.h>

#define DIGITS_MAX 9

static const char *const words[] = {"batch", "lot"}; /* a word a language */

const char *
folder_batch_file(struct arena *keep, const struct folder *folder, struct period period,
                  int64_t batch, size_t at)
{
    return at == ARRAY_COUNT(words)
               ? NULL
               : arena_printf(keep, "%.*s/%s-%s-%" PRId64, TEXT_ARG(folder->outputs),
                              folder_period(keep, period), words[at], batch);
}

/* The number at the end of the name of a batch's sheets; 0: it is another file. */
static int64_t
number_in(struct arena scratch, struct text name)
{
    static const struct text ends[] = {STR_INIT(".xlsx"), STR_INIT(".csv")};
    struct text whole = name;
    struct period month;
    int64_t number = 0;
    int64_t place = 1;
    size_t digits = 0;
    for (size_t i = 0; i < ARRAY_COUNT(ends) && name.size == whole.size; i++) {
        name.size -= text_ends_with(name, ends[i]) ? ends[i].size : 0;
    }
    bool named = name.size < whole.size && folder_month_of(whole, &month);
    while (named && digits < name.size && digits < DIGITS_MAX &&
           name.data[name.size - digits - 1] >= '0' &&
           name.data[name.size - digits - 1] <= '9') {
        number += place * (name.data[name.size - digits - 1] - '0');
        place *= 10;
        digits++;
    }
    name.size -= digits;
    for (size_t i = 0; i < ARRAY_COUNT(words) && named && digits > 0; i++) {
        const char *end = arena_printf(&scratch, "-%s-", words[i]);
        if (text_ends_with(name, text_of(end))) {
            return number;
        }
    }
    return 0;
}

struct folder_sheet
folder_last_sheet(struct arena *keep, struct text outputs)
{
    struct folder_sheet last = {0};
    struct file_names names = {0};
    if (outputs.size > 0) {
        (void)file_names_in(keep, text_string(keep, outputs), &names);
    }
    for (size_t i = 0; i < names.count; i++) {
        int64_t number = number_in(*keep, names.items[i]);
        if (number > last.batch) {
            struct text path = text_of(arena_printf(keep, "%.*s/%.*s", TEXT_ARG(outputs),
                                                    TEXT_ARG(names.items[i])));
            last = (struct folder_sheet){path, number};
        }
    }
    return last;
}
