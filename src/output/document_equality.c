/* SPDX-License-Identifier: Apache-2.0 */
/* Égalité: a row a profile and a column an assembly; then a row an amount, with its reason and
 * its text; then the assemblies, each with the day on which it was asked. */
#include "defray/equality_document.h"

#include "document_parts.h"

#define FIXED_COLUMNS 2 /* number, profile */
#define LAST_COLUMNS  3 /* lowest, highest, apart */

static const struct column first_columns[FIXED_COLUMNS] = {
    {"number",  N_("No."),     CELL_INTEGER, 5,  false, 0, 0},
    {"profile", N_("Profile"), CELL_TEXT,    52, false, 0, 0},
};

static const struct column last_columns[LAST_COLUMNS] = {
    {"lowest",  N_("Lowest (€)"),  CELL_MONEY, 12, false, 0, 0},
    {"highest", N_("Highest (€)"), CELL_MONEY, 12, false, 0, 0},
    {"apart",   N_("Apart (€)"),   CELL_MONEY, 12, false, 0, 0},
};

static const struct column detail_columns[] = {
    {"number",      N_("No."),         CELL_INTEGER, 5,  false, 0, 0},
    {"profile",     N_("Profile"),     CELL_TEXT,    46, false, 0, 0},
    {"rules",       N_("Rules"),       CELL_TEXT,    24, false, 0, 0},
    {"date",        N_("Last day"),    CELL_DATE,    12, false, 0, 0},
    {"days",        N_("Days"),        CELL_INTEGER, 7,  false, 0, 0},
    {"kind",        N_("Kind"),        CELL_TEXT,    23, false, 0, 0},
    {"entitlement", N_("Entitlement"), CELL_TEXT,    26, false, 0, 0},
    {"due",         N_("Due (€)"),   CELL_MONEY,   11, false, 0, 0},
    {"state",       N_("State"),       CELL_TEXT,    14, false, 0, 0},
    {"reason",      N_("Reason"),      CELL_TEXT,    46, false, 0, 0},
    {"source",      N_("Source"),      CELL_TEXT,    44, false, 0, 0},
};

static const struct column spread_columns[] = {
    {"number",        "", CELL_INTEGER, 5, false, 0, 0},
    {"profile",       "", CELL_TEXT,    0, false, 0, 0},
    {"computed",      "", CELL_INTEGER, 0, false, 0, 0},
    {"waiting",       "", CELL_INTEGER, 0, false, 0, 0},
    {"lowest",        "", CELL_MONEY,   0, false, 0, 0},
    {"lowest_rules",  "", CELL_TEXT,    0, false, 0, 0},
    {"highest",       "", CELL_MONEY,   0, false, 0, 0},
    {"highest_rules", "", CELL_TEXT,    0, false, 0, 0},
    {"apart",         "", CELL_MONEY,   0, false, 0, 0},
};

static const struct column assembly_columns[] = {
    {"rules",     N_("Rules"),             CELL_TEXT, 24, false, 0, 0},
    {"authority", N_("Authority"),         CELL_TEXT, 46, false, 0, 0},
    {"assembly",  N_("Assembly"),          CELL_TEXT, 46, false, 0, 0},
    {"vouched",   N_("Vouched for until"), CELL_DATE, 18, false, 0, 0},
};

static const struct column files_columns[] = {
    {"path",   N_("File read"), CELL_TEXT, 24, false, 0, 0},
    {"sha256", N_("SHA-256"),   CELL_TEXT, 92, false, 0, 2},
};

struct word {
    const char *word, *label;
};

static const struct word answers[] = {
    [EQUALITY_COMPUTED] = {"computed",   ""                                           },
    [EQUALITY_OUTSIDE] = {"outside",    N_("the rules do not hold on all these days")},
    [EQUALITY_NOT_PAYING] = {"not_paying", N_("the scheme does not pay on these days")  },
    [EQUALITY_NO_RULE] = {"no_rule",    N_("the source states no rule to pay by")    },
};

/* Why there is no amount; "" if there is one. */
static const char *
answer_label(enum language language, enum equality_answer answer)
{
    const char *label = answers[answer].label;
    return label[0] == '\0' ? "" : tr(language, label);
}

static const char *
entitlement_label(struct arena *keep, enum language language, const struct rules *rules,
                  struct text key)
{
    struct text label = rules_label(rules, key, language);
    const char *common = shown_category(language, label);
    return common != NULL ? common : text_string(keep, label);
}

