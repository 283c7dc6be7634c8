/* SPDX-License-Identifier: Apache-2.0 */
/* What of a working folder is newer than what was made of it, by the times of its files; and a
 * closed month, whose late tables only an open month with --since can pay. */
#include "status_late.h"

#include "defray/limits.h"

#include <string.h>
#include <sys/stat.h>

#define NANOSECONDS INT64_C(1000000000)

int64_t
status_changed_at(struct arena scratch, struct text path)
{
    struct stat status;
    return path.size > 0 && stat(text_string(&scratch, path), &status) == 0
               ? (int64_t)status.st_mtim.tv_sec * NANOSECONDS + status.st_mtim.tv_nsec
               : 0;
}

static bool
one_is_newer(const struct looking *l, const struct file_names *files, int64_t made)
{
    bool newer = false;
    for (size_t i = 0; i < files->count; i++) {
        newer = newer || status_changed_at(*l->run->keep, files->items[i]) > made;
    }
    return newer;
}

/* Whether one of the files, as it is now, is not among those that a batch was made of. */
static bool
one_is_of_none(const struct looking *l, const struct file_names *files,
               struct text tables)
{
    bool of_none = false;
    for (size_t i = 0; i < files->count && !of_none; i++) {
        struct arena scratch = *l->run->keep;
        const struct input *file =
            input_read(&scratch, files->items[i], CSV_BYTES_MAX, true, l->run->diag);
        of_none = file != NULL && !ledger_tables_have(tables, file->digest);
    }
    return of_none;
}

/* By what they hold, where the batch has kept it: a table that was sent on may be older than what
 * was made without it. */
static bool
months_are_late(const struct looking *l, const struct month *month, struct made made)
{
    if (made.tables.size > 0) {
        return one_is_of_none(l, &month->sheets, made.tables) ||
               one_is_of_none(l, &month->claims, made.tables);
    }
    return one_is_newer(l, &month->sheets, made.at) ||
           one_is_newer(l, &month->claims, made.at);
}

bool
status_is_late(const struct looking *l, const struct month *month, struct made made)
{
    const struct folder *folder = l->folder;
    const struct text tables[] = {folder->members, folder->sessions, folder->decisions,
                                  folder->means};
    bool late = months_are_late(l, month, made);
    for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
        struct text file = {tables[i].data, run_sheet_mark(*l->run->keep, tables[i])};
        late = late || status_changed_at(*l->run->keep, file) > made.at;
    }
    return late;
}

/* Whether the batch stands, and is of this assembly. */
static bool
is_ours(const struct looking *l, const struct ledger_batch *batch)
{
    return !text_equals(batch->state, STR("CANCELLED")) &&
           text_equals(batch->assembly, l->run->rules->id);
}

bool
status_is_batch_of(const struct looking *l, const struct ledger_batch *batch,
                   struct period period)
{
    struct period days = {0};
    return is_ours(l, batch) && date_parse_iso(batch->from, &days.from) &&
           date_parse_iso(batch->to, &days.to) && period_overlaps(days, period);
}

/* When the sheets of a batch were made; 0 if they are not there. */
static int64_t
batch_made(const struct looking *l, const struct ledger_batch *batch)
{
    struct arena *keep = l->run->keep;
    struct period days;
    int64_t made = 0;
    if (!date_parse_iso(batch->from, &days.from) ||
        !date_parse_iso(batch->to, &days.to)) {
        return 0;
    }
    const char *path;
    for (size_t i = 0;
         (path = folder_batch_file(keep, l->folder, days, batch->number, i)) != NULL;
         i++) {
        int64_t at =
            status_changed_at(*keep, text_of(arena_printf(keep, "%s.xlsx", path)));
        made = at > made ? at : made;
    }
    return made;
}

/* Whether a batch of a later month settled the days of this one too. */
static bool
reaches_back(const struct looking *l, const struct ledger_batch *batch,
             struct period period)
{
    struct date since;
    struct date to;
    return is_ours(l, batch) && date_parse_iso(batch->since, &since) &&
           date_parse_iso(batch->to, &to) && date_compare(since, period.from) <= 0 &&
           date_compare(to, period.to) >= 0;
}

struct made
status_made(const struct looking *l, const struct month *month, int64_t otherwise)
{
    struct made last = {.at = otherwise};
    for (size_t i = 0; i < l->batch_count; i++) {
        const struct ledger_batch *batch = &l->batches[i];
        bool counts = status_is_batch_of(l, batch, month->period) ||
                      (month->is_closed && reaches_back(l, batch, month->period));
        int64_t at = counts ? batch_made(l, batch) : 0;
        last.at = at != 0 ? at : last.at;
        last.tables = counts && batch->tables.size > 0 ? batch->tables : last.tables;
    }
    return last;
}

bool
status_is_without_rows(const struct looking *l, struct text path)
{
    struct run *run = l->run;
    if (!folder_has(*run->keep, path)) {
        return false;
    }
    const struct input *file =
        input_read(run->keep, path, CSV_BYTES_MAX, true, run->diag);
    size_t at = 0;
    while (file != NULL && at < file->bytes.size && file->bytes.data[at] != '\n') {
        at++;
    }
    return file != NULL && file->bytes.size > 0 && at + 1 >= file->bytes.size;
}

bool
status_closed_is_late(const struct looking *l, const struct month *month,
                      struct made made)
{
    struct arena *keep = l->run->keep;
    struct text table =
        text_of(arena_printf(keep, "%.*s/%s.csv", TEXT_ARG(l->folder->outputs),
                             folder_period(keep, month->period)));
    int64_t seen = status_changed_at(*keep, table);
    if (seen > made.at && status_is_without_rows(l, table)) {
        made = (struct made){.at = seen}; /* a run that found nothing to pay in them */
    }
    return (made.at > 0 || made.tables.size > 0) && months_are_late(l, month, made);
}

/* The first month after `closed` that is open: one of the folder, else the one after them all. */
static struct period
open_after(const struct looking *l, const struct month *closed)
{
    struct period last = closed->period;
    for (const struct month *month = closed; month < l->months + l->month_count;
         month++) {
        last = month->period;
        if (!month->is_closed) {
            return last;
        }
    }
    last.from = date_add_days(last.to, 1);
    last.to = date_month_last(last.from);
    return last;
}

struct step
status_next_late(const struct looking *l)
{
    struct arena *keep = l->run->keep;
    const struct month *late = NULL;
    char since[DATE_TEXT_MAX];
    for (size_t i = 0; i < l->month_count && late == NULL; i++) {
        const struct month *month = &l->months[i];
        late = month->is_closed && month->is_late_for_batch ? month : NULL;
    }
    if (late == NULL) {
        return (struct step){NULL, NULL};
    }
    const char *open = folder_period(keep, open_after(l, late));
    (void)date_text(late->period.from, since);
    const char *pay = arena_printf(keep, "defray pay %s --since %s", open, since);
    return (struct step){
        arena_printf(keep,
                     tr(l->run->language,
                        N_("a table of %s has changed since it was paid, and the month "
                           "is closed; if '%s' finds something late:")),
                     folder_period(keep, late->period), status_in_folder(l, pay)),
        arena_printf(keep, "defray ledger prepare %s --since %s", open, since)};
}
