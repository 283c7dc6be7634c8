/* SPDX-License-Identifier: Apache-2.0 */
/* Shares, and names that must be known. */
#include "scenario_parts.h"

#define SHARE_DECIMALS 6

bool
share_is_valid(struct ratio share)
{
    return ratio_compare(share, ratio_of(1, 1)) <= 0;
}

bool
share_read(struct scenario_reader *reader, struct node *group, const char *key,
           struct ratio *out)
{
    if (!node_ratio(group, key, 0, SHARE_DECIMALS, out)) {
        return false;
    }
    return share_is_valid(*out) ||
           diag_error(reader->loader.diag, node_find(group, key)->where, CODE_V002,
                      "%s '%.*s' is more than 1", key,
                      TEXT_ARG(node_find(group, key)->text));
}

bool
parameter_read(struct scenario_reader *reader, struct node *group, const char *key,
               enum need need, struct parameter *out)
{
    struct node *node = node_group(group, key, need);
    if (node == NULL) {
        return need == OPTIONAL && !node_has(group, key);
    }
    out->given = true;
    bool good = share_read(reader, node, "value", &out->value);
    return basis_read(&reader->loader, node, &out->basis) && good;
}

bool
name_refused(struct scenario_reader *reader, struct where where, struct text name,
             const struct texts *known)
{
    diag_error(reader->loader.diag, where, CODE_V003, "'%.*s' is not stated anywhere",
               TEXT_ARG(name));
    diag_suggest(reader->loader.diag,
                 text_nearest(*reader->loader.scratch, name, known->items, known->count));
    return false;
}
