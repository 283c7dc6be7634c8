/* SPDX-License-Identifier: Apache-2.0 */
/* Expenses: the categories that are covered, and the envelopes over them. */
#include "loader.h"

static const struct text year_words[] = {WORD("year")};

struct categories ARRAY_OF(struct category);
struct envelopes ARRAY_OF(struct envelope);

static bool
read_method(struct node *entry, struct entitlement *out)
{
    struct words words = {0};
    words.items = method_words(&words.count);
    size_t index = 0;
    if (!node_choice(entry, "method", REQUIRED, words, &index)) {
        return false;
    }
    out->method = method_find(words.items[index]);
    return true;
}

static bool
read_unit(struct node *entry, struct entitlement *out)
{
    /* The words of a claim start after those of a session. */
    static const struct text words[] = {WORD("hour"), WORD("kilometre"), WORD("night"),
                                        WORD("meal"), WORD("claim")};
    static const enum unit units[] = {UNIT_HOUR, UNIT_KILOMETRE, UNIT_NIGHT, UNIT_MEAL,
                                      UNIT_CLAIM};
    size_t index = 0;
    if (!node_choice(entry, "unit", REQUIRED, WORDS_OF(words), &index)) {
        return false;
    }
    out->unit = units[index];
    return true;
}

/* Where the état de frais shows the category; what follows from the unit need not be said. */
static bool
read_heading(struct loader *loader, struct node *entry, enum unit unit, enum heading *out)
{
    static const struct text words[HEADING_COUNT] = {
        [HEADING_PUBLIC_TRANSPORT] = WORD("public_transport"),
        [HEADING_CAR] = WORD("car"),
        [HEADING_TAXI] = WORD("taxi"),
        [HEADING_PARKING] = WORD("parking"),
        [HEADING_MEAL] = WORD("meal"),
        [HEADING_LODGING] = WORD("lodging"),
        [HEADING_CARE] = WORD("care"),
        [HEADING_INCOME_LOSS] = WORD("income_loss"),
        [HEADING_OTHER] = WORD("other"),
    };
    size_t index = unit == UNIT_KILOMETRE ? HEADING_CAR
                   : unit == UNIT_MEAL    ? HEADING_MEAL
                   : unit == UNIT_NIGHT   ? HEADING_LODGING
                                          : HEADING_OTHER;
    bool good = node_choice(entry, "annexe", OPTIONAL, WORDS_OF(words), &index) ||
                !node_has(entry, "annexe");
    *out = (enum heading)index;
    if (*out == HEADING_INCOME_LOSS && unit != UNIT_HOUR) {
        good = diag_error(loader->diag, node_find(entry, "annexe")->where, CODE_R045,
                          "annexe \"income_loss\" counts hours");
    }
    return good;
}

static bool
cover_versions(struct loader *loader, const struct scale *scale, struct node *node)
{
    struct dated_stretches stretches = {0};
    for (size_t i = 0; i < scale->count; i++) {
        *ARRAY_PUSH(loader->keep, &stretches) = (struct dated_stretch){
            .during = scale->versions[i].during, .where = scale->versions[i].basis.where};
    }
    loader->truncated = false;
    return stretches_cover(loader, &stretches, node->where,
                           node_path(loader->keep, node));
}

static bool
read_scale(struct loader *loader, struct node *entry, struct entitlement *out)
{
    struct text id;
    if (!node_id(entry, "scale", REQUIRED, &id)) {
        return false;
    }
    struct node *node = node_find(entry, "scale");
    const struct common *common = common_scale(loader, node->where, id);
    if (common == NULL || common->state != COMMON_READY) {
        return false;
    }
    out->scale = common->scale;
    out->scale_id = common->id;
    return cover_versions(loader, &out->scale, node);
}

static bool
refuse_key(struct loader *loader, struct node *entry, const char *key,
           const struct method *method)
{
    const struct node *node = node_find(entry, key);
    return node == NULL ||
           diag_error(loader->diag, node->where, CODE_R045,
                      "'%s' does not go with method \"%s\"", key, method->word);
}

/* A ceiling of hours is one of euros at the rate of the day: a receipt has none, and that of a
 * scale changes as the kilometres add up. */
static bool
refuse_quantities(struct loader *loader, const struct entitlement *price)
{
    bool good = true;
    for (size_t i = 0; i < price->cap_count && price->method != NULL; i++) {
        const struct cap *cap = &price->caps[i];
        if (cap->of_quantity && !price->method->uses_rates) {
            good = diag_error(
                loader->diag, cap->limit.where, CODE_R045,
                "a cap of quantity does not go with method \"%s\" (state it in "
                "euros)",
                price->method->word);
        }
    }
    return good;
}

