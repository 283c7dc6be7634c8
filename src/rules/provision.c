/* SPDX-License-Identifier: Apache-2.0 */
/* The list of provisions: its head and its ends, and how each kind of entry is written. */
#include "defray/provision.h"

#include "defray/status.h"

#include "provision_parts.h"

#include <assert.h>

static const char *const section_labels[SECTION_COUNT] = {
    [SECTION_HEAD] = N_("Assembly"),
    [SECTION_LIFE] = N_("Life"),
    [SECTION_STATUS] = N_("Legal status"),
    [SECTION_STIPEND] = N_("Stipend"),
    [SECTION_CONDITIONS] = N_("Conditions"),
    [SECTION_EXPENSES] = N_("Expenses"),
    [SECTION_LIMITS] = N_("Overall limits"),
    [SECTION_ACCOUNTING] = N_("Accounting"),
    [SECTION_NOTICE] = N_("What members are told"),
    [SECTION_EXAMPLES] = N_("Worked examples"),
    [SECTION_SOURCES] = N_("Sources"),
};

static const char *const section_words[SECTION_COUNT] = {
    [SECTION_HEAD] = "assembly",         [SECTION_LIFE] = "life",
    [SECTION_STATUS] = "status",         [SECTION_STIPEND] = "stipend",
    [SECTION_CONDITIONS] = "conditions", [SECTION_EXPENSES] = "expenses",
    [SECTION_LIMITS] = "limits",         [SECTION_ACCOUNTING] = "accounting",
    [SECTION_NOTICE] = "notice",         [SECTION_EXAMPLES] = "examples",
    [SECTION_SOURCES] = "sources",
};

const char *
section_label(enum language language, enum section section)
{
    return tr(language, section_labels[section]);
}

const char *
section_word(enum section section)
{
    return section_words[section];
}

static struct provision *
add(struct listing *listing, const char *key, const char *item, const char *value)
{
    struct provision *provision = ARRAY_PUSH(listing->keep, &listing->out);
    *provision = (struct provision){
        .section = listing->section,
        .subject_key = listing->subject_key,
        .item_key = key,
        .subject = listing->subject,
        .item = item[0] == '\0' ? "" : tr(listing->language, item),
        .value = value,
        .adopted = DATE_NONE,
        .checked_on = DATE_NONE,
    };
    return provision;
}

void
list_setting(struct listing *listing, const char *key, const char *item,
             const char *value, const struct basis *basis)
{
    add(listing, key, item, value)->basis = basis;
}

void
list_dated(struct listing *listing, const char *key, const char *item, const char *value,
           const struct value *when)
{
    struct provision *provision = add(listing, key, item, value);
    provision->dated = true;
    provision->during = when->during;
    provision->adopted = when->adopted;
    provision->checked_on = when->checked_on;
    provision->retroactive = when->retroactive;
    provision->basis = &when->basis;
}

const char *
figure_text(struct arena *keep, enum language language, struct ratio value, int decimals)
{
    char digits[RATIO_TEXT_MAX];
    ratio_text(value, decimals, 6, digits);
    for (size_t i = 0; language == LANGUAGE_FR && digits[i] != '\0'; i++) {
        digits[i] = digits[i] == '.' ? ',' : digits[i];
    }
    return arena_printf(keep, "%s", digits);
}

const char *
texts_joined(struct arena *keep, const struct text *items, size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        list =
            arena_printf(keep, "%s%s%.*s", list, i == 0 ? "" : ", ", TEXT_ARG(items[i]));
    }
    return list;
}

/* One value of a timeline, with its derivation and its warning level. */
static void
list_value(struct listing *listing, const char *key, const char *item, const char *text,
           const struct value *value)
{
    struct arena *keep = listing->keep;
    if (value->derivation.size > 0) {
        const char *plain = text_string(keep, value->derivation);
        text = arena_printf(keep, "%s = %s", text,
                            tr_decimals(keep, listing->language, plain));
    }
    if (value->warning.num > 0) {
        text =
            arena_printf(keep, tr(listing->language, N_("%s, warning from %s €")), text,
                         figure_text(keep, listing->language, value->warning, 2));
    }
    list_dated(listing, key, item, text, value);
}

