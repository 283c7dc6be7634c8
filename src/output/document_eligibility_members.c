/* SPDX-License-Identifier: Apache-2.0 */
/* Each member with every condition and its outcome; then what is missing, and what would
 * settle it. */
#include "eligibility_parts.h"

enum { C_FIRST = 8, COLUMNS_MAX = C_FIRST + CONDITION_COUNT + 1 };

static const struct column before_conditions[C_FIRST] = {
    {"member",   N_("Id"),                   CELL_TEXT, 10, false, 0, 0},
    {"name",     N_("Name"),                 CELL_TEXT, 24, false, 0, 0},
    {"status",   N_("Status"),               CELL_TEXT, 14, false, 0, 0},
    {"from",     N_("From"),                 CELL_DATE, 11, false, 0, 0},
    {"to",       N_("To"),                   CELL_DATE, 11, false, 0, 0},
    {"entitled", N_("Entitled"),             CELL_TEXT, 14, false, 0, 0},
    {"reason",   N_("Reason"),               CELL_TEXT, 34, false, 0, 0},
    {"settles",  N_("What would settle it"), CELL_TEXT, 34, false, 0, 0},
};

static const struct column text_column = {
    "source", N_("Text or assumption"), CELL_TEXT, 24, false, 0, 0};

/* Whether the rules, or the law for all, ask for the condition. */
static bool
is_asked(const struct rules *rules, enum condition condition)
{
    const struct stipend *stipend = &rules->stipend;
    switch (condition) {
    case CONDITION_BODY: return stipend->bodies.required;
    case CONDITION_AGE: return stipend->age.minimum > 0;
    case CONDITION_REQUEST: return stipend->request.required;
    case CONDITION_MEANS: return stipend->means.required;
    case CONDITION_MEMBERSHIP:
    case CONDITION_STATUS:
    case CONDITION_GUARDIAN:
    case CONDITION_COUNT: break;
    }
    return true;
}

static struct cell
outcome_cell(enum language language, enum outcome outcome)
{
    static const enum tone tones[OUTCOME_COUNT] = {
        [OUTCOME_NOT_REQUIRED] = TONE_QUIET,
        [OUTCOME_MET] = TONE_PLAIN,
        [OUTCOME_FAILED] = TONE_ALERT,
        [OUTCOME_OPEN] = TONE_ALERT,
    };
    return cell_toned(
        cell_worded(outcome_label(language, outcome), outcome_word(outcome)),
        tones[outcome]);
}

static struct cell
entitled_cell(enum language language, const struct stretch *stretch,
              enum condition decider)
{
    if (decider == CONDITION_COUNT) {
        return cell_toned(cell_worded(tr(language, N_("yes")), "yes"), TONE_STRONG);
    }
    bool failed = stretch->standings[decider].outcome == OUTCOME_FAILED;
    return cell_toned(failed
                          ? cell_worded(tr(language, N_("no")), "no")
                          : cell_worded(tr(language, N_("undetermined")), "undetermined"),
                      failed ? TONE_PLAIN : TONE_ALERT);
}

/* What decides: of who is entitled, the last condition that was looked at and had a text. */
static const struct basis *
deciding_basis(const struct stretch *stretch, enum condition decider)
{
    if (decider < CONDITION_COUNT) {
        return stretch->standings[decider].basis;
    }
    const struct basis *basis = NULL;
    for (int i = 0; i < CONDITION_COUNT; i++) {
        const struct basis *own = stretch->standings[i].basis;
        basis = own != NULL ? own : basis;
    }
    return basis;
}

