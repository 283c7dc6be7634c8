/* SPDX-License-Identifier: Apache-2.0 */
/* What the sheets of the month share: how a member, a text, an amount, a place is named. */
#include "payroll_parts.h"

#define MEMBERS_A_PART 32  /* some hundred rows: enough to be worth a thread's turn */
#define MEMBERS_FEW    256 /* whom one thread tells at once, and packs as one */

struct table
payroll_table(struct arena *keep, const struct payroll *payroll,
              const struct column *columns, size_t count)
{
    struct table table = document_table(keep, payroll->language, columns, count);
    table.context = payroll;
    return table;
}

static size_t
members_a_part(const struct payroll *payroll)
{
    return payroll->batch->roster->count < MEMBERS_FEW ? MEMBERS_FEW : MEMBERS_A_PART;
}

size_t
payroll_parts(const struct payroll *payroll)
{
    size_t each = members_a_part(payroll);
    return (payroll->batch->roster->count + each - 1) / each;
}

struct members
payroll_part(const struct payroll *payroll, size_t part)
{
    size_t first = part * members_a_part(payroll);
    size_t end = first + members_a_part(payroll);
    size_t count = payroll->batch->roster->count;
    return (struct members){(uint32_t)first, (uint32_t)(end < count ? end : count)};
}

void
payroll_each_line(const struct payroll *payroll, struct arena *keep, size_t part,
                  void (*put)(struct arena *keep, const struct payroll *payroll,
                              uint32_t member, const struct line *line,
                              struct row_sink *sink),
                  struct row_sink *sink)
{
    struct members members = payroll_part(payroll, part);
    for (uint32_t member = members.first; member < members.end; member++) {
        struct member_result result = liquidate_member(keep, payroll->batch, member);
        for (size_t i = 0; i < result.count; i++) {
            put(keep, payroll, member, &result.lines[i], sink);
        }
    }
}

size_t
payroll_claims(const struct payroll *payroll, uint32_t member)
{
    const struct batch *batch = payroll->batch;
    const struct claims *claims = batch->claims;
    size_t count = 0;
    if (claims == NULL) {
        return 0;
    }
    for (size_t i = claims->first[member]; i < claims->first[member + 1]; i++) {
        count += period_contains(batch->period, claims->items[i].date);
    }
    return count;
}

void
payroll_put_inputs(const struct payroll *payroll, struct row_sink *sink)
{
    for (size_t i = 0; i < payroll->input_count; i++) {
        document_put_input(payroll->language, payroll->inputs[i], sink);
    }
}

size_t
payroll_payables(const struct rules *rules)
{
    return 1 + rules->category_count;
}

struct payable
payroll_payable(const struct payroll *payroll, size_t index)
{
    const struct rules *rules = payroll->batch->rules;
    struct text key =
        index == 0 ? STR("stipend") : rules->categories[index - 1].price.key;
    return (struct payable){
        key,
        rules_label(rules, key, payroll->language),
        index == 0 ? &rules->stipend.accounting
                   : &rules->categories[index - 1].price.accounting,
    };
}

size_t
payroll_payable_of(const struct rules *rules, struct text entitlement)
{
    if (text_equals(entitlement, STR("stipend"))) {
        return 0;
    }
    size_t index = 1;
    while (index <= rules->category_count &&
           !text_equals(entitlement, rules->categories[index - 1].price.key)) {
        index++;
    }
    return index;
}

struct money
payroll_total(const struct payroll *payroll, size_t member)
{
    return payroll->summary->persons[member].total;
}

const struct participation *
payroll_row(const struct payroll *payroll, size_t member)
{
    return participant_in(&payroll->batch->roster->items[member], payroll->batch->period);
}

bool
payroll_is_held(const struct payroll *payroll, size_t member)
{
    return payroll->summary->persons[member].hold != HOLD_NONE;
}

struct text
payroll_entitlement(const struct payroll *payroll, const struct line *line)
{
    return rules_label(payroll->batch->rules, line->entitlement, payroll->language);
}

void
payroll_note_head(struct arena *keep, const struct payroll *payroll, struct notes *notes)
{
    enum language language = payroll->language;
    const struct rules *rules = payroll->batch->rules;
    struct period period = payroll->batch->period;
    document_note(keep, notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("%.*s, %.*s, from %s to %s")),
                               TEXT_ARG(rules->authority), TEXT_ARG(rules->assembly),
                               shown_date(keep, language, period.from),
                               shown_date(keep, language, period.to)));
}
