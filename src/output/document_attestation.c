/* SPDX-License-Identifier: Apache-2.0 */
/* Attestations: sentences and dates that a third person reads, room to sign, and nothing about
 * money. */
#include "defray/attestation.h"

#include "document_parts.h"
#include "wording.h"

struct paper { /* of one member; the context of their tables */
    const struct attestations *attestations;
    uint32_t member;
    enum language language;
};

static const struct participant *
participant_of(const struct paper *paper)
{
    return &paper->attestations->batch->roster->items[paper->member];
}

static struct attended_list
attended_of(struct arena *keep, const struct paper *paper)
{
    return attended_by(keep, paper->attestations->batch, paper->member);
}

/* What presences come to. */
struct sum {
    size_t sessions, unknown; /* of them, whose hours are not known */
    int64_t duration;
};

static void
sum_add(struct sum *sum, const struct attended *one)
{
    sum->sessions += !one->again;
    sum->unknown += one->duration == DURATION_NONE;
    sum->duration += one->duration == DURATION_NONE ? 0 : one->duration;
}

static struct sum
sum_of(const struct attended_list *list)
{
    struct sum sum = {0};
    for (size_t i = 0; i < list->count; i++) {
        sum_add(&sum, &list->items[i]);
    }
    return sum;
}

/* "12 h 30"; a sum of lengths may be more than one length can be. */
static const char *
hours_text(struct arena *keep, enum language language, int64_t duration)
{
    int64_t minutes = duration / DURATION_MINUTE;
    const char *space = language == LANGUAGE_FR ? "\xC2\xA0" : " ";
    if (minutes % 60 == 0) {
        return arena_printf(keep, "%lld%sh", (long long)(minutes / 60), space);
    }
    return arena_printf(keep, "%lld%sh%s%02lld", (long long)(minutes / 60), space, space,
                        (long long)(minutes % 60));
}

static const char *
sum_text(struct arena *keep, enum language language, const struct sum *sum)
{
    const char *sessions = arena_printf(
        keep, tr_plural(language, "%zu session", "%zu sessions", sum->sessions),
        sum->sessions);
    if (sum->duration == 0) {
        return sessions;
    }
    const char *hours = hours_text(keep, language, sum->duration);
    const char *text =
        arena_printf(keep, tr(language, N_("%s, %s of presence")), sessions, hours);
    if (sum->unknown == 0) {
        return text;
    }
    return arena_printf(
        keep,
        tr_plural(language, "%s; the hours of %zu presence were not recorded",
                  "%s; the hours of %zu presences were not recorded", sum->unknown),
        text, sum->unknown);
}

static struct period
days_of(const struct paper *paper, const struct attended_list *list)
{
    struct period days = paper->attestations->batch->period;
    if (date_is_open(days.from)) {
        days.from = list->items[0].session->date;
    }
    if (date_is_open(days.to)) {
        days.to = list->items[list->count - 1].session->date;
    }
    return days;
}

static const char *
name_of(struct arena *keep, const struct participant *member)
{
    struct text title = participant_title(member);
    return arena_printf(keep, "%.*s%s%.*s %.*s", TEXT_ARG(title),
                        title.size > 0 ? " " : "", TEXT_ARG(member->first_name),
                        TEXT_ARG(member->last_name));
}

/* "…certifies that … took part": the sentence that is signed. */
static const char *
certified(struct arena *keep, const struct paper *paper, const struct attended_list *list)
{
    const struct rules *rules = paper->attestations->batch->rules;
    const char *name = name_of(keep, participant_of(paper));
    if (!paper->attestations->competence) {
        return arena_printf(
            keep,
            tr(paper->language,
               N_("%.*s certifies that %s attended the sessions listed below "
                  "of a citizens' assembly, %.*s:")),
            TEXT_ARG(rules->authority), name, TEXT_ARG(rules->assembly));
    }
    struct period days = days_of(paper, list);
    return arena_printf(
        keep,
        tr(paper->language,
           N_("%.*s certifies that %s took part in the work of a citizens' assembly, "
              "%.*s, from %s to %s:")),
        TEXT_ARG(rules->authority), name, TEXT_ARG(rules->assembly),
        worded_day(keep, paper->language, days.from),
        worded_day(keep, paper->language, days.to));
}

/* --- attendance: a row a presence --- */

static void
produce_presences(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    struct attended_list list = attended_of(&scratch, paper);
    for (size_t i = 0; i < list.count; i++) {
        const struct attended *one = &list.items[i];
        struct arena row = scratch;
        char start[8];
        char end[8];
        const char *times =
            one->start == TIME_NONE
                ? tr(paper->language, N_("not recorded"))
                : arena_printf(&row, "%s – %s", time_text(one->start, start),
                               time_text(one->end, end));
        struct cell cells[] = {
            cell_date(one->session->date),
            cell_string(kind_label(paper->language, one->session->kind)),
            cell_text(one->session->id),
            cell_string(times),
            one->duration == DURATION_NONE ? cell_empty() : cell_duration(one->duration),
        };
        sink->row(sink, cells);
    }
}

