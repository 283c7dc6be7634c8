/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with small bars: a bar is as long as its share of the largest, in eighths of a column.
 * There is no colour. */
#include "forecast_page.h"

#define LABEL_WIDTH  25
#define AMOUNT_WIDTH 13
#define BAR_WIDTH    13
#define EIGHTHS      8

struct page {
    FILE *out;
    struct arena scratch;
    const struct forecast_report *report;
    enum language language;
};

/* Cut or padded by characters, not bytes. */
static void
print_padded(FILE *out, const char *text, size_t width)
{
    size_t bytes = 0;
    size_t seen = 0;
    struct text whole = text_of(text);
    for (; bytes < whole.size; bytes++) {
        bool starts = ((unsigned char)text[bytes] & 0xC0) != 0x80;
        if (starts && seen == width) {
            break;
        }
        seen += starts;
    }
    fprintf(out, "%.*s%*s", (int)bytes, text, (int)(width - seen), "");
}

static void
print_right(FILE *out, const char *text, size_t width)
{
    size_t seen = text_characters(text_of(text));
    fprintf(out, "%*s%s", seen < width ? (int)(width - seen) : 0, "", text);
}

static void
print_money(struct page *page, struct money amount)
{
    struct arena scratch = page->scratch;
    print_right(page->out, tr_money(&scratch, page->language, amount), AMOUNT_WIDTH);
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

static void
print_heads(struct page *page, const char *first)
{
    static const char *const heads[] = {N_("expected"), N_("low"), N_("high")};
    fputs("\n  ", page->out);
    print_padded(page->out, tr(page->language, first), LABEL_WIDTH - 2);
    for (size_t i = 0; i < ARRAY_COUNT(heads); i++) {
        print_right(page->out, tr(page->language, heads[i]), AMOUNT_WIDTH);
    }
    fputs("\n", page->out);
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
    fputs("  ", page->out);
    print_padded(page->out, row.label, LABEL_WIDTH - 3);
    fputs(" ", page->out);
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
            TEXT_ARG(scenario_label(&scenarios->title, page->language)));
    fprintf(page->out, "  %.*s, %.*s (%.*s)  %s .. %s\n",
            TEXT_ARG(base->rules->authority), TEXT_ARG(base->rules->assembly),
            TEXT_ARG(base->rules->id), date_text(base->lasts.from, from),
            date_text(base->lasts.to, to));
    fprintf(page->out,
            tr(page->language,
               N_("  90 of 100 draws lie between low and high (%u draws, seed %llu)\n")),
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
    print_heads(page, N_("variant"));
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        struct arena scratch = page->scratch;
        print_row(page, (struct row){
                            variant_title(&scratch, page->language, forecast->scenario),
                            forecast->total, forecast->spread, most});
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
    fprintf(page->out,
            tr(language, N_("  per member %s, per session %s, per month %s\n")),
            shown_money(&scratch, language, base->per_member),
            shown_money(&scratch, language, base->per_session),
            shown_money(&scratch, language, base->per_month));
    int64_t most = 0;
    for (size_t i = 0; i < base->month_count; i++) {
        int64_t total = base->months[i].total.cents;
        most = total > most ? total : most;
    }
    print_heads(page, N_("month"));
    for (size_t i = 0; i < base->month_count; i++) {
        const struct month_forecast *month = &base->months[i];
        struct arena row = page->scratch;
        print_row(page, (struct row){forecast_month_text(&row, language, month->month),
                                     month->total, month->spread, most});
    }
}

static void
print_track(struct page *page, const struct forecast *forecast, const struct track *track)
{
    struct arena scratch = page->scratch;
    enum language language = page->language;
    const char *name = arena_printf(
        &scratch, "%s: %.*s %d", variant_title(&scratch, language, forecast->scenario),
        TEXT_ARG(label_in(&track->label, language)), track->year);
    fputs("  ", page->out);
    print_padded(page->out, name, LABEL_WIDTH + AMOUNT_WIDTH - 3);
    fputs(" ", page->out);
    print_money(page, track->used);
    print_money(page, track->limit);
    const char *out =
        track->runs_out_in == FORECAST_NONE
            ? ""
            : arena_printf(&scratch, tr(language, N_("out in %s")),
                           forecast_month_text(&scratch, language, track->runs_out_in));
    fprintf(page->out, "%s%s\n", out[0] == '\0' ? "" : "  ", out);
}

static void
print_tracks(struct page *page)
{
    const struct forecast_report *report = page->report;
    bool headed = false;
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        for (size_t t = 0; t < forecast->track_count; t++) {
            if (!headed) {
                fputs("\n  ", page->out);
                print_padded(page->out, tr(page->language, N_("envelope")),
                             LABEL_WIDTH + AMOUNT_WIDTH - 2);
                print_right(page->out, tr(page->language, N_("used")), AMOUNT_WIDTH);
                print_right(page->out, tr(page->language, N_("limit")), AMOUNT_WIDTH);
                fputs("\n", page->out);
                headed = true;
            }
            print_track(page, forecast, &forecast->tracks[t]);
        }
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
        }
    }
}

