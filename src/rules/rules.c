/* SPDX-License-Identifier: Apache-2.0 */
/* Rule files by name, and look-ups in rules that have been loaded. */
#include "defray/rules.h"

#include "defray/file.h"

#include "loader.h"

#include <stdlib.h>
#include <unistd.h>

#define SCRATCH_BYTES ((size_t)1 << 20)

static int
by_bytes(const void *a, const void *b)
{
    const struct text *left = a;
    const struct text *right = b;
    return text_compare(*left, *right);
}

/* The ids of the rule files in the folders, in the order of bytes. */
static void
list_ids(struct arena *keep, const struct text *folders, size_t count, struct texts *out)
{
    for (size_t i = 0; i < count; i++) {
        struct file_names names = {0};
        (void)file_names_in(keep, text_string(keep, folders[i]), &names);
        for (size_t j = 0; j < names.count; j++) {
            struct text name = names.items[j];
            if (text_ends_with(name, STR(".cfg")) && name.size > 4) {
                *ARRAY_PUSH(keep, out) = (struct text){name.data, name.size - 4};
            }
        }
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, by_bytes);
    }
}

static bool
report_absent(struct arena *keep, struct text name, const struct text *folders,
              size_t count, struct diag *diag)
{
    struct texts ids = {0};
    struct arena scratch = arena_reserve(SCRATCH_BYTES);
    list_ids(keep, folders, count, &ids);
    diag_error(diag, (struct where){0}, CODE_R001,
               "no rule file '%.*s' in the rules folders", TEXT_ARG(name));
    diag_suggest(diag, text_nearest(scratch, name, ids.items, ids.count));
    arena_release(scratch);
    return false;
}

static bool
find_path(struct arena *keep, struct text name, const struct text *folders, size_t count,
          struct text *out)
{
    bool is_path = text_ends_with(name, STR(".cfg"));
    for (size_t i = 0; i < name.size; i++) {
        is_path = is_path || name.data[i] == '/';
    }
    if (is_path) {
        *out = name;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        const char *path =
            arena_printf(keep, "%.*s/%.*s.cfg", TEXT_ARG(folders[i]), TEXT_ARG(name));
        if (access(path, F_OK) == 0) {
            *out = text_of(path);
            return true;
        }
    }
    return false;
}

bool
rules_are_there(struct arena scratch, struct text name, const struct text *folders,
                size_t count)
{
    struct text path;
    return find_path(&scratch, name, folders, count, &path);
}

struct rules *
rules_load(struct arena *keep, struct text name, const struct text *folders,
           size_t folder_count, struct diag *diag)
{
    const struct rules_folders searched = {folders, folder_count};
    return rules_load_changed(keep, name, &searched, NULL, diag);
}

struct rules *
rules_load_changed(struct arena *keep, struct text name,
                   const struct rules_folders *folders, struct node *changes,
                   struct diag *diag)
{
    struct text path;
    if (!find_path(keep, name, folders->items, folders->count, &path)) {
        (void)report_absent(keep, name, folders->items, folders->count, diag);
        return NULL;
    }
    struct input *input = input_read(keep, path, RULES_BYTES_MAX, false, diag);
    return input == NULL ? NULL : rules_read_changed(keep, input, folders, changes, diag);
}

struct date
rules_mandate(const struct rules *rules, struct date date)
{
    for (size_t i = 0; i < rules->life_count; i++) {
        if (period_contains(rules->lives[i].mandate, date)) {
            return rules->lives[i].mandate.from;
        }
    }
    return DATE_NONE;
}

static enum span
widest_cap(enum span widest, const struct cap *caps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        widest = caps[i].span > widest ? caps[i].span : widest;
    }
    return widest;
}

enum span
rules_widest_span(const struct rules *rules, struct text component)
{
    const struct stipend *stipend = &rules->stipend;
    enum span widest = SPAN_DAY;
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct category *category = &rules->categories[i];
        if (text_equals(category->price.key, component)) {
            bool counts_year = category->price.scale.count > 0 ||
                               category->heading == HEADING_INCOME_LOSS;
            return widest_cap(counts_year ? SPAN_YEAR : SPAN_DAY, category->price.caps,
                              category->price.cap_count);
        }
    }
    widest = widest_cap(widest, stipend->caps, stipend->cap_count);
    for (size_t i = 0; i < stipend->tariff_count; i++) {
        const struct entitlement *price = &stipend->tariffs[i].price;
        widest = price->unit == UNIT_MANDATE
                     ? SPAN_MANDATE
                     : widest_cap(widest, price->caps, price->cap_count);
    }
    return widest;
}

struct date
span_first(const struct rules *rules, enum span span, struct date day)
{
    struct date first = day;
    if (span == SPAN_MONTH || span == SPAN_YEAR) {
        date_make(date_year(day), span == SPAN_YEAR ? 1 : date_month(day), 1, &first);
    } else if (span == SPAN_MANDATE) {
        first = rules_mandate(rules, day);
    }
    return first;
}

