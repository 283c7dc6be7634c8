/* SPDX-License-Identifier: Apache-2.0 */
/* The equality table on a terminal of eighty columns. */
#ifndef DEFRAY_EQUALITY_PAGE_H
#define DEFRAY_EQUALITY_PAGE_H

#include "defray/equality.h"

#include <stdio.h>

void equality_page_print(FILE *out, struct arena scratch, const struct equality *equality,
                         enum language language);

#endif
