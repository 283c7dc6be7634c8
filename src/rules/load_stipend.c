/* SPDX-License-Identifier: Apache-2.0 */
/* The stipend: tariffs, what is not paid, caps, or a policy of not paying. */
#include "full_day.h"
#include "loader.h"

#include <stdlib.h>

static const struct text per_words[] = {
    [UNIT_SESSION] = WORD("session"),   [UNIT_DAY] = WORD("day"),
    [UNIT_HALF_DAY] = WORD("half_day"), [UNIT_HOUR] = WORD("hour"),
    [UNIT_MANDATE] = WORD("mandate"),
};

static const struct text span_words[] = {
    [SPAN_LINE] = WORD("line"),       [SPAN_DAY] = WORD("day"),
    [SPAN_MONTH] = WORD("month"),     [SPAN_YEAR] = WORD("year"),
    [SPAN_MANDATE] = WORD("mandate"),
};

static const struct text limit_words[] = {WORD("hard"), WORD("soft")};

struct tariffs ARRAY_OF(struct tariff);
struct exclusions ARRAY_OF(struct exclusion);
struct caps ARRAY_OF(struct cap);

static bool
read_kinds(struct node *group, uint32_t *out)
{
    struct words words = {0};
    words.items = kind_words(&words.count);
    bool good = node_word_set(group, "kinds", words, out);
    if (good && *out == 0) {
        struct node *node = node_find(group, "kinds");
        (void)diag_error(node->document->diag, node->where, CODE_R045,
                         "'kinds' names no kind of session: it could never apply");
    }
    *out <<= KIND_PLENARY; /* the words start after KIND_NONE */
    return good;
}

/* A quantity of minutes with its basis: minimum_presence, step. */
static bool
read_minutes(struct loader *loader, struct node *group, const char *key, uint32_t *out,
             struct basis *basis)
{
    struct node *node = node_group(group, key, OPTIONAL);
    if (node == NULL) {
        return !node_has(group, key);
    }
    int64_t minutes = 0;
    bool good = node_integer(node, "minutes", REQUIRED,
                             (struct bounds){1, MINUTES_IN_DAY}, &minutes);
    *out = (uint32_t)minutes;
    return basis_read(loader, node, basis) && good;
}

static bool
read_bodies(struct loader *loader, struct node *group, struct tariff *out)
{
    struct node *node = node_group(group, "session_bodies", OPTIONAL);
    if (node == NULL) {
        return !node_has(group, "session_bodies");
    }
    struct texts accepted = {0};
    bool good = node_texts(node, "accepted", REQUIRED, &accepted);
    if (good && accepted.count == 0) {
        good =
            diag_error(loader->diag, node->where, CODE_R045,
                       "'session_bodies' accepts no body: the tariff could never apply");
    }
    out->bodies = accepted.items;
    out->body_count = accepted.count;
    return basis_read(loader, node, &out->bodies_basis) && good;
}

static bool
limits_of_quantity(struct node *list)
{
    return list->count > 0 && list->children[0].kind == NODE_GROUP &&
           node_has(&list->children[0], "quantity");
}

static bool
read_cap(struct loader *loader, struct node *entry, struct cap *out)
{
    static const struct form money = {"amount", 2, 2, true, false};
    static const struct form quantity = {"quantity", 0, 4, false, false};
    size_t span = 0;
    size_t limit = 0;
    bool good = node_choice(entry, "per", REQUIRED, WORDS_OF(span_words), &span);
    /* What could not be read has been told; it is no cap per line for that, nor like another. */
    out->span = good ? (enum span)span : SPAN_COUNT;
    if (!node_choice(entry, "limit", OPTIONAL, WORDS_OF(limit_words), &limit)) {
        good = good && !node_has(entry, "limit");
    }
    out->soft = limit == 1;
    struct node *limits = node_list(entry, "limits", REQUIRED);
    if (limits == NULL) {
        return false;
    }
    out->of_quantity = limits_of_quantity(limits);
    return timeline_read_list(loader, limits, out->of_quantity ? &quantity : &money,
                              &out->limit) &&
           good;
}

static int
by_span(const void *a, const void *b)
{
    const struct cap *left = a;
    const struct cap *right = b;
    int order = (int)left->span - (int)right->span;
    if (order == 0) {
        order = (int)right->of_quantity - (int)left->of_quantity;
    }
    return order;
}

bool
caps_read(struct loader *loader, struct node *group, struct cap **caps, size_t *count)
{
    struct node *list = node_list(group, "caps", OPTIONAL);
    struct caps read = {0};
    bool good = list != NULL || !node_has(group, "caps");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct cap cap = {0};
        good = read_cap(loader, entry, &cap) && good;
        for (size_t i = 0; i < read.count; i++) {
            if (read.items[i].span == cap.span && cap.span != SPAN_COUNT &&
                read.items[i].of_quantity == cap.of_quantity &&
                read.items[i].soft == cap.soft) {
                good =
                    diag_error(loader->diag, entry->where, CODE_R028,
                               "two caps per %s of the same sort", span_word(cap.span));
                break;
            }
        }
        *ARRAY_PUSH(loader->keep, &read) = cap;
    }
    if (read.count > 1) {
        qsort(read.items, read.count, sizeof *read.items, by_span);
    }
    *caps = read.items;
    *count = read.count;
    return good;
}

