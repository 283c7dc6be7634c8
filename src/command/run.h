/* SPDX-License-Identifier: Apache-2.0 */
/* One run of the program: what the commands share, from the command line to valid facts. */
#ifndef DEFRAY_RUN_H
#define DEFRAY_RUN_H

#include "defray/attendance.h"
#include "defray/progress.h"
#include "defray/summary.h"

#include "options.h"

#define RUN_FOLDERS_MAX 4

struct folder_sheet { /* a file of a working folder, named after a batch */
    struct text path;
    int64_t batch; /* 0: there is none */
};

struct run {
    struct arena *keep;
    struct diag *diag;
    struct options options;
    enum language language;  /* of messages */
    enum language documents; /* of what is written; the rule file's, or --lang */
    struct text folders[RUN_FOLDERS_MAX]; /* where rule files are looked for */
    size_t folder_count;
    struct progress *progress;
    const struct rules *rules;
    struct inputs ARRAY_OF(
        const struct input *) inputs; /* every file read, rules first */
    size_t rule_file_count;           /* of them */
    struct batch batch;
    struct date known_on;        /* DATE_NONE: all that the rules say */
    struct text certificate;     /* its bytes, before outputs_write */
    struct text login;           /* of the system's user; of commands with a ledger */
    const struct folder *folder; /* of a command that looks at one; NULL of all others */
    bool in_folder;              /* what was not typed was taken from a working folder */
    bool numbered; /* outputs are named after the batch, once its number is known */
    struct folder_sheet last_sheet; /* where they are: the last of a batch */
    bool errors_only;               /* warnings would not answer what was asked */
    bool recorded;                  /* something is in the ledger since */
    bool made;                      /* a folder, and what is in it */
};

/* Loads and proves a rule file and runs its examples; with --as-known-on, gives it as it was
 * known on that day. NULL after a diagnostic. */
const struct rules *run_rules(struct run *run, struct text name);
/* Loads and proves the rules of the first operand, and runs their examples. */
bool run_load_rules(struct run *run);
/* The same of a rule file named otherwise. */
bool run_load_named(struct run *run, struct text name);
/* At most one of --means and --decisions; false after a diagnostic (usage). */
bool run_evidence_is_one(struct run *run);
/* Reads an option that takes a day; `out` stays as it is where the option is not given. False
 * after a diagnostic (usage). */
bool run_read_day(struct run *run, enum option_id option, struct date *out);
/* Reads --as-known-on; without it, the day is DATE_NONE. False after a diagnostic (usage). */
bool run_read_known_on(struct run *run);
/* "  as known on 2025-09-15", on its own line, if that was asked. */
void run_print_known_on(const struct run *run);
/* Authority, assembly, rules and days: the first line of a summary. */
void run_print_head(const struct run *run, struct period period);
/* Reads --period, or takes all days where it is not given. False after a diagnostic (usage). */
bool run_read_period(struct run *run);
/* What every reader of tables is given: the rules, if they are loaded, the period's end. */
struct reading run_reading(const struct run *run);
/* Reads every table given, against the rules. All faults of all files are
 * filed; false if there are any. */
bool run_read_tables(struct run *run);
/* Where "#Sheet" begins in "file.xlsx#Sheet": the first '#' that follows the name of a
 * file that is there, unless the whole is one. The size of the text otherwise. */
size_t run_sheet_mark(struct arena scratch, struct text path);
/* The files given with an option, each read whole; those that could be read. A confidential one is
 * never quoted. */
struct input_list run_open_tables(struct run *run, enum option_id option,
                                  bool confidential);
/* Whether the rules say anything about some day of the period; false after a diagnostic of
 * policy. */
bool run_rules_hold(struct run *run);
/* Whether the scheme may pay in the period; false after a diagnostic of policy. */
bool run_policy_allows(struct run *run);
/* The status that the diagnostics filed so far call for, or 0. */
enum exit_status run_status(const struct run *run);
/* Every file read, named as documents name it: rule files without the folder where the program is
 * installed. As many as run->inputs. */
const struct input *const *run_inputs(const struct run *run);
/* The language asked for with --lang, or the one given. */
enum language run_language(const struct run *run, enum language otherwise);

#endif