void
list_timeline(struct listing *listing, const char *key, const char *item,
              const struct figure *figure, const struct timeline *timeline)
{
    struct arena *keep = listing->keep;
    for (size_t i = 0; i < timeline->count; i++) {
        const struct value *value = &timeline->items[i];
        const char *text = arena_printf(
            keep, "%s%s%s €%s%s", figure->before, figure->before[0] == '\0' ? "" : " ",
            figure_text(keep, listing->language, value->amount, 2),
            figure->unit[0] == '\0' ? "" : " / ", figure->unit);
        list_value(listing, key, item, text, value);
    }
}

/* "3 sessions per month". */
static void
list_quantities(struct listing *listing, const char *key, const char *item,
                const struct cap *cap, enum unit unit)
{
    enum language language = listing->language;
    for (size_t i = 0; i < cap->limit.count; i++) {
        const struct value *value = &cap->limit.items[i];
        const char *text = arena_printf(
            listing->keep, "%s %s %s",
            figure_text(listing->keep, language, value->amount, 0),
            unit_counted(language, unit, value->amount), span_per(language, cap->span));
        list_value(listing, key, item, text, value);
    }
}

void
list_caps(struct listing *listing, const struct cap *caps, size_t count, enum unit unit)
{
    for (size_t i = 0; i < count; i++) {
        const struct cap *cap = &caps[i];
        struct figure figure = {"", span_label(listing->language, cap->span)};
        const char *item = cap->soft ? N_("watched, paid all the same") : N_("at most");
        const char *key = arena_printf(
            listing->keep, "cap.%s.%s.%s", span_word(cap->span),
            cap->of_quantity ? "quantity" : "amount", cap->soft ? "soft" : "hard");
        if (cap->of_quantity) {
            list_quantities(listing, key, item, cap, unit);
        } else {
            list_timeline(listing, key, item, &figure, &cap->limit);
        }
    }
}

void
list_rounding(struct listing *listing, const struct entitlement *price)
{
    bool stated = price->rounding_basis.where.input != NULL;
    list_setting(listing, "rounding", N_("rounding of a line"),
                 rounding_label(listing->language, price->rounding),
                 stated ? &price->rounding_basis : NULL);
}

static void
begin(struct listing *listing, enum section section)
{
    listing->section = section;
    listing->subject_key = "";
    listing->subject = "";
}

static void
list_head(struct listing *listing, const struct rules *rules)
{
    static const char *const languages[] = {[LANGUAGE_EN] = "en", [LANGUAGE_FR] = "fr"};
    struct arena *keep = listing->keep;
    begin(listing, SECTION_HEAD);
    list_setting(listing, "id", N_("rules"), text_string(keep, rules->id), NULL);
    list_setting(listing, "authority", N_("authority"),
                 text_string(keep, rules->authority), NULL);
    list_setting(listing, "assembly", N_("assembly"), text_string(keep, rules->assembly),
                 NULL);
    list_setting(listing, "language", N_("language of the documents"),
                 languages[rules->language], NULL);
}

static void
list_lives(struct listing *listing, const struct rules *rules)
{
    begin(listing, SECTION_LIFE);
    if (rules->life_count == 0) {
        list_setting(listing, "life", "",
                     tr(listing->language, N_("nothing adopted yet")), NULL);
    }
    for (size_t i = 0; i < rules->life_count; i++) {
        const struct life *life = &rules->lives[i];
        struct value when = {.during = life->during,
                             .adopted = life->adopted,
                             .checked_on = life->checked_on,
                             .retroactive = life->retroactive};
        list_dated(listing, "life", "", tr(listing->language, N_("the rules hold")),
                   &when);
        listing->out.items[listing->out.count - 1].basis = &life->basis;
    }
    begin(listing, SECTION_STATUS);
    for (size_t i = 0; i < rules->status_count; i++) {
        const struct scheme_status *status = &rules->statuses[i];
        struct value when = {.during = status->during,
                             .adopted = status->adopted,
                             .checked_on = status->checked_on,
                             .retroactive = status->retroactive};
        list_dated(listing, "state", "",
                   scheme_state_label(listing->language, status->state), &when);
        listing->out.items[listing->out.count - 1].basis = &status->basis;
    }
}

