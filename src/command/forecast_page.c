/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with small bars: a bar is as long as its share of the largest, in eighths of a column.
 * There is no colour. */
#include "forecast_page.h"

#include "defray/status.h"

#include "terminal.h"

#define LABEL_LEAST  22
#define LABEL_MOST   60
#define AMOUNT_WIDTH 13
#define COUNT_WIDTH  9
#define BAR_WIDTH    13
#define EIGHTHS      8

struct page {
    FILE *out;
    struct arena scratch;
    const struct forecast_report *report;
    enum language language;
    size_t label_width; /* of a variant, or of a month */
};

/* The first so many characters, or all there are. */
static struct text
first_of(struct text text, size_t characters)
{
    size_t seen = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool starts = ((unsigned char)text.data[i] & 0xC0) != 0x80;
        if (starts && seen == characters) {
            return (struct text){text.data, i};
        }
        seen += starts;
    }
    return text;
}

/* Cut where it is wider. */
static void
print_padded(const struct page *page, const char *text, size_t width)
{
    struct text shown = first_of(text_of(text), width);
    fprintf(page->out, "%.*s%*s", TEXT_ARG(shown), (int)(width - text_characters(shown)),
            "");
}

static void
print_money(struct page *page, struct money amount)
{
    struct arena scratch = page->scratch;
    put_right(page->out, tr_money(&scratch, page->language, amount), AMOUNT_WIDTH);
}

static void
print_bar(FILE *out, int64_t value, int64_t most)
{
    static const char *const parts[EIGHTHS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int64_t share = value > most ? most : value < 0 ? 0 : value;
    int64_t eighths = most <= 0 ? 0 : share * BAR_WIDTH * EIGHTHS / most;
    fputs(eighths > 0 ? "  " : "", out);
    for (int64_t i = 0; i < eighths / EIGHTHS; i++) {
        fputs("█", out);
    }
    fprintf(out, "%s\n", parts[eighths % EIGHTHS]);
}

struct head {
    const char *text;
    size_t width;
};

static void
print_heads(struct page *page, const char *first, const struct head *heads, size_t count)
{
    fputs("\n  ", page->out);
    print_padded(page, tr(page->language, first), page->label_width);
    for (size_t i = 0; i < count; i++) {
        put_right(page->out, tr(page->language, heads[i].text), heads[i].width);
    }
    fputs("\n", page->out);
}

static const struct head cost_heads[] = {
    {N_("expected"), AMOUNT_WIDTH},
    {N_("low"),      AMOUNT_WIDTH},
    {N_("high"),     AMOUNT_WIDTH},
};

static void
print_label(struct page *page, const char *label)
{
    fputs("  ", page->out);
    print_padded(page, label, page->label_width);
}

static void
widen(struct page *page, const char *label)
{
    size_t width = text_characters(text_of(label));
    width = width < LABEL_MOST ? width : LABEL_MOST;
    page->label_width = width > page->label_width ? width : page->label_width;
}

static const char *
variant_name(struct page *page, struct arena *keep, size_t index)
{
    return variant_title(keep, page->language, page->report->scenarios->items[index]);
}

struct row {
    const char *label;
    struct money expected;
    struct spread spread;
    int64_t most;
};

static void
print_row(struct page *page, struct row row)
{
    print_label(page, row.label);
    print_money(page, row.expected);
    print_money(page, row.spread.low);
    print_money(page, row.spread.high);
    print_bar(page->out, row.expected.cents, row.most);
}

static void
print_head(struct page *page)
{
    const struct scenarios *scenarios = page->report->scenarios;
    const struct scenario *base = scenarios->items[0];
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    fprintf(page->out, "SIMULATION  %.*s\n",
            TEXT_ARG(label_in(&scenarios->title, page->language)));
    fprintf(page->out, "  %.*s, %.*s (%.*s)  %s .. %s\n",
            TEXT_ARG(base->rules->authority), TEXT_ARG(base->rules->assembly),
            TEXT_ARG(base->rules->id), date_text(base->lasts.from, from),
            date_text(base->lasts.to, to));
    struct arena scratch = page->scratch;
    fprintf(page->out, tr(page->language, N_("  legal status: %s\n")),
            status_sentence(&scratch, page->language, base->rules, base->lasts));
    fprintf(page->out,
            tr(page->language,
               N_("  at least 90 of 100 draws lie between low and high (%u draws, "
                  "seed %llu)\n")),
            scenarios->runs, (unsigned long long)scenarios->seed);
}

static void
print_variants(struct page *page)
{
    const struct forecast_report *report = page->report;
    int64_t most = 0;
    for (size_t i = 0; i < report->scenarios->count; i++) {
        int64_t total = report->forecasts[i]->total.cents;
        most = total > most ? total : most;
    }
    print_heads(page, N_("variant"), cost_heads, ARRAY_COUNT(cost_heads));
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        struct arena scratch = page->scratch;
        print_row(page, (struct row){variant_name(page, &scratch, i), forecast->total,
                                     forecast->spread, most});
    }
}

