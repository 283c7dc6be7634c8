/* SPDX-License-Identifier: Apache-2.0 */
/* Shares, and names that must be known. */
#include "scenario_parts.h"

#define SHARE_DECIMALS 6

bool
share_is_valid(struct ratio share)
{
    return ratio_compare(share, RATIO_ONE) <= 0;
}

/* "85 %", with a space of any kind or none: what stands before the mark. */
static bool
take_percent(struct text *text)
{
    static const struct text marks[] = {WORD(" %"), WORD("\u00a0%"), WORD("\u202f%"),
                                        WORD("%")};
    for (size_t i = 0; i < ARRAY_COUNT(marks); i++) {
        if (text_ends_with(*text, marks[i])) {
            text->size -= marks[i].size;
            return true;
        }
    }
    return false;
}

bool
share_parse(struct text text, struct ratio *out)
{
    bool percent = take_percent(&text);
    if (!ratio_parse(text, 0, percent ? SHARE_DECIMALS - 2 : SHARE_DECIMALS, out)) {
        return false;
    }
    *out = percent ? ratio_times(*out, ratio_of(1, 100)) : *out;
    return share_is_valid(*out);
}

bool
share_refused(struct scenario_reader *reader, const struct node *node, struct text text)
{
    return diag_error(reader->loader.diag, node->where, CODE_V002,
                      "'%.*s' is not a share (write \"0.85\" or \"85 %%\")",
                      TEXT_ARG(text));
}

bool
share_read(struct scenario_reader *reader, struct node *group, const char *key,
           struct ratio *out)
{
    struct text text = STR("");
    if (!node_sentence(group, key, REQUIRED, &text)) {
        return false;
    }
    return share_parse(text, out) || share_refused(reader, node_find(group, key), text);
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
    struct diag *diag = reader->loader.diag;
    struct arena scratch = *reader->loader.scratch;
    const char *list = "";
    for (size_t i = 0; i < known->count; i++) {
        list = arena_printf(&scratch, "%s%s'%.*s'", list, i > 0 ? ", " : "",
                            TEXT_ARG(known->items[i]));
    }
    if (known->count == 0) {
        diag_error(diag, where, CODE_V003, "'%.*s' is not stated anywhere",
                   TEXT_ARG(name));
    } else {
        diag_error(diag, where, CODE_V003, "'%.*s' is not stated anywhere; stated: %s",
                   TEXT_ARG(name), list);
    }
    diag_suggest(diag,
                 text_nearest(*reader->loader.scratch, name, known->items, known->count));
    return false;
}
