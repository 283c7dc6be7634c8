/* SPDX-License-Identifier: Apache-2.0 */
/* What lies in the sheet of one month and is of another. The other month's run reads the sheets of
 * its own name and would not find it: somebody would be forgotten without a word. */
#include "folder.h"

struct misplaced {      /* rows of one file and day */
    struct where where; /* of the first */
    struct date day;
    size_t count;
};
struct misplaced_list ARRAY_OF(struct misplaced);

/* The days that this run looks at, if it is of some days. */
static bool
days_looked_at(const struct run *run, struct period *days)
{
    struct date since;
    if (!option_given(&run->options, OPTION_PERIOD)) {
        return false;
    }
    *days = run->batch.period;
    if (date_parse_iso(option_value(&run->options, OPTION_SINCE), &since) &&
        date_compare(since, days->from) < 0) {
        days->from = since;
    }
    return true;
}

static void
look_at(struct run *run, struct misplaced_list *list, struct where where, struct date day)
{
    struct period month;
    struct period days;
    if (!folder_month_of(where.input->path, &month) || period_contains(month, day) ||
        (days_looked_at(run, &days) && period_contains(days, day))) {
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        struct misplaced *known = &list->items[i];
        if (date_compare(known->day, day) == 0 && known->where.input == where.input) {
            known->count++;
            known->where = where.line < known->where.line ? where : known->where;
            return;
        }
    }
    *ARRAY_PUSH(run->keep, list) = (struct misplaced){where, day, 1};
}

void
folder_tell_misplaced(struct run *run)
{
    struct misplaced_list list = {0};
    const struct log *log = run->batch.log;
    const struct claims *claims = run->batch.claims;
    for (size_t i = 0; run->in_folder && i < log->count; i++) {
        look_at(run, &list, attendance_where(log, &log->items[i]),
                log->sessions[log->items[i].session].date);
    }
    for (size_t i = 0; run->in_folder && claims != NULL && i < claims->count; i++) {
        look_at(run, &list, claims->items[i].where, claims->items[i].date);
    }
    for (size_t i = 0; i < list.count; i++) {
        char day[DATE_TEXT_MAX];
        const struct misplaced *one = &list.items[i];
        diag_warning(run->diag, one->where, CODE_F014,
                     "rows of %s, which is not in the month of the file: %zu",
                     date_text(one->day, day), one->count);
    }
}