static void
put_stretch(struct arena *scratch, const struct eligibility_report *report,
            const struct stretch *stretch, struct row_sink *sink)
{
    enum language language = report->language;
    enum condition decider = stretch_decider(stretch);
    enum reason reason =
        decider < CONDITION_COUNT ? stretch->standings[decider].reason : REASON_NONE;
    const struct participation *row = stretch->participation;
    struct cell cells[COLUMNS_MAX] = {
        cell_text(report->roster->items[stretch->member].id),
        cell_string(eligibility_name(scratch, report, stretch->member)),
        row == NULL
            ? cell_empty()
            : cell_worded(status_label(language, row->status), status_word(row->status)),
        cell_date(stretch->during.from),
        cell_date(stretch->during.to),
        entitled_cell(language, stretch, decider),
        cell_worded(reason_phrase(language, reason), reason_word(reason)),
        cell_string(reason_settles(language, reason)),
    };
    size_t count = C_FIRST;
    for (int i = 0; i < CONDITION_COUNT; i++) {
        if (is_asked(report->rules, (enum condition)i)) {
            cells[count++] = outcome_cell(language, stretch->standings[i].outcome);
        }
    }
    cells[count] =
        cell_string(basis_text(scratch, language, deciding_basis(stretch, decider)));
    sink->row(sink, cells);
}

static void
produce_members(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    for (size_t i = 0; i < report->stretches.count; i++) {
        struct arena row = scratch;
        put_stretch(&row, report, &report->stretches.items[i], sink);
    }
}

static const struct column missing_columns[] = {
    {"member",  N_("Id"),                   CELL_TEXT, 10, false, 0, 0},
    {"name",    N_("Name"),                 CELL_TEXT, 24, false, 0, 0},
    {"what",    N_("What"),                 CELL_TEXT, 22, false, 0, 0},
    {"detail",  N_("Detail"),               CELL_TEXT, 48, false, 0, 0},
    {"settles", N_("What would settle it"), CELL_TEXT, 44, false, 0, 0},
    {"before",  N_("Before"),               CELL_DATE, 12, false, 0, 0},
};

struct lack {
    uint32_t member;
    struct cell what;
    const char *detail, *settles;
    struct date before;
};

static void
put_missing(struct arena *scratch, const struct eligibility_report *report,
            const struct lack *lack, struct row_sink *sink)
{
    struct cell cells[] = {
        cell_text(report->roster->items[lack->member].id),
        cell_string(eligibility_name(scratch, report, lack->member)),
        lack->what,
        cell_string(lack->detail),
        cell_string(lack->settles),
        cell_date(lack->before),
    };
    sink->row(sink, cells);
}

/* Who is no member, or of a status or body that is never paid, need not be asked for anything
 * else: least of all for an income. */
static bool
ends_the_question(enum condition condition, enum outcome outcome)
{
    return outcome == OUTCOME_FAILED &&
           (condition == CONDITION_MEMBERSHIP || condition == CONDITION_STATUS ||
            condition == CONDITION_BODY);
}

/* Of earlier days, which nobody can ask for any more, only what is open, and is not still so on
 * the last ones. */
static bool
is_told(const struct stretch *stretch, const struct stretch *last, int condition)
{
    const struct standing *standing = &stretch->standings[condition];
    return stretch == last || (standing->outcome == OUTCOME_OPEN &&
                               standing->reason != last->standings[condition].reason);
}

static const char *
unmet_detail(struct arena *scratch, enum language language, const struct stretch *stretch,
             const struct stretch *last, enum reason reason)
{
    const char *phrase = reason_phrase(language, reason);
    return stretch == last
               ? phrase
               : arena_printf(scratch, tr(language, N_("%s, for %s to %s")), phrase,
                              shown_date(scratch, language, stretch->during.from),
                              shown_date(scratch, language, stretch->during.to));
}

/* Every condition that is not met and that something would settle, not the first alone: a
 * member who lacks two papers should be asked for both at once. */
static void
put_unmet(struct arena *scratch, const struct eligibility_report *report,
          const struct stretch *stretch, const struct stretch *last,
          struct row_sink *sink)
{
    enum language language = report->language;
    for (int c = 0; c < CONDITION_COUNT; c++) {
        const struct standing *standing = &stretch->standings[c];
        const char *settles = reason_settles(language, standing->reason);
        bool open = standing->outcome == OUTCOME_OPEN;
        if (settles[0] != '\0' && is_told(stretch, last, c)) {
            struct lack lack = {
                stretch->member,
                open ? cell_worded(tr(language, N_("Missing")), "missing")
                     : cell_worded(tr(language, N_("Condition not met")), "not_met"),
                unmet_detail(scratch, language, stretch, last, standing->reason),
                settles,
                DATE_NONE,
            };
            put_missing(scratch, report, &lack, sink);
        }
        if (ends_the_question((enum condition)c, standing->outcome)) {
            return;
        }
    }
}

