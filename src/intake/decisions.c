/* SPDX-License-Identifier: Apache-2.0 */
/* The verdicts of the means test, as the legal team hands them over. */
#include "defray/decisions.h"

#include "defray/discretion.h"

#include "forms.h"
#include "names.h"
#include "table_unread.h"

#define ROW_BYTES 128

enum {
    ID,
    RULE,
    VERDICT,
    FROM,
    TO,
    METHOD,
    MONTH,
    DOCUMENT,
    REASON,
    FIGURE,
    LAST_NAME,
    FIRST_NAME,
    FULL_NAME,
    COLUMN_COUNT
};

#define FROM_NAMES                                              \
    "debut|du|date_debut|date de debut|debut de validite|"      \
    "date de debut de validite|valable du|valable a partir du|" \
    "valable_du|a compter du|valid from|start date"

#define TO_NAMES                                                    \
    "fin|au|date_fin|date de fin|fin de validite|"                  \
    "date de fin de validite|valable jusqu'au|valable_au|jusqu'au|" \
    "valid to|valid until|end date"

static const struct column columns[COLUMN_COUNT] = {
    [ID] = {"id",       "identifiant|matricule|member|membre|n°|numero",        true },
    [RULE] = {"rule",     "regle",                                                 true },
    [VERDICT] = {"verdict",  "decision",                                              true },
    [FROM] = {"from",     FROM_NAMES,                                              false},
    [TO] = {"to",       TO_NAMES,                                                false},
    [METHOD] = {"method",   "methode",                                               false},
    [MONTH] = {"month",    "mois",                                                  false},
    [DOCUMENT] = {"document", "piece",                                                 false},
    [REASON] = {"reason",   "motif",                                                 false},
    [FIGURE] = {"value",
            "valeur|quotient|quotient_familial|qf|revenu|income|montant|amount", false},
    [LAST_NAME] = NAME_COLUMN_LAST,
    [FIRST_NAME] = NAME_COLUMN_FIRST,
    [FULL_NAME] = NAME_COLUMN_FULL,
};

/* A heading with one of them says on which days a decision holds, whatever else it says. */
static const struct telling_word telling_words[] = {
    {FROM, "debut"     },
    {FROM, "valable"   },
    {FROM, "valid"     },
    {FROM, "compter"   },
    {TO,   "fin"       },
    {TO,   "jusqu"     },
    {TO,   "jusquau"   },
    {TO,   "until"     },
    {TO,   "expire"    },
    {TO,   "expiration"},
    {TO,   "echeance"  },
    {TO,   "validite"  },
};

struct decision_rows ARRAY_OF(struct decision);

static bool
check_rule(const struct table *table)
{
    struct cell cell = table_cell(table, RULE);
    const struct rules *rules = table->reading->rules;
    if (!field_required(&cell)) {
        return false;
    }
    if (rules == NULL || text_equals(cell.text, rules->id)) {
        return true;
    }
    if (table->sheet->input->confidential) {
        return diag_error(cell_diag(&cell), cell_where(&cell), CODE_D003,
                          "the decision is for other rules than '%.*s'",
                          TEXT_ARG(rules->id));
    }
    return diag_error(cell_diag(&cell), cell_where(&cell), CODE_D003,
                      "the decision is for the rules '%s', not for '%.*s'",
                      cell_shown(&cell), TEXT_ARG(rules->id));
}

/* A text of the row that tells no income; false after a diagnostic that does not quote it. */
static bool
read_discreet(const struct cell *cell, struct text *out)
{
    *out = cell->text;
    return !discretion_shows_amount(cell->text) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_D004,
                      "this shows what looks like an income; a decision holds no figure");
}

/* A reason is a sentence, in which even a bare number may be what the member has: "1203 au lieu de
 * 1000". */
static bool
read_reason(const struct cell *cell, struct text *out)
{
    *out = cell->text;
    return !discretion_shows_bare(cell->text) ||
           diag_error(cell_diag(cell), cell_where(cell), CODE_D004,
                      "this shows what looks like an income; a decision holds no figure");
}

/* A method is a word: a number in it is none of its own. */
static bool
read_method(const struct cell *cell, struct text *out)
{
    *out = cell->text;
    for (size_t i = 0; i < cell->text.size; i++) {
        if (cell->text.data[i] >= '0' && cell->text.data[i] <= '9') {
            return diag_error(
                cell_diag(cell), cell_where(cell), CODE_D004,
                "this shows what looks like an income; a decision holds no figure");
        }
    }
    return true;
}

