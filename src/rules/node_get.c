/* SPDX-License-Identifier: Apache-2.0 */
/* Typed getters: a value of the type asked for, or a message that shows its form. */
#include "defray/limits.h"

#include "node.h"

static struct diag *
diag_of(const struct node *node)
{
    return node->document->diag;
}

static void
remember(struct node *group, struct text key)
{
    for (size_t i = 0; i < group->asked.count; i++) {
        if (text_equals(group->asked.items[i], key)) {
            return;
        }
    }
    *ARRAY_PUSH(group->document->keep, &group->asked) = key;
}

struct node *
node_find(struct node *group, const char *key)
{
    struct text name = text_of(key);
    remember(group, name);
    for (size_t i = 0; i < group->count; i++) {
        if (text_equals(group->children[i].name, name)) {
            group->children[i].read = true;
            return &group->children[i];
        }
    }
    return NULL;
}

bool
node_has(const struct node *group, const char *key)
{
    for (size_t i = 0; i < group->count; i++) {
        if (text_equals(group->children[i].name, text_of(key))) {
            return true;
        }
    }
    return false;
}

bool
node_missing(const struct node *group, const char *key)
{
    struct text path = node_path(group->document->keep, group);
    if (path.size == 0) {
        return diag_error(diag_of(group), group->where, CODE_R018, "key '%s' is missing",
                          key);
    }
    return diag_error(diag_of(group), group->where, CODE_R018,
                      "key '%s' is missing in %.*s", key, TEXT_ARG(path));
}

static const char *
found(const struct node *node)
{
    static const char *const names[] = {
        [NODE_GROUP] = N_("a group { }"),     [NODE_LIST] = N_("a list"),
        [NODE_TEXT] = N_("a text"),           [NODE_INTEGER] = N_("a whole number"),
        [NODE_BOOLEAN] = N_("true or false"),
    };
    return tr(diag_language(diag_of(node)), names[node->kind]);
}

bool
node_wrong_type(const struct node *node, const char *expected)
{
    struct text path = node_path(node->document->keep, node);
    return diag_error(diag_of(node), node->where, CODE_R019, "'%.*s' is %s, not %s",
                      TEXT_ARG(path), found(node),
                      tr(diag_language(diag_of(node)), expected));
}

static struct node *
get(struct node *group, const char *key, enum need need)
{
    struct node *node = node_find(group, key);
    if (node == NULL && need == REQUIRED) {
        (void)node_missing(group, key);
    }
    return node;
}

struct node *
node_group(struct node *group, const char *key, enum need need)
{
    struct node *node = get(group, key, need);
    if (node != NULL && node->kind != NODE_GROUP) {
        (void)node_wrong_type(node, N_("a group (write { … })"));
        return NULL;
    }
    return node;
}

struct node *
node_list(struct node *group, const char *key, enum need need)
{
    struct node *node = get(group, key, need);
    if (node != NULL && node->kind != NODE_LIST) {
        (void)node_wrong_type(node, N_("a list (write ( … ))"));
        return NULL;
    }
    return node;
}

/* The text under a key; a whole number gets the spelling that would do. */
static struct node *
get_text(struct node *group, const char *key, enum need need, const char *expected)
{
    struct node *node = get(group, key, need);
    if (node == NULL || node->kind == NODE_TEXT) {
        return node;
    }
    if (node->kind == NODE_INTEGER) {
        struct text path = node_path(node->document->keep, node);
        diag_error(diag_of(node), node->where, CODE_R019,
                   "'%.*s' is the whole number %lld without quotes, not %s",
                   TEXT_ARG(path), (long long)node->integer,
                   tr(diag_language(diag_of(node)), expected));
    } else {
        (void)node_wrong_type(node, expected);
    }
    return NULL;
}

bool
node_text(struct node *group, const char *key, enum need need, struct text *out)
{
    struct node *node = get_text(group, key, need, N_("a text between quotes"));
    if (node != NULL) {
        *out = node->text;
    }
    return node != NULL;
}