/* "0.00 € (lanester)", "0.00 € (lanester and 2 others)". */
static const char *
end_of_spread(struct arena *keep, enum language language,
              const struct equality_outcome *outcome, size_t count)
{
    const char *amount = shown_amount(keep, language, outcome->result.total);
    struct text id = outcome->rules->id;
    if (count < 2) {
        return arena_printf(keep, "%s (%.*s)", amount, TEXT_ARG(id));
    }
    return arena_printf(keep,
                        tr_plural(language, "%s (%.*s and %zu other)",
                                  "%s (%.*s and %zu others)", count - 1),
                        amount, TEXT_ARG(id), count - 1);
}

static const char *
amounts_sentence(struct arena *keep, enum language language,
                 const struct equality_spread *spread)
{
    if (spread->apart.cents == 0) {
        return arena_printf(
            keep,
            tr_plural(language, "%s under the one rule file compared",
                      "%s under all %zu rule files compared", spread->computed),
            shown_amount(keep, language, spread->lowest->result.total), spread->computed);
    }
    return arena_printf(
        keep, tr(language, "from %s to %s: %s apart"),
        end_of_spread(keep, language, spread->lowest, spread->lowest_count),
        end_of_spread(keep, language, spread->highest, spread->highest_count),
        shown_amount(keep, language, spread->apart));
}

const char *
equality_sentence(struct arena *keep, enum language language,
                  const struct equality *equality, size_t profile)
{
    struct equality_spread spread = equality_spread(equality, profile);
    if (spread.computed == 0 && spread.waiting == 0) {
        return tr(language, "no rule file could be asked");
    }
    const char *amounts =
        spread.computed > 0 ? amounts_sentence(keep, language, &spread) : "";
    if (spread.waiting == 0) {
        return amounts;
    }
    const char *waits = arena_printf(
        keep,
        tr_plural(language, "something is missing under %zu rule file",
                  "something is missing under %zu rule files", spread.waiting),
        spread.waiting);
    return spread.computed == 0
               ? waits
               : arena_printf(keep, tr(language, "%s; %s"), amounts, waits);
}

const char *
equality_flat_amounts(struct arena *keep, enum language language,
                      const struct equality *equality)
{
    const char *list = "";
    for (size_t i = 0; i < equality->rule_count; i++) {
        if (rules_pay_flat(equality->rules[i])) {
            list = arena_printf(keep, "%s%s%.*s", list, list[0] == '\0' ? "" : ", ",
                                TEXT_ARG(equality->rules[i]->id));
        }
    }
    return list[0] == '\0'
               ? ""
               : arena_printf(keep,
                              tr(language, "%s: a flat amount for the whole mandate, "
                                           "not compared with amounts for days"),
                              list);
}

static struct cell
amount_cell(const struct equality_outcome *outcome)
{
    if (outcome->answer != EQUALITY_COMPUTED) {
        return cell_empty();
    }
    bool waits = equality_waits(outcome, LINE_REFUSED) ||
                 equality_waits(outcome, LINE_UNDETERMINED);
    return cell_toned(cell_money(outcome->result.total), waits ? TONE_ALERT : TONE_PLAIN);
}

static void
produce_matrix(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct equality *equality = ((const struct equality_report *)context)->equality;
    size_t width = FIXED_COLUMNS + equality->rule_count + LAST_COLUMNS;
    for (size_t i = 0; i < equality->profile_count; i++) {
        struct arena row = scratch;
        struct cell *cells = NEW_ARRAY(&row, struct cell, width);
        struct equality_spread spread = equality_spread(equality, i);
        size_t at = 0;
        cells[at++] = cell_integer((int64_t)i + 1);
        cells[at++] = cell_text(equality->labels[i]);
        for (size_t j = 0; j < equality->rule_count; j++) {
            cells[at++] = amount_cell(equality_at(equality, i, j));
        }
        bool any = spread.computed > 0;
        cells[at++] = any ? cell_money(spread.lowest->result.total) : cell_empty();
        cells[at++] = any ? cell_money(spread.highest->result.total) : cell_empty();
        cells[at++] =
            any ? cell_toned(cell_money(spread.apart), TONE_STRONG) : cell_empty();
        sink->row(sink, cells);
    }
}

static void
put_share(struct arena *scratch, const struct equality_report *report,
          const struct equality_outcome *outcome, size_t profile,
          const struct share *share, struct row_sink *sink)
{
    enum language language = report->language;
    const struct line *line = share == NULL ? NULL : share->line;
    struct period days = outcome->days;
    bool computed = line != NULL;
    bool failed =
        computed && (line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED);
    struct cell state =
        computed ? cell_worded(line_state_label(language, line->state),
                               line_state_word(line->state))
                 : cell_worded(tr(language, "not asked"), answers[outcome->answer].word);
    struct cell cells[] = {
        cell_integer((int64_t)profile + 1),
        cell_text(report->equality->labels[profile]),
        cell_text(outcome->rules->id),
        cell_date(days.to),
        cell_integer(days.to.day - days.from.day + 1),
        computed
            ? cell_worded(kind_label(language, outcome->kind), kind_word(outcome->kind))
            : cell_empty(),
        computed ? cell_worded(entitlement_label(scratch, language, outcome->rules,
                                                 line->entitlement),
                               text_string(scratch, line->entitlement))
                 : cell_empty(),
        computed ? cell_money(share->due) : cell_empty(),
        cell_toned(state, failed ? TONE_ALERT : TONE_PLAIN),
        cell_string(computed ? line_reason(scratch, language, line)
                             : answer_label(language, outcome->answer)),
        cell_string(computed ? basis_text(scratch, language, line->basis) : ""),
    };
    sink->row(sink, cells);
}