static bool
is_day(struct text t)
{
    int numbers[FORM_NUMBERS] = {0};
    struct date date = DATE_NONE;
    return date_parse_iso(t, &date) || form_match(t, "99/99/9999", numbers);
}

/* What nobody reads is kept by finance all the same: a column under whatever heading that holds an
 * income, or what a heading calls one. */
static bool
check_unread(const struct table *table)
{
    bool sound = true;
    for (size_t i = 0; i < table->heading_count && i < table->sheet->cell_count; i++) {
        struct cell cell = table_cell_at(table, i);
        if (!table_is_placed(table, i) && !is_day(cell.text) &&
            discretion_shows_under(table->headings[i], cell.text)) {
            sound = diag_error(cell_diag(&cell), cell_where(&cell), CODE_D004,
                               "a table of decisions has no column for an income");
        }
    }
    return sound;
}

/* The last day that the decision is asked about: of its own days, none after the period's end. */
static struct date
last_asked(const struct reading *reading, const struct decision *decision)
{
    struct date last = decision->during.to;
    if (!date_is_open(reading->until) && date_compare(reading->until, last) < 0) {
        last = reading->until;
    }
    return date_is_open(last) || date_compare(last, decision->during.from) < 0
               ? decision->during.from
               : last;
}

/* Whether the evidence is further from that day, of a period that is paid, than it may be old: its
 * year may be mistyped. */
static bool
lies_far_ahead(const struct reading *reading, struct text month, struct date day)
{
    const struct rules *rules = reading->rules;
    int most = rules->stipend.means.age_months_max;
    int index = 0;
    return most > 0 && date_compare(reading->until, rules->lives[0].during.from) >= 0 &&
           evidence_month_parse(month, &index) && index > date_month_index(day) + most;
}

/* A verdict stands as the legal team gave it; that it says to rest on what the rules do not take is
 * told, without quoting the row. */
static void
check_evidence(const struct table *table, const struct decision *decision)
{
    const struct reading *reading = table->reading;
    if (reading->rules == NULL || !reading->rules->stipend.means.required ||
        decision->verdict == VERDICT_UNDETERMINED) {
        return;
    }
    const struct means_condition *test = &reading->rules->stipend.means;
    struct evidence evidence = {decision->method, decision->month};
    struct date last = last_asked(reading, decision);
    char day[DATE_TEXT_MAX];
    switch (evidence_fault(table->scratch, test, &evidence, last)) {
    case EVIDENCE_FIT:
        if (!lies_far_ahead(reading, decision->month, last)) {
            return;
        }
        diag_warning(reading->diag, decision->where, CODE_D006,
                     "the decision rests on evidence of a month that is more than %d "
                     "months after %s",
                     test->age_months_max, date_text(last, day));
        break;
    case EVIDENCE_METHOD:
        diag_warning(reading->diag, decision->where, CODE_D006,
                     "the decision rests on a method that the rules do not accept (%s)",
                     means_methods_text(reading->keep, test));
        break;
    case EVIDENCE_AGE:
        diag_warning(reading->diag, decision->where, CODE_D006,
                     "the decision rests on evidence that is more than %d months old on "
                     "%s",
                     test->age_months_max, date_text(last, day));
        break;
    }
    diag_other_place(reading->diag, test->basis.where);
}

/* As the program writes it, however the table does. */
static struct text
month_of(struct arena *keep, int index)
{
    return index < 0
               ? STR("")
               : text_of(arena_printf(keep, "%04d-%02d", index / 12, index % 12 + 1));
}

static void
read_row(const struct table *table, const struct roster *roster, struct names *names,
         struct decision_rows *rows)
{
    struct decision decision = {.where = table_row(table)};
    struct cell id = table_cell(table, ID);
    struct cell verdict = table_cell(table, VERDICT);
    struct cell from = table_cell(table, FROM);
    struct cell to = table_cell(table, TO);
    struct cell month = table_cell(table, MONTH);
    int month_index = -1;
    struct cell method = table_cell(table, METHOD);
    struct cell figure = table_cell(table, FIGURE);
    struct cell document = table_cell(table, DOCUMENT);
    struct cell reason = table_cell(table, REASON);
    bool sound = read_discreet(&document, &decision.document);
    sound = read_method(&method, &decision.method) && sound;
    if (figure.text.size > 0) {
        sound = diag_error(cell_diag(&figure), cell_where(&figure), CODE_D004,
                           "a table of decisions has no column for an income");
    }
    sound = check_unread(table) && sound;
    sound = read_reason(&reason, &decision.reason) && sound;
    struct row_name name = names_of_row(table, LAST_NAME);
    sound = cell_member(&id, roster, &decision.member) &&
            names_agree(names, table->scratch, &name, decision.member) && sound;
    sound = check_rule(table) && sound;
    sound = field_verdict(&verdict, &decision.verdict) && sound;
    sound = field_period(&from, &to, &decision.during) && sound;
    sound = field_month(&month, &month_index) && sound;
    if (sound) {
        decision.month = month_of(table->reading->keep, month_index);
        check_evidence(table, &decision);
        *ARRAY_PUSH(table->reading->keep, rows) = decision;
    }
}

