/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables `seat-*.tsv`: one seat, those who share it, and who is paid. Poitiers, a session of the
 * proposal group from 18:00 to 21:00, 13.74 an hour; a second one from 21:00 to 24:00 that day
 * where a cell holds two words. Each cell of titular, alternate and other holds how that person
 * stands, a word a session ("present,absent"); an empty cell: there is no such person.
 *
 *   present, absent, excused           on the sheet
 *   late                               arrived at 19:00 (first session)
 *   after                              arrived when the first session had ended
 *   unlisted                           not on the sheet at all
 *   left                               present, but the mandate ended the day before
 *   unasked                            present, but has not asked to be paid
 *   above                              present, and above the threshold
 *   unproven                           present, and no evidence was given
 *
 *   titular_due, alternate_due, other_due          the total of each
 *   titular_reason, alternate_reason, other_reason  of the last line of each
 *
 * Whatever a row expects, no session pays two persons of the seat.
 */
#include "defray/liquidation.h"
#include "defray/means_test.h"

#include "support/tsv.h"

#define PERSONS      3
#define SESSIONS_MAX 2

static const char *const columns[PERSONS] = {"titular", "alternate", "other"};

/* What a word says of a person, on the sheet and elsewhere. */
struct standing {
    const char *word;
    const char *sheet; /* attendance;start; NULL: no row */
    const char *to, *requested_on, *figure;
};

#define ASKED  "2025-01-10"
#define PROVEN "640.00"

static const struct standing standings[] = {
    {"present",  "present;",      "",           ASKED, PROVEN   },
    {"absent",   "absent;",       "",           ASKED, PROVEN   },
    {"excused",  "excused;",      "",           ASKED, PROVEN   },
    {"late",     "present;19:00", "",           ASKED, PROVEN   },
    {"after",    "present;21:00", "",           ASKED, PROVEN   },
    {"unlisted", NULL,            "",           ASKED, PROVEN   },
    {"left",     "present;",      "2025-03-07", ASKED, PROVEN   },
    {"unasked",  "present;",      "",           "",    PROVEN   },
    {"above",    "present;",      "",           ASKED, "1000.01"},
    {"unproven", "present;",      "",           ASKED, ""       },
};

struct day { /* the files of a row, under construction */
    const char *members, *attendance, *means;
    int sessions;
};

static const struct standing *
standing_of(struct tsv_row *row, struct text word)
{
    for (size_t i = 0; i < ARRAY_COUNT(standings); i++) {
        if (text_equals(word, text_of(standings[i].word))) {
            return &standings[i];
        }
    }
    tsv_fault(row, "no standing '%.*s'", TEXT_ARG(word));
    return NULL;
}

/* The word before the first comma; what follows is left in `rest`. */
static struct text
first_word(struct text *rest)
{
    struct text word = *rest;
    for (size_t i = 0; i < rest->size; i++) {
        if (rest->data[i] == ',') {
            word.size = i;
            *rest = (struct text){rest->data + i + 1, rest->size - i - 1};
            return word;
        }
    }
    rest->size = 0;
    return word;
}

/* The last word settles what is not of one session: mandate, request, evidence. */
static bool
seat_person(struct tsv_row *row, int person, struct day *day)
{
    struct arena *keep = row->keep;
    struct text rest = tsv_cell(row, columns[person]);
    const struct standing *standing = NULL;
    int session = 0;
    while (rest.size > 0) {
        struct text word = first_word(&rest);
        standing = standing_of(row, word);
        session++;
        if (standing == NULL || session > SESSIONS_MAX) {
            return false;
        }
        if (standing->sheet != NULL) {
            day->attendance = arena_printf(keep, "%sM%d;S%d;%s\n", day->attendance,
                                           person + 1, session, standing->sheet);
        }
    }
    if (standing == NULL) {
        return true;
    }
    day->sessions = session > day->sessions ? session : day->sessions;
    day->members = arena_printf(keep, "%sM%d;N;P;%s;A;%s;%s\n", day->members, person + 1,
                                person == 0 ? "drawn" : "alternate", standing->to,
                                standing->requested_on);
    if (standing->figure[0] != '\0') {
        day->means = arena_printf(keep, "%sM%d;quotient_familial;%s;caf;2025-03\n",
                                  day->means, person + 1, standing->figure);
    }
    return true;
}

static struct input_list
as_input(struct arena *keep, const char *name, const char *bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), text_of(bytes));
    return list;
}

static void
read_day(struct reading *reading, const struct day *day, struct batch *batch)
{
    struct arena *keep = reading->keep;
    const char *calendar = "session;date;kind;start;end\n"
                           "S1;2025-03-08;proposal_group;18:00;21:00\n"
                           "S2;2025-03-08;proposal_group;21:00;24:00\n";
    struct input_list members = as_input(keep, "members.csv", day->members);
    struct input_list sessions = as_input(keep, "sessions.csv", calendar);
    struct input_list attendance = as_input(keep, "attendance.csv", day->attendance);
    struct input_list means = as_input(keep, "means.csv", day->means);
    struct roster *roster = roster_read(reading, &members);
    batch->roster = roster;
    batch->calendar = calendar_read(reading, &sessions);
    batch->log = attendance_read(reading, &attendance, roster, batch->calendar);
    batch->decisions = batch_decide(keep, batch, means_read(reading, &means, roster));
    date_make(2025, 3, 1, &batch->period.from);
    date_make(2025, 3, 31, &batch->period.to);
}

/* Compares one person, and counts whom each session pays. */
static void
judge_person(struct tsv_row *row, const struct batch *batch, int person, uint32_t index,
             int *paid)
{
    struct member_result result = liquidate_member(row->keep, batch, index);
    const struct line *last = result.count == 0 ? NULL : &result.lines[result.count - 1];
    char due[MONEY_TEXT_MAX];
    tsv_expect(row, arena_printf(row->keep, "%s_due", columns[person]),
               money_text(result.total, due));
    tsv_expect(row, arena_printf(row->keep, "%s_reason", columns[person]),
               last == NULL ? "" : reason_word(last->reason));
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        paid[line->session - batch->log->sessions] += line->due.cents > 0;
    }
}

void
tsv_seat(struct tsv_row *row)
{
    static const struct text folder = {"rules", 5};
    struct diag *diag = diag_new(row->keep, LANGUAGE_EN);
    const struct rules *rules = rules_load(row->keep, STR("poitiers"), &folder, 1, diag);
    struct batch batch = {.rules = rules};
    struct reading reading = {.keep = row->keep, .rules = rules, .diag = diag};
    struct day day = {"id;last_name;first_name;status;seat;to;requested_on\n",
                      "member;session;attendance;start\n",
                      "id;measure;value;method;month\n", 0};
    for (int person = 0; person < PERSONS; person++) {
        if (!seat_person(row, person, &day)) {
            return;
        }
    }
    read_day(&reading, &day, &batch);
    if (diag_errors(diag) > 0) {
        tsv_fault(row, "the row cannot be read");
        return;
    }
    int paid[SESSIONS_MAX] = {0};
    uint32_t index = 0;
    for (int person = 0; person < PERSONS; person++) {
        if (tsv_cell(row, columns[person]).size > 0) {
            judge_person(row, &batch, person, index++, paid);
        }
    }
    for (int session = 0; session < SESSIONS_MAX; session++) {
        if (paid[session] > 1) {
            tsv_fault(row, "session S%d pays the seat %d times", session + 1,
                      paid[session]);
        }
    }
}
