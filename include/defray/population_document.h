/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* A run of a scenario as the tables that defray pay reads, a document each. Ids only. */
#ifndef DEFRAY_POPULATION_DOCUMENT_H
#define DEFRAY_POPULATION_DOCUMENT_H

#include "defray/document.h"
#include "defray/population.h"

enum population_table {
    POPULATION_MEMBERS,
    POPULATION_SESSIONS,
    POPULATION_ATTENDANCE,
    POPULATION_EXPENSES,
    POPULATION_DECISIONS,
    POPULATION_TABLES
};
const char *population_table_name(enum population_table table); /* "members" */

struct document *population_document(struct arena *keep,
                                     const struct population *population,
                                     enum population_table table);

#endif
