/* SPDX-License-Identifier: Apache-2.0 */
/* Making a certificate from a member's lines, and its seal. */
#include "defray/digest.h"

#include "certificate_parts.h"

/* The counter when the year's first line of the category came: what the line found, less what
 * the lines before it added. */
static struct ratio
opening_of(const struct line *first, const struct line *line)
{
    struct ratio opening = line->counter;
    for (const struct line *other = first; other < line; other++) {
        if (other->price == line->price && other->price != NULL &&
            other->set_aside == line->set_aside &&
            date_year(other->date) == date_year(line->date)) {
            opening = ratio_subtract(opening, other->quantity);
        }
    }
    return opening;
}

struct numbering { /* lines in the order of computation */
    const struct line *first;
    size_t earlier, count;
    int64_t *numbers; /* 0: not told */
};

static struct numbering
number_lines(struct arena *keep, const struct member_result *result)
{
    struct numbering numbering = {
        .first = result->lines - result->earlier,
        .earlier = result->earlier,
        .count = result->earlier + result->count,
    };
    numbering.numbers = NEW_ARRAY(keep, int64_t, numbering.count + 1);
    int64_t next = 1;
    for (size_t i = 0; i < numbering.count; i++) {
        bool told = i >= numbering.earlier || numbering.first[i].price != NULL;
        numbering.numbers[i] = told ? next++ : 0;
    }
    return numbering;
}

static struct tree *
tell(struct arena *keep, const struct certifying *certifying,
     const struct numbering *numbering, size_t index)
{
    const struct batch *batch = certifying->batch;
    const struct line *line = &numbering->first[index];
    bool tested = batch->rules->stipend.means.required && means_was_reached(line);
    struct told told = {
        .rules = batch->rules,
        .line = line,
        .session = line->session_id,
        .kind = line->session == NULL ? KIND_NONE : line->session->kind,
        .body = line->session == NULL ? STR("") : line->session->body,
        .circumstances = circumstances_of(batch, line),
        .tested = tested,
        .opening = opening_of(numbering->first, line),
        .number = numbering->numbers[index],
        .at = where_name(keep, line->where),
        .other_at = where_name(keep, line->other_where),
    };
    if (line->other != NULL) {
        told.other = numbering->numbers[line->other - numbering->first];
    }
    if (tested) {
        told.finding = eligibility_at(keep, batch->rules, batch->decisions,
                                      certifying->member, line->date);
    }
    return told_line(keep, &told);
}

static struct tree *
tell_period(struct arena *keep, struct period period)
{
    char day[DATE_TEXT_MAX];
    struct tree *out = tree_object(keep);
    const char *from = arena_printf(keep, "%s", date_text(period.from, day));
    const char *to = arena_printf(keep, "%s", date_text(period.to, day));
    tree_put(out, "from", tree_string(keep, from));
    tree_put(out, "to", tree_string(keep, to));
    return out;
}

static struct tree *
money_value(struct arena *keep, struct money amount)
{
    char digits[MONEY_TEXT_MAX];
    return tree_string(keep, arena_printf(keep, "%s", money_text(amount, digits)));
}

static struct tree *
tell_totals(struct arena *keep, const struct member_result *result)
{
    struct tree *out = tree_object(keep);
    struct tree *lines = tree_object(keep);
    size_t states[LINE_STATE_COUNT] = {0};
    for (size_t i = 0; i < result->count; i++) {
        states[result->lines[i].state]++;
    }
    tree_put(lines, "read", tree_integer(keep, (int64_t)result->count));
    for (int state = 0; state < LINE_STATE_COUNT; state++) {
        tree_put(lines, line_state_word((enum line_state)state),
                 tree_integer(keep, (int64_t)states[state]));
    }
    tree_put(out, "stipend", money_value(keep, result->stipend));
    tree_put(out, "expenses", money_value(keep, result->expenses));
    tree_put(out, "total", money_value(keep, result->total));
    tree_put(out, "lines", lines);
    return out;
}

static struct tree *
tell_rules(struct arena *keep, const struct rules *rules)
{
    char sha256[65];
    struct tree *out = tree_object(keep);
    digest_text(rules->file->digest, sha256);
    tree_put(out, "id", tree_text(keep, rules->id));
    tree_put(out, "sha256", tree_string(keep, arena_printf(keep, "%s", sha256)));
    tree_put(out, "authority", tree_text(keep, rules->authority));
    tree_put(out, "assembly", tree_text(keep, rules->assembly));
    if (!date_is_none(rules->known_on)) {
        char day[DATE_TEXT_MAX];
        date_text(rules->known_on, day);
        tree_put(out, "as_known_on", tree_string(keep, arena_printf(keep, "%s", day)));
    }
    return out;
}

static struct tree *
tell_files(struct arena *keep, const struct certifying *certifying)
{
    struct tree *list = tree_list(keep);
    for (size_t i = 0; i < certifying->file_count; i++) {
        const struct certified_file *file = &certifying->files[i];
        struct tree *one = tree_object(keep);
        tree_put(one, "name", tree_text(keep, file->name));
        if (file->sha256[0] != '\0') {
            tree_put(one, "sha256", tree_string(keep, file->sha256));
        }
        tree_append(list, one);
    }
    return list;
}

const char *
certificate_seal(struct arena *keep, const struct tree *certificate)
{
    struct tree *content = tree_object(keep);
    for (const struct tree *item = certificate->first; item != NULL; item = item->next) {
        if (!text_equals(item->key, STR("seal"))) {
            struct tree *copy = NEW(keep, struct tree);
            *copy = *item;
            copy->next = NULL;
            tree_append(content, copy);
        }
    }
    struct text bytes = tree_canonical(keep, content);
    char hexadecimal[65];
    digest_text(digest_of(bytes.data, bytes.size), hexadecimal);
    return arena_printf(keep, "%s", hexadecimal);
}

struct tree *
certificate_make(struct arena *keep, const struct certifying *certifying)
{
    const struct batch *batch = certifying->batch;
    const struct participant *who = &batch->roster->items[certifying->member];
    struct member_result result = liquidate_member(keep, batch, certifying->member);
    struct numbering numbering = number_lines(keep, &result);
    struct tree *member = tree_object(keep);
    struct tree *earlier = tree_list(keep);
    struct tree *lines = tree_list(keep);
    struct tree *out = tree_object(keep);
    for (size_t i = 0; i < numbering.count; i++) {
        if (numbering.numbers[i] > 0) {
            tree_append(i < numbering.earlier ? earlier : lines,
                        tell(keep, certifying, &numbering, i));
        }
    }
    tree_put(member, "id", tree_text(keep, who->id));
    tree_put(member, "last_name", tree_text(keep, who->last_name));
    tree_put(member, "first_name", tree_text(keep, who->first_name));
    tree_put(out, "schema", tree_string(keep, CERTIFICATE_SCHEMA));
    tree_put(out, "version", tree_string(keep, certifying->version));
    tree_put(out, "rules", tell_rules(keep, batch->rules));
    tree_put(out, "member", member);
    tree_put(out, "period", tell_period(keep, batch->period));
    tree_put(out, "earlier", earlier);
    tree_put(out, "lines", lines);
    tree_put(out, "totals", tell_totals(keep, &result));
    tree_put(out, "inputs", tell_files(keep, certifying));
    tree_put(out, "seal", tree_string(keep, certificate_seal(keep, out)));
    return out;
}
