/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a workbook, and any text as the parts of one: an input that does not start
 * like a zip is split at lines "=== name", and what follows each becomes a part, so that
 * what is changed is XML and not a checksum. Its size says as which table it is read. Nothing
 * may crash, every fact must lie in its limits, and whatever is refused must have been said with
 * its place.
 */
#include "defray/expenses.h"
#include "defray/means.h"

#include "support/fuzzed.h"
#include "support/packed.h"

#include <string.h>

#define INPUT_MAX 65536 /* more only takes time */
#define NAME_MAX  64

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct text
make_pack(struct arena *keep, struct text given)
{
    struct pack pack = pack_new(keep);
    struct fuzzed_parts parts = fuzzed_split(keep, given);
    for (size_t i = 0; i < parts.count; i++) {
        struct text name = parts.items[i].name;
        if (name.size == 0 || name.size > NAME_MAX ||
            memchr(name.data, 0, name.size) != NULL) {
            break;
        }
        pack_add(&pack, text_string(keep, name), parts.items[i].bytes);
    }
    return pack_finish(&pack);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct reading reading = {.keep = &keep, .diag = diag_new(&keep, LANGUAGE_FR)};
    struct text given = {(const char *)bytes, size};
    if (!text_starts_with(given, STR("PK"))) {
        given = make_pack(&keep, given);
    }
    const struct roster *roster = fuzzed_roster();
    const struct calendar *calendar = fuzzed_calendar();
    struct input_list none = {0};
    struct input_list files = fuzzed_list(&keep, "book", given);
    switch (size % 4) {
    case 0:
        fuzzed_check_log(attendance_read(&reading, &files, roster, calendar), roster);
        break;
    case 1:
        expenses_read(&reading, &files, roster,
                      attendance_read(&reading, &none, roster, calendar));
        break;
    case 2: means_read(&reading, &files, roster); break;
    default: roster_read(&reading, &files); break;
    }
    fuzzed_check_said(reading.diag);
    fuzzed_end(start);
    return 0;
}
