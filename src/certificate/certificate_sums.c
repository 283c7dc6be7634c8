/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate against itself: every figure is computed anew from those it is made of,
 * with the arithmetic that pays, and every ceiling and counter is followed from line to line.
 */
#include "defray/map.h"

#include "certificate_limits.h"

#define MINUTES_AN_HOUR 60

static void
add_bands(struct adding *work, const struct stated *line)
{
    struct ratio quantity = RATIO_ZERO;
    struct ratio euros = RATIO_ZERO;
    size_t index = 0;
    struct arena *keep = work->check.keep;
    const struct tree *bands = tree_get(line->tree, "bands");
    for (const struct tree *band = bands->first; band != NULL; band = band->next) {
        const char *path = arena_printf(keep, "%s.bands[%zu]", line->path, ++index);
        struct ratio part;
        struct ratio rate;
        struct ratio exact;
        struct ratio product;
        bool read = exact_parse(*keep, tree_get_text(band, "quantity"), 0, &part) &&
                    exact_parse(*keep, tree_get_text(band, "rate"), 2, &rate) &&
                    exact_parse(*keep, tree_get_text(band, "exact"), 2, &exact);
        if (!read || part.den > 30000 || rate.den > 10000) {
            check_form(&work->check, line->path, "bands", band);
            return;
        }
        if (!adding_multiply(work, path, part, rate, &product) ||
            !ratio_fits(euros, product) || !ratio_fits(quantity, part)) {
            return;
        }
        check_ratio(&work->check, path, "exact", exact, product);
        quantity = ratio_add(quantity, part);
        euros = ratio_add(euros, product);
    }
    check_ratio(&work->check, line->path, "quantity", line->quantity, quantity);
    check_ratio(&work->check, line->path, "exact", line->exact, euros);
}

/* A counter runs from 1 January: what it opened with, and every line of the year before, of
 * days that pay as of days that do not. */
static void
add_counter(struct adding *work, const struct stated *line)
{
    struct text entitlement = tree_get_text(line->tree, "entitlement");
    struct ratio counter = line->opening;
    const struct stated *first = NULL;
    for (const struct stated *other = work->lines->items; other < line; other++) {
        if (other->priced && other->method->uses_scale &&
            date_year(other->date) == date_year(line->date) &&
            text_equals(tree_get_text(other->tree, "entitlement"), entitlement)) {
            first = first == NULL ? other : first;
            counter = other->barred != line->barred ? counter
                                                    : ratio_add(counter, other->quantity);
        }
    }
    check_ratio(&work->check, line->path, "counter", line->counter, counter);
    if (first != NULL) {
        check_ratio(&work->check, line->path, "opening", line->opening, first->opening);
    }
}

static void
add_gross(struct adding *work, const struct stated *line)
{
    struct ratio product;
    const struct method *method = line->method;
    if (line->has_minutes && line->unit == UNIT_HOUR) {
        struct ratio hours = ratio_times(line->minutes, ratio_of(1, MINUTES_AN_HOUR));
        check_ratio(&work->check, line->path, "quantity", line->quantity, hours);
    }
    if (method->uses_scale) {
        add_bands(work, line);
        add_counter(work, line);
    } else if (method->uses_rates) {
        adding_derivation(work, line->path, line->tree, line->rate, "rate");
    } else {
        check_ratio(&work->check, line->path, "quantity", line->quantity, RATIO_ONE);
    }
    if (method->uses_amount) {
        check_money(&work->check, line->path, "claimed", line->claimed, line->gross);
        return;
    }
    if (!method->uses_scale) {
        if (!adding_multiply(work, line->path, line->quantity, line->rate, &product)) {
            return;
        }
        check_ratio(&work->check, line->path, "exact", line->exact, product);
    }
    if (ratio_compare(line->exact, ratio_of(MONEY_LINE_MAX_CENTS, 1)) <= 0) {
        check_money(&work->check, line->path, "gross", line->gross,
                    money_round(line->exact, line->rounding));
    }
}

