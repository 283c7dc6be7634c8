/* SPDX-License-Identifier: Apache-2.0 */
/* From a tree of the right form to figures. Every word is one of its list and every figure lies
 * within bounds, so that nothing computed from them afterwards can fail. */
#include "certificate_stated.h"

#include <string.h>

#define UNITS_MAX      INT64_C(100000000) /* of a counter: kilometres of a year */
#define UNITS_DIVISION 3000000 /* minutes of an hour, and a share in millionths */
#define RATE_MAX       INT64_C(10000000)
#define RATE_DIVISION  1000000
#define LINES_MAX      20000

void
check_differs(struct checking *check, const char *path, const char *field,
              const char *stated, const char *recomputed)
{
    const char *name =
        path[0] == '\0' ? field : arena_printf(check->keep, "%s.%s", path, field);
    check->holds =
        check->code == CODE_C006
            ? diag_error(check->diag, check->where, CODE_C006,
                         "%s: the certificate states '%s', the rules have '%s'", name,
                         stated, recomputed)
            : diag_error(check->diag, check->where, check->code,
                         "%s: the certificate states '%s', computed anew it is '%s'",
                         name, stated, recomputed);
}

void
check_text(struct checking *check, const char *path, const char *field,
           const char *stated, const char *recomputed)
{
    if (strcmp(stated, recomputed) != 0) {
        check_differs(check, path, field, stated, recomputed);
    }
}

void
check_money(struct checking *check, const char *path, const char *field,
            struct money stated, struct money recomputed)
{
    char a[MONEY_TEXT_MAX];
    char b[MONEY_TEXT_MAX];
    check_text(check, path, field, money_text(stated, a), money_text(recomputed, b));
}

void
check_ratio(struct checking *check, const char *path, const char *field,
            struct ratio stated, struct ratio recomputed)
{
    check_text(check, path, field, exact_text(check->keep, stated, 0),
               exact_text(check->keep, recomputed, 0));
}

void
check_date(struct checking *check, const char *path, const char *field,
           struct date stated, struct date recomputed)
{
    char a[DATE_TEXT_MAX];
    char b[DATE_TEXT_MAX];
    check_text(check, path, field, date_text(stated, a), date_text(recomputed, b));
}

void
check_count(struct checking *check, const char *path, const char *field, int64_t stated,
            int64_t recomputed)
{
    check_text(check, path, field, arena_printf(check->keep, "%lld", (long long)stated),
               arena_printf(check->keep, "%lld", (long long)recomputed));
}

void
check_form(struct checking *check, const char *path, const char *field,
           const struct tree *value)
{
    const char *name =
        path[0] == '\0' ? field : arena_printf(check->keep, "%s.%s", path, field);
    check->holds = value == NULL ? diag_error(check->diag, check->where, CODE_C003,
                                              "'%s' is missing", name)
                                 : diag_error(check->diag, check->where, CODE_C003,
                                              "%s: '%s' is not written as it should be",
                                              name, tree_shown(check->keep, value));
}

struct reader { /* of one object */
    struct checking *check;
    const struct tree *tree;
    const char *path;
};

/* The index of a field's word among `count`, of which `words` gives each; or -1. */
static int
read_word(const struct reader *reader, const char *field, const char *const words[],
          int count)
{
    struct text text = tree_get_text(reader->tree, field);
    for (int i = 0; i < count; i++) {
        if (text_equals(text, text_of(words[i]))) {
            return i;
        }
    }
    check_form(reader->check, reader->path, field, tree_get(reader->tree, field));
    return -1;
}

#define WORDS_OF_ENUM(name, type, word, count)   \
    static void name(const char *out[])          \
    {                                            \
        for (int i = 0; i < (int)(count); i++) { \
            out[i] = word((type)i);              \
        }                                        \
    }