bool
node_sentence(struct node *group, const char *key, enum need need, struct text *out)
{
    struct node *node = get_text(group, key, need, N_("a text between quotes"));
    if (node == NULL) {
        return false;
    }
    if (text_trim(node->text).size == 0) {
        return diag_error(diag_of(node), node->where, CODE_R052, "'%s' is empty", key);
    }
    *out = node->text;
    return true;
}

bool
text_is_id(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        char c = t.data[i];
        if (!((c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_')) {
            return false;
        }
    }
    return t.size > 0 && t.size <= 64;
}

bool
node_id(struct node *group, const char *key, enum need need, struct text *out)
{
    struct node *node = get_text(group, key, need, N_("an id between quotes"));
    if (node == NULL) {
        return false;
    }
    if (!text_is_id(node->text)) {
        return diag_error(
            diag_of(node), node->where, CODE_R024,
            "%s '%.*s' is not an id (lower-case letters, digits, hyphens and underscores)",
            key, TEXT_ARG(node->text));
    }
    *out = node->text;
    return true;
}

static bool
has_date_form(struct text t)
{
    static const char form[] = "0000-00-00";
    for (size_t i = 0; i < t.size && t.size == sizeof form - 1; i++) {
        bool digit = is_digit(t.data[i]);
        if (form[i] == '0' ? !digit : t.data[i] != form[i]) {
            return false;
        }
    }
    return t.size == sizeof form - 1;
}

bool
node_date(struct node *group, const char *key, enum need need, struct date *out)
{
    struct node *node = get_text(group, key, need, N_("a date (write \"2026-03-07\")"));
    if (node == NULL) {
        return false;
    }
    if (!date_parse_iso(node->text, out)) {
        if (has_date_form(node->text)) {
            return diag_error(diag_of(node), node->where, CODE_R021,
                              "%s '%.*s' is not a day of the calendar", key,
                              TEXT_ARG(node->text));
        }
        return diag_error(diag_of(node), node->where, CODE_R021,
                          "%s '%.*s' is not a date (write \"2026-03-07\")", key,
                          TEXT_ARG(node->text));
    }
    return true;
}

static bool
has_comma(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (t.data[i] == ',') {
            return true;
        }
    }
    return false;
}

bool
node_money(struct node *group, const char *key, enum need need, struct money *out)
{
    struct node *node = get_text(group, key, need, N_("an amount (write \"12.50\")"));
    if (node == NULL) {
        return false;
    }
    if (money_parse(node->text, out)) {
        return true;
    }
    if (has_comma(node->text)) {
        return diag_error(
            diag_of(node), node->where, CODE_R020,
            "%s '%.*s' is not an amount (decimal point, not a comma: \"12.50\")", key,
            TEXT_ARG(node->text));
    }
    return diag_error(diag_of(node), node->where, CODE_R020,
                      "%s '%.*s' is not an amount (write \"12.50\", at most 10000000.00)",
                      key, TEXT_ARG(node->text));
}

bool
node_ratio(struct node *group, const char *key, int min, int max, struct ratio *out)
{
    struct node *node = get_text(group, key, REQUIRED, N_("a number between quotes"));
    if (node == NULL) {
        return false;
    }
    if (ratio_parse(node->text, min, max, out)) {
        return true;
    }
    if (has_comma(node->text)) {
        return diag_error(
            diag_of(node), node->where, CODE_R020,
            "%s '%.*s' is not a number of %d to %d decimals (decimal point, not a comma)",
            key, TEXT_ARG(node->text), min, max);
    }
    return diag_error(diag_of(node), node->where, CODE_R020,
                      "%s '%.*s' is not a number of %d to %d decimals", key,
                      TEXT_ARG(node->text), min, max);
}

