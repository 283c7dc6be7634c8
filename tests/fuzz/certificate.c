/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a certificate, its seal made good where it has one: verified against itself and
 * against a rule file. Nothing may crash, and whatever is rejected must have been said.
 */
#include "defray/certificate.h"

#include "defray/tree_read.h"

#include "support/fuzzed.h"

#include <stdlib.h>

#define INPUT_MAX 262144 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
must(bool holds, struct diag *diag)
{
    if (!holds && diag_errors(diag) == 0) {
        abort();
    }
}

static void
make_the_seal_good(struct arena *keep, const struct tree *certificate)
{
    struct tree *seal = tree_get(certificate, "seal");
    if (seal != NULL && seal->type == TREE_TEXT) {
        seal->text = text_of(certificate_seal(keep, certificate));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct diag *diag = diag_new(&keep, LANGUAGE_EN);
    struct text given = text_copy(&keep, (struct text){(const char *)bytes, size});
    struct input *input = input_of(&keep, STR("certificate.json"), given);
    struct where where = {.input = input};
    struct tree *tree = tree_read(&keep, input, diag);
    must(tree != NULL, diag);
    if (tree != NULL) {
        make_the_seal_good(&keep, tree);
    }
    if (tree != NULL && certificate_form_holds(&keep, tree, where, diag)) {
        struct text id = tree_get_text(tree_get(tree, "rules"), "id");
        bool known = text_equals(id, STR("haute-garonne"));
        const struct rules *rules = fuzzed_rules(known ? "haute-garonne" : "poitiers");
        must(certificate_adds_up(&keep, tree, where, diag), diag);
        must(certificate_follows(&keep, tree, rules, where, diag), diag);
        must(certificate_equals(&keep, tree, tree, where, diag), diag);
    }
    must(tree != NULL, diag);
    fuzzed_end(start);
    return 0;
}
