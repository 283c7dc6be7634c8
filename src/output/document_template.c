/* SPDX-License-Identifier: Apache-2.0 */
/* The attendance of a period, to be filled in: the sheet that is read back, and the one that
 * people sign. The second has no member's key, so that nobody takes it for the first. */
#include "defray/template_document.h"

#include "document_parts.h"

#define ID_WIDTH        11
#define NAME_WIDTH      18
#define SESSION_WIDTH   13
#define COUNT_WIDTH     10
#define SIGNATURE_WIDTH 24
#define SIGNATURE_LINES 2
#define PAGE_WIDTH      150 /* characters across, where people write by hand */
#define HOURS_LAST      16  /* half-hours offered: to 8h */

enum { C_ID, C_LAST, C_FIRST, C_SESSIONS };
enum { HEAD_DATE, HEAD_KIND, HEAD_SUBJECT, HEAD_COUNT };

static const struct count present = {
    N_("Total present"), "COUNTA(#)-COUNTIF(#,\"A\")-COUNTIF(#,\"E\")", false};
static const struct count absent = {N_("Total absent"), "COUNTIF(#,\"A\")", false};
static const struct count excused = {N_("Total excused"), "COUNTIF(#,\"E\")", false};
static const struct count unfilled = {N_("Total still empty"), "COUNTBLANK(#)", true};
static const struct count *const counts[] = {&present, &absent, &excused, &unfilled};

enum { COUNT_COLUMNS = ARRAY_COUNT(counts) };

struct laying_out {
    struct arena *keep;
    const struct attendance_template *about;
    const struct session **sessions;
    size_t session_count;
};

static bool
is_member(const struct participant *person, struct period period)
{
    for (size_t i = 0; i < person->row_count; i++) {
        if (period_overlaps(person->rows[i].during, period)) {
            return true;
        }
    }
    return false;
}

size_t
template_sessions(const struct attendance_template *about)
{
    size_t count = 0;
    for (size_t i = 0; i < about->calendar->count; i++) {
        count += period_contains(about->period, about->calendar->items[i].date);
    }
    return count;
}

/* Hours or minutes of presence decide what is paid. */
static bool
pays_by_time(const struct rules *rules)
{
    for (size_t i = 0; i < rules->stipend.tariff_count; i++) {
        const struct tariff *tariff = &rules->stipend.tariffs[i];
        if (tariff->price.unit == UNIT_HOUR || tariff->minimum_minutes > 0) {
            return true;
        }
    }
    return false;
}

/* P, A, E, and hours where they matter. */
static const struct field *
attendance_field(struct arena *keep, const struct attendance_template *about)
{
    struct field *field = NEW(keep, struct field);
    const char **choices = NEW_ARRAY(keep, const char *, HOURS_LAST + 3);
    enum language language = about->language;
    bool timed = pays_by_time(about->rules);
    *field = (struct field){.kind = FIELD_TEXT, .choices = choices, .open = timed};
    choices[field->choice_count++] = "P";
    choices[field->choice_count++] = "A";
    choices[field->choice_count++] = "E";
    for (int i = 1; timed && i <= HOURS_LAST; i++) {
        choices[field->choice_count++] =
            arena_printf(keep, i % 2 == 0 ? "%dh" : "%dh30", i / 2);
    }
    field->prompt_title = tr(language, N_("Attendance"));
    field->prompt =
        timed
            ? tr(language, N_("P: present for the whole session; A: absent; E: excused; "
                              "else how long (3h30) or from when to when (09:00-12:30). "
                              "Empty: nothing is said."))
            : tr(language,
                 N_("P: present; A: absent; E: excused. Empty: nothing is said."));
    return field;
}

static void
put_member(const struct laying_out *out, const struct participant *person, bool signing,
           struct row_sink *sink)
{
    size_t count = C_SESSIONS + out->session_count + COUNT_COLUMNS;
    struct arena scratch = *out->keep;
    struct cell *cells = NEW_ARRAY(&scratch, struct cell, count);
    for (size_t i = 0; i < count; i++) {
        cells[i] = cell_empty();
    }
    size_t at = 0;
    if (!signing) {
        cells[at++] = cell_text(person->id);
    }
    cells[at++] = cell_text(person->last_name);
    cells[at] = cell_text(person->first_name);
    sink->row(sink, cells);
}

