/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* The columns that each reader looks for, for whoever explains them. */
#ifndef DEFRAY_COLUMNS_H
#define DEFRAY_COLUMNS_H

#include "table.h"

struct columns {
    const struct column *items;
    size_t count;
};

struct columns roster_columns(void);
struct columns calendar_columns(void);
struct columns expenses_columns(void);
struct columns means_columns(void);

#endif
