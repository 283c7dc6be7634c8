/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate against a rule file: from the facts that a line states, everything that
 * the rules say about such a line is told anew, and compared field by field.
 */
#include "certificate_whereabouts.h"

#include <assert.h>

struct following {
    struct checking check;
    const struct rules *rules;
    const struct stated_lines *lines;
};

static const struct tariff *
tariff_of(struct following *work, const struct told *told)
{
    return told->line->is_claim
               ? NULL
               : rules_tariff(work->rules, *work->check.keep, told->kind, told->body);
}

const struct basis *
reason_basis(const struct rules *rules, const struct told *told, struct arena scratch)
{
    const struct stipend *stipend = &rules->stipend;
    const struct line *line = told->line;
    const struct exclusion *exclusion = rules_exclusion(rules, told->kind);
    const struct category *category =
        line->is_claim ? rules_category(rules, scratch, line->entitlement) : NULL;
    const struct tariff *tariff =
        line->is_claim ? NULL : rules_tariff(rules, scratch, told->kind, told->body);
    const struct value *threshold = timeline_at(&stipend->means.threshold, line->date);
    const struct basis *basis = NULL;
    switch (line->reason) {
    case REASON_NIL_POLICY: basis = &stipend->nil_basis; break;
    case REASON_EXCUSED: basis = &stipend->excused_basis; break;
    case REASON_KIND_NOT_PAID:
        basis = exclusion == NULL ? NULL : &exclusion->basis;
        break;
    case REASON_BODY_NOT_COVERED:
    case REASON_SESSION_BODY_MISSING:
        basis = rules_bodies_basis(rules, told->kind);
        break;
    case REASON_BELOW_MINIMUM:
        basis = tariff == NULL ? NULL : &tariff->minimum_basis;
        break;
    case REASON_BELOW_STEP: basis = tariff == NULL ? NULL : &tariff->step_basis; break;
    case REASON_SESSION_LENGTH_MISSING:
    case REASON_DURATION_MISSING: basis = tariff == NULL ? NULL : &tariff->basis; break;
    case REASON_STATUS_NOT_PAID: basis = &stipend->status_basis; break;
    case REASON_BODY_OTHER: basis = &stipend->bodies.basis; break;
    case REASON_OUTSIDE_COMPETENCE: basis = &stipend->competence.basis; break;
    case REASON_TOO_YOUNG:
    case REASON_BIRTH_MISSING: basis = &stipend->age.basis; break;
    case REASON_NO_REQUEST:
    case REASON_REQUEST_LATE: basis = &stipend->request.basis; break;
    case REASON_NOT_ELIGIBLE:
        basis = threshold == NULL ? &stipend->means.basis : &threshold->basis;
        break;
    case REASON_FIGURE_TOO_OLD: basis = &stipend->means.age_basis; break;
    case REASON_NO_FIGURE:
    case REASON_METHOD_NOT_ACCEPTED:
    case REASON_NO_EVIDENCE_GIVEN:
    case REASON_NO_DECISION:
    case REASON_DECISION_UNDETERMINED: basis = &stipend->means.basis; break;
    case REASON_CATEGORY_NOT_COVERED: basis = &rules->others_basis; break;
    case REASON_NOT_PRESENT: basis = &rules->presence_basis; break;
    case REASON_NO_RECEIPT:
        basis = category == NULL ? NULL : &category->receipt_basis;
        break;
    case REASON_CLAIM_LATE:
    case REASON_CLAIM_DATE_MISSING:
        basis = category == NULL ? NULL : &category->deadline_basis;
        break;
    case REASON_MEAL_SERVED:
        basis = category == NULL ? NULL : &category->meal_basis;
        break;
    case REASON_AMOUNT_MISSING:
    case REASON_QUANTITY_MISSING:
    case REASON_HORSEPOWER_MISSING:
        basis = category == NULL ? NULL : &category->basis;
        break;
    case REASON_LAPSED: basis = &rules->payment.prescription.basis; break;
    default: break; /* a rule of the program, not of a text */
    }
    return basis;
}