/* What the method takes its figures from. */
static bool
read_figures(struct loader *loader, struct node *entry, struct entitlement *out)
{
    static const struct form money = {"amount", 2, 2, true, false};
    static const struct form fine = {"amount", 2, 4, true, false};
    const struct method *method = out->method;
    if (method == NULL) { /* reported; what stands there is not judged */
        (void)node_find(entry, "rates");
        (void)node_find(entry, "scale");
        return false;
    }
    bool good = true;
    if (method->uses_scale) {
        good = read_scale(loader, entry, out);
        if (out->unit != UNIT_KILOMETRE) {
            good = diag_error(loader->diag, entry->where, CODE_R045,
                              "method \"%s\" counts kilometres", method->word);
        }
    } else {
        good = refuse_key(loader, entry, "scale", method);
    }
    if (method->uses_rates) {
        bool kilometre = out->unit == UNIT_KILOMETRE;
        good = timeline_read(loader, entry, "rates", kilometre ? &fine : &money,
                             &out->rates) &&
               good;
    } else {
        good = refuse_key(loader, entry, "rates", method) && good;
    }
    return good;
}

static bool
read_receipt(struct loader *loader, struct node *entry, struct category *out)
{
    struct node *node = node_group(entry, "receipt", REQUIRED);
    if (node == NULL) {
        return false;
    }
    bool good = node_boolean(node, "required", REQUIRED, &out->receipt_required);
    return basis_read(loader, node, &out->receipt_basis) && good;
}

static bool
read_deadline(struct loader *loader, struct node *entry, struct category *out)
{
    struct node *node = node_group(entry, "deadline", OPTIONAL);
    if (node == NULL) {
        return !node_has(entry, "deadline");
    }
    int64_t days = 0;
    bool good = node_integer(node, "days", REQUIRED, (struct bounds){1, 3660}, &days);
    out->deadline_days = (int)days;
    return basis_read(loader, node, &out->deadline_basis) && good;
}

static bool
read_meal(struct loader *loader, struct node *entry, struct category *out)
{
    struct node *node = node_group(entry, "meal_served", OPTIONAL);
    if (node == NULL) {
        return !node_has(entry, "meal_served");
    }
    bool good = node_boolean(node, "refused", REQUIRED, &out->refused_where_meal_served);
    return basis_read(loader, node, &out->meal_basis) && good;
}

static bool
read_default(struct loader *loader, struct node *entry, struct entitlement *out)
{
    struct node *node = node_group(entry, "default_quantity", OPTIONAL);
    if (node == NULL) {
        return !node_has(entry, "default_quantity");
    }
    bool good = node_ratio(node, "value", 0, 4, &out->default_quantity);
    out->has_default_quantity = good;
    good = basis_read(loader, node, &out->default_basis) && good;
    if (out->method != NULL && !out->method->uses_quantity) {
        return refuse_key(loader, entry, "default_quantity", out->method);
    }
    return good;
}

static bool
read_category(struct loader *loader, struct node *entry, struct category *out)
{
    struct entitlement *price = &out->price;
    struct label label = {0};
    struct texts also = {0};
    bool good = node_id(entry, "category", REQUIRED, &price->key);
    good =
        (node_texts(entry, "also", OPTIONAL, &also) || !node_has(entry, "also")) && good;
    good = label_read(entry, "label", REQUIRED, &label) && good;
    good = basis_read(loader, entry, &out->basis) && good;
    good = read_method(entry, price) && good;
    good = read_unit(entry, price) && good;
    good = read_heading(loader, entry, price->unit, &out->heading) && good;
    good = read_figures(loader, entry, price) && good;
    good = rounding_read(loader, entry, price) && good;
    good = caps_read(loader, entry, &price->caps, &price->cap_count) && good;
    good = refuse_quantities(loader, price) && good;
    good = read_receipt(loader, entry, out) && good;
    good = read_deadline(loader, entry, out) && good;
    good = read_meal(loader, entry, out) && good;
    good = read_default(loader, entry, price) && good;
    good = accounting_read(entry, &price->accounting) && good;
    price->label_fr = label.fr;
    price->label_en = label.en;
    out->also = also.items;
    out->also_count = also.count;
    return good;
}

/* The category that answers to the name, among the first `count`; `count` if none. */
static size_t
find_name(struct arena scratch, const struct categories *among, struct text name)
{
    for (size_t i = 0; i < among->count; i++) {
        const struct category *category = &among->items[i];
        if (text_folds_equal(scratch, category->price.key, name)) {
            return i;
        }
        for (size_t j = 0; j < category->also_count; j++) {
            if (text_folds_equal(scratch, category->also[j], name)) {
                return i;
            }
        }
    }
    return among->count;
}