/* "Seven hours and more are a day, at 88.00": the price of a day among hours. */
static bool
read_full_day(struct loader *loader, struct node *entry, struct tariff *out)
{
    static const struct form form = {"amount", 2, 2, true, false};
    struct node *node = node_group(entry, "full_day", OPTIONAL);
    if (node == NULL) {
        return !node_has(entry, "full_day");
    }
    int64_t minutes = 0;
    bool good = node_integer(node, "minutes", REQUIRED,
                             (struct bounds){1, MINUTES_IN_DAY}, &minutes);
    out->full_day_minutes = (uint32_t)minutes;
    out->full_day = out->price;
    out->full_day.unit = UNIT_DAY;
    out->full_day.rates = (struct timeline){0};
    good = timeline_read(loader, node, "amounts", &form, &out->full_day.rates) && good;
    good = basis_read(loader, node, &out->full_day_basis) && good;
    if (out->price.unit != UNIT_HOUR) {
        good = diag_error(loader->diag, node->where, CODE_R045,
                          "'full_day' goes with per = \"hour\" only");
    }
    for (size_t i = 0; i < out->price.cap_count; i++) {
        if (out->price.caps[i].of_quantity) {
            good = diag_error(
                loader->diag, node->where, CODE_R045,
                "'full_day' and a cap of hours: the hours of a full day are not counted");
            break;
        }
    }
    return good;
}

/* Says of each tariff whose hours may come to more than its full day (see full_day.h). */
static bool
full_days_pay(struct loader *loader, const struct stipend *stipend)
{
    struct lives lives = {loader->lives, loader->life_count};
    struct day_conflict found;
    bool good = true;
    for (size_t i = 0; i < stipend->tariff_count && !loader_is_view(loader); i++) {
        const struct tariff *tariff = &stipend->tariffs[i];
        for (size_t k = 0; k < full_day_pairs(tariff); k++) {
            if (!full_day_conflict(stipend, tariff, lives, k, &found)) {
                continue;
            }
            char text[MONEY_TEXT_MAX];
            char full[MONEY_TEXT_MAX];
            char from[DATE_TEXT_MAX];
            good = diag_error(
                loader->diag, found.day->basis.where, CODE_R045,
                "from %s on, %u minutes by the hour give %s, more than the %s of a "
                "full day",
                date_text(found.from, from), found.minutes, money_text(found.hours, text),
                money_text(money_round(found.day->amount, ROUND_HALF_UP), full));
            diag_other_place(loader->diag, found.hour->basis.where);
        }
    }
    return good;
}

static bool
read_tariff(struct loader *loader, struct node *entry, const struct stipend *stipend,
            struct tariff *out)
{
    static const struct form rate = {"amount", 2, 2, true, false};
    struct entitlement *price = &out->price;
    struct label label = stipend->label;
    size_t per = 0;
    bool good = node_choice(entry, "per", REQUIRED, WORDS_OF(per_words), &per);
    good = label_read(entry, "label", OPTIONAL, &label) && good;
    *price = (struct entitlement){.key = STR("stipend"),
                                  .label_fr = label.fr,
                                  .label_en = label.en,
                                  .method = method_find(STR("unit")),
                                  .unit = (enum unit)per,
                                  .accounting = stipend->accounting};
    good = read_kinds(entry, &out->kinds) && good;
    good = basis_read(loader, entry, &out->basis) && good;
    good = timeline_read(loader, entry, "amounts", &rate, &price->rates) && good;
    good = read_bodies(loader, entry, out) && good;
    good = read_minutes(loader, entry, "minimum_presence", &out->minimum_minutes,
                        &out->minimum_basis) &&
           good;
    good =
        read_minutes(loader, entry, "step", &out->step_minutes, &out->step_basis) && good;
    good = rounding_read(loader, entry, price) && good;
    good = caps_read(loader, entry, &price->caps, &price->cap_count) && good;
    good = read_full_day(loader, entry, out) && good;
    struct accounting own;
    if (node_has(entry, "accounting")) { /* a stipend is one line of the payroll */
        (void)accounting_read(entry, &own);
        good = diag_error(loader->diag, node_find(entry, "accounting")->where, CODE_R045,
                          "all tariffs are paid under the accounting of 'stipend'");
    }
    if (out->step_minutes > 0 && good && price->unit != UNIT_HOUR) {
        good = diag_error(loader->diag, entry->where, CODE_R045,
                          "'step' goes with per = \"hour\" only");
    }
    return good;
}

static bool
read_tariffs(struct loader *loader, struct node *stipend, struct stipend *out)
{
    struct node *list = node_list(stipend, "tariffs", REQUIRED);
    struct tariffs tariffs = {0};
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct tariff tariff = {0};
        good = read_tariff(loader, entry, out, &tariff) && good;
        *ARRAY_PUSH(loader->keep, &tariffs) = tariff;
    }
    if (list != NULL && list->count == 0) {
        good = diag_error(loader->diag, list->where, CODE_R018,
                          "no tariff (a policy of not paying is stated with 'none')");
    }
    out->tariffs = tariffs.items;
    out->tariff_count = tariffs.count;
    return good;
}

