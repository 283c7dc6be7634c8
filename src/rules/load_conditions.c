/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of the stipend, each tested at the session's date. */
#include "loader.h"

static const struct text evidence_words[] = {WORD("caf"), WORD("msa"),
                                             WORD("tax_household")};

static bool
read_request(struct loader *loader, struct node *conditions,
             struct request_condition *out)
{
    struct node *node = node_group(conditions, "on_request", OPTIONAL);
    if (node == NULL) {
        return !node_has(conditions, "on_request");
    }
    int64_t days = 0;
    bool good = node_integer(node, "days_after_session", OPTIONAL,
                             (struct bounds){1, 3660}, &days) ||
                !node_has(node, "days_after_session");
    out->required = true;
    out->days_after_session = (int)days;
    return basis_read(loader, node, &out->basis) && good;
}

static bool
read_bodies(struct loader *loader, struct node *conditions, struct body_condition *out)
{
    struct node *node = node_group(conditions, "bodies", OPTIONAL);
    if (node == NULL) {
        return !node_has(conditions, "bodies");
    }
    struct texts accepted = {0};
    bool good = node_texts(node, "accepted", REQUIRED, &accepted);
    if (good && accepted.count == 0) {
        good =
            diag_error(loader->diag, node->where, CODE_R045, "'bodies' accepts no body");
    }
    *out = (struct body_condition){
        .required = true, .accepted = accepted.items, .count = accepted.count};
    return basis_read(loader, node, &out->basis) && good;
}

static bool
read_age(struct loader *loader, struct node *conditions, struct age_condition *out)
{
    struct node *node = node_group(conditions, "age", OPTIONAL);
    if (node == NULL) {
        return !node_has(conditions, "age");
    }
    int64_t minimum = 0;
    bool good =
        node_integer(node, "minimum", REQUIRED, (struct bounds){1, 120}, &minimum);
    out->minimum = (int)minimum;
    return basis_read(loader, node, &out->basis) && good;
}

static bool
read_competence(struct loader *loader, struct node *conditions,
                struct competence_condition *out)
{
    static const struct text words[COMPETENCE_COUNT] = {
        [COMPETENCE_YES] = WORD("yes"),
        [COMPETENCE_NO] = WORD("no"),
        [COMPETENCE_ADVOCACY] = WORD("advocacy"),
    };
    struct node *node = node_group(conditions, "competence", OPTIONAL);
    if (node == NULL) {
        return !node_has(conditions, "competence");
    }
    out->required = true;
    bool good = node_word_set(node, "paid", WORDS_OF(words), &out->paid);
    if (good && out->paid == 0) {
        good = diag_error(loader->diag, node->where, CODE_R045,
                          "'competence' pays no session at all");
    }
    return basis_read(loader, node, &out->basis) && good;
}

/* The operator of an entry: 1 at_most, 0 below, -1 neither or both. */
static int
operator_of(const struct node *entry)
{
    bool at_most = node_has(entry, "at_most");
    return at_most == node_has(entry, "below") ? -1 : at_most;
}

static bool
same_operator(struct loader *loader, struct node *list, bool *inclusive)
{
    int first = -1;
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        struct node *entry = &list->children[i];
        if (entry->kind != NODE_GROUP) {
            continue;
        }
        int mine = operator_of(entry);
        if (mine < 0) {
            good = diag_error(loader->diag, entry->where, CODE_R044,
                              "the threshold says neither at_most nor below, or both");
        } else if (first >= 0 && mine != first) {
            good = diag_error(loader->diag, entry->where, CODE_R044,
                              "the thresholds do not all have the same operator");
        }
        first = first < 0 ? mine : first;
    }
    *inclusive = first == 1;
    return good;
}

static bool
read_thresholds(struct loader *loader, struct node *test, struct means_condition *out)
{
    static const struct form at_most = {"at_most", 2, 2, false, false};
    static const struct form below = {"below", 2, 2, false, false};
    struct node *list = node_list(test, "thresholds", REQUIRED);
    return list != NULL && same_operator(loader, list, &out->inclusive) &&
           timeline_read_list(loader, list, out->inclusive ? &at_most : &below,
                              &out->threshold);
}

static bool
read_evidence(struct loader *loader, struct node *test, struct means_condition *out)
{
    struct node *node = node_group(test, "evidence", OPTIONAL);
    if (node == NULL) {
        return !node_has(test, "evidence");
    }
    int64_t months = 0;
    bool good =
        node_integer(node, "months_max", REQUIRED, (struct bounds){1, 120}, &months);
    out->age_months_max = (int)months;
    return basis_read(loader, node, &out->age_basis) && good;
}

static bool
read_methods(struct loader *loader, struct node *test, struct means_condition *out)
{
    uint32_t set = 0;
    struct texts methods = {0};
    bool good = node_word_set(test, "methods", WORDS_OF(evidence_words), &set);
    for (size_t i = 0; i < ARRAY_COUNT(evidence_words); i++) {
        if ((set & (UINT32_C(1) << i)) != 0) {
            *ARRAY_PUSH(loader->keep, &methods) = evidence_words[i];
        }
    }
    if (good && set == 0) {
        good =
            diag_error(loader->diag, node_find(test, "methods")->where, CODE_R045,
                       "no method of evidence is accepted: nobody could pass the test");
    }
    out->methods = methods.items;
    out->method_count = methods.count;
    return good;
}

static bool
read_means(struct loader *loader, struct node *conditions, struct means_condition *out)
{
    struct node *test = node_group(conditions, "means_test", OPTIONAL);
    if (test == NULL) {
        return !node_has(conditions, "means_test");
    }
    out->required = true;
    bool good = node_id(test, "measure", REQUIRED, &out->measure);
    good = read_methods(loader, test, out) && good;
    good = basis_read(loader, test, &out->basis) && good;
    good = read_thresholds(loader, test, out) && good;
    return read_evidence(loader, test, out) && good;
}

bool
conditions_read(struct loader *loader, struct node *group, struct stipend *out)
{
    bool good = read_request(loader, group, &out->request);
    good = read_bodies(loader, group, &out->bodies) && good;
    good = read_age(loader, group, &out->age) && good;
    good = read_competence(loader, group, &out->competence) && good;
    return read_means(loader, group, &out->means) && good;
}
