/* SPDX-License-Identifier: Apache-2.0 */
/* The empty table of claims that 'init' puts beside the month's ones: of no month, and nothing is
 * lost by it as long as nobody has filled it in. */
#include "defray/expenses.h"
#include "defray/limits.h"

#include "folder.h"

bool
folder_is_empty_form(struct arena *keep, struct text path)
{
    struct text name = text_file_name(path);
    if (!text_equals(name, STR(FORM_OF_CLAIMS_EN)) &&
        !text_equals(name, STR(FORM_OF_CLAIMS_FR))) {
        return false;
    }
    /* Whatever is wrong with it is nobody's concern here: with an error it is not empty. */
    struct diag *unsaid = diag_new(keep, LANGUAGE_EN);
    struct reading reading = {.keep = keep, .diag = unsaid};
    struct input *input = input_read(keep, path, CSV_BYTES_MAX, false, unsaid);
    struct input_list files = {.items = &input, .count = 1};
    const struct roster nobody = {0};
    const struct log nothing = {0};
    return input != NULL &&
           expenses_read(&reading, &files, &nobody, &nothing)->count == 0 &&
           diag_errors(unsaid) == 0;
}