static void
add_counted(struct adding *work, const char *path, const struct stated *line,
            const struct stated_step *step)
{
    for (const struct stated *other = work->lines->items; other < line; other++) {
        bool same_session =
            step->span != SPAN_LINE || text_equals(tree_get_text(other->tree, "session"),
                                                   tree_get_text(line->tree, "session"));
        bool same_day = (step->span == SPAN_MANDATE && other->barred == line->barred) ||
                        date_compare(other->date, line->date) == 0;
        if (other->number == step->line && other->priced && !other->is_claim &&
            other->tariff == line->tariff && other->unit == line->unit && same_session &&
            same_day) {
            check_date(&work->check, path, "since", step->since, other->date);
            return;
        }
    }
    check_differs(&work->check, path, "line",
                  arena_printf(work->check.keep, "%lld", (long long)step->line), "-");
}

/* Hours that make a full day: it is worth its amount in all. */
static struct money
add_full_day(struct adding *work, const char *path, const struct stated *line,
             const struct stated_step *step)
{
    struct money before = {0};
    struct ratio minutes = RATIO_ZERO;
    for (const struct stated *other = work->lines->items; other < line; other++) {
        if (other->priced && other->tariff == line->tariff && !other->is_claim &&
            date_compare(other->date, line->date) == 0) {
            before = money_add(before, other->due);
            minutes = ratio_add(minutes, other->minutes);
        }
    }
    check_date(&work->check, path, "since", step->since, line->date);
    check_money(&work->check, path, "limit", step->limit, line->gross);
    check_money(&work->check, path, "before", step->before, before);
    check_money(&work->check, path, "left", step->left, adding_left(line->gross, before));
    check_ratio(&work->check, path, "minutes_before", step->units_before, minutes);
    check_ratio(&work->check, path, "minutes_day", step->units,
                ratio_add(minutes, line->minutes));
    return step->left;
}

/* What a step takes of what the line came to so far. */
static struct money
add_step(struct adding *work, const char *path, const struct stated *line,
         const struct stated_step *step, struct money running)
{
    struct money most = {0};
    struct ratio product;
    switch (step->kind) {
    case STEP_RATE:
        most = step->limit;
        check_date(&work->check, path, "since", step->since, line->date);
        if (adding_multiply(work, path, line->quantity, line->rate, &product)) {
            check_ratio(&work->check, path, "exact", step->exact, product);
            check_money(&work->check, path, "limit", step->limit,
                        money_round(product, line->rounding));
        }
        break;
    case STEP_COUNTED: add_counted(work, path, line, step); break;
    case STEP_FULL_DAY: most = add_full_day(work, path, line, step); break;
    case STEP_AMOUNT:
    case STEP_QUANTITY: most = limit_check(work, path, line, step, running); break;
    }
    struct money took = adding_left(running, most);
    check_money(&work->check, path, "took", step->took, took);
    return took;
}

_Static_assert(REASON_CAP_MANDATE - REASON_CAP_LINE == (int)SPAN_MANDATE - (int)SPAN_LINE,
               "a span without the reason of its ceilings");

static enum reason
reason_of_step(const struct stated *line, const struct stated_step *step)
{
    if (step->kind == STEP_FULL_DAY) {
        return REASON_FULL_DAY;
    }
    if (step->kind != STEP_COUNTED) {
        return (enum reason)(REASON_CAP_LINE + (int)step->span);
    }
    switch (step->span) {
    case SPAN_LINE: return REASON_SESSION_COUNTED;
    case SPAN_DAY:
        return line->unit == UNIT_HALF_DAY ? REASON_HALF_DAYS_COUNTED
                                           : REASON_DAY_COUNTED;
    default: return REASON_MANDATE_COUNTED;
    }
}