static int
compare_decisions(const void *context, uint32_t a, uint32_t b)
{
    const struct decision *left = &((const struct decision *)context)[a];
    const struct decision *right = &((const struct decision *)context)[b];
    const int orders[] = {
        compare_numbers(left->member, right->member),
        date_compare(left->during.from, right->during.from),
        date_compare(left->during.to, right->during.to),
        compare_numbers(left->verdict, right->verdict),
        text_compare(left->method, right->method),
        text_compare(left->month, right->month),
        text_compare(left->document, right->document),
        text_compare(left->reason, right->reason),
    };
    for (size_t i = 0; i < ARRAY_COUNT(orders); i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return compare_numbers(a, b);
}

static bool
same_decision(const struct decision *a, const struct decision *b)
{
    return a->member == b->member && date_compare(a->during.from, b->during.from) == 0 &&
           date_compare(a->during.to, b->during.to) == 0 && a->verdict == b->verdict &&
           text_equals(a->method, b->method) && text_equals(a->month, b->month) &&
           text_equals(a->document, b->document) && text_equals(a->reason, b->reason);
}

/* Of each verdict, the decision of the member that reaches furthest so far. */
struct reach {
    const struct decision *widest[VERDICT_COUNT];
};

static void
check_overlap(struct reading *reading, const struct roster *roster, struct reach *reach,
              const struct decision *decision)
{
    for (int verdict = 0; verdict < VERDICT_COUNT; verdict++) {
        const struct decision *other = reach->widest[verdict];
        if (other == NULL || verdict == (int)decision->verdict ||
            date_compare(decision->during.from, other->during.to) > 0) {
            continue;
        }
        diag_error(reading->diag, decision->where, CODE_D002,
                   "member '%.*s' has two verdicts for the same day",
                   TEXT_ARG(roster->items[decision->member].id));
        diag_other_place(reading->diag, other->where);
    }
    const struct decision **widest = &reach->widest[decision->verdict];
    if (*widest == NULL || date_compare(decision->during.to, (*widest)->during.to) > 0) {
        *widest = decision;
    }
}

/* Keeps the decisions in order, each once, and compares those of each member. */
static void
settle(struct reading *reading, const struct roster *roster, struct arena scratch,
       const struct decision_rows *rows, struct decisions *decisions)
{
    const uint32_t *order = sorted_indexes(
        &scratch, rows->count, (struct order){compare_decisions, rows->items});
    struct reach reach = {{NULL}};
    decisions->items = NEW_ARRAY(reading->keep, struct decision, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const struct decision *row = &rows->items[order[i]];
        const struct decision *last =
            decisions->count == 0 ? NULL : &decisions->items[decisions->count - 1];
        if (last != NULL && same_decision(last, row)) {
            diag_warning(reading->diag, row->where, CODE_D001,
                         "the row repeats another, and counts once");
            diag_other_place(reading->diag, last->where);
            continue;
        }
        if (last != NULL && last->member != row->member) {
            reach = (struct reach){{NULL}};
        }
        struct decision *kept = &decisions->items[decisions->count++];
        *kept = *row;
        check_overlap(reading, roster, &reach, kept);
    }
}

struct decisions *
decisions_read(struct reading *reading, const struct input_list *files,
               const struct roster *roster)
{
    struct arena start = intake_scratch(files, ROW_BYTES);
    struct decision_rows rows = {0};
    struct names *names = names_new(reading->keep, roster);
    for (size_t i = 0; i < files->count; i++) {
        struct table *table =
            table_open(reading, start, files->items[i], columns, COLUMN_COUNT);
        if (table != NULL) {
            table_tell_unread(table, telling_words, ARRAY_COUNT(telling_words));
        }
        if (table != NULL && names_stand(table, LAST_NAME)) {
            names_know(names);
        }
        while (table != NULL && table_next(table)) {
            read_row(table, roster, names, &rows);
        }
    }
    struct decisions *decisions = NEW(reading->keep, struct decisions);
    settle(reading, roster, start, &rows, decisions);
    decisions->first = facts_first(reading->keep, roster, decisions->items,
                                   decisions->count, sizeof *decisions->items);
    arena_release(start);
    return decisions;
}
