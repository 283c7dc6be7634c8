/* SPDX-License-Identifier: Apache-2.0 */
/* Worked examples: what is given, what is due. They are executed elsewhere. */
#include "loader.h"

static const struct text state_words[] = {WORD("due"),          WORD("capped"),
                                          WORD("zero"),         WORD("refused"),
                                          WORD("undetermined"), WORD("paid_before")};

static const struct text evidence_words[] = {WORD("caf"), WORD("msa"),
                                             WORD("tax_household")};

static const struct text presence_words[] = {
    [PRESENCE_PRESENT] = WORD("present"),
    [PRESENCE_ABSENT] = WORD("absent"),
    [PRESENCE_EXCUSED] = WORD("excused"),
    [PRESENCE_PARTIAL] = WORD("partial"),
};

/* The day of a fact, and where it is written. */
static bool
read_day(struct node *entry, struct date *date, struct where *where)
{
    const struct node *node = node_find(entry, "date");
    *date = DATE_NONE;
    *where = node == NULL ? entry->where : node->where;
    return node_date(entry, "date", REQUIRED, date);
}

struct examples ARRAY_OF(struct example);
struct example_sessions ARRAY_OF(struct example_session);
struct example_claims ARRAY_OF(struct example_claim);

static bool
read_kind(struct node *entry, enum kind *out)
{
    struct words words = {0};
    words.items = kind_words(&words.count);
    size_t index = 0;
    bool good = node_choice(entry, "kind", REQUIRED, words, &index);
    *out = (enum kind)(index + KIND_PLENARY);
    return good;
}

static bool
read_session(struct node *entry, struct example_session *out)
{
    size_t presence = PRESENCE_PRESENT;
    int64_t minutes = -1;
    bool good = read_day(entry, &out->date, &out->where);
    if (!node_has(entry, "kind")) {
        (void)node_find(entry, "kind");
        good = node_missing(entry, "kind");
    } else {
        good = read_kind(entry, &out->kind) && good;
    }
    good =
        (node_choice(entry, "presence", OPTIONAL, WORDS_OF(presence_words), &presence) ||
         !node_has(entry, "presence")) &&
        good;
    good = (node_integer(entry, "minutes", OPTIONAL, (struct bounds){0, MINUTES_IN_DAY},
                         &minutes) ||
            !node_has(entry, "minutes")) &&
           good;
    out->presence = (enum presence)presence;
    out->duration = minutes < 0 ? DURATION_NONE : (int32_t)minutes * DURATION_MINUTE;
    return good;
}

static bool
read_claim(struct node *entry, struct example_claim *out)
{
    bool good = read_day(entry, &out->date, &out->where);
    good = node_sentence(entry, "category", REQUIRED, &out->category) && good;
    out->has_quantity = node_has(entry, "quantity");
    if (out->has_quantity) {
        good = node_ratio(entry, "quantity", 0, 4, &out->quantity) && good;
    } else {
        (void)node_find(entry, "quantity");
    }
    out->has_amount = node_has(entry, "amount");
    good =
        (node_money(entry, "amount", OPTIONAL, &out->amount) || !out->has_amount) && good;
    return (node_boolean(entry, "receipt", OPTIONAL, &out->receipt) ||
            !node_has(entry, "receipt")) &&
           good;
}

static bool
read_facts(struct loader *loader, struct node *entry, struct example *out)
{
    struct example_sessions sessions = {0};
    struct example_claims claims = {0};
    struct node *list = node_list(entry, "sessions", OPTIONAL);
    bool good = list != NULL || !node_has(entry, "sessions");
    size_t at = 0;
    for (struct node *fact = node_next_group(list, &at); fact != NULL;
         fact = node_next_group(list, &at)) {
        struct example_session session = {0};
        good = read_session(fact, &session) && good;
        *ARRAY_PUSH(loader->keep, &sessions) = session;
    }
    list = node_list(entry, "claims", OPTIONAL);
    good = (list != NULL || !node_has(entry, "claims")) && good;
    at = 0;
    for (struct node *fact = node_next_group(list, &at); fact != NULL;
         fact = node_next_group(list, &at)) {
        struct example_claim claim = {0};
        good = read_claim(fact, &claim) && good;
        *ARRAY_PUSH(loader->keep, &claims) = claim;
    }
    out->sessions = sessions.items;
    out->session_count = sessions.count;
    out->claims = claims.items;
    out->claim_count = claims.count;
    if (good && sessions.count + claims.count == 0) {
        good = diag_error(loader->diag, entry->where, CODE_R018,
                          "an example without a session or a claim");
    }
    return good;
}