/* The ceilings that the rules have for the line that day, with what it states of each. */
static void
expect_caps(struct following *work, const struct stated *stated, struct line *line,
            const struct cap *caps, size_t count, bool over_all)
{
    for (int span = 0; span < SPAN_COUNT; span++) {
        for (size_t i = 0; i < count; i++) {
            const struct value *limit = timeline_at(&caps[i].limit, line->date);
            if (caps[i].span != (enum span)span || limit == NULL) {
                continue;
            }
            struct cap_step *step = &line->steps[line->step_count];
            *step = (struct cap_step){
                .kind = caps[i].of_quantity ? STEP_QUANTITY : STEP_AMOUNT,
                .span = caps[i].span,
                .over_all = over_all,
                .cap = &caps[i],
                .limit = limit,
                .units_before = RATIO_ZERO,
                .since = line->date,
            };
            if (!caps[i].of_quantity) {
                step->most = money_round(limit->amount, ROUND_HALF_UP);
            } else if (line->rate.den != 0 && ratio_fits(limit->amount, line->rate)) {
                step->most = money_round(ratio_times(limit->amount, line->rate),
                                         line->price->rounding);
            }
            if (line->step_count < stated->step_count) {
                const struct stated_step *said = &stated->steps[line->step_count];
                step->before = said->before;
                step->units_before =
                    said->units_before.den == 0 ? RATIO_ZERO : said->units_before;
                step->took = said->took;
                step->since = said->since;
                if (caps[i].of_quantity && said->has_left) {
                    step->most = said->worth; /* it depends on the lines before */
                }
            }
            if (caps[i].span == SPAN_MANDATE) {
                step->since = rules_mandate(work->rules, line->date);
            }
            line->step_count++;
        }
    }
}

/* The line's own ceiling, a full day, and what is counted already. */
static void
expect_first(const struct stated *stated, const struct price *price, struct line *line)
{
    for (size_t i = 0; i < stated->step_count || i == 0; i++) {
        const struct stated_step *said =
            i < stated->step_count ? &stated->steps[i] : NULL;
        bool own =
            said != NULL && (said->kind == STEP_FULL_DAY || said->kind == STEP_COUNTED);
        if (!own && (i > 0 || !price->limited)) {
            return;
        }
        struct cap_step *step = &line->steps[line->step_count++];
        *step = (struct cap_step){.units_before = RATIO_ZERO, .since = line->date};
        step->took = said == NULL ? (struct money){0} : said->took;
        if (!own) {
            step->kind = STEP_RATE;
            step->limit = timeline_at(&line->price->rates, line->date);
            step->most = price->limit;
            continue;
        }
        step->kind = said->kind;
        step->span = said->kind == STEP_FULL_DAY ? SPAN_DAY : said->span;
        step->since = said->kind == STEP_FULL_DAY ? line->date : said->since;
        if (said->kind == STEP_FULL_DAY) {
            step->most = line->gross;
            step->before = said->before;
            step->units_before = said->units_before;
        }
    }
}

/* The last ceiling that took something gives the line its text, or a full day. */
static void
expect_basis(const struct rules *rules, struct line *line)
{
    for (size_t i = 0; i < line->step_count; i++) {
        const struct cap_step *step = &line->steps[i];
        if (step->took.cents == 0) {
            continue;
        }
        if (step->kind == STEP_FULL_DAY) {
            line->basis = &line_tariff(rules, line)->full_day_basis;
        } else if (step->kind == STEP_AMOUNT || step->kind == STEP_QUANTITY) {
            assert(line->ceilings.count < LINE_CEILINGS_MAX);
            line->ceilings.items[line->ceilings.count++] = step->limit;
            line->basis = &step->limit->basis;
        }
    }
}

static size_t
most_caps(const struct rules *rules, const struct entitlement *price)
{
    return price->cap_count + rules->stipend.cap_count + 4;
}

static bool
expect_price(struct following *work, const struct stated *stated, struct line *line,
             const struct basis *category_basis)
{
    struct arena *keep = work->check.keep;
    struct priced priced = {
        .date = line->date,
        .has_quantity = !stated->by_default,
        .has_amount = true,
        .quantity = stated->quantity,
        .amount = stated->claimed,
        .horsepower = stated->horsepower,
        .counter = stated->counter.den == 0 ? RATIO_ZERO : stated->counter,
    };
    struct price price = entitlement_price(keep, line_rates(work->rules, line), &priced);
    if (price.missing == MISSING_QUANTITY) {
        check_differs(&work->check, stated->path, "by_default", "true", "-");
        return false;
    }
    if (price.missing != MISSING_NOTHING) {
        check_differs(&work->check, stated->path, "horsepower",
                      arena_printf(keep, "%u", stated->horsepower), "-");
        return false;
    }
    line->quantity = price.quantity;
    line->rate = price.rate;
    line->gross = stated->gross;
    line->basis = price.basis == NULL ? category_basis : price.basis;
    line->rate_basis = price.limited ? category_basis : line->basis;
    line->steps = NEW_ARRAY(keep, struct cap_step, most_caps(work->rules, line->price));
    expect_first(stated, &price, line);
    expect_caps(work, stated, line, line->price->caps, line->price->cap_count, false);
    if (!line->is_claim) {
        const struct stipend *stipend = &work->rules->stipend;
        expect_caps(work, stated, line, stipend->caps, stipend->cap_count, true);
    }
    expect_basis(work->rules, line);
    return true;
}