static void
produce(const struct laying_out *out, bool signing, struct row_sink *sink)
{
    const struct roster *roster = out->about->roster;
    for (size_t i = 0; i < roster->count; i++) {
        if (is_member(&roster->items[i], out->about->period)) {
            put_member(out, &roster->items[i], signing, sink);
        }
    }
}

static void
produce_entries(const void *given, struct arena scratch, struct row_sink *sink)
{
    (void)scratch;
    produce(given, false, sink);
}

static void
produce_signing(const void *given, struct arena scratch, struct row_sink *sink)
{
    (void)scratch;
    produce(given, true, sink);
}

/* "groupe de propositions, 09:00-12:00" */
static const char *
kind_shown(struct arena *keep, enum language language, const struct session *session)
{
    const char *kind = kind_label(language, session->kind);
    if (session->start == TIME_NONE || session->end == TIME_NONE) {
        return kind;
    }
    return arena_printf(keep, "%s\n%02d:%02d-%02d:%02d", kind, session->start / 60,
                        session->start % 60, session->end / 60, session->end % 60);
}

/* The day, kind and subject of each session, above its key. */
static const struct cell *
heads(const struct laying_out *out, size_t first, size_t columns)
{
    enum language language = out->about->language;
    const char *labels[] = {tr(language, N_("Day")), tr(language, N_("Kind")),
                            tr(language, N_("Subject"))};
    struct cell *cells = NEW_ARRAY(out->keep, struct cell, columns * HEAD_COUNT);
    for (size_t row = 0; row < HEAD_COUNT; row++) {
        struct cell *line = cells + row * columns;
        for (size_t i = 0; i < columns; i++) {
            line[i] = cell_empty();
        }
        line[first - 1] = cell_string(labels[row]);
        for (size_t i = 0; i < out->session_count; i++) {
            const struct session *session = out->sessions[i];
            line[first + i] = row == HEAD_DATE ? cell_date(session->date)
                              : row == HEAD_KIND
                                  ? cell_string(kind_shown(out->keep, language, session))
                                  : cell_text(session->subject);
        }
    }
    return cells;
}

static struct table
lay_table(const struct laying_out *out, bool signing)
{
    struct arena *keep = out->keep;
    enum language language = out->about->language;
    size_t first = signing ? C_SESSIONS - 1 : C_SESSIONS;
    size_t count = first + out->session_count + (signing ? 0 : COUNT_COLUMNS);
    struct column *columns = NEW_ARRAY(keep, struct column, count);
    const struct field **fields = NEW_ARRAY(keep, const struct field *, count);
    const struct count **over = NEW_ARRAY(keep, const struct count *, count);
    const struct field *field = attendance_field(keep, out->about);
    size_t known = 0;
    const struct guided_column *members = column_guide(keep, GUIDED_MEMBERS, &known);
    for (size_t i = 0; i < first; i++) { /* the members' table begins alike */
        size_t at = i + (C_SESSIONS - first);
        const char *name =
            language == LANGUAGE_FR ? members[at].french : members[at].name;
        columns[i] = (struct column){.key = name,
                                     .title = name,
                                     .type = CELL_TEXT,
                                     .width = at == C_ID ? ID_WIDTH : NAME_WIDTH};
    }
    for (size_t i = 0; i < out->session_count; i++) {
        const char *id = text_string(keep, out->sessions[i]->id);
        columns[first + i] =
            (struct column){.key = id,
                            .title = id,
                            .type = CELL_TEXT,
                            .width = signing ? SIGNATURE_WIDTH : SESSION_WIDTH};
        fields[first + i] = signing ? NULL : field;
    }
    for (size_t i = first + out->session_count; i < count; i++) {
        over[i] = counts[i - first - out->session_count];
        const char *title = tr(language, over[i]->label);
        columns[i] =
            (struct column){title, title, CELL_INTEGER, COUNT_WIDTH, false, 0, 0};
    }
    struct form *form = NEW(keep, struct form);
    *form = (struct form){
        .fields = fields,
        .counts = over,
        .heads = heads(out, first, count),
        .head_count = HEAD_COUNT,
        .locked = !signing,
        .page_width = signing ? PAGE_WIDTH : 0,
    };
    return (struct table){
        .columns = columns,
        .column_count = count,
        .frozen_columns = first,
        .audience = FOR_SHEET,
        .form = form,
        .context = out,
    };
}