/* Members at the start, in tenths, to whom whole presence would bring more, or less. */
struct turn {
    int64_t gain, lose;
};

static struct turn
turn_of(struct arena scratch, const struct forecast *base, const struct forecast *variant)
{
    struct turn turn = {0, 0};
    struct effects effects = forecast_effects(&scratch, base, variant);
    for (size_t i = 0; i < effects.count; i++) {
        const struct effect *effect = &effects.items[i];
        const struct profile_forecast *after = &variant->profiles[effect->after];
        if (effect->before == EFFECT_NOTHING) {
            continue;
        }
        int order = money_compare(after->due, base->profiles[effect->before].due);
        int64_t people = variant->scenario->groups[after->group].members * effect->share;
        turn.gain += order > 0 ? people : 0;
        turn.lose += order < 0 ? people : 0;
    }
    turn.gain = (turn.gain + EFFECT_WHOLE / 20) / (EFFECT_WHOLE / 10);
    turn.lose = (turn.lose + EFFECT_WHOLE / 20) / (EFFECT_WHOLE / 10);
    return turn;
}

static void
print_tenths(struct page *page, int64_t tenths)
{
    struct arena scratch = page->scratch;
    char mark = page->language == LANGUAGE_FR ? ',' : '.';
    put_right(page->out,
              arena_printf(&scratch, "%lld%c%lld", (long long)(tenths / 10), mark,
                           (long long)(tenths % 10)),
              COUNT_WIDTH);
}

static void
print_ratios(struct page *page)
{
    static const struct head heads[] = {
        {N_("per member"),  AMOUNT_WIDTH},
        {N_("per session"), AMOUNT_WIDTH},
        {N_("per month"),   AMOUNT_WIDTH},
        {N_("gain"),        COUNT_WIDTH },
        {N_("lose"),        COUNT_WIDTH },
    };
    const struct forecast_report *report = page->report;
    bool several = report->scenarios->count > 1;
    print_heads(page, N_("variant"), heads, ARRAY_COUNT(heads) - (several ? 0 : 2));
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        struct arena scratch = page->scratch;
        print_label(page, variant_name(page, &scratch, i));
        print_money(page, forecast->per_member);
        print_money(page, forecast->per_session);
        print_money(page, forecast->per_month);
        if (i > 0) {
            struct turn turn = turn_of(scratch, report->forecasts[0], forecast);
            print_tenths(page, turn.gain);
            print_tenths(page, turn.lose);
        }
        fputs("\n", page->out);
    }
    if (several) {
        fprintf(page->out, "  %s\n",
                tr(page->language,
                   N_("gain, lose: members at the start, of those in both, if they "
                      "came to everything")));
    }
}

/* By budget year, where there are several. */
static void
print_years(struct page *page)
{
    const struct forecast_report *report = page->report;
    size_t years = 0;
    int64_t most = 0;
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        years = forecast->year_count > years ? forecast->year_count : years;
        for (size_t y = 0; y < forecast->year_count; y++) {
            int64_t total = forecast->years[y].total.cents;
            most = total > most ? total : most;
        }
    }
    if (years < 2) {
        return;
    }
    print_heads(page, N_("budget year"), cost_heads, ARRAY_COUNT(cost_heads));
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        for (size_t y = 0; y < forecast->year_count; y++) {
            const struct year_forecast *year = &forecast->years[y];
            struct arena scratch = page->scratch;
            const char *name = arena_printf(&scratch, "%d  %s", year->year,
                                            variant_name(page, &scratch, i));
            print_row(page, (struct row){name, year->total, year->spread, most});
        }
    }
}

static void
print_base(struct page *page)
{
    const struct forecast *base = page->report->forecasts[0];
    struct arena scratch = page->scratch;
    enum language language = page->language;
    fprintf(page->out,
            tr(language, N_("\n  base: stipends %s, expenses %s, fixed costs %s\n")),
            shown_money(&scratch, language, base->stipends),
            shown_money(&scratch, language, base->expenses),
            shown_money(&scratch, language, base->fixed));
    int64_t most = 0;
    for (size_t i = 0; i < base->month_count; i++) {
        int64_t total = base->months[i].total.cents;
        most = total > most ? total : most;
    }
    print_heads(page, N_("month"), cost_heads, ARRAY_COUNT(cost_heads));
    for (size_t i = 0; i < base->month_count; i++) {
        const struct month_forecast *month = &base->months[i];
        struct arena row = page->scratch;
        print_row(page, (struct row){forecast_month_text(&row, language, month->month),
                                     month->total, month->spread, most});
    }
}

