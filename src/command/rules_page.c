/* SPDX-License-Identifier: Apache-2.0 */
/* One section a block of the rule file, one line a dated value, and the basis of each. */
#include "rules_page.h"

#include "defray/status.h"

struct page {
    FILE *out;
    struct arena *scratch;
    enum language language;
};

const char *
rules_page_last_state(struct arena *keep, const struct rules *rules,
                      enum language language)
{
    if (rules->status_count == 0 && !date_is_none(rules->known_on)) {
        return tr(language, N_("nothing adopted yet"));
    }
    enum scheme_state state = rules->status_count == 0
                                  ? SCHEME_DRAFT
                                  : rules->statuses[rules->status_count - 1].state;
    struct date end = rules->life_count == 0
                          ? DATE_OPEN_FUTURE
                          : rules->lives[rules->life_count - 1].during.to;
    const char *label = scheme_state_label(language, state);
    char day[DATE_TEXT_MAX];
    return date_is_open(end) ? label
                             : arena_printf(keep, tr(language, "%s until %s"), label,
                                            date_text(end, day));
}

static const char *
basis_text(const struct page *page, const struct basis *basis)
{
    if (basis->source == NULL) {
        return arena_printf(page->scratch, "%s: %.*s", tr(page->language, "assumption"),
                            TEXT_ARG(basis->assumption));
    }
    if (basis->article.size == 0) {
        return arena_printf(page->scratch, "%.*s", TEXT_ARG(basis->source->id));
    }
    return arena_printf(page->scratch, "%.*s, %.*s", TEXT_ARG(basis->source->id),
                        TEXT_ARG(basis->article));
}

static const char *
period_text(const struct page *page, struct period period, struct date checked_on)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    date_text(period.from, from);
    if (!date_is_open(period.to)) {
        return arena_printf(page->scratch, "%s .. %s", from, date_text(period.to, to));
    }
    if (date_is_none(checked_on)) {
        return arena_printf(page->scratch, "%s ..", from);
    }
    return arena_printf(page->scratch, tr(page->language, "%s ..  (checked on %s)"), from,
                        date_text(checked_on, to));
}

static void
section(const struct page *page, const char *title)
{
    fprintf(page->out, "\n%s\n", tr(page->language, title));
}

/* Padded by characters: an accented letter is two bytes and one column. */
static void
column(const struct page *page, const char *text, int width)
{
    int used = (int)text_characters(text_of(text));
    fprintf(page->out, "%s%*s", text, used < width ? width - used : 1, "");
}

static void
row(const struct page *page, const char *what, const char *value,
    const struct basis *basis)
{
    fprintf(page->out, "  ");
    column(page, what, 42);
    column(page, value, 44);
    fprintf(page->out, "%s\n", basis_text(page, basis));
}

static void
print_timeline(const struct page *page, const char *what, const struct timeline *timeline,
               const char *unit)
{
    for (size_t i = 0; i < timeline->count; i++) {
        const struct value *value = &timeline->items[i];
        char amount[RATIO_TEXT_MAX];
        const char *figure =
            arena_printf(page->scratch, "%s%s%s", ratio_text(value->amount, 2, 4, amount),
                         unit[0] == '\0' ? "" : " / ", unit);
        if (value->derivation.size > 0) {
            figure = arena_printf(page->scratch, "%s = %.*s", figure,
                                  TEXT_ARG(value->derivation));
        }
        row(page, period_text(page, value->during, value->checked_on),
            arena_printf(page->scratch, "%s %s", what, figure), &value->basis);
    }
}

static const char *
kinds_text(const struct page *page, uint32_t kinds)
{
    const char *list = "";
    for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
        if ((kinds & 1u << kind) != 0) {
            list =
                arena_printf(page->scratch, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                             kind_label(page->language, (enum kind)kind));
        }
    }
    return list;
}

static void
print_caps(const struct page *page, const struct cap *caps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = caps[i].soft ? tr(page->language, "watched limit")
                                        : tr(page->language, "at most");
        print_timeline(page, name, &caps[i].limit,
                       span_label(page->language, caps[i].span));
    }
}

static const char *
statuses_text(const struct page *page, uint32_t statuses)
{
    const char *list = "";
    for (int status = STATUS_NONE + 1; status < STATUS_COUNT; status++) {
        if ((statuses & 1u << status) != 0) {
            list =
                arena_printf(page->scratch, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                             status_label(page->language, (enum status)status));
        }
    }
    return list;
}

static void
print_conditions(const struct page *page, const struct stipend *stipend)
{
    enum language language = page->language;
    const struct means_condition *means = &stipend->means;
    section(page, N_("Conditions"));
    row(page, tr(language, "status paid"), statuses_text(page, stipend->statuses),
        &stipend->status_basis);
    row(page, tr(language, "excused"),
        stipend->excused_paid ? tr(language, "paid") : tr(language, "not paid"),
        &stipend->excused_basis);
    if (stipend->request.required) {
        row(page, tr(language, "on request"), "", &stipend->request.basis);
    }
    if (stipend->bodies.required) {
        row(page, tr(language, "member of a body"), "", &stipend->bodies.basis);
    }
    if (stipend->age.minimum > 0) {
        row(page, tr(language, "minimum age"),
            arena_printf(page->scratch, "%d", stipend->age.minimum), &stipend->age.basis);
    }
    if (means->required) {
        const char *comparison =
            means->inclusive ? tr(language, "at most") : tr(language, "below");
        print_timeline(
            page,
            arena_printf(page->scratch, "%.*s %s", TEXT_ARG(means->measure), comparison),
            &means->threshold, "");
        for (size_t i = 0; i < means->method_count; i++) {
            row(page, tr(language, "accepted method"),
                arena_printf(page->scratch, "%.*s", TEXT_ARG(means->methods[i])),
                &means->basis);
        }
        if (means->age_months_max > 0) {
            row(page, tr(language, "evidence at most, months"),
                arena_printf(page->scratch, "%d", means->age_months_max),
                &means->age_basis);
        }
    }
}