static void
produce_detail(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct equality_report *report = context;
    const struct equality *equality = report->equality;
    for (size_t i = 0; i < equality->profile_count; i++) {
        for (size_t j = 0; j < equality->rule_count; j++) {
            const struct equality_outcome *outcome = equality_at(equality, i, j);
            struct share shares[SHARES_MAX];
            size_t count = equality_shares(outcome, shares);
            for (size_t k = 0; k < count; k++) {
                struct arena row = scratch;
                put_share(&row, report, outcome, i, &shares[k], sink);
            }
            if (count == 0) {
                put_share(&scratch, report, outcome, i, NULL, sink);
            }
        }
    }
}

static void
produce_spreads(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct equality *equality = ((const struct equality_report *)context)->equality;
    (void)scratch;
    for (size_t i = 0; i < equality->profile_count; i++) {
        struct equality_spread spread = equality_spread(equality, i);
        bool any = spread.computed > 0;
        struct cell cells[] = {
            cell_integer((int64_t)i + 1),
            cell_text(equality->labels[i]),
            cell_integer((int64_t)spread.computed),
            cell_integer((int64_t)spread.waiting),
            any ? cell_money(spread.lowest->result.total) : cell_empty(),
            any ? cell_text(spread.lowest->rules->id) : cell_empty(),
            any ? cell_money(spread.highest->result.total) : cell_empty(),
            any ? cell_text(spread.highest->rules->id) : cell_empty(),
            any ? cell_money(spread.apart) : cell_empty(),
        };
        sink->row(sink, cells);
    }
}

static void
produce_assemblies(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct equality *equality = ((const struct equality_report *)context)->equality;
    (void)scratch;
    for (size_t i = 0; i < equality->rule_count; i++) {
        const struct rules *rules = equality->rules[i];
        struct cell cells[] = {
            cell_text(rules->id),
            cell_text(rules->authority),
            cell_text(rules->assembly),
            cell_date(rules_vouched(rules)),
        };
        sink->row(sink, cells);
    }
}

static void
produce_files(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct equality_report *report = context;
    (void)scratch;
    for (size_t i = 0; i < report->input_count; i++) {
        document_put_input(report->language, report->inputs[i], sink);
    }
}

/* The day of a column, where all profiles were put to it on one day. */
static struct date
day_of_column(const struct equality *equality, size_t rule)
{
    struct date day = DATE_NONE;
    for (size_t i = 0; i < equality->profile_count; i++) {
        struct date last = equality_at(equality, i, rule)->days.to;
        if (i > 0 && date_compare(last, day) != 0) {
            return DATE_NONE;
        }
        day = last;
    }
    return day;
}

/* A column has a total where each of its cells has an amount, none of them for a whole mandate. */
static bool
column_adds_up(const struct equality *equality, size_t rule)
{
    for (size_t i = 0; i < equality->profile_count; i++) {
        if (!equality_is_compared(equality_at(equality, i, rule))) {
            return false;
        }
    }
    return true;
}

static struct table
matrix_table(struct arena *keep, const struct equality_report *report)
{
    const struct equality *equality = report->equality;
    enum language language = report->language;
    size_t count = FIXED_COLUMNS + equality->rule_count + LAST_COLUMNS;
    struct column *columns = NEW_ARRAY(keep, struct column, count);
    size_t at = 0;
    for (size_t i = 0; i < FIXED_COLUMNS; i++) {
        columns[at++] = document_columns(keep, language, first_columns, FIXED_COLUMNS)[i];
    }
    for (size_t i = 0; i < equality->rule_count; i++) {
        const char *id = text_string(keep, equality->rules[i]->id);
        struct date day = day_of_column(equality, i);
        columns[at++] = (struct column){
            .key = id,
            .title = date_is_none(day) ? id
                                       : arena_printf(keep, "%s (%s)", id,
                                                      shown_date(keep, language, day)),
            .type = CELL_MONEY,
            .width = 15,
            .total = column_adds_up(equality, i),
        };
    }
    for (size_t i = 0; i < LAST_COLUMNS; i++) {
        columns[at++] = document_columns(keep, language, last_columns, LAST_COLUMNS)[i];
    }
    return (struct table){
        .columns = columns, .column_count = count, .produce = produce_matrix};
}