/* Rows of one envelope differ in what comes last: a long label is cut before it. */
static const char *
track_name(struct page *page, struct arena *keep, const struct forecast *forecast,
           const struct track *track)
{
    const char *last =
        arena_printf(keep, " %d  %s", track->year,
                     variant_title(keep, page->language, forecast->scenario));
    struct text label = label_in(&track->label, page->language);
    size_t taken = text_characters(text_of(last));
    size_t room = taken + LABEL_LEAST < LABEL_MOST ? LABEL_MOST - taken : LABEL_LEAST;
    bool fits = text_characters(label) <= room;
    return arena_printf(keep, fits ? "%.*s%s" : "%.*s…%s",
                        TEXT_ARG(first_of(label, fits ? room : room - 1)), last);
}

static void
print_track(struct page *page, const struct forecast *forecast, const struct track *track)
{
    struct arena scratch = page->scratch;
    enum language language = page->language;
    print_label(page, track_name(page, &scratch, forecast, track));
    print_money(page, track->used);
    print_money(page, track->limit);
    put_right(page->out,
              forecast_share_text(&scratch, language, track->runs_passed, forecast->runs),
              COUNT_WIDTH);
    if (track->warned_in != FORECAST_NONE) {
        const char *month = forecast_month_text(&scratch, language, track->warned_in);
        fputs("  ", page->out);
        fprintf(page->out, tr(language, N_("warning in %s")), month);
    }
    if (track->runs_out_in != FORECAST_NONE) {
        const char *month = forecast_month_text(&scratch, language, track->runs_out_in);
        fputs(track->warned_in != FORECAST_NONE ? ", " : "  ", page->out);
        fprintf(page->out, tr(language, N_("out in %s")), month);
    }
    fputs("\n", page->out);
}

static void
print_tracks(struct page *page)
{
    static const struct head heads[] = {
        {N_("used"),   AMOUNT_WIDTH},
        {N_("limit"),  AMOUNT_WIDTH},
        {N_("passed"), COUNT_WIDTH },
    };
    const struct forecast_report *report = page->report;
    struct page wide = *page;
    size_t count = 0;
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        for (size_t t = 0; t < forecast->track_count; t++) {
            struct arena scratch = page->scratch;
            const char *name = track_name(page, &scratch, forecast, &forecast->tracks[t]);
            size_t width = text_characters(text_of(name));
            wide.label_width = width > wide.label_width ? width : wide.label_width;
            count++;
        }
    }
    if (count > 0) {
        print_heads(&wide, N_("envelope"), heads, ARRAY_COUNT(heads));
    }
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        for (size_t t = 0; t < forecast->track_count; t++) {
            print_track(&wide, forecast, &forecast->tracks[t]);
        }
    }
    if (count > 0) {
        fprintf(page->out, "  %s\n",
                tr(page->language, N_("passed: of the draws, how many pass the limit")));
    }
}

static void
print_goals(struct page *page)
{
    const struct forecast_report *report = page->report;
    enum language language = page->language;
    for (size_t i = 0; i < report->scenarios->goal_count; i++) {
        const struct sought *sought = &report->sought[i];
        struct arena scratch = page->scratch;
        fprintf(page->out, tr(language, N_("\n  %s (%s) within %s\n    %s\n")),
                goal_text(&scratch, language, sought),
                variant_title(&scratch, language, sought->scenario),
                shown_money(&scratch, language, sought->goal->budget),
                goal_answer_text(&scratch, language, sought));
        if (sought->answer == ANSWER_FOUND) {
            fprintf(page->out, tr(language, N_("    %s costs %s; %s costs %s\n")),
                    goal_value_text(&scratch, language, sought, sought->value),
                    shown_money(&scratch, language, sought->cost),
                    goal_value_text(&scratch, language, sought, sought->next),
                    shown_money(&scratch, language, sought->next_cost));
        } else if (sought->answer == ANSWER_BOUND) {
            fprintf(page->out, tr(language, N_("    %s costs %s\n")),
                    goal_value_text(&scratch, language, sought, sought->value),
                    shown_money(&scratch, language, sought->cost));
        }
    }
}

void
forecast_page_print(FILE *out, struct arena scratch, const struct forecast_report *report)
{
    struct page page = {out, scratch, report, report->language, LABEL_LEAST};
    for (size_t i = 0; i < report->scenarios->count; i++) {
        struct arena name = scratch;
        widen(&page, arena_printf(&name, "2000  %s", variant_name(&page, &name, i)));
    }
    print_head(&page);
    print_variants(&page);
    print_ratios(&page);
    print_years(&page);
    print_base(&page);
    print_tracks(&page);
    print_goals(&page);
}
