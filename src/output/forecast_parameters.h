/* SPDX-License-Identifier: Apache-2.0 */
/* What the table of parameters is made of: rows of the base, and of what each variant changes. */
#ifndef DEFRAY_OUTPUT_FORECAST_PARAMETERS_H
#define DEFRAY_OUTPUT_FORECAST_PARAMETERS_H

#include "forecast_parts.h"

struct fact {        /* of the base */
    struct text key; /* what it is of, by the name of the scenario file */
    struct text of;
    const char *parameter, *value, *basis;
    const char *item; /* which of several of one parameter; or "" */
    bool stands;      /* the variant that is told says it too, or otherwise */
};
struct facts ARRAY_OF(struct fact);

struct telling {
    const struct forecast_tables *whole;
    struct arena *keep; /* of what the base says */
    struct facts *base;
    struct arena scratch;
    const struct scenario *scenario;
    struct row_sink *sink;
    struct text key, of;
    const char *item; /* NULL: there is one such parameter */
};

/* One row; of what rests on no text, quietly. */
void parameter_row(const struct telling *telling, struct arena scratch,
                   const struct fact *fact, struct cell parameter, bool quiet);
/* What the rules of the base say otherwise than their file, or those of a variant otherwise than
 * those of the base. */
void parameters_of_rules(struct telling *telling);

#endif
