/* SPDX-License-Identifier: Apache-2.0 */
/* How to contest, and what an attestation may say: sentences of the authority in both languages,
 * each with the text it rests on. */
#include "loader.h"

struct recourses ARRAY_OF(struct recourse);
struct vouchers ARRAY_OF(struct vouched);

static bool
read_contest(struct loader *loader, struct node *root, struct notice *out)
{
    struct node *list = node_list(root, "contest", OPTIONAL);
    struct recourses read = {0};
    bool good = list != NULL || !node_has(root, "contest");
    size_t at = 0;
    struct node *entry = list == NULL ? NULL : node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct recourse step = {0};
        good = label_read(entry, "to", REQUIRED, &step.to) && good;
        good = label_read(entry, "deadline", OPTIONAL, &step.deadline) && good;
        good = (node_text(entry, "address", OPTIONAL, &step.address) ||
                !node_has(entry, "address")) &&
               good;
        good = basis_read(loader, entry, &step.basis) && good;
        *ARRAY_PUSH(loader->keep, &read) = step;
    }
    out->steps = read.items;
    out->step_count = read.count;
    return good;
}

static bool
read_vouched(struct loader *loader, struct node *group, struct vouched *out)
{
    bool good = label_read(group, "says", REQUIRED, &out->says);
    return basis_read(loader, group, &out->basis) && good;
}

static bool
read_competences(struct loader *loader, struct node *group, struct notice *out)
{
    struct node *list = node_list(group, "competences", OPTIONAL);
    struct vouchers read = {0};
    bool good = list != NULL || !node_has(group, "competences");
    size_t at = 0;
    struct node *entry = list == NULL ? NULL : node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct vouched one = {0};
        good = read_vouched(loader, entry, &one) && good;
        *ARRAY_PUSH(loader->keep, &read) = one;
    }
    out->competences = read.items;
    out->competence_count = read.count;
    return good;
}

bool
notice_read(struct loader *loader, struct node *root, struct notice *out)
{
    bool good = read_contest(loader, root, out);
    struct node *group = node_group(root, "attestations", OPTIONAL);
    if (group == NULL) {
        return !node_has(root, "attestations") && good;
    }
    struct node *leave = node_group(group, "leave", OPTIONAL);
    if (leave != NULL) {
        good = read_vouched(loader, leave, &out->leave) && good;
    } else {
        good = !node_has(group, "leave") && good;
    }
    return read_competences(loader, group, out) && good;
}
