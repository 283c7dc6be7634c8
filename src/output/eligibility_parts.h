/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the eligibility report: one file a group of sheets,
 * src/output/document_eligibility_<group>.c, in the order in which they stand. */
#ifndef DEFRAY_ELIGIBILITY_PARTS_H
#define DEFRAY_ELIGIBILITY_PARTS_H

#include "defray/eligibility_report.h"

#include "document_parts.h"

/* Each adds its tables; `report` lives as long as the document. */
void eligibility_add_members(struct arena *keep, const struct eligibility_report *report,
                             struct tables *tables);
void eligibility_add_evidence(struct arena *keep, const struct eligibility_report *report,
                              struct tables *tables);
void eligibility_add_what_if(struct arena *keep, const struct eligibility_report *report,
                             struct tables *tables);
void eligibility_add_texts(struct arena *keep, const struct eligibility_report *report,
                           struct tables *tables);

/* One table of a sheet, for the workbook, pages and JSON. */
struct eligibility_table {
    const char *key, *sheet, *title; /* sheet and title in English */
    const struct column *columns;
    size_t column_count;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
};
struct table *eligibility_add_table(struct arena *keep,
                                    const struct eligibility_report *report,
                                    const struct eligibility_table *given,
                                    struct tables *tables);

/* Whether the stretch is the last one of its member. */
bool eligibility_is_last(const struct eligibility_report *report, size_t stretch);
/* What the means test found on the last day of a stretch. */
struct assessment eligibility_assess(struct arena *keep,
                                     const struct eligibility_report *report,
                                     const struct stretch *stretch);
/* Evidence that counts at the end of the stretch and soon will not. */
bool eligibility_expires(const struct eligibility_report *report,
                         const struct assessment *assessment);
const char *eligibility_name(struct arena *keep, const struct eligibility_report *report,
                             uint32_t member);

#endif
