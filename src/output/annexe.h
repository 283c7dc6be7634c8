/* SPDX-License-Identifier: Apache-2.0 */
/* What the two sheets of expenses share: the headings of the état de frais (annexe A of the list
 * of vouchers, and its headings 326 and 331), and which of them a rule file pays under. */
#ifndef DEFRAY_ANNEXE_H
#define DEFRAY_ANNEXE_H

#include "payroll_parts.h"

#define HEADING_BIT(heading) (1u << (heading))
/* Those of a trip, for which the annexe asks the route and the mode. */
#define HEADINGS_OF_TRIPS                                               \
    (HEADING_BIT(HEADING_PUBLIC_TRANSPORT) | HEADING_BIT(HEADING_CAR) | \
     HEADING_BIT(HEADING_TAXI) | HEADING_BIT(HEADING_PARKING))

/* Of a column: what it shows is the sum of the amounts under the headings. */
#define SUM_OF_HEADINGS (1u << 31)

/* Of a column: shown where a ledger is kept. */
#define WITH_LEDGER (1u << 30)

/* A column, and the headings of which the rules must pay one for it to be shown; 0: always. */
struct annexe_column {
    const char *key;
    const char *title;
    enum cell_type type;
    int width;
    bool total;
    const char
        *group; /* stands above it and its neighbours of the same group; may be "" */
    uint32_t needs;
};

/* The headings that the rules pay under, as a set of bits. */
uint32_t annexe_headings(const struct rules *rules);
/* A table of those that are shown; a column that adds up does so over the amounts shown. */
struct table annexe_table(struct arena *keep, const struct payroll *payroll,
                          const struct annexe_column *columns, size_t count);
/* Moves the cells of the shown columns to the front. */
void annexe_keep_shown(const struct payroll *payroll, const struct annexe_column *columns,
                       size_t count, struct cell *cells);
/* Where the line of a claim stands; HEADING_OTHER for a category that the rules do not name. */
enum heading annexe_heading(const struct rules *rules, const struct line *line);
/* "31800 Saint-Gaudens"; a country that is not France follows. */
const char *annexe_residence(struct arena *keep, const struct participation *row);

#endif