WORDS_OF_ENUM(state_words, enum line_state, line_state_word, LINE_STATE_COUNT)
WORDS_OF_ENUM(all_reasons, enum reason, reason_word, REASON_COUNT)
WORDS_OF_ENUM(all_units, enum unit, unit_word, UNIT_COUNT)
WORDS_OF_ENUM(all_spans, enum span, span_word, SPAN_COUNT)
WORDS_OF_ENUM(all_kinds, enum kind, kind_word, KIND_COUNT)
WORDS_OF_ENUM(all_presences, enum presence, presence_word, PRESENCE_COUNT)
WORDS_OF_ENUM(all_statuses, enum status, status_word, STATUS_COUNT)
WORDS_OF_ENUM(all_verdicts, enum verdict, verdict_word, VERDICT_COUNT)

static int
read_listed(const struct reader *reader, const char *field, void (*list)(const char *[]),
            int count)
{
    const char *words[(int)REASON_COUNT + (int)KIND_COUNT] = {0};
    list(words);
    int found = read_word(reader, field, words, count);
    return found < 0 ? 0 : found;
}

static struct ratio
read_ratio(const struct reader *reader, const char *field, int min, int64_t most,
           int64_t division)
{
    struct ratio ratio = RATIO_ZERO;
    const struct tree *value = tree_get(reader->tree, field);
    if (value == NULL || !exact_parse(*reader->check->keep, value->text, min, &ratio)) {
        check_form(reader->check, reader->path, field, value);
        return RATIO_ZERO;
    }
    if (division % ratio.den != 0 || ratio_compare(ratio, ratio_of(most, 1)) > 0) {
        reader->check->holds =
            diag_error(reader->check->diag, reader->check->where, CODE_C002,
                       "%s.%s: '%s' is out of all proportion", reader->path, field,
                       tree_shown(reader->check->keep, value));
        return RATIO_ZERO;
    }
    return ratio;
}

static struct ratio
read_units(const struct reader *reader, const char *field)
{
    return read_ratio(reader, field, 0, UNITS_MAX, UNITS_DIVISION);
}

static struct ratio
read_rate(const struct reader *reader, const char *field)
{
    return read_ratio(reader, field, 2, RATE_MAX, RATE_DIVISION);
}

/* A product: any denominator, since it is only compared. */
static struct ratio
read_exact(const struct reader *reader)
{
    struct ratio ratio = RATIO_ZERO;
    const struct tree *value = tree_get(reader->tree, "exact");
    if (value == NULL || !exact_parse(*reader->check->keep, value->text, 2, &ratio)) {
        check_form(reader->check, reader->path, "exact", value);
    }
    return ratio;
}

static struct money
read_money(const struct reader *reader, const char *field)
{
    struct money amount = {0};
    const struct tree *value = tree_get(reader->tree, field);
    if (value == NULL || value->type != TREE_TEXT || !money_parse(value->text, &amount)) {
        check_form(reader->check, reader->path, field, value);
    }
    return amount;
}

static struct date
read_date(const struct reader *reader, const char *field)
{
    struct date date = {0};
    (void)date_parse_iso(tree_get_text(reader->tree, field), &date);
    return date;
}

static void
read_limits(const struct reader *reader, struct stated_step *step)
{
    static const char *const overs[] = {"own", "all_tariffs"};
    const struct tree *soft = tree_get(reader->tree, "soft");
    step->over_all = read_word(reader, "over", overs, 2) == 1;
    step->soft = soft != NULL && soft->integer != 0;
    step->cap = tree_get_text(reader->tree, "cap");
    step->before = read_money(reader, "before");
    step->has_left = tree_get(reader->tree, "left") != NULL;
    if (soft == NULL || step->cap.size == 0) {
        check_form(reader->check, reader->path, soft == NULL ? "soft" : "cap", NULL);
    }
    if (step->kind == STEP_AMOUNT) {
        step->limit = read_money(reader, "limit");
        step->left = read_money(reader, "left");
        return;
    }
    step->units = read_units(reader, "limit");
    step->units_before = read_units(reader, "units_before");
    step->units_left = read_units(reader, "units_left");
    if (step->has_left) {
        step->worth = read_money(reader, "worth");
        step->left = read_money(reader, "left");
    }
}

