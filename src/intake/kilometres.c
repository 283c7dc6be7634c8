/* SPDX-License-Identifier: Apache-2.0 */
/* Which year the kilometres of a row are of, and whether rows agree. */
#include "defray/kilometres.h"

static int
year_of(const struct participation *row, int first_year)
{
    int from = date_year(row->during.from);
    int to = date_year(row->during.to);
    return to < first_year ? to : from > first_year ? from : first_year;
}

static bool
is_stated(const struct participation *row)
{
    const struct particulars *stated = particulars_of(row);
    return stated->km_stated || stated->km_before.num != 0;
}

bool
kilometres_before(const struct participant *who, int year, int first_year,
                  struct ratio *out)
{
    *out = RATIO_ZERO;
    for (size_t i = 0; i < who->row_count; i++) {
        if (is_stated(&who->rows[i]) && year_of(&who->rows[i], first_year) == year) {
            *out = particulars_of(&who->rows[i])->km_before;
            return true;
        }
    }
    return false;
}

/* The years of rows are in their order. */
static bool
rows_agree(struct diag *diag, const struct participant *who, int first_year)
{
    const struct participation *before = NULL;
    bool agree = true;
    for (size_t i = 0; i < who->row_count; i++) {
        const struct participation *row = &who->rows[i];
        if (!is_stated(row)) {
            continue;
        }
        int year = year_of(row, first_year);
        if (before != NULL && year_of(before, first_year) == year &&
            ratio_compare(particulars_of(before)->km_before,
                          particulars_of(row)->km_before) != 0) {
            agree = diag_error(diag, row->where, CODE_M017,
                               "two rows of member '%.*s' state other kilometres before, "
                               "for %d",
                               TEXT_ARG(who->id), year);
            diag_other_place(diag, before->where);
        }
        before = row;
    }
    return agree;
}

bool
kilometres_agree(struct diag *diag, const struct roster *roster, int first_year)
{
    bool agree = true;
    for (size_t i = 0; i < roster->count; i++) {
        agree = rows_agree(diag, &roster->items[i], first_year) && agree;
    }
    return agree;
}