static bool
read_exclusions(struct loader *loader, struct node *stipend, struct stipend *out)
{
    struct node *list = node_list(stipend, "not_paid", OPTIONAL);
    struct exclusions exclusions = {0};
    bool good = list != NULL || !node_has(stipend, "not_paid");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct exclusion exclusion = {0};
        good = read_kinds(entry, &exclusion.kinds) && good;
        good = label_read(entry, "reason", REQUIRED, &exclusion.reason) && good;
        good = basis_read(loader, entry, &exclusion.basis) && good;
        *ARRAY_PUSH(loader->keep, &exclusions) = exclusion;
    }
    out->exclusions = exclusions.items;
    out->exclusion_count = exclusions.count;
    return good;
}

static bool
read_excused(struct loader *loader, struct node *stipend, struct stipend *out)
{
    struct node *node = node_group(stipend, "excused", REQUIRED);
    if (node == NULL) {
        return false;
    }
    bool good = node_boolean(node, "paid", REQUIRED, &out->excused_paid);
    return basis_read(loader, node, &out->excused_basis) && good;
}

static bool
read_statuses(struct loader *loader, struct node *stipend, struct stipend *out)
{
    struct node *node = node_group(stipend, "statuses", REQUIRED);
    if (node == NULL) {
        return false;
    }
    struct words words = {0};
    words.items = status_words(&words.count);
    bool good = node_word_set(node, "paid", words, &out->statuses);
    if (good && out->statuses == 0) {
        good = diag_error(loader->diag, node_find(node, "paid")->where, CODE_R045,
                          "no status is paid: nobody would be");
    }
    out->statuses <<= STATUS_DRAWN; /* the words start after STATUS_NONE */
    for (enum status status = STATUS_NONE; status < STATUS_COUNT; status++) {
        if (status_is_never_paid(status) &&
            (out->statuses & (UINT32_C(1) << status)) != 0) {
            good = diag_error(loader->diag, node->where, CODE_R042,
                              "status '%s' is never paid", status_word(status));
        }
    }
    return basis_read(loader, node, &out->status_basis) && good;
}

/* A policy of not paying: everything that pays contradicts it. */
static bool
read_nil(struct loader *loader, struct node *stipend, struct node *none,
         struct stipend *out)
{
    static const char *const paying[] = {"tariffs",  "not_paid",   "caps",    "excused",
                                         "statuses", "conditions", "rounding"};
    out->nil = true;
    bool good = label_read(none, "reason", REQUIRED, &out->nil_reason);
    good = basis_read(loader, none, &out->nil_basis) && good;
    for (size_t i = 0; i < ARRAY_COUNT(paying); i++) {
        const struct node *other = node_find(stipend, paying[i]);
        if (other != NULL) {
            good = diag_error(loader->diag, other->where, CODE_R043,
                              "'%s' contradicts 'none': nobody is paid", paying[i]);
            diag_other_place(loader->diag, none->where);
        }
    }
    return good;
}

static bool
read_paying(struct loader *loader, struct node *stipend, struct stipend *out)
{
    bool kinds_read = read_tariffs(loader, stipend, out);
    kinds_read = read_exclusions(loader, stipend, out) && kinds_read;
    bool good = caps_read(loader, stipend, &out->caps, &out->cap_count);
    for (size_t i = 0; i < out->cap_count; i++) {
        if (out->caps[i].span == SPAN_LINE) {
            good =
                diag_error(loader->diag, out->caps[i].limit.where, CODE_R045,
                           "a cap per line over all tariffs (state it in each tariff)");
        }
        if (out->caps[i].of_quantity) {
            good = diag_error(
                loader->diag, out->caps[i].limit.where, CODE_R045,
                "a cap of quantity over all tariffs (state it in each tariff)");
        }
    }
    good = read_excused(loader, stipend, out) && good;
    good = read_statuses(loader, stipend, out) && good;
    struct node *conditions = node_group(stipend, "conditions", OPTIONAL);
    if (conditions != NULL) {
        good = conditions_read(loader, conditions, out) && good;
    } else {
        good = good && !node_has(stipend, "conditions");
    }
    good = full_days_pay(loader, out) && good;
    /* A kind may be missing only because its list could not be read, and that has been said. */
    return kinds_read && kinds_decided(loader, stipend, out) && good;
}

bool
stipend_read(struct loader *loader, struct node *root, struct stipend *out)
{
    struct node *stipend = node_group(root, "stipend", REQUIRED);
    if (stipend == NULL) {
        return false;
    }
    bool good = label_read(stipend, "label", REQUIRED, &out->label);
    good = accounting_read(stipend, &out->accounting) && good;
    struct node *none = node_group(stipend, "none", OPTIONAL);
    if (none != NULL) {
        return read_nil(loader, stipend, none, out) && good;
    }
    return read_paying(loader, stipend, out) && good && !node_has(stipend, "none");
}