static void
read_step(const struct reader *reader, struct stated_step *step)
{
    static const char *const kinds[] = {
        [STEP_RATE] = "rate",         [STEP_COUNTED] = "counted",
        [STEP_FULL_DAY] = "full_day", [STEP_AMOUNT] = "amount",
        [STEP_QUANTITY] = "quantity",
    };
    int kind = read_word(reader, "kind", kinds, (int)ARRAY_COUNT(kinds));
    step->tree = reader->tree;
    step->kind = kind < 0 ? STEP_AMOUNT : (enum step_kind)kind;
    step->span = (enum span)read_listed(reader, "span", all_spans, SPAN_COUNT);
    step->since = read_date(reader, "since");
    step->took = read_money(reader, "took");
    switch (step->kind) {
    case STEP_RATE:
        step->limit = read_money(reader, "limit");
        step->exact = read_exact(reader);
        break;
    case STEP_COUNTED: {
        const struct tree *line = tree_get(reader->tree, "line");
        step->line = line == NULL ? 0 : line->integer;
        break;
    }
    case STEP_FULL_DAY:
        step->limit = read_money(reader, "limit");
        step->before = read_money(reader, "before");
        step->left = read_money(reader, "left");
        step->units_before = read_units(reader, "minutes_before");
        step->units = read_units(reader, "minutes_day");
        break;
    case STEP_AMOUNT:
    case STEP_QUANTITY: read_limits(reader, step); break;
    }
}

/* A quantity that lies in one band has that band's rate. */
static void
read_one_band(const struct reader *reader, struct stated *out)
{
    const struct tree *bands = tree_get(reader->tree, "bands");
    if (bands == NULL || bands->count == 0) {
        check_form(reader->check, reader->path, "bands", bands);
    } else if (bands->count == 1) {
        const char *path = arena_printf(reader->check->keep, "%s.bands[1]", reader->path);
        struct reader inner = {reader->check, bands->first, path};
        out->rate = read_rate(&inner, "rate");
    }
}

static void
read_priced(const struct reader *reader, struct stated *out)
{
    struct checking *check = reader->check;
    const struct tree *power = tree_get(reader->tree, "horsepower");
    out->method = method_find(tree_get_text(reader->tree, "method"));
    if (out->method == NULL) {
        check_form(check, reader->path, "method", tree_get(reader->tree, "method"));
        return;
    }
    out->unit = (enum unit)read_listed(reader, "unit", all_units, UNIT_COUNT);
    if (!rounding_parse(tree_get_text(reader->tree, "rounding"), &out->rounding)) {
        check_form(check, reader->path, "rounding", tree_get(reader->tree, "rounding"));
    }
    const struct tree *tariff = tree_get(reader->tree, "tariff");
    out->tariff = tariff == NULL ? 0 : tariff->integer;
    const struct tree *by_default = tree_get(reader->tree, "by_default");
    out->by_default = by_default != NULL && by_default->integer != 0;
    out->has_minutes = tree_get(reader->tree, "minutes") != NULL;
    out->minutes = out->has_minutes ? read_units(reader, "minutes") : RATIO_ZERO;
    out->quantity = read_units(reader, "quantity");
    out->gross = read_money(reader, "gross");
    if (out->method->uses_scale) {
        out->horsepower =
            power == NULL || power->integer > 1000 ? 0 : (uint32_t)power->integer;
        out->opening = read_units(reader, "opening");
        out->counter = read_units(reader, "counter");
        read_one_band(reader, out);
    } else if (out->method->uses_rates) {
        out->rate = read_rate(reader, "rate");
    }
    if (out->method->uses_amount) {
        out->claimed = read_money(reader, "claimed");
    } else {
        out->exact = read_exact(reader);
    }
    const struct tree *caps = tree_get(reader->tree, "caps");
    out->steps =
        NEW_ARRAY(check->keep, struct stated_step, caps == NULL ? 1 : caps->count + 1);
    for (const struct tree *cap = caps == NULL ? NULL : caps->first; cap != NULL;
         cap = cap->next) {
        const char *path =
            arena_printf(check->keep, "%s.caps[%zu]", reader->path, out->step_count + 1);
        struct reader inner = {check, cap, path};
        read_step(&inner, &out->steps[out->step_count++]);
    }
}