static void
put_expiring(struct arena *scratch, const struct eligibility_report *report,
             const struct stretch *stretch, struct row_sink *sink)
{
    enum language language = report->language;
    struct assessment assessment = eligibility_assess(scratch, report, stretch);
    if (eligibility_expires(report, &assessment)) {
        struct lack lack = {
            stretch->member,
            cell_worded(tr(language, N_("Soon too old")), "expiring"),
            arena_printf(scratch, tr(language, N_("evidence of %.*s (%.*s)")),
                         TEXT_ARG(assessment.finding.month),
                         TEXT_ARG(assessment.finding.method)),
            tr(language, N_("a recent certificate")),
            assessment.valid_until,
        };
        put_missing(scratch, report, &lack, sink);
    }
}

static void
produce_missing(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    const struct stretch *stretches = report->stretches.items;
    size_t last = 0;
    for (size_t i = 0; i < report->stretches.count; i++) {
        struct arena row = scratch;
        for (last = i; !eligibility_is_last(report, last); last++) {
        }
        put_unmet(&row, report, &stretches[i], &stretches[last], sink);
        if (i == last) {
            put_expiring(&row, report, &stretches[i], sink);
        }
    }
}

static const char *
counts_text(struct arena *keep, const struct eligibility_report *report)
{
    struct eligibility_count count = eligibility_count(report);
    return arena_printf(
        keep,
        tr_plural(report->language,
                  "On %s: %zu member = %zu entitled if present + %zu not entitled + %zu "
                  "to be settled.",
                  "On %s: %zu members = %zu entitled if present + %zu not entitled + %zu "
                  "to be settled.",
                  count.members),
        shown_date(keep, report->language, report->period.to), count.members,
        count.entitled, count.refused, count.open);
}

void
eligibility_add_members(struct arena *keep, const struct eligibility_report *report,
                        struct tables *tables)
{
    struct column columns[COLUMNS_MAX];
    size_t count = 0;
    for (; count < C_FIRST; count++) {
        columns[count] = before_conditions[count];
    }
    for (int i = 0; i < CONDITION_COUNT; i++) {
        enum condition condition = (enum condition)i;
        if (is_asked(report->rules, condition)) {
            columns[count++] = (struct column){
                arena_printf(keep, "condition_%s", condition_word(condition)),
                condition_label(LANGUAGE_EN, condition),
                CELL_TEXT,
                14,
                false,
                0,
                0};
        }
    }
    columns[count++] = text_column;
    struct table *table = eligibility_add_table(
        keep, report,
        &(struct eligibility_table){"members", N_("Eligibility"), NULL, columns, count,
                                    produce_members},
        tables);
    struct notes notes = {0};
    table->title = arena_printf(
        keep, tr(report->language, N_("Who is entitled, %.*s, %.*s, %s to %s")),
        TEXT_ARG(report->rules->authority), TEXT_ARG(report->rules->assembly),
        shown_date(keep, report->language, report->period.from),
        shown_date(keep, report->language, report->period.to));
    document_note(keep, &notes, TONE_ALERT,
                  tr(report->language, N_("Confidential: for the legal team only.")));
    if (!date_is_none(report->rules->known_on)) {
        document_note(
            keep, &notes, TONE_STRONG,
            arena_printf(keep, tr(report->language, N_("Rules as known on %s.")),
                         shown_date(keep, report->language, report->rules->known_on)));
    }
    document_note(keep, &notes, TONE_STRONG, counts_text(keep, report));
    document_note(
        keep, &notes, TONE_PLAIN,
        tr(report->language,
           N_("A row for the days on which nothing changes for a member. The first "
              "condition that is not met decides; the others are told all the same.")));
    table->before = notes.items;
    table->before_count = notes.count;
    table->filter = true;
    table->frozen_columns = 2;

    table = eligibility_add_table(
        keep, report,
        &(struct eligibility_table){"missing", N_("To complete"), NULL, missing_columns,
                                    ARRAY_COUNT(missing_columns), produce_missing},
        tables);
    table->filter = true;
    table->frozen_columns = 2;
}