static void
add_priced(struct adding *work, const struct stated *line)
{
    struct money running = line->gross;
    enum reason reason = REASON_NONE;
    bool all = false;
    add_gross(work, line);
    for (size_t i = 0; i < line->step_count; i++) {
        const struct stated_step *step = &line->steps[i];
        const char *path =
            arena_printf(work->check.keep, "%s.caps[%zu]", line->path, i + 1);
        if (!step->over_all && all) {
            check_differs(&work->check, path, "over", "own", "all_tariffs");
            return;
        }
        all = step->over_all;
        struct money took = add_step(work, path, line, step, running);
        if (took.cents > 0 || step->kind == STEP_COUNTED) {
            reason = reason_of_step(line, step);
        }
        running = money_subtract(running, took);
    }
    limits_count(work, line, running);
    check_money(&work->check, line->path, "due", line->due, running);
    check_text(&work->check, line->path, "state", line_state_word(line->state),
               line_state_word(reason == REASON_NONE ? LINE_DUE : LINE_CAPPED));
    check_text(&work->check, line->path, "reason", reason_word(line->reason),
               reason_word(reason));
}

static void
add_unpriced(struct adding *work, const struct stated *line)
{
    check_money(&work->check, line->path, "due", line->due, (struct money){0});
    check_text(&work->check, line->path, "state", line_state_word(line->state),
               line_state_word(reason_state(line->reason)));
    if (line->reason == REASON_NONE) {
        check_form(&work->check, line->path, "reason", NULL);
    }
}

/* Whether another line of that day, of a presence as this one or of a claim, is of that row. */
static bool
is_row_of_another(const struct adding *work, const struct stated *line, struct text row)
{
    for (size_t i = 0; i < work->lines->count; i++) {
        const struct stated *other = &work->lines->items[i];
        if (other != line && other->is_claim == line->is_claim &&
            date_compare(other->date, line->date) == 0 &&
            text_equals(tree_get_text(other->tree, "at"), row)) {
            return true;
        }
    }
    return false;
}

/* What a line repeats is of the same member and day, and stands in the certificate; who took a seat
 * is another member. */
static void
add_other_place(struct adding *work, const struct stated *line)
{
    struct text row = tree_get_text(line->tree, "other_at");
    bool seat = line->reason == REASON_SEAT_TAKEN || line->reason == REASON_SEAT_WAITS;
    bool repeats = line->reason == REASON_SAME_FACT;
    if ((seat && row.size == 0) || (repeats && !is_row_of_another(work, line, row))) {
        check_differs(&work->check, line->path, "other_at",
                      row.size == 0 ? "-" : text_string(work->check.keep, row),
                      tr(diag_language(work->check.diag), N_("another row of that day")));
    }
}

/* The verdict that goes with what decided the line. */
static enum verdict
verdict_of(const struct stated *line)
{
    switch (line->reason) {
    case REASON_NOT_ELIGIBLE: return VERDICT_NOT_ELIGIBLE;
    case REASON_NO_FIGURE:
    case REASON_FIGURE_TOO_OLD:
    case REASON_METHOD_NOT_ACCEPTED:
    case REASON_NO_EVIDENCE_GIVEN:
    case REASON_NO_DECISION:
    case REASON_DECISION_UNDETERMINED: return VERDICT_UNDETERMINED;
    default: return VERDICT_ELIGIBLE;
    }
}

static void
add_line(struct adding *work, size_t index)
{
    const struct stated *line = &work->lines->items[index];
    struct period period = work->lines->period;
    check_count(&work->check, line->path, "line", line->number, (int64_t)index + 1);
    bool inside = line->earlier ? date_compare(line->date, period.from) < 0
                                : period_contains(period, line->date);
    bool ordered = index == 0 || date_compare(line[-1].date, line->date) <= 0;
    if (!inside || !ordered) {
        char day[DATE_TEXT_MAX];
        check_differs(&work->check, line->path, "date", date_text(line->date, day),
                      tr(diag_language(work->check.diag),
                         inside ? N_("after the line before") : N_("within the period")));
    }
    if (line->verdict != VERDICT_NO_TEST) {
        check_text(&work->check, line->path, "evidence.verdict",
                   verdict_word(line->verdict), verdict_word(verdict_of(line)));
    }
    if (line->priced) {
        add_priced(work, line);
    } else {
        add_unpriced(work, line);
        add_other_place(work, line);
    }
}

/* Whether two files that were read may have the name that the place begins with: places are told
 * without folders. One workbook may hold several tables, and only those of finance have a
 * fingerprint. */
