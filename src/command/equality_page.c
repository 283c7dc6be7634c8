/* SPDX-License-Identifier: Apache-2.0 */
/* A line an assembly, a column a profile, as many blocks of columns as it takes; then each
 * profile with its spread in a sentence. */
#include "equality_page.h"

#include "defray/equality_document.h"

#include "terminal.h"

#define PROFILES_A_BLOCK 4
#define ID_WIDTH         24
#define CELL_WIDTH       11
#define MARK_WIDTH       2

/* "77.49", "0.00 *"; the place of the mark is left to what follows, if anything does. */
static void
print_cell(FILE *out, struct arena *scratch, enum language language,
           const struct equality_outcome *outcome, bool last)
{
    bool computed = outcome->answer == EQUALITY_COMPUTED;
    put_right(out, computed ? tr_money(scratch, language, outcome->result.total) : "-",
              CELL_WIDTH - MARK_WIDTH);
    if (computed && equality_waits(outcome, LINE_UNDETERMINED)) {
        fprintf(out, " ?");
    } else if (computed && equality_waits(outcome, LINE_REFUSED)) {
        fprintf(out, " *");
    } else if (!last) {
        fprintf(out, "%*s", MARK_WIDTH, "");
    }
}

/* The day on which the block's profiles are put to the rule file; "" where it differs. */
static const char *
day_of(struct arena *keep, const struct equality *equality, size_t rule, size_t first,
       size_t end)
{
    char day[DATE_TEXT_MAX];
    struct date last = equality_at(equality, first, rule)->days.to;
    for (size_t i = first; i < end; i++) {
        if (date_compare(equality_at(equality, i, rule)->days.to, last) != 0) {
            return "";
        }
    }
    return arena_printf(keep, "%s", date_text(last, day));
}

static void
print_block(FILE *out, struct arena scratch, const struct equality *equality,
            enum language language, size_t first)
{
    size_t end = first + PROFILES_A_BLOCK;
    end = end < equality->profile_count ? end : equality->profile_count;
    fprintf(out, "%-*s%-10s", ID_WIDTH, "", "");
    for (size_t i = first; i < end; i++) {
        size_t width = i == first ? CELL_WIDTH - MARK_WIDTH : CELL_WIDTH;
        put_right(out, arena_printf(&scratch, "(%zu)", i + 1), width);
    }
    fprintf(out, "\n");
    for (size_t j = 0; j < equality->rule_count; j++) {
        struct arena row = scratch;
        fprintf(out, "%-*.*s%-10s", ID_WIDTH, TEXT_ARG(equality->rules[j]->id),
                day_of(&row, equality, j, first, end));
        for (size_t i = first; i < end; i++) {
            print_cell(out, &row, language, equality_at(equality, i, j), i + 1 == end);
        }
        fprintf(out, "\n");
    }
    fprintf(out, "\n");
}

void
equality_page_print(FILE *out, struct arena scratch, const struct equality *equality,
                    enum language language)
{
    for (size_t i = 0; i < equality->profile_count; i += PROFILES_A_BLOCK) {
        print_block(out, scratch, equality, language, i);
    }
    const char *flat = equality_flat_amounts(&scratch, language, equality);
    fprintf(out, "%s\n%s\n%s%s\n",
            tr(language, "* a condition fails   ? something is missing   - the rules do "
                         "not hold or do not pay"),
            tr(language,
               "in euros, on the day shown; the reason and the text behind each "
               "amount: -o FILE.xlsx"),
            flat, flat[0] == '\0' ? "" : "\n");
    for (size_t i = 0; i < equality->profile_count; i++) {
        struct arena one = scratch;
        fprintf(out, "(%zu) %.*s\n    %s\n", i + 1, TEXT_ARG(equality->labels[i]),
                equality_sentence(&one, language, equality, i));
    }
}