static const struct note *
notes_of(const struct laying_out *out, const char *text, size_t *count)
{
    struct note *notes = NEW_ARRAY(out->keep, struct note, 2);
    const struct rules *rules = out->about->rules;
    notes[0] = (struct note){TONE_PLAIN, arena_printf(out->keep, "%.*s, %.*s",
                                                      TEXT_ARG(rules->authority),
                                                      TEXT_ARG(rules->assembly))};
    notes[1] = (struct note){TONE_QUIET, text};
    *count = 2;
    return notes;
}

static struct table
entry_table(const struct laying_out *out)
{
    enum language language = out->about->language;
    struct table table = lay_table(out, false);
    struct count *below = NEW_ARRAY(out->keep, struct count, COUNT_COLUMNS);
    struct form *form = NEW(out->keep, struct form);
    for (size_t i = 0; i < COUNT_COLUMNS; i++) {
        below[i] = *counts[i];
        below[i].label = tr(language, counts[i]->label);
    }
    *form = *table.form;
    form->below = below;
    form->below_count = COUNT_COLUMNS;
    table.form = form;
    table.key = "attendance";
    table.sheet = tr(language, N_("Attendance"));
    table.title = tr(language, N_("Attendance"));
    table.before =
        notes_of(out,
                 tr(language, N_("Fill in the white cells: P present, A absent, "
                                 "E excused. The grey ones count by "
                                 "themselves. Then save, and give this file "
                                 "to defray as it is.")),
                 &table.before_count);
    table.produce = produce_entries;
    return table;
}

static struct table
signing_table(const struct laying_out *out)
{
    enum language language = out->about->language;
    struct table table = lay_table(out, true);
    struct note *after = NEW(out->keep, struct note);
    *after = (struct note){TONE_PLAIN,
                           tr(language, N_("Certified by (name, signature, date):"))};
    table.key = "signing";
    table.sheet = tr(language, N_("To sign"));
    table.title = tr(language, N_("Attendance sheet to be signed"));
    table.before =
        notes_of(out, tr(language, N_("Print this sheet. It is not read back.")),
                 &table.before_count);
    table.after = after;
    table.after_count = 1;
    table.row_lines = SIGNATURE_LINES;
    table.produce = produce_signing;
    return table;
}

const struct document *
attendance_template_document(struct arena *keep, const struct attendance_template *about)
{
    struct laying_out *out = NEW(keep, struct laying_out);
    struct table *tables = NEW_ARRAY(keep, struct table, 3);
    struct document *document = NEW(keep, struct document);
    *out = (struct laying_out){.keep = keep, .about = about};
    out->sessions = NEW_ARRAY(keep, const struct session *, about->calendar->count + 1);
    struct date last = DATE_NONE;
    for (size_t i = 0; i < about->calendar->count; i++) {
        const struct session *session = &about->calendar->items[i];
        if (period_contains(about->period, session->date)) {
            out->sessions[out->session_count++] = session;
            last = session->date;
        }
    }
    tables[0] = entry_table(out);
    tables[1] = signing_table(out);
    tables[2] = tables[0]; /* without the counts, which a table of text cannot make */
    tables[0].audience = FOR_SHEET;
    tables[2].audience = FOR_CSV;
    tables[2].column_count -= COUNT_COLUMNS;
    *document = (struct document){
        .schema = "defray.template/1",
        .form = true,
        .title = tables[0].title,
        .author = text_string(keep, about->rules->authority),
        .subject = text_string(keep, about->rules->assembly),
        .footer = arena_printf(keep, "%.*s, %.*s", TEXT_ARG(about->rules->authority),
                               TEXT_ARG(about->rules->assembly)),
        .language = about->language,
        .dated = last,
        .tables = tables,
        .table_count = 3,
    };
    return document;
}
