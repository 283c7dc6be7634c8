/* SPDX-License-Identifier: Apache-2.0 */
/* What the sheets of the month share: how a member, a text, an amount, a place is named. */
#include "payroll_parts.h"

#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"

struct table
payroll_table(struct arena *keep, const struct payroll *payroll,
              const struct column *columns, size_t count)
{
    struct column *translated = NEW_ARRAY(keep, struct column, count);
    for (size_t i = 0; i < count; i++) {
        translated[i] = columns[i];
        translated[i].title = tr(payroll->language, columns[i].title);
    }
    return (struct table){
        .columns = translated,
        .column_count = count,
        .audience = FOR_SHEET,
        .context = payroll,
    };
}

void
payroll_each_line(const struct payroll *payroll, struct arena scratch,
                  void (*put)(struct arena *scratch, const struct payroll *payroll,
                              uint32_t member, const struct line *line,
                              struct row_sink *sink),
                  struct row_sink *sink)
{
    for (uint32_t member = 0; member < payroll->batch->roster->count; member++) {
        struct arena one = scratch;
        struct member_result result = liquidate_member(&one, payroll->batch, member);
        for (size_t i = 0; i < result.count; i++) {
            struct arena row = one;
            put(&row, payroll, member, &result.lines[i], sink);
        }
    }
}

void
payroll_put_inputs(const struct payroll *payroll, struct row_sink *sink)
{
    for (size_t i = 0; i < payroll->input_count; i++) {
        char sha256[65];
        digest_text(payroll->inputs[i]->digest, sha256);
        struct cell cells[] = {cell_text(payroll->inputs[i]->path), cell_string(sha256)};
        sink->row(sink, cells);
    }
}

void
payroll_note(struct arena *keep, struct payroll_notes *notes, enum tone tone,
             const char *text)
{
    struct note *note = ARRAY_PUSH(keep, notes);
    note->tone = tone;
    note->text = text;
}

const char *
payroll_place(struct arena *keep, const struct payroll *payroll, struct where where)
{
    const struct rules *rules = payroll->batch->rules;
    bool is_rules = where.input == rules->file;
    for (size_t i = 0; i < rules->common_count; i++) {
        is_rules = is_rules || where.input == rules->commons[i];
    }
    const char *place = where.input == NULL ? "" : where_text(keep, where);
    const char *name = is_rules ? strrchr(place, '/') : NULL;
    return name == NULL ? place : name + 1;
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

const char *
payroll_name(struct arena *keep, const struct participant *participant)
{
    return arena_printf(keep, "%.*s %.*s", TEXT_ARG(participant->last_name),
                        TEXT_ARG(participant->first_name));
}

struct text
payroll_session(const struct line *line)
{
    return line->session_id;
}

struct text
payroll_entitlement(const struct payroll *payroll, const struct line *line)
{
    return rules_label(payroll->batch->rules, line->entitlement, payroll->language);
}

const char *
payroll_amount(struct arena *keep, enum language language, struct money amount)
{
    const char *shown = tr_money(keep, language, amount);
    return arena_printf(keep, language == LANGUAGE_FR ? "%s" NO_BREAK_SPACE "€" : "€%s",
                        shown);
}

const char *
payroll_date(struct arena *keep, enum language language, struct date date)
{
    char iso[DATE_TEXT_MAX];
    date_text(date, iso);
    if (language != LANGUAGE_FR || iso[0] == '\0') {
        return arena_printf(keep, "%s", iso);
    }
    int year = 0;
    int month = 0;
    int day = 0;
    date_split(date, &year, &month, &day);
    return arena_printf(keep, "%02d/%02d/%04d", day, month, year);
}

const char *
payroll_basis(struct arena *keep, enum language language, const struct basis *basis)
{
    if (basis == NULL) {
        return "";
    }
    if (basis->source == NULL) {
        return arena_printf(keep, tr(language, N_("assumption: %.*s")),
                            TEXT_ARG(basis->assumption));
    }
    return arena_printf(keep, basis->article.size > 0 ? "%.*s, %.*s" : "%.*s%.*s",
                        TEXT_ARG(basis->source->id), TEXT_ARG(basis->article));
}
