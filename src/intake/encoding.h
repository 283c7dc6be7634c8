/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* The characters of a table, whichever way they were saved. */
#ifndef DEFRAY_ENCODING_H
#define DEFRAY_ENCODING_H

#include "defray/intake.h"

/* The text of an input as UTF-8, without a byte order mark. Where that is not what
 * the file holds, input->utf8 is set too, so that messages quote what was
 * understood. False after a diagnostic. */
bool encoding_decode(struct reading *reading, struct input *input, struct text *out);

#endif
