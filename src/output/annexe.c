/* SPDX-License-Identifier: Apache-2.0 */
/* The headings of the état de frais: a column that no category of the rules can fill would only
 * make the sheet wider, so it is left out; those that remain keep the annexe's order. */
#include "annexe.h"

#include <assert.h>
#include <string.h>

uint32_t
annexe_headings(const struct rules *rules)
{
    uint32_t paid = 0;
    for (size_t i = 0; i < rules->category_count; i++) {
        paid |= HEADING_BIT(rules->categories[i].heading);
    }
    return paid;
}

/* The same, and whether a ledger is kept. */
static uint32_t
conditions_met(const struct payroll *payroll)
{
    return annexe_headings(payroll->batch->rules) |
           (payroll->batch->history != NULL ? WITH_LEDGER : 0);
}

static bool
is_shown(uint32_t paid, const struct annexe_column *column)
{
    uint32_t always = column->needs == 0 ? SUM_OF_HEADINGS : 0;
    return ((column->needs | always) & (paid | SUM_OF_HEADINGS)) != 0;
}

/* The shown amounts of headings, of which the column of their sum adds up. */
static uint32_t
amounts_shown(const struct annexe_column *const *shown, size_t count)
{
    uint32_t amounts = 0;
    for (size_t i = 0; i < count; i++) {
        bool heading = shown[i]->needs != 0 && shown[i]->needs < WITH_LEDGER;
        amounts |= heading && shown[i]->type == CELL_MONEY ? 1u << i : 0;
    }
    return amounts;
}

static void
set_groups(struct arena *keep, enum language language,
           const struct annexe_column *const *shown, size_t count, struct table *table)
{
    struct column_group *groups = NEW_ARRAY(keep, struct column_group, count);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && strcmp(shown[i]->group, shown[i - 1]->group) == 0;
        if (!same) {
            const char *title = shown[i]->group;
            groups[table->group_count++].title =
                title[0] == '\0' ? "" : tr(language, title);
        }
        groups[table->group_count - 1].columns++;
    }
    table->groups = groups;
}

struct table
annexe_table(struct arena *keep, const struct payroll *payroll,
             const struct annexe_column *columns, size_t count)
{
    uint32_t paid = conditions_met(payroll);
    const struct annexe_column **kept =
        NEW_ARRAY(keep, const struct annexe_column *, count);
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_shown(paid, &columns[i])) {
            kept[filled++] = &columns[i];
        }
    }
    struct column *shown = NEW_ARRAY(keep, struct column, count);
    uint32_t amounts = amounts_shown(kept, filled);
    for (size_t i = 0; i < filled; i++) {
        shown[i] = (struct column){
            .key = kept[i]->key,
            .title = kept[i]->title,
            .type = kept[i]->type,
            .width = kept[i]->width,
            .total = kept[i]->total,
            .adds = kept[i]->needs == SUM_OF_HEADINGS ? amounts : 0,
        };
    }
    struct table table = payroll_table(keep, payroll, shown, filled);
    set_groups(keep, payroll->language, kept, filled, &table);
    return table;
}

void
annexe_keep_shown(const struct payroll *payroll, const struct annexe_column *columns,
                  size_t count, struct cell *cells)
{
    uint32_t paid = conditions_met(payroll);
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_shown(paid, &columns[i])) {
            cells[filled++] = cells[i];
        }
    }
}

enum heading
annexe_heading(const struct rules *rules, const struct line *line)
{
    size_t index = payroll_payable_of(rules, line->entitlement);
    assert(index > 0);
    return index <= rules->category_count ? rules->categories[index - 1].heading
                                          : HEADING_OTHER;
}

const char *
annexe_residence(struct arena *keep, const struct participation *row)
{
    const struct particulars *home = particulars_of(row);
    bool abroad = home->country.size > 0 &&
                  !text_folds_equal(*keep, home->country, STR("FR")) &&
                  !text_folds_equal(*keep, home->country, STR("France"));
    bool both = home->postcode.size > 0 && home->town.size > 0;
    return TEXT_JOIN(keep, home->postcode, both ? STR(" ") : STR(""), home->town,
                     abroad ? STR(", ") : STR(""), abroad ? home->country : STR(""));
}
