/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of a matrix that have two readings: a 1 is a presence in one office, and an hour in
 * another; a 10h is ten hours, or when somebody came. */
#include "attendance_reader.h"

static bool
is_bare(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        bool digit = t.data[i] >= '0' && t.data[i] <= '9';
        if (!digit && t.data[i] != '.' && t.data[i] != ',') {
            return false;
        }
    }
    return true;
}

void
figures_count(struct figures *figures, const struct cell *cell,
              const struct attendance *fact)
{
    if (fact->duration != DURATION_NONE) {
        figures->hours = figures->hours || fact->duration > 0;
    } else if (fact->presence == PRESENCE_PRESENT && is_bare(cell->text) &&
               figures->ones.count++ == 0) {
        figures->ones.first = cell_where(cell);
    }
}

void
figures_tell(const struct figures *figures, struct diag *diag)
{
    if (figures->hours && figures->ones.count > 0) {
        diag_error(
            diag, figures->ones.first, CODE_A025,
            tr_plural(diag_language(diag),
                      "%zu cell holds '1' while others hold hours: a presence, or one "
                      "hour?",
                      "%zu cells hold '1' while others hold hours: presences, or one "
                      "hour each? The first here",
                      figures->ones.count),
            figures->ones.count);
    }
}

bool
figures_may_be_time(const struct session *session, const struct attendance *fact)
{
    int minutes = fact->duration / DURATION_MINUTE;
    return fact->duration != DURATION_NONE && fact->duration % DURATION_MINUTE == 0 &&
           session->start != TIME_NONE && session->end != TIME_NONE &&
           minutes > session->end - session->start && session->start <= minutes &&
           minutes <= session->end;
}
