/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/*
 * Workbooks to be filled in: the attendance of a period, members down and sessions across,
 * with a sheet to sign; and the empty tables of the program, each with a guide to its
 * columns. Whatever is filled in as the workbook asks is read as it is.
 */
#ifndef DEFRAY_TEMPLATE_DOCUMENT_H
#define DEFRAY_TEMPLATE_DOCUMENT_H

#include "defray/calendar.h"
#include "defray/column_guide.h"
#include "defray/document.h"
#include "defray/roster.h"

struct attendance_template {
    const struct rules *rules;
    const struct roster *roster;
    const struct calendar *calendar;
    struct period period; /* sessions of these days, members of these days */
    enum language language;
};

/* As many sessions as a sheet takes. */
#define TEMPLATE_SESSIONS_MAX 80

/* How many sessions the workbook would have. */
size_t template_sessions(const struct attendance_template *about);
const struct document *attendance_template_document(
    struct arena *keep, const struct attendance_template *about);
/* The empty table, and the sheet that explains it. */
const struct document *table_template_document(struct arena *keep,
                                               const struct rules *rules,
                                               enum guided_table table,
                                               enum language language);

#endif