static void
list_accounting_of(struct listing *listing, const char *key, const char *label,
                   const struct accounting *accounting)
{
    const struct {
        const char *key, *item;
        struct text value;
    } fields[] = {
        {"account",  N_("account"),       accounting->account },
        {"function", N_("function"),      accounting->function},
        {"analytic", N_("analytic code"), accounting->analytic},
        {"pay_code", N_("pay code"),      accounting->pay_code},
    };
    listing->subject_key = key;
    listing->subject = label;
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
        if (fields[i].value.size > 0) {
            list_setting(listing, fields[i].key, fields[i].item,
                         text_string(listing->keep, fields[i].value), NULL);
        }
    }
    if (accounting->document_count > 0) {
        list_setting(listing, "documents", N_("joined to the payment"),
                     texts_joined(listing->keep, accounting->documents,
                                  accounting->document_count),
                     NULL);
    }
}

static void
list_accounting(struct listing *listing, const struct rules *rules)
{
    enum language language = listing->language;
    struct arena *keep = listing->keep;
    const struct stipend *stipend = &rules->stipend;
    begin(listing, SECTION_ACCOUNTING);
    list_accounting_of(listing, "stipend",
                       text_string(keep, label_in(&stipend->label, language)),
                       &stipend->accounting);
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        list_accounting_of(listing, text_string(keep, price->key),
                           text_string(keep, rules_label(rules, price->key, language)),
                           &price->accounting);
    }
    list_payment(listing, rules);
}

static void
list_examples(struct listing *listing, const struct rules *rules)
{
    begin(listing, SECTION_EXAMPLES);
    if (rules->whole != NULL) {
        return; /* they prove what is known by now */
    }
    for (size_t i = 0; i < rules->example_count; i++) {
        const struct example *example = &rules->examples[i];
        const char *due = tr_money(listing->keep, listing->language, example->due);
        listing->subject_key = text_string(listing->keep, example->says);
        list_setting(listing, "due", "",
                     arena_printf(listing->keep, tr(listing->language, N_("%.*s: %s €")),
                                  TEXT_ARG(example->says), due),
                     NULL);
    }
}

const char *
source_kind_label(enum language language, struct text kind)
{
    static const struct {
        const char *word, *label;
    } kinds[] = {
        {"deliberation", N_("deliberation")    },
        {"decree",       N_("decree")          },
        {"judgment",     N_("judgment")        },
        {"minutes",      N_("minutes")         },
        {"question",     N_("written question")},
        {"press",        N_("press")           },
        {"law",          N_("law")             },
        {"series",       N_("data series")     },
    };
    size_t i = 0;
    while (!text_equals(kind, text_of(kinds[i].word))) {
        i++;
        assert(i < ARRAY_COUNT(kinds));
    }
    return tr(language, kinds[i].label);
}

static void
list_sources(struct listing *listing, const struct rules *rules)
{
    struct arena *keep = listing->keep;
    begin(listing, SECTION_SOURCES);
    for (size_t i = 0; i < rules->source_count; i++) {
        const struct legal_source *source = &rules->sources[i];
        char day[DATE_TEXT_MAX];
        date_text(source->date, day);
        listing->subject_key = listing->subject = text_string(keep, source->id);
        list_setting(listing, "title", "",
                     arena_printf(keep, "%.*s (%s%s%s)", TEXT_ARG(source->title),
                                  source_kind_label(listing->language, source->kind),
                                  day[0] == '\0' ? "" : ", ", day),
                     NULL);
        if (source->address.size > 0) {
            list_setting(listing, "address", "", text_string(keep, source->address),
                         NULL);
        }
    }
}

struct provisions
rules_provisions(struct arena *keep, const struct rules *rules, enum language language)
{
    struct listing listing = {.keep = keep, .language = language};
    list_head(&listing, rules);
    list_lives(&listing, rules);
    begin(&listing, SECTION_STIPEND);
    list_stipend(&listing, rules);
    begin(&listing, SECTION_EXPENSES);
    list_expenses(&listing, rules);
    begin(&listing, SECTION_LIMITS);
    list_limits(&listing, rules);
    list_accounting(&listing, rules);
    begin(&listing, SECTION_NOTICE);
    list_notice(&listing, rules);
    list_examples(&listing, rules);
    list_sources(&listing, rules);
    return listing.out;
}