static bool
is_of_several_files(const struct tree *certificate, struct text place)
{
    struct text seen = {0};
    size_t withheld = 0;
    const struct tree *input = tree_get(certificate, "inputs")->first;
    for (; input != NULL; input = input->next) {
        struct text name = tree_get_text(input, "name");
        struct text sha256 = tree_get_text(input, "sha256");
        bool named = text_starts_with(place, name) &&
                     (place.size == name.size || place.data[name.size] == ':' ||
                      place.data[name.size] == '[');
        if (!named) {
            continue;
        }
        if (seen.size > 0 && sha256.size > 0 && !text_equals(seen, sha256)) {
            return true;
        }
        seen = sha256.size > 0 ? sha256 : seen;
        withheld += sha256.size == 0;
    }
    return withheld > 1;
}

/* A row of a sheet is one claim, or one presence at a session, and is paid once. */
static void
add_rows(struct adding *work, const struct tree *certificate)
{
    struct arena *keep = work->check.keep;
    struct map rows = {0};
    for (size_t i = 0; i < work->lines->count; i++) {
        const struct stated *line = &work->lines->items[i];
        struct text at = tree_get_text(line->tree, "at");
        struct text session = tree_get_text(line->tree, "session");
        if (!line->priced) {
            continue;
        }
        char day[DATE_TEXT_MAX];
        const char *key = arena_printf(keep, "claim %.*s", TEXT_ARG(at));
        if (!line->is_claim && session.size > 0) {
            key = arena_printf(keep, "%zu %.*s %.*s", at.size, TEXT_ARG(at),
                               TEXT_ARG(session));
        } else if (!line->is_claim) { /* known by its day and kind alone */
            key = arena_printf(keep, "%s %s %.*s", date_text(line->date, day),
                               kind_word(line->kind), TEXT_ARG(at));
        }
        if (map_insert(keep, &rows, text_of(key), (uint32_t)i) != (uint32_t)i &&
            !is_of_several_files(certificate, at)) {
            check_differs(&work->check, line->path, "at", text_string(keep, at),
                          tr(diag_language(work->check.diag), N_("a row of its own")));
        }
    }
}

static void
add_totals(struct adding *work, const struct tree *certificate)
{
    const struct tree *totals = tree_get(certificate, "totals");
    const struct tree *counts = tree_get(totals, "lines");
    struct money sums[2] = {{0}, {0}};
    int64_t states[LINE_STATE_COUNT] = {0};
    int64_t read = 0;
    for (size_t i = 0; i < work->lines->count; i++) {
        const struct stated *line = &work->lines->items[i];
        if (!line->earlier) {
            sums[line->is_claim] = money_add(sums[line->is_claim], line->due);
            states[line->state]++;
            read++;
        }
    }
    const char *const stated[] = {"stipend", "expenses", "total"};
    const struct money recomputed[] = {sums[0], sums[1], money_add(sums[0], sums[1])};
    for (size_t i = 0; i < ARRAY_COUNT(stated); i++) {
        struct money amount = {0};
        (void)money_parse(tree_get_text(totals, stated[i]), &amount);
        check_money(&work->check, "totals", stated[i], amount, recomputed[i]);
    }
    check_count(&work->check, "totals.lines", "read", tree_get(counts, "read")->integer,
                read);
    for (int state = 0; state < LINE_STATE_COUNT; state++) {
        const char *word = line_state_word((enum line_state)state);
        check_count(&work->check, "totals.lines", word, tree_get(counts, word)->integer,
                    states[state]);
    }
}

bool
certificate_adds_up(struct arena *keep, const struct tree *certificate,
                    struct where where, struct diag *diag)
{
    struct stated_lines lines = {0};
    struct adding work = {
        {keep,  where, diag, CODE_C005, true},
        &lines, {0}
    };
    if (!stated_read(&work.check, certificate, &lines)) {
        return false;
    }
    for (size_t i = 0; i < lines.count; i++) {
        add_line(&work, i);
    }
    add_rows(&work, certificate);
    add_totals(&work, certificate);
    return work.check.holds;
}