/* A day is full from so many minutes on, and only then. */
static void
check_full_day(struct following *work, const struct stated *stated,
               const struct tariff *tariff, bool whole)
{
    struct ratio full = ratio_of(tariff->full_day_minutes, 1);
    bool reached =
        whole && full.num > 0 && ratio_compare(stated->steps[0].units, full) >= 0;
    if (whole && !reached) {
        check_differs(&work->check, stated->path, "caps[1].minutes_day",
                      exact_text(work->check.keep, stated->steps[0].units, 0),
                      exact_text(work->check.keep, full, 0));
    }
}

static bool
expect_priced(struct following *work, const struct stated *stated, struct told *told,
              struct line *line)
{
    const struct category *category =
        line->is_claim ? rules_category(work->rules, *work->check.keep, line->entitlement)
                       : NULL;
    const struct tariff *tariff = tariff_of(work, told);
    if (category == NULL && tariff == NULL) {
        check_differs(&work->check, stated->path, line->is_claim ? "entitlement" : "kind",
                      line->is_claim ? text_string(work->check.keep, line->entitlement)
                                     : kind_word(stated->kind),
                      "-");
        return false;
    }
    line->price = category == NULL ? &tariff->price : &category->price;
    line->unit = line->price->unit;
    if (!line->is_claim && line->unit == UNIT_HOUR) {
        bool whole = stated->step_count > 0 && stated->steps[0].kind == STEP_FULL_DAY;
        line->unit = whole ? UNIT_DAY : line->unit;
        check_full_day(work, stated, tariff, whole);
        struct ratio units = ratio_times(stated->minutes, ratio_of(DURATION_MINUTE, 1));
        if (!stated->has_minutes || units.den != 1 || units.num > INT32_MAX) {
            check_form(&work->check, stated->path, "minutes",
                       tree_get(stated->tree, "minutes"));
            return false;
        }
        line->duration = (int32_t)units.num;
    }
    return expect_price(work, stated, line, category == NULL ? NULL : &category->basis);
}

/* What a verdict says it rests on, and the rules do not take. */
static void
check_evidence(struct following *work, const struct stated *stated,
               const struct finding *finding)
{
    const struct means_condition *test = &work->rules->stipend.means;
    struct arena *keep = work->check.keep;
    struct evidence evidence = {finding->method, finding->month};
    int month = 0;
    if (finding->month.size > 0 && !evidence_month_parse(finding->month, &month)) {
        check_differs(&work->check, stated->path, "evidence.month",
                      text_string(keep, finding->month),
                      tr(diag_language(work->check.diag), N_("a month, as 2026-03")));
        return;
    }
    if (finding->verdict != VERDICT_ELIGIBLE &&
        finding->verdict != VERDICT_NOT_ELIGIBLE) {
        return;
    }
    int oldest = date_month_index(stated->date) - test->age_months_max;
    switch (evidence_fault(*keep, test, &evidence, stated->date)) {
    case EVIDENCE_FIT: return;
    case EVIDENCE_METHOD:
        check_differs(&work->check, stated->path, "evidence.method",
                      text_string(keep, finding->method), means_methods_text(keep, test));
        return;
    case EVIDENCE_AGE:
        check_differs(&work->check, stated->path, "evidence.month",
                      text_string(keep, finding->month),
                      arena_printf(keep,
                                   tr(diag_language(work->check.diag),
                                      N_("%04d-%02d at the earliest")),
                                   oldest / 12, oldest % 12 + 1));
        return;
    }
}

struct comparing_line {
    struct following *work;
    const char *path;
};

static void
differ(void *context, struct tree_difference difference)
{
    struct comparing_line *line = context;
    struct checking *check = &line->work->check;
    check_differs(check, line->path, difference.path,
                  tree_shown(check->keep, difference.a),
                  tree_shown(check->keep, difference.b));
}