static const struct column presence_columns[] = {
    {"date",    N_("Date"),              CELL_DATE,     12, false, 0, 0},
    {"kind",    N_("Kind of session"),   CELL_TEXT,     30, false, 0, 0},
    {"session", N_("Session"),           CELL_TEXT,     17, false, 0, 0},
    {"times",   N_("Times of presence"), CELL_TEXT,     20, false, 0, 0},
    {"hours",   N_("Hours"),             CELL_DURATION, 12, true,  0, 0},
};

/* --- competence: by kind and body, then by subject --- */

struct group { /* presences alike; `again` does not reach over groups */
    const struct session *session;
    struct sum sum;
};
struct groups ARRAY_OF(struct group);

static bool
same_work(const struct session *a, const struct session *b)
{
    return a->kind == b->kind && text_equals(a->body, b->body);
}

static bool
same_subject(const struct session *a, const struct session *b)
{
    return text_equals(a->subject, b->subject);
}

static struct groups
grouped(struct arena *keep, const struct attended_list *list,
        bool (*alike)(const struct session *a, const struct session *b))
{
    struct groups groups = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct session *session = list->items[i].session;
        size_t at = 0;
        while (at < groups.count && !alike(groups.items[at].session, session)) {
            at++;
        }
        if (at == groups.count) {
            ARRAY_PUSH(keep, &groups)->session = session;
        }
        sum_add(&groups.items[at].sum, &list->items[i]);
    }
    return groups;
}

static struct cell
hours_cell(const struct sum *sum)
{
    return sum->duration == 0 ? cell_empty() : cell_duration(sum->duration);
}

static void
produce_work(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    struct attended_list list = attended_of(&scratch, paper);
    struct groups groups = grouped(&scratch, &list, same_work);
    for (size_t i = 0; i < groups.count; i++) {
        const struct group *group = &groups.items[i];
        struct cell cells[] = {
            cell_string(kind_label(paper->language, group->session->kind)),
            cell_text(group->session->body),
            cell_integer((int64_t)group->sum.sessions),
            hours_cell(&group->sum),
        };
        sink->row(sink, cells);
    }
}

static void
produce_subjects(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct paper *paper = context;
    struct attended_list list = attended_of(&scratch, paper);
    struct groups groups = grouped(&scratch, &list, same_subject);
    for (size_t i = 0; i < groups.count; i++) {
        const struct group *group = &groups.items[i];
        struct cell cells[] = {
            cell_date(group->session->date),
            cell_text(group->session->subject),
            cell_integer((int64_t)group->sum.sessions),
            hours_cell(&group->sum),
        };
        if (group->session->subject.size > 0) {
            sink->row(sink, cells);
        }
    }
}

static const struct column work_columns[] = {
    {"kind",     N_("Kind of session"),      CELL_TEXT,     36, false, 0, 0},
    {"body",     N_("Body of the assembly"), CELL_TEXT,     33, false, 0, 0},
    {"sessions", N_("Sessions"),             CELL_INTEGER,  13, true,  0, 0},
    {"hours",    N_("Hours"),                CELL_DURATION, 12, true,  0, 0},
};

static const struct column subject_columns[] = {
    {"first",    N_("First on"), CELL_DATE,     12, false, 0, 0},
    {"subject",  N_("Subject"),  CELL_TEXT,     57, false, 0, 0},
    {"sessions", N_("Sessions"), CELL_INTEGER,  13, false, 0, 0},
    {"hours",    N_("Hours"),    CELL_DURATION, 12, false, 0, 0},
};

static bool
has_subjects(const struct attended_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].session->subject.size > 0) {
            return true;
        }
    }
    return false;
}

/* --- the document --- */

static const char *
vouched_text(struct arena *keep, const struct paper *paper, const struct vouched *one)
{
    struct text says = label_in(&one->says, paper->language);
    return arena_printf(keep, "%.*s (%s)", TEXT_ARG(says),
                        worded_basis(keep, paper->language, &one->basis));
}

static void
note_vouched(struct arena *keep, const struct paper *paper, struct notes *notes)
{
    enum language language = paper->language;
    const struct notice *notice = &paper->attestations->batch->rules->notice;
    if (!paper->attestations->competence) {
        if (notice->leave.says.fr.size > 0) {
            document_note(keep, notes, TONE_PLAIN,
                          vouched_text(keep, paper, &notice->leave));
        }
        return;
    }
    if (notice->competence_count > 0) {
        document_note(keep, notes, TONE_STRONG,
                      tr(language, N_("It vouches for these competences:")));
    }
    for (size_t i = 0; i < notice->competence_count; i++) {
        document_note(keep, notes, TONE_PLAIN,
                      arena_printf(keep, "  %s",
                                   vouched_text(keep, paper, &notice->competences[i])));
    }
}

