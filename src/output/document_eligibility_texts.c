/* SPDX-License-Identifier: Apache-2.0 */
/* Textes: what each condition rests on, the legal status of the scheme, the files read. */
#include "eligibility_parts.h"

enum { W_FIRST = 34, W_WHAT = 40, W_TEXT = 60, W_DATE = 12 };

static const struct column condition_columns[] = {
    {"condition", N_("Condition"),          CELL_TEXT, W_FIRST, false, 0, 0},
    {"asks",      N_("What is asked"),      CELL_TEXT, W_WHAT,  false, 0, 0},
    {"text",      N_("Text or assumption"), CELL_TEXT, W_TEXT,  false, 0, 0},
    {"date",      N_("Date"),               CELL_DATE, W_DATE,  false, 0, 0},
    {"address",   N_("Address"),            CELL_TEXT, W_WHAT,  false, 0, 0},
};

static const struct column status_columns[] = {
    {"status", N_("Legal status"), CELL_TEXT, W_FIRST, false, 0, 2},
    {"text",   N_("Text"),         CELL_TEXT, W_TEXT,  false, 0, 3},
};

static const struct column file_columns[] = {
    {"path",   N_("File read"), CELL_TEXT, W_FIRST, false, 0, 0},
    {"sha256", N_("SHA-256"),   CELL_TEXT, W_WHAT,  false, 0, 2},
};

static void
put_condition(struct arena *scratch, const struct eligibility_report *report,
              enum condition condition, const char *asks, const struct basis *basis,
              struct row_sink *sink)
{
    enum language language = report->language;
    const struct legal_source *source = basis->source;
    const char *text =
        source == NULL
            ? basis_text(scratch, language, basis)
            : arena_printf(scratch, basis->article.size > 0 ? "%.*s (%.*s)" : "%.*s%.*s",
                           TEXT_ARG(source->title), TEXT_ARG(basis->article));
    struct cell cells[] = {
        cell_worded(condition_label(language, condition), condition_word(condition)),
        cell_string(asks),
        cell_toned(cell_string(text), source == NULL ? TONE_QUIET : TONE_PLAIN),
        source == NULL ? cell_empty() : cell_date(source->date),
        source == NULL ? cell_empty() : cell_text(source->address),
    };
    sink->row(sink, cells);
}

static const char *
statuses_text(struct arena *keep, const struct eligibility_report *report)
{
    const char *list = "";
    for (int i = STATUS_NONE + 1; i < STATUS_COUNT; i++) {
        if ((report->rules->stipend.statuses & 1u << i) != 0) {
            list = arena_printf(keep, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                                status_label(report->language, (enum status)i));
        }
    }
    return list;
}

static const char *
bodies_text(struct arena *keep, const struct body_condition *bodies)
{
    const char *list = "";
    for (size_t i = 0; i < bodies->count; i++) {
        list = arena_printf(keep, "%s%s%.*s", list, i == 0 ? "" : ", ",
                            TEXT_ARG(bodies->accepted[i]));
    }
    return list;
}

static void
put_means(struct arena *scratch, const struct eligibility_report *report,
          struct row_sink *sink)
{
    enum language language = report->language;
    const struct means_condition *test = &report->rules->stipend.means;
    for (size_t i = 0; i < test->threshold.count; i++) {
        const struct value *value = &test->threshold.items[i];
        struct money amount = money_round(value->amount, ROUND_HALF_UP);
        const char *asks = arena_printf(
            scratch, tr(language, N_("%.*s %s %s, from %s")), TEXT_ARG(test->measure),
            tr(language, test->inclusive ? N_("at most") : N_("below")),
            shown_amount(scratch, language, amount),
            shown_date(scratch, language, value->during.from));
        put_condition(scratch, report, CONDITION_MEANS, asks, &value->basis, sink);
    }
    if (test->age_months_max > 0) {
        const char *asks =
            arena_printf(scratch, tr(language, N_("evidence at most %d months old")),
                         test->age_months_max);
        put_condition(scratch, report, CONDITION_MEANS, asks, &test->age_basis, sink);
    }
}

static void
produce_conditions(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    const struct stipend *stipend = &report->rules->stipend;
    enum language language = report->language;
    struct arena row = scratch;
    put_condition(&row, report, CONDITION_STATUS, statuses_text(&row, report),
                  &stipend->status_basis, sink);
    if (stipend->bodies.required) {
        put_condition(&row, report, CONDITION_BODY, bodies_text(&row, &stipend->bodies),
                      &stipend->bodies.basis, sink);
    }
    if (stipend->age.minimum > 0) {
        const char *asks = arena_printf(&row, tr(language, N_("at least %d years")),
                                        stipend->age.minimum);
        put_condition(&row, report, CONDITION_AGE, asks, &stipend->age.basis, sink);
    }
    if (stipend->request.required) {
        int days = stipend->request.days_after_session;
        const char *asks =
            days == 0
                ? tr(language, N_("asked by the end of the period"))
                : arena_printf(
                      &row, tr(language, N_("asked at most %d days after the session")),
                      days);
        put_condition(&row, report, CONDITION_REQUEST, asks, &stipend->request.basis,
                      sink);
    }
    if (stipend->means.required) {
        put_means(&row, report, sink);
    }
}

static void
produce_status(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    document_put_status(scratch, report->language, report->rules, report->period, sink);
}

static void
produce_files(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct eligibility_report *report = context;
    (void)scratch;
    for (size_t i = 0; i < report->input_count; i++) {
        char sha256[65];
        digest_text(report->inputs[i]->digest,
                    sha256); /* the figures' too: it stays here */
        struct cell cells[] = {cell_text(report->inputs[i]->path), cell_string(sha256)};
        sink->row(sink, cells);
    }
}

void
eligibility_add_texts(struct arena *keep, const struct eligibility_report *report,
                      struct tables *tables)
{
    const char *sheet = N_("Texts");
    static const char *const titles[] = {
        N_("What each condition rests on"),
        N_("Legal status"),
        N_("Files read"),
    };
    const struct eligibility_table given[] = {
        {
         "conditions",                 sheet,
         titles[0],
         condition_columns,                         ARRAY_COUNT(condition_columns),
         produce_conditions, },
        {
         "status",                           sheet,
         titles[1],
         status_columns, ARRAY_COUNT(status_columns),
         produce_status, },
        {
         "files", sheet,
         titles[2],
         file_columns,                       ARRAY_COUNT(file_columns),
         produce_files, },
    };
    for (size_t i = 0; i < ARRAY_COUNT(given); i++) {
        eligibility_add_table(keep, report, &given[i], tables);
    }
}