/* A word of a claim must lead to one category only. */
static bool
names_free(struct loader *loader, struct node *entry, const struct categories *before,
           const struct category *category)
{
    bool good = true;
    for (size_t i = 0; i <= category->also_count; i++) {
        struct text name = i == 0 ? category->price.key : category->also[i - 1];
        size_t found =
            name.size == 0 ? before->count : find_name(*loader->scratch, before, name);
        if (found < before->count) {
            good = diag_error(loader->diag, entry->where, CODE_R028,
                              "'%.*s' already names the category '%.*s'", TEXT_ARG(name),
                              TEXT_ARG(before->items[found].price.key));
            diag_other_place(loader->diag, before->items[found].basis.where);
        }
    }
    if (text_equals(category->price.key, STR("stipend"))) {
        good = diag_error(loader->diag, entry->where, CODE_R028,
                          "'stipend' is no name for a category of expenses");
    }
    return good;
}

static bool
read_side(struct loader *loader, struct node *expenses, const char *key,
          struct basis *out)
{
    struct node *node = node_group(expenses, key, REQUIRED);
    return node != NULL && basis_read(loader, node, out);
}

bool
expenses_load(struct loader *loader, struct node *root, struct rules *rules)
{
    bool may_lack = rules->stipend.nil || rules->stipend.tariff_count == 0;
    struct node *expenses = node_group(root, "expenses", may_lack ? OPTIONAL : REQUIRED);
    if (expenses == NULL) {
        return may_lack && !node_has(root, "expenses");
    }
    struct categories categories = {0};
    bool good = read_side(loader, expenses, "presence", &rules->presence_basis);
    good = read_side(loader, expenses, "others", &rules->others_basis) && good;
    struct node *list = node_list(expenses, "categories", REQUIRED);
    good = list != NULL && good;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct category category = {0};
        good = read_category(loader, entry, &category) && good;
        good = names_free(loader, entry, &categories, &category) && good;
        *ARRAY_PUSH(loader->keep, &categories) = category;
    }
    rules->categories = categories.items;
    rules->category_count = categories.count;
    return good;
}

static void
collect_keys(struct loader *loader, const struct rules *rules, struct texts *keys)
{
    *ARRAY_PUSH(loader->keep, keys) = STR("stipend");
    for (size_t i = 0; i < rules->category_count; i++) {
        *ARRAY_PUSH(loader->keep, keys) = rules->categories[i].price.key;
    }
}

static bool
among(const struct texts *keys, struct text name)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (text_equals(keys->items[i], name)) {
            return true;
        }
    }
    return false;
}

static bool
read_envelope(struct loader *loader, struct node *entry, const struct rules *rules,
              struct envelope *out)
{
    static const struct form form = {"amount", 2, 2, true, true};
    struct texts categories = {0};
    struct texts keys = {0};
    size_t year = 0;
    bool good = node_sentence(entry, "name", REQUIRED, &out->name);
    good = label_read(entry, "label", REQUIRED, &out->label) && good;
    good = node_choice(entry, "per", REQUIRED, WORDS_OF(year_words), &year) && good;
    good = node_texts(entry, "categories", REQUIRED, &categories) && good;
    if (good && categories.count == 0) {
        good = diag_error(loader->diag, node_find(entry, "categories")->where, CODE_R045,
                          "envelope '%.*s' covers no category", TEXT_ARG(out->name));
    }
    collect_keys(loader, rules, &keys);
    for (size_t i = 0; i < categories.count; i++) {
        if (!among(&keys, categories.items[i])) {
            good = diag_error(loader->diag, node_find(entry, "categories")->where,
                              CODE_R046, "category '%.*s' is not in this file",
                              TEXT_ARG(categories.items[i]));
            diag_suggest(loader->diag, text_nearest(*loader->scratch, categories.items[i],
                                                    keys.items, keys.count));
        }
    }
    out->categories = categories.items;
    out->category_count = categories.count;
    return timeline_read(loader, entry, "limits", &form, &out->limits) && good;
}

bool
envelopes_read(struct loader *loader, struct node *root, struct rules *rules)
{
    struct node *list = node_list(root, "envelopes", OPTIONAL);
    struct envelopes envelopes = {0};
    bool good = list != NULL || !node_has(root, "envelopes");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct envelope envelope = {0};
        good = read_envelope(loader, entry, rules, &envelope) && good;
        for (size_t i = 0; i < envelopes.count; i++) {
            if (text_equals(envelopes.items[i].name, envelope.name)) {
                good = diag_error(loader->diag, entry->where, CODE_R028,
                                  "envelope '%.*s' is stated twice",
                                  TEXT_ARG(envelope.name));
            }
        }
        *ARRAY_PUSH(loader->keep, &envelopes) = envelope;
    }
    rules->envelopes = envelopes.items;
    rules->envelope_count = envelopes.count;
    return good;
}