static bool
scheme_is_barred(const struct tree *line)
{
    struct text word = tree_get_text(tree_get(line, "scheme"), "state");
    const enum scheme_state paying[] = {SCHEME_IN_FORCE, SCHEME_CONTESTED};
    bool pays = false;
    for (size_t i = 0; i < ARRAY_COUNT(paying); i++) {
        pays = pays || text_equals(word, text_of(scheme_state_word(paying[i])));
    }
    return !pays;
}

static void
read_line(const struct reader *reader, struct stated *out)
{
    const struct tree *tree = reader->tree;
    const struct tree *evidence = tree_get(tree, "evidence");
    out->tree = tree;
    out->path = reader->path;
    out->number = tree_get(tree, "line")->integer;
    out->date = read_date(reader, "date");
    out->is_claim = tree_get(tree, "presence") == NULL;
    out->priced = tree_get(tree, "method") != NULL;
    out->barred = scheme_is_barred(tree);
    out->rate = (struct ratio){0, 0};
    out->due = read_money(reader, "due");
    out->state =
        (enum line_state)read_listed(reader, "state", state_words, LINE_STATE_COUNT);
    if (tree_get(tree, "reason") != NULL) {
        out->reason =
            (enum reason)read_listed(reader, "reason", all_reasons, REASON_COUNT);
    }
    if (!out->is_claim) {
        out->kind = (enum kind)read_listed(reader, "kind", all_kinds, KIND_COUNT);
        out->presence =
            (enum presence)read_listed(reader, "presence", all_presences, PRESENCE_COUNT);
    }
    if (tree_get(tree, "status") != NULL) {
        out->status =
            (enum status)read_listed(reader, "status", all_statuses, STATUS_COUNT);
    }
    if (evidence != NULL) {
        const char *path = arena_printf(reader->check->keep, "%s.evidence", reader->path);
        struct reader inner = {reader->check, evidence, path};
        out->verdict =
            (enum verdict)read_listed(&inner, "verdict", all_verdicts, VERDICT_COUNT);
    }
    if (out->priced) {
        read_priced(reader, out);
    }
}

bool
stated_read(struct checking *check, const struct tree *certificate,
            struct stated_lines *out)
{
    static const char *const lists[] = {"earlier", "lines"};
    const struct tree *period = tree_get(certificate, "period");
    size_t count =
        tree_get(certificate, "earlier")->count + tree_get(certificate, "lines")->count;
    if (count > LINES_MAX) {
        check->holds = diag_error(check->diag, check->where, CODE_C002,
                                  "more than %d lines", LINES_MAX);
        return false;
    }
    struct reader head = {check, period, "period"};
    out->period = (struct period){read_date(&head, "from"), read_date(&head, "to")};
    out->items = NEW_ARRAY(check->keep, struct stated, count + 1);
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        size_t index = 0;
        const struct tree *line = tree_get(certificate, lists[i])->first;
        for (; line != NULL; line = line->next) {
            const char *path = arena_printf(check->keep, "%s[%zu]", lists[i], ++index);
            struct reader reader = {check, line, path};
            struct stated *stated = &out->items[out->count++];
            stated->earlier = i == 0;
            read_line(&reader, stated);
        }
    }
    return check->holds;
}