struct date
rules_counted_from(const struct rules *rules, struct text component, struct date day)
{
    struct date first = span_first(rules, rules_widest_span(rules, component), day);
    return date_is_none(first) ? span_first(rules, SPAN_YEAR, day) : first;
}

bool
rules_alive(const struct rules *rules, struct date date)
{
    for (size_t i = 0; i < rules->life_count; i++) {
        if (period_contains(rules->lives[i].during, date)) {
            return true;
        }
    }
    return false;
}

struct period
rules_days_alive(const struct rules *rules, struct period period)
{
    struct period alive = period;
    bool some = false;
    for (size_t i = 0; i < rules->life_count; i++) {
        struct period life = rules->lives[i].during;
        struct date from =
            date_compare(life.from, period.from) > 0 ? life.from : period.from;
        struct date to = date_compare(life.to, period.to) < 0 ? life.to : period.to;
        if (date_compare(from, to) > 0) {
            continue;
        }
        alive.from = some ? alive.from : from; /* lives are in the order of days */
        alive.to = to;
        some = true;
    }
    return alive;
}

struct text
rules_unknown(const struct rules *rules, struct date date)
{
    for (size_t i = 0; i < rules->unknown_count; i++) {
        if (period_contains(rules->unknown[i].during, date)) {
            return rules->unknown[i].path;
        }
    }
    bool unseen = rules->whole != NULL && rules_alive(rules->whole, date) &&
                  !rules_alive(rules, date);
    return unseen ? STR("life") : STR("");
}

const struct scheme_status *
rules_status(const struct rules *rules, struct date date)
{
    for (size_t i = 0; i < rules->status_count; i++) {
        if (period_contains(rules->statuses[i].during, date)) {
            return &rules->statuses[i];
        }
    }
    return NULL;
}

static bool
accepts(const struct tariff *tariff, struct arena scratch, struct text body)
{
    for (size_t i = 0; i < tariff->body_count; i++) {
        if (text_folds_equal(scratch, tariff->bodies[i], body)) {
            return true;
        }
    }
    return tariff->body_count == 0;
}

const struct tariff *
rules_tariff(const struct rules *rules, struct arena scratch, enum kind kind,
             struct text body)
{
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct tariff *tariff = &rules->stipend.tariffs[i];
        if ((tariff->kinds & (UINT32_C(1) << kind)) != 0 &&
            accepts(tariff, scratch, body)) {
            return tariff;
        }
    }
    return NULL;
}

const struct basis *
rules_bodies_basis(const struct rules *rules, enum kind kind)
{
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct tariff *tariff = &rules->stipend.tariffs[i];
        if ((tariff->kinds & (UINT32_C(1) << kind)) != 0 && tariff->body_count > 0) {
            return &tariff->bodies_basis;
        }
    }
    return NULL;
}

const struct exclusion *
rules_exclusion(const struct rules *rules, enum kind kind)
{
    for (size_t i = 0; i < rules->stipend.exclusion_count; i++) {
        if ((rules->stipend.exclusions[i].kinds & (UINT32_C(1) << kind)) != 0) {
            return &rules->stipend.exclusions[i];
        }
    }
    return NULL;
}

static bool
answers_to(const struct category *category, struct arena scratch, struct text name)
{
    for (size_t i = 0; i < category->also_count; i++) {
        if (text_folds_equal(scratch, category->also[i], name)) {
            return true;
        }
    }
    return text_folds_equal(scratch, category->price.key, name);
}

const struct category *
rules_category(const struct rules *rules, struct arena scratch, struct text name)
{
    /* No two categories answer to one name, so that a key to the letter settles it: most
     * claims give it, and folding every name took a fifteenth of a payment. */
    for (size_t i = 0; i < rules->category_count; i++) {
        if (text_equals(rules->categories[i].price.key, name)) {
            return &rules->categories[i];
        }
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        if (answers_to(&rules->categories[i], scratch, name)) {
            return &rules->categories[i];
        }
    }
    return NULL;
}

struct text
label_in(const struct label *label, enum language language)
{
    return language == LANGUAGE_FR ? label->fr : label->en;
}

struct text
rules_label(const struct rules *rules, struct text key, enum language language)
{
    struct text label = {0};
    if (text_equals(key, STR("stipend"))) {
        label = label_in(&rules->stipend.label, language);
    }
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct entitlement *price = &rules->categories[i].price;
        if (text_equals(price->key, key)) {
            label = language == LANGUAGE_FR ? price->label_fr : price->label_en;
        }
    }
    return label.size > 0 ? label : key;
}

const struct retroactivity *
rules_reach(const struct rules *rules, struct date date)
{
    for (size_t i = 0; i < rules->payment.retroactive_count; i++) {
        const struct retroactivity *one = &rules->payment.retroactive[i];
        if (period_contains(one->during, date)) {
            return one;
        }
    }
    return NULL;
}