/* What is signed: the sum in words, and the boxes. */
static void
set_end(struct arena *keep, const struct paper *paper, const struct attended_list *list,
        struct table *table)
{
    enum language language = paper->language;
    const struct rules *rules = paper->attestations->batch->rules;
    struct sum sum = sum_of(list);
    struct notes notes = {0};
    document_note(keep, &notes, TONE_STRONG,
                  arena_printf(keep, tr(language, N_("In all: %s.")),
                               sum_text(keep, language, &sum)));
    note_vouched(keep, paper, &notes);
    document_note(
        keep, &notes, TONE_PLAIN,
        tr(language, paper->attestations->competence
                         ? N_("Issued to the person concerned, to be shown to whom "
                              "they choose.")
                         : N_("Issued to the person concerned, to be shown to an "
                              "employer, a school or a university.")));
    const char **boxes = NEW_ARRAY(keep, const char *, 2);
    boxes[0] = tr(language, paper->attestations->competence
                                ? N_("What the authority adds (optional)\n\n\n\n")
                                : N_("Place and date:\n\n\n\n"));
    boxes[1] =
        arena_printf(keep,
                     tr(language, paper->attestations->competence
                                      ? N_("For %.*s\nPlace and date:\n\nName and "
                                           "office:\n\nSignature and seal:")
                                      : N_("For %.*s\nName and office:\n\nSignature "
                                           "and seal:")),
                     TEXT_ARG(rules->authority));
    table->after = notes.items;
    table->after_count = notes.count;
    table->boxes = boxes;
    table->box_count = 2;
}

struct listed { /* one of the tables */
    const char *key, *title;
    const struct column *columns;
    size_t column_count;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
};

static void
add_table(struct arena *keep, const struct paper *paper, const struct listed *listed,
          struct tables *tables)
{
    const struct participant *member = participant_of(paper);
    *ARRAY_PUSH(keep, tables) = (struct table){
        .key = listed->key,
        .sheet =
            arena_printf(keep, "%s (%.*s)", name_of(keep, member), TEXT_ARG(member->id)),
        .title = listed->title == NULL ? NULL : tr(paper->language, listed->title),
        .columns = document_columns(keep, paper->language, listed->columns,
                                    listed->column_count),
        .column_count = listed->column_count,
        .audience = FOR_PAGE,
        .produce = listed->produce,
        .context = paper,
    };
}

static void
add_member(struct arena *keep, struct arena scratch, const struct paper *paper,
           struct tables *tables)
{
    static const struct listed presences = {"presences", NULL, presence_columns,
                                            ARRAY_COUNT(presence_columns),
                                            produce_presences};
    static const struct listed work = {"work", NULL, work_columns,
                                       ARRAY_COUNT(work_columns), produce_work};
    static const struct listed subjects = {"subjects", N_("Subjects worked on"),
                                           subject_columns, ARRAY_COUNT(subject_columns),
                                           produce_subjects};
    struct attended_list list = attended_of(&scratch, paper);
    size_t first = tables->count;
    struct notes notes = {0};
    if (list.count == 0) {
        return; /* nothing can be certified */
    }
    document_note(keep, &notes, TONE_PLAIN, certified(keep, paper, &list));
    add_table(keep, paper, paper->attestations->competence ? &work : &presences, tables);
    tables->items[first].before = notes.items;
    tables->items[first].before_count = notes.count;
    if (paper->attestations->competence && has_subjects(&list)) {
        add_table(keep, paper, &subjects, tables);
    }
    set_end(keep, paper, &list, &tables->items[tables->count - 1]);
}

struct document *
attestation_document(struct arena *keep, struct arena scratch,
                     const struct attestations *attestations, struct chosen chosen)
{
    const struct rules *rules = attestations->batch->rules;
    enum language language = attestations->language;
    struct paper *papers = NEW_ARRAY(keep, struct paper, chosen.count + 1);
    struct tables tables = {0};
    for (size_t i = 0; i < chosen.count; i++) {
        papers[i] = (struct paper){attestations, chosen.items[i], language};
        add_member(keep, scratch, &papers[i], &tables);
    }
    struct document *document = NEW(keep, struct document);
    *document = (struct document){
        .schema = "defray.attestations/1",
        .title =
            tr(language, attestations->competence ? N_("Certificate of participation")
                                                  : N_("Certificate of attendance")),
        .author = text_string(keep, rules->authority),
        .subject = text_string(keep, rules->assembly),
        .footer = arena_printf(keep, "%.*s", TEXT_ARG(rules->authority)),
        .language = language,
        .confidential = true,
        .leaflets = true,
        .dated = attestations->batch->period.to,
        .tables = tables.items,
        .table_count = tables.count,
    };
    return document;
}