void
forecast_page_print(FILE *out, struct arena scratch, const struct forecast_report *report)
{
    struct page page = {out, scratch, report, report->language};
    print_head(&page);
    print_variants(&page);
    print_base(&page);
    print_tracks(&page);
    print_goals(&page);
}

static void
explain_item(struct page *page, const struct forecast *forecast, const struct item *item)
{
    struct arena scratch = page->scratch;
    enum language language = page->language;
    const struct scenario *scenario = forecast->scenario;
    const struct day_forecast *day = &forecast->days[item->day];
    struct text label = entitlement_label(scenario, item->entitlement, language);
    char date[DATE_TEXT_MAX];
    fprintf(page->out, "    %s  %.*s, %.*s\n", date_text(day->date, date),
            TEXT_ARG(label_in(&scenario->groups[item->group].label, language)),
            TEXT_ARG(label));
    const char *price = item->one_price ? shown_money(&scratch, language, item->price)
                                        : tr(language, N_("several prices"));
    fprintf(page->out, tr(language, N_("      %s expected x %s = %s; counted %s\n")),
            decimal_text(&scratch, item->payees, 6), price,
            forecast_euros_text(&scratch, item->exact),
            shown_money(&scratch, language, item->shown));
    const struct basis *basis = forecast_item_basis(forecast, item);
    if (basis != NULL) {
        fprintf(page->out, "      %s\n", forecast_basis_text(&scratch, language, basis));
    }
}

static void
explain_fixed(struct page *page, const struct forecast *forecast)
{
    enum language language = page->language;
    const struct scenario *scenario = forecast->scenario;
    for (size_t i = 0; i < scenario->fixed_count; i++) {
        struct arena scratch = page->scratch;
        const struct fixed_cost *fixed = &scenario->fixed[i];
        struct money sum = {0};
        for (size_t j = 0; j < forecast->fixed_item_count; j++) {
            if (forecast->fixed_items[j].fixed == i) {
                sum = money_add(sum, forecast->fixed_items[j].shown);
            }
        }
        char quantity[RATIO_TEXT_MAX];
        fprintf(page->out,
                tr(language, N_("    %.*s: %s x %s per %s = %s in all\n      %s\n")),
                TEXT_ARG(label_in(&fixed->label, language)),
                shown_money(&scratch, language, fixed->amount),
                ratio_text(fixed->quantity, 0, 4, quantity),
                fixed_per_word(language, fixed->per),
                shown_money(&scratch, language, sum),
                forecast_basis_text(&scratch, language, &fixed->basis));
    }
}

struct parameter_sink { /* the rows of one variant, from the table of parameters */
    struct row_sink sink;
    FILE *out;
    const char *variant;
};

static void
print_parameter(struct row_sink *sink, const struct cell *cells)
{
    const struct parameter_sink *rows = (const struct parameter_sink *)sink;
    if (text_equals(cells[0].word, text_of(rows->variant))) {
        fprintf(rows->out, "    %.*s, %.*s: %.*s\n      %.*s\n", TEXT_ARG(cells[1].text),
                TEXT_ARG(cells[2].text), TEXT_ARG(cells[3].text),
                TEXT_ARG(cells[4].text));
    }
}

static void
explain_parameters(struct page *page, const struct document *document,
                   const struct forecast *forecast)
{
    struct text name = forecast->scenario->name;
    struct arena scratch = page->scratch;
    struct parameter_sink rows = {
        .sink = {print_parameter},
        .out = page->out,
        .variant = name.size == 0 ? "base" : text_string(&scratch, name),
    };
    for (size_t i = 0; i < document->table_count; i++) {
        const struct table *table = &document->tables[i];
        if (text_equals(text_of(table->key), STR("parameters"))) {
            table->produce(table->context, scratch, &rows.sink);
        }
    }
}

void
forecast_page_explain(FILE *out, struct arena scratch,
                      const struct forecast_report *report)
{
    const struct document *document = forecast_document(&scratch, report);
    struct page page = {out, scratch, report, report->language};
    for (size_t i = 0; i < report->scenarios->count; i++) {
        const struct forecast *forecast = report->forecasts[i];
        struct arena row = scratch;
        fprintf(out, "\nSIMULATION  %s: %s\n",
                variant_title(&row, report->language, forecast->scenario),
                shown_money(&row, report->language, forecast->total));
        explain_parameters(&page, document, forecast);
        for (size_t j = 0; j < forecast->item_count; j++) {
            explain_item(&page, forecast, &forecast->items[j]);
        }
        explain_fixed(&page, forecast);
    }
}