static void
follow_line(struct following *work, const struct stated *stated)
{
    struct arena *keep = work->check.keep;
    if (!rules_alive(work->rules, stated->date)) {
        char day[DATE_TEXT_MAX];
        check_differs(
            &work->check, stated->path, "date", date_text(stated->date, day),
            tr(diag_language(work->check.diag), N_("a day on which the rules hold")));
        return;
    }
    struct line line = {
        .is_claim = stated->is_claim,
        .date = stated->date,
        .entitlement = stated->is_claim ? tree_get_text(stated->tree, "entitlement")
                                        : STR("stipend"),
        .quantity = RATIO_ZERO,
        .counter = stated->counter.den == 0 ? RATIO_ZERO : stated->counter,
        .horsepower = stated->horsepower,
        .duration = DURATION_NONE,
        .due = stated->due,
        .state = stated->state,
        .reason = stated->reason,
    };
    const struct tree *evidence = tree_get(stated->tree, "evidence");
    struct told told = {
        .rules = work->rules,
        .line = &line,
        .session = tree_get_text(stated->tree, "session"),
        .body = tree_get_text(stated->tree, "body"),
        .kind = stated->kind,
        .circumstances = {stated->status, stated->presence, stated->by_default},
        .finding = { .verdict = stated->verdict,
                          .method = tree_get_text(evidence,  "method"),
                          .month = tree_get_text(evidence, "month")},
        .opening = stated->opening.den == 0 ? RATIO_ZERO : stated->opening,
        .number = stated->number,
        .at = text_string(keep, tree_get_text(stated->tree, "at")),
        .other_at = text_string(keep, tree_get_text(stated->tree, "other_at")),
    };
    for (size_t i = 0; i < stated->step_count; i++) {
        told.other += stated->steps[i].kind == STEP_COUNTED ? stated->steps[i].line : 0;
    }
    if (stated->priced && !expect_priced(work, stated, &told, &line)) {
        return;
    }
    const struct conditions conditions = {&work->check, work->rules, work->lines};
    if (!stated->priced) {
        struct told decided = told; /* a claim states no kind: its day does */
        decided.kind =
            stated->is_claim ? whereabouts_awaited(&conditions, stated) : told.kind;
        line.basis = reason_basis(work->rules, &decided, *keep);
    }
    told.tested = work->rules->stipend.means.required && means_was_reached(&line);
    conditions_check(&conditions, stated);
    if (told.tested) {
        check_evidence(work, stated, &told.finding);
    }
    struct comparing_line comparing = {work, stated->path};
    tree_compare(keep, stated->tree, told_line(keep, &told), differ, &comparing);
}

bool
certificate_follows(struct arena *keep, const struct tree *certificate,
                    const struct rules *rules, struct where where, struct diag *diag)
{
    struct stated_lines lines = {0};
    struct following work = {
        {keep, where, diag, CODE_C006, true},
        rules, &lines
    };
    const struct tree *head = tree_get(certificate, "rules");
    const char *const fields[] = {"id", "authority", "assembly"};
    const struct text names[] = {rules->id, rules->authority, rules->assembly};
    if (!stated_read(&work.check, certificate, &lines)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
        check_text(&work.check, "rules", fields[i],
                   text_string(keep, tree_get_text(head, fields[i])),
                   text_string(keep, names[i]));
    }
    for (size_t i = 0; i < lines.count; i++) {
        follow_line(&work, &lines.items[i]);
    }
    return work.check.holds;
}

static void
unequal(void *context, struct tree_difference difference)
{
    struct checking *check = context;
    const char *stated = tree_shown(check->keep, difference.a);
    const char *anew = tree_shown(check->keep, difference.b);
    if (text_equals(text_of(difference.path), STR("seal"))) {
        return; /* it follows from the others */
    }
    if (text_equals(text_of(difference.path), STR("version"))) {
        diag_note(check->diag, check->where, CODE_C008,
                  "made by version %s of the program; this is %s", stated, anew);
        return;
    }
    check->holds = diag_error(check->diag, check->where, CODE_C007,
                              "%s: the certificate states '%s', the tables give '%s'",
                              difference.path, stated, anew);
}

bool
certificate_equals(struct arena *keep, const struct tree *certificate,
                   const struct tree *anew, struct where where, struct diag *diag)
{
    struct checking check = {keep, where, diag, CODE_C007, true};
    tree_compare(keep, certificate, anew, unequal, &check);
    return check.holds;
}