static void
print_stipend(const struct page *page, const struct rules *rules)
{
    const struct stipend *stipend = &rules->stipend;
    section(page, N_("Stipend"));
    if (stipend->nil) {
        row(page, tr(page->language, "none"),
            text_string(page->scratch, label_in(&stipend->nil_reason, page->language)),
            &stipend->nil_basis);
        return;
    }
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct tariff *tariff = &stipend->tariffs[i];
        row(page, kinds_text(page, tariff->kinds), tr(page->language, "paid"),
            &tariff->basis);
        print_timeline(page, "", &tariff->price.rates,
                       unit_label(page->language, tariff->price.unit));
        print_caps(page, tariff->price.caps, tariff->price.cap_count);
    }
    for (size_t i = 0; i < stipend->exclusion_count; i++) {
        const struct exclusion *exclusion = &stipend->exclusions[i];
        row(page, kinds_text(page, exclusion->kinds), tr(page->language, "not paid"),
            &exclusion->basis);
    }
    print_caps(page, stipend->caps, stipend->cap_count);
    if (stipend->tariff_count > 0) {
        print_conditions(page, stipend);
    }
}

static const char *
method_text(const struct page *page, const struct entitlement *price)
{
    const char *unit = unit_label(page->language, price->unit);
    if (price->method->uses_scale) {
        return arena_printf(page->scratch,
                            tr(page->language, "by a yearly scale, per %s"), unit);
    }
    if (!price->method->uses_rates) {
        return tr(page->language, "the amount of the receipt");
    }
    return arena_printf(page->scratch,
                        price->method->uses_amount
                            ? tr(page->language, "the receipt, up to a rate per %s")
                            : tr(page->language, "a rate per %s"),
                        unit);
}

static void
print_expenses(const struct page *page, const struct rules *rules)
{
    section(page, N_("Expenses"));
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct category *category = &rules->categories[i];
        const struct label label = {category->price.label_fr, category->price.label_en};
        row(page, text_string(page->scratch, label_in(&label, page->language)),
            method_text(page, &category->price), &category->basis);
        row(page, "",
            category->receipt_required ? tr(page->language, "a receipt is required")
                                       : tr(page->language, "no receipt is required"),
            &category->receipt_basis);
        print_timeline(page, "", &category->price.rates,
                       unit_label(page->language, category->price.unit));
        print_caps(page, category->price.caps, category->price.cap_count);
    }
    if (rules->category_count == 0) {
        fprintf(page->out, "  %s\n", tr(page->language, "none"));
    }
    if (!rules->stipend.nil && rules->stipend.tariff_count > 0) {
        row(page, tr(page->language, "present that day"), tr(page->language, "required"),
            &rules->presence_basis);
        row(page, tr(page->language, "any other expense"), tr(page->language, "not paid"),
            &rules->others_basis);
    }
    for (size_t i = 0; i < rules->envelope_count; i++) {
        const struct envelope *envelope = &rules->envelopes[i];
        print_timeline(page,
                       arena_printf(page->scratch, "%s %.*s",
                                    tr(page->language, "envelope"),
                                    TEXT_ARG(envelope->name)),
                       &envelope->limits, tr(page->language, "year"));
    }
}

static void
print_sources(const struct page *page, const struct rules *rules)
{
    section(page, N_("Sources"));
    for (size_t i = 0; i < rules->source_count; i++) {
        const struct legal_source *source = &rules->sources[i];
        fprintf(page->out, "  %-18.*s %.*s\n", TEXT_ARG(source->id),
                TEXT_ARG(source->title));
        if (source->address.size > 0) {
            fprintf(page->out, "  %-18s %.*s\n", "", TEXT_ARG(source->address));
        }
    }
    section(page, N_("Assumptions to be confirmed"));
    for (size_t i = 0; i < rules->assumption_count; i++) {
        const struct basis *basis = rules->assumptions[i];
        fprintf(page->out, "  %2zu. %.*s  (%s)\n", i + 1, TEXT_ARG(basis->assumption),
                where_text(page->scratch, basis->where));
    }
}

void
rules_page_print(FILE *out, struct arena scratch, const struct rules *rules,
                 enum language language)
{
    struct page page = {out, &scratch, language};
    fprintf(out, "%.*s, %.*s  (%.*s)\n", TEXT_ARG(rules->authority),
            TEXT_ARG(rules->assembly), TEXT_ARG(rules->id));
    section(&page, N_("Life"));
    for (size_t i = 0; i < rules->life_count; i++) {
        const struct life *life = &rules->lives[i];
        row(&page, period_text(&page, life->during, life->checked_on), "", &life->basis);
    }
    section(&page, N_("Legal status"));
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        row(&page, period_text(&page, status->during, status->checked_on),
            scheme_state_label(language, status->state), &status->basis);
    }
    print_stipend(&page, rules);
    print_expenses(&page, rules);
    print_sources(&page, rules);
}