static bool
read_figure(struct node *entry, struct example *out)
{
    struct node *figure = node_group(entry, "figure", OPTIONAL);
    if (figure == NULL) {
        return !node_has(entry, "figure");
    }
    size_t method = 0;
    out->has_figure = node_money(figure, "value", REQUIRED, &out->figure);
    bool good =
        node_choice(figure, "method", REQUIRED, WORDS_OF(evidence_words), &method);
    out->figure_method = evidence_words[method];
    return good && out->has_figure;
}

static bool
read_person(struct node *entry, struct example *out)
{
    struct words words = {0};
    words.items = status_words(&words.count);
    size_t status = 0;
    int64_t horsepower = 0;
    int64_t age = 0;
    bool good = true;
    if (node_choice(entry, "status", OPTIONAL, words, &status)) {
        out->status = (enum status)(status + STATUS_DRAWN);
    } else {
        good = !node_has(entry, "status");
    }
    good = (node_text(entry, "body", OPTIONAL, &out->body) || !node_has(entry, "body")) &&
           good;
    good = (node_integer(entry, "age", OPTIONAL, (struct bounds){1, 120}, &age) ||
            !node_has(entry, "age")) &&
           good;
    out->age = (int)age;
    good = (node_boolean(entry, "requested", OPTIONAL, &out->requested) ||
            !node_has(entry, "requested")) &&
           good;
    good = (node_integer(entry, "horsepower", OPTIONAL, (struct bounds){1, 99},
                         &horsepower) ||
            !node_has(entry, "horsepower")) &&
           good;
    out->horsepower = (uint32_t)horsepower;
    out->km_before = (struct ratio){0, 1};
    if (node_has(entry, "km_before")) {
        good = node_ratio(entry, "km_before", 0, 4, &out->km_before) && good;
    } else {
        (void)node_find(entry, "km_before");
    }
    return read_figure(entry, out) && good;
}

static bool
read_example(struct loader *loader, struct node *entry, struct example *out)
{
    size_t state = 0;
    out->where = entry->where;
    bool good = node_sentence(entry, "says", REQUIRED, &out->says);
    good = read_person(entry, out) && good;
    good = read_facts(loader, entry, out) && good;
    good = node_money(entry, "due", REQUIRED, &out->due) && good;
    if (node_choice(entry, "state", OPTIONAL, WORDS_OF(state_words), &state)) {
        out->state = state_words[state];
    } else {
        good = good && !node_has(entry, "state");
    }
    return good;
}

bool
examples_read(struct loader *loader, struct node *root, struct rules *rules)
{
    struct node *list = node_list(root, "examples", OPTIONAL);
    struct examples examples = {0};
    bool good = list != NULL || !node_has(root, "examples");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct example example = {0};
        good = read_example(loader, entry, &example) && good;
        *ARRAY_PUSH(loader->keep, &examples) = example;
    }
    rules->examples = examples.items;
    rules->example_count = examples.count;
    return good;
}

/* Whether the rules hold on the day. A day that could not be read has been told. */
static bool
placed(struct loader *loader, const struct rules *rules, const struct example *example,
       struct date date, struct where where)
{
    char day[DATE_TEXT_MAX];
    char last[DATE_TEXT_MAX];
    if (date_is_none(date) || rules_alive(rules, date)) {
        return true;
    }
    date_text(date, day);
    if (!date_is_none(loader->known_until) &&
        date_compare(date, loader->known_until) > 0) {
        date_text(loader->known_until, last);
        diag_error(loader->diag, where, CODE_R048,
                   "the day %s of example '%.*s' is outside the life of the rules, whose "
                   "series give no value after %s",
                   day, TEXT_ARG(example->says), last);
    } else {
        diag_error(loader->diag, where, CODE_R048,
                   "the day %s of example '%.*s' is outside the life of the rules", day,
                   TEXT_ARG(example->says));
    }
    diag_other_place(loader->diag, rules->lives[0].basis.where);
    return false;
}

/* Nothing is proven over such days, so nothing can be computed on them. */
bool
examples_placed(struct loader *loader, const struct rules *rules)
{
    const struct shelf *shelf = loader->shelf;
    bool good = true;
    if (loader->life_count == 0 || loader_is_view(loader) || shelf->changes != NULL ||
        shelf->stored != NULL) { /* examples are run of a file as it is written */
        return true;
    }
    for (size_t i = 0; i < rules->example_count; i++) {
        const struct example *example = &rules->examples[i];
        for (size_t k = 0; k < example->session_count; k++) {
            const struct example_session *fact = &example->sessions[k];
            good = placed(loader, rules, example, fact->date, fact->where) && good;
        }
        for (size_t k = 0; k < example->claim_count; k++) {
            const struct example_claim *fact = &example->claims[k];
            good = placed(loader, rules, example, fact->date, fact->where) && good;
        }
    }
    return good;
}
