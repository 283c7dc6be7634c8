/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A working folder: an assembly's tables, its month's sheets and what was made of them, in
 * one place that a small file, defray.cfg, describes. Inside it (or with --folder) a month
 * is enough: the rules, the tables and the outputs of a command are taken from there, as
 * if they had been typed. Only that folder is looked at, never those above it.
 */
#ifndef DEFRAY_FOLDER_H
#define DEFRAY_FOLDER_H

#include "run.h"

#define FOLDER_CONFIG     "defray.cfg"
#define FORM_OF_CLAIMS_EN "empty-claims.xlsx"
#define FORM_OF_CLAIMS_FR "demandes-vides.xlsx"

struct folder {
    struct text path; /* "" for the current one, else with '/' at its end */
    struct text rules;
    /* Files and folders, each with `path` before it; empty if the file does not name it. */
    struct text members, sessions, attendance, expenses, decisions, means, outputs,
        ledger;
};

/* The folder described by `path`/defray.cfg. NULL after a diagnostic. */
struct folder *folder_read(struct run *run, struct text path);
/* The tables in `inside` whose names begin with a month that the period touches, by name. */
struct file_names folder_months(struct arena *keep, struct text inside,
                                struct period period);
/* Whether all names of a folder that defray.cfg names are known; else a diagnostic: sheets or
 * claims may be in it. */
bool folder_is_listed(struct run *run, struct text inside);
/* Of a month's tables, those that were not typed: they are read beside one that lies in their
 * folder, and told if what was typed lies elsewhere. */
void folder_join_typed(struct run *run, enum option_id option, struct text inside,
                       const struct file_names *months);
/* The month with which the name of a table begins, without its folder; false if there is none. */
bool folder_month_of(struct text path, struct period *month);
/* Tells of rows of days that neither the month of their file nor the run holds. */
void folder_tell_misplaced(struct run *run);
/* Whether a file of the name is read as a table of its month. */
bool folder_is_month_table(struct text name);
/* What lies beside the sheets and the claims, is of no month or cannot be read, and may be a table
 * or a folder of tables, with '/' at its end. */
struct file_names folder_strays(struct arena *keep, const struct folder *folder);
/* The same, told, but for what was typed. */
void folder_tell_strays(struct run *run, const struct folder *folder);
/* Whether the option was given with this very file. */
bool folder_is_typed(const struct run *run, enum option_id option, struct text path);
/* Whether the file is the table of claims that 'init' has made, with nothing in it. */
bool folder_is_empty_form(struct arena *keep, struct text path);
bool folder_has(struct arena scratch, struct text path);
/* The same of a table, behind which "#Sheet" may stand. */
bool folder_has_table(struct arena scratch, struct text path);
/* "2026-03" of a period that is a month, else "2026-01-01..2026-03-31". */
const char *folder_period(struct arena *keep, struct period period);
/* The files of a batch, without their extensions, as a run in each language names them: `at` counts
 * from 0; NULL past the last. */
const char *folder_batch_file(struct arena *keep, const struct folder *folder,
                              struct period period, int64_t batch, size_t at);
/* The sheets of the highest number among those of batches; batch 0: there are none. */
struct folder_sheet folder_last_sheet(struct arena *keep, struct text outputs);
/* What was not typed is taken from the working folder, if the command can use one and
 * --folder or a month says so. False after a diagnostic. */
bool folder_complete(struct run *run, const struct command *command);

#endif