bool
node_boolean(struct node *group, const char *key, enum need need, bool *out)
{
    struct node *node = get(group, key, need);
    if (node == NULL) {
        return false;
    }
    if (node->kind != NODE_BOOLEAN) {
        return node_wrong_type(node, N_("true or false, without quotes"));
    }
    *out = node->integer != 0;
    return true;
}

bool
node_integer(struct node *group, const char *key, enum need need, struct bounds bounds,
             int64_t *out)
{
    struct node *node = get(group, key, need);
    if (node == NULL) {
        return false;
    }
    if (node->kind != NODE_INTEGER) {
        return node_wrong_type(node, N_("a whole number, without quotes"));
    }
    if (node->integer < bounds.least || node->integer > bounds.most) {
        return diag_error(diag_of(node), node->where, CODE_R023,
                          "%s %lld is not between %lld and %lld", key,
                          (long long)node->integer, (long long)bounds.least,
                          (long long)bounds.most);
    }
    *out = node->integer;
    return true;
}

/* "a, b, c" for a message. */
static struct text
listing(struct arena *keep, struct words words)
{
    struct text all = STR("");
    for (size_t i = 0; i < words.count; i++) {
        all = text_of(arena_printf(keep, "%.*s%s%.*s", TEXT_ARG(all), i > 0 ? ", " : "",
                                   TEXT_ARG(words.items[i])));
    }
    return all;
}

bool
node_match(const struct node *node, struct words words, size_t *out)
{
    if (node->kind != NODE_TEXT) {
        return node_wrong_type(node, N_("a word between quotes"));
    }
    for (size_t i = 0; i < words.count; i++) {
        if (text_equals(node->text, words.items[i])) {
            *out = i;
            return true;
        }
    }
    struct document *document = node->document;
    struct text key = node->name.size > 0 ? node->name : node->parent->name;
    diag_error(document->diag, node->where, CODE_R022, "%.*s '%.*s' is none of: %.*s",
               TEXT_ARG(key), TEXT_ARG(node->text),
               TEXT_ARG(listing(document->keep, words)));
    diag_suggest(document->diag,
                 text_nearest(*document->scratch, node->text, words.items, words.count));
    return false;
}

bool
node_choice(struct node *group, const char *key, enum need need, struct words words,
            size_t *out)
{
    struct node *node = get(group, key, need);
    return node != NULL && node_match(node, words, out);
}

bool
node_texts(struct node *group, const char *key, enum need need, struct texts *out)
{
    struct node *list = node_list(group, key, need);
    bool good = list != NULL;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *element = &list->children[i];
        if (element->kind != NODE_TEXT) {
            good = node_wrong_type(element, N_("a text between quotes"));
        } else if (text_trim(element->text).size == 0) {
            good = diag_error(diag_of(element), element->where, CODE_R052,
                              "an element of '%s' is empty", key);
        } else {
            *ARRAY_PUSH(group->document->keep, out) = element->text;
        }
    }
    return good;
}

bool
node_word_set(struct node *group, const char *key, struct words words, uint32_t *out)
{
    struct node *list = node_list(group, key, REQUIRED);
    bool good = list != NULL;
    *out = 0;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *element = &list->children[i];
        size_t index = 0;
        if (!node_match(element, words, &index)) {
            good = false;
        } else if ((*out & (UINT32_C(1) << index)) != 0) {
            good = diag_error(diag_of(element), element->where, CODE_R028,
                              "'%.*s' is named twice in the same list",
                              TEXT_ARG(element->text));
        } else {
            *out |= UINT32_C(1) << index;
        }
    }
    return good;
}

struct node *
node_next_group(struct node *list, size_t *at)
{
    while (list != NULL && *at < list->count) {
        struct node *element = &list->children[(*at)++];
        if (element->kind == NODE_GROUP) {
            return element;
        }
        (void)node_wrong_type(element, N_("a group (write { … })"));
    }
    return NULL;
}