/* What a reader must know before the figures are compared, then each spread in a sentence. */
static void
add_notes(struct arena *keep, const struct equality_report *report, struct table *table)
{
    enum language language = report->language;
    struct notes before = {0};
    struct notes after = {0};
    document_note(
        keep, &before, TONE_QUIET,
        tr(language,
           N_("Each column is computed on the day in its heading: the last that "
              "its rule file vouches for, unless a day was asked for.")));
    document_note(
        keep, &before, TONE_QUIET,
        tr(language,
           N_("A session is of the kind that the assembly pays best, unless the "
              "profile names one; the sheet of details says which.")));
    document_note(
        keep, &before, TONE_QUIET,
        tr(language, N_("Red: a condition fails, or something is missing. Empty: "
                        "the rules do not hold or do not pay on that day.")));
    const char *flat = equality_flat_amounts(keep, language, report->equality);
    if (flat[0] != '\0') {
        document_note(keep, &before, TONE_QUIET, flat);
    }
    for (size_t i = 0; i < report->equality->profile_count; i++) {
        document_note(
            keep, &after, TONE_PLAIN,
            arena_printf(keep, "%zu. %.*s%s%s", i + 1,
                         TEXT_ARG(report->equality->labels[i]), tr(language, ": "),
                         equality_sentence(keep, language, report->equality, i)));
    }
    table->before = before.items;
    table->before_count = before.count;
    table->after = after.items;
    table->after_count = after.count;
}

static struct date
latest_day(const struct equality *equality)
{
    struct date latest = DATE_OPEN_PAST;
    for (size_t i = 0; i < equality->profile_count * equality->rule_count; i++) {
        struct date day = equality->outcomes[i].days.to;
        latest = date_compare(day, latest) > 0 ? day : latest;
    }
    return latest;
}

#define COLUMNS(name)                                                                  \
    .columns =                                                                         \
        document_columns(keep, language, name##_columns, ARRAY_COUNT(name##_columns)), \
    .column_count = ARRAY_COUNT(name##_columns), .context = report

static void
add_tables(struct arena *keep, const struct equality_report *report,
           struct tables *tables)
{
    enum language language = report->language;
    struct table matrix = matrix_table(keep, report);
    matrix.key = "equality";
    matrix.sheet = tr(language, N_("Equality"));
    matrix.title = tr(language, N_("The same profiles under each rule file, in euros"));
    matrix.audience = FOR_SHEET | FOR_PAGE;
    matrix.frozen_columns = FIXED_COLUMNS;
    matrix.context = report;
    add_notes(keep, report, &matrix);
    *ARRAY_PUSH(keep, tables) = matrix;
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = "results",
        .sheet = tr(language, N_("Detail")),
        COLUMNS(detail),
        .audience = FOR_SHEET | FOR_PAGE | FOR_CSV | FOR_JSON,
        .filter = true,
        .frozen_columns = FIXED_COLUMNS,
        .produce = produce_detail,
    };
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = "profiles",
        COLUMNS(spread),
        .audience = FOR_JSON,
        .produce = produce_spreads,
    };
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = "assemblies",
        .sheet = tr(language, N_("Assemblies")),
        .title = tr(language, N_("What was compared")),
        COLUMNS(assembly),
        .audience = FOR_SHEET | FOR_PAGE | FOR_JSON,
        .produce = produce_assemblies,
    };
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = "inputs",
        .sheet = tr(language, N_("Assemblies")),
        COLUMNS(files),
        .audience = FOR_SHEET | FOR_JSON,
        .produce = produce_files,
    };
}

struct document *
equality_document(struct arena *keep, const struct equality_report *given)
{
    struct equality_report *report = NEW(keep, struct equality_report);
    struct document *document = NEW(keep, struct document);
    struct property *version = NEW(keep, struct property);
    struct tables tables = {0};
    *report = *given;
    *version = (struct property){"version", cell_string(report->version), "inputs"};
    add_tables(keep, report, &tables);
    *document = (struct document){
        .schema = "defray.equality/1",
        .public = true,
        .title = tr(report->language, N_("Equality between assemblies")),
        .author = "",
        .subject = tr(report->language, N_("The same profiles under each rule file")),
        .footer = tr(report->language, N_("Equality between assemblies")),
        .language = report->language,
        .dated = latest_day(report->equality),
        .properties = version,
        .property_count = 1,
        .tables = tables.items,
        .table_count = tables.count,
    };
    return document;
}
