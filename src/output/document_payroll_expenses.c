/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frais: the claims one by one, with what annexe A asks of an état de frais, in its order:
 * identity, residence, the trip, public transport, the car and its kilometres since 1 January,
 * taxi, parking, meals, nights; then care and loss of income, which have statements of their
 * own in the list of vouchers. What is reimbursed stands under its heading.
 */
#include "defray/arrears.h"

#include "annexe.h"

#include <assert.h>

#define BIT(heading) HEADING_BIT(HEADING_##heading)
#define TICKET       BIT(PUBLIC_TRANSPORT)
#define CAR          BIT(CAR)
#define TAXI         BIT(TAXI)
#define PARK         BIT(PARKING)
#define MEAL         BIT(MEAL)
#define NIGHT        BIT(LODGING)
#define CARER        BIT(CARE)
#define INCOME       BIT(INCOME_LOSS)
#define OTHER        BIT(OTHER)
#define SUM          SUM_OF_HEADINGS
#define TRIPS        HEADINGS_OF_TRIPS
#define NUMBER       (MEAL | NIGHT | CARER | INCOME)

#define WHO    N_("Beneficiary")
#define TRIP   N_("Trip")
#define DRIVEN N_("Own car")
#define STAY   N_("Stay")
#define CARE   N_("Care")
#define LOSS   N_("Loss of income")
#define CLOSED N_("Settlement")

static const struct annexe_column columns[] = {
    {"member",      N_("Id"),                     CELL_TEXT,     10, false, WHO,    0     },
    {"name",        N_("Name"),                   CELL_TEXT,     18, false, WHO,    0     },
    {"residence",   N_("Residence"),              CELL_TEXT,     18, false, WHO,    0     },
    {"date",        N_("Date"),                   CELL_DATE,     11, false, TRIP,   0     },
    {"purpose",     N_("Place and reason"),       CELL_TEXT,     22, false, TRIP,   0     },
    {"route",       N_("Route"),                  CELL_TEXT,     16, false, TRIP,   TRIPS },
    {"mode",        N_("Mode"),                   CELL_TEXT,     16, false, TRIP,   TRIPS },
    {"ticket",      N_("Public transport (€)"), CELL_MONEY,    10, true,  "",     TICKET},
    {"horsepower",  N_("Fiscal power"),           CELL_INTEGER,  9,  false, DRIVEN, CAR   },
    {"km_before",   N_("Km since 1 January"),     CELL_QUANTITY, 10, false, DRIVEN, CAR   },
    {"km",          N_("Km of the trip"),         CELL_QUANTITY, 9,  false, DRIVEN, CAR   },
    {"km_rates",    N_("Rates"),                  CELL_TEXT,     17, false, DRIVEN, CAR   },
    {"car",         N_("Car (€)"),              CELL_MONEY,    10, true,  DRIVEN, CAR   },
    {"taxi",        N_("Taxi, hire (€)"),       CELL_MONEY,    10, true,  "",     TAXI  },
    {"parking",     N_("Parking, toll (€)"),    CELL_MONEY,    11, true,  "",     PARK  },
    {"meals",       N_("Meals"),                  CELL_QUANTITY, 7,  false, STAY,   MEAL  },
    {"meal",        N_("Meals (€)"),            CELL_MONEY,    10, true,  STAY,   MEAL  },
    {"nights",      N_("Nights"),                 CELL_QUANTITY, 7,  false, STAY,   NIGHT },
    {"lodging",     N_("Nights (€)"),           CELL_MONEY,    10, true,  STAY,   NIGHT },
    {"care_hours",  N_("Hours"),                  CELL_QUANTITY, 8,  false, CARE,   CARER },
    {"care",        N_("Care (€)"),             CELL_MONEY,    10, true,  CARE,   CARER },
    {"loss_hours",  N_("Hours paid"),             CELL_QUANTITY, 9,  false, LOSS,   INCOME},
    {"loss_year",   N_("Hours of the year"),      CELL_QUANTITY, 9,  false, LOSS,   INCOME},
    {"income_loss", N_("Income (€)"),           CELL_MONEY,    10, true,  LOSS,   INCOME},
    {"other",       N_("Other (€)"),            CELL_MONEY,    10, true,  "",     OTHER },
    {"category",    N_("Category"),               CELL_TEXT,     16, false, CLOSED, 0     },
    {"rates",       N_("Rate or ceiling"),        CELL_QUANTITY, 10, false, CLOSED, NUMBER},
    {"receipt",     N_("Receipt"),                CELL_TEXT,     13, false, CLOSED, 0     },
    {"claimed",     N_("Claimed (€)"),          CELL_MONEY,    11, true,  CLOSED, 0     },
    {"reimbursed",  N_("Reimbursed (€)"),       CELL_MONEY,    12, true,  CLOSED, SUM   },
    {"state",       N_("State"),                  CELL_TEXT,     11, false, CLOSED, 0     },
    {"reason",      N_("Reason"),                 CELL_TEXT,     20, false, CLOSED, 0     },
};

static const struct participation *
row_of(const struct payroll *payroll, uint32_t member, struct date date)
{
    const struct participation *row =
        participant_at(&payroll->batch->roster->items[member], date);
    return row == NULL ? payroll_row(payroll, member) : row;
}

/* How well a session of its day goes with a claim: one that the member attended, in person, that
 * carries a stipend, is what the claim is paid for; of two alike, one with a subject tells more. */
static int
fit_of(struct arena scratch, const struct rules *rules, const struct session *session,
       bool there)
{
    bool in_person = there && session->kind != KIND_VIDEO;
    bool covered = rules->stipend.nil ||
                   rules_tariff(rules, scratch, session->kind, session->body) != NULL;
    int subject = session->subject.size > 0 ? 1 : 0;
    return 2 * ((there ? 1 : 0) + (in_person ? 1 : 0) + (in_person && covered ? 1 : 0)) +
           subject;
}

static bool
is_named(const struct session *session, const struct claim *claim)
{
    return claim->session.size == 0 ? date_compare(session->date, claim->date) == 0
                                    : text_equals(session->id, claim->session);
}

/* The session that the claim names, else the first of that day among those that the member
 * attended; else among those of the calendar. */
static const struct session *
session_of(struct arena scratch, const struct payroll *payroll, const struct claim *claim)
{
    const struct log *log = payroll->batch->log;
    const struct rules *rules = payroll->batch->rules;
    const struct session *found = NULL;
    int best = -1;
    for (size_t i = log->first[claim->member]; i < log->first[claim->member + 1]; i++) {
        const struct attendance *fact = &log->items[i];
        const struct session *session = &log->sessions[fact->session];
        bool there =
            fact->presence == PRESENCE_PRESENT || fact->presence == PRESENCE_PARTIAL;
        bool may_be = there && is_named(session, claim);
        int fit = may_be ? fit_of(scratch, rules, session, true) : -1;
        if (fit > best) {
            found = session;
            best = fit;
        }
    }
    bool attended = found != NULL;
    for (size_t i = 0; !attended && i < log->session_count; i++) {
        const struct session *session = &log->sessions[i];
        int fit = is_named(session, claim) ? fit_of(scratch, rules, session, false) : -1;
        if (fit > best) {
            found = session;
            best = fit;
        }
    }
    return found;
}

/* "Toulouse: Mobilités [S1]": where, and for what. An accountant asks why income was lost. */
static const char *
purpose_of(struct arena *keep, const struct payroll *payroll, const struct claim *claim,
           enum heading heading)
{
    const struct session *session = session_of(*keep, payroll, claim);
    const struct claim_words *words = claim_words(claim);
    struct text what = words->note;
    const char *id = "";
    if (session != NULL) {
        what = session->subject.size > 0
                   ? session->subject
                   : text_of(kind_label(payroll->language, session->kind));
        id = session->id.size == 0 ? ""
                                   : arena_printf(keep, " [%.*s]", TEXT_ARG(session->id));
    }
    const char *reason = arena_printf(keep, "%.*s%s", TEXT_ARG(what), id);
    if (session != NULL && heading == HEADING_INCOME_LOSS && words->note.size > 0) {
        reason = arena_printf(keep, "%s, %.*s", reason, TEXT_ARG(words->note));
    }
    if (words->place.size == 0 || reason[0] == '\0') {
        return arena_printf(keep, "%.*s%s", TEXT_ARG(words->place), reason);
    }
    return arena_printf(keep, tr(payroll->language, N_("%.*s: %s")),
                        TEXT_ARG(words->place), reason);
}

static const char *const modes[HEADING_COUNT] = {
    [HEADING_PUBLIC_TRANSPORT] = N_("public transport"),
    [HEADING_CAR] = N_("own car"),
    [HEADING_TAXI] = N_("taxi or hired car"),
};

/* As stated; else what the heading says of itself. */
static struct cell
mode_cell(enum language language, const struct claim *claim, enum heading heading)
{
    struct text mode = claim_words(claim)->mode;
    if (mode.size > 0 || modes[heading] == NULL) {
        return cell_text(mode);
    }
    return cell_string(tr(language, modes[heading]));
}

static struct cell
rates_of(struct arena *keep, enum language language, const struct line *line)
{
    char rate[RATIO_TEXT_MAX] = "";
    if (line->derivation.size > 0) {
        return derivation_cell(keep, language, line->derivation);
    }
    if (line->rate.den != 0) {
        ratio_text(line->rate, 2, 4, rate);
    }
    return derivation_cell(keep, language, text_of(rate));
}

static const char *
receipt_of(enum language language, struct arena *keep, const struct claim *claim)
{
    struct text reference = claim_words(claim)->receipt_reference;
    if (reference.size > 0) {
        return text_string(keep, reference);
    }
    return tr(language, claim->receipt ? N_("yes") : N_("none"));
}

/* The line as the headings see it. */
struct entry {
    const struct line *line;
    const struct claim *claim;
    enum heading heading;
};

static struct cell
amount_under(const struct entry *entry, enum heading heading)
{
    bool here = entry->heading == heading && entry->line->price != NULL;
    return here ? cell_money(entry->line->due) : cell_empty();
}

/* What was claimed, in units; of a claim that is priced, what was priced. */
static struct cell
number_under(const struct entry *entry, enum heading heading)
{
    if (entry->heading != heading) {
        return cell_empty();
    }
    if (entry->line->price != NULL) {
        return cell_quantity(entry->line->quantity);
    }
    return entry->claim->has_quantity ? cell_quantity(entry->claim->quantity)
                                      : cell_empty();
}

static void
put_claim(struct arena *scratch, const struct payroll *payroll, uint32_t member,
          const struct line *line, struct row_sink *sink)
{
    enum language language = payroll->language;
    const struct participant *participant = &payroll->batch->roster->items[member];
    const struct claim *claim = &payroll->batch->claims->items[line->fact];
    const struct entry entry = {line, claim, annexe_heading(payroll->batch->rules, line)};
    bool priced = line->price != NULL;
    bool trip = line->unit == UNIT_KILOMETRE && priced;
    bool loss = entry.heading == HEADING_INCOME_LOSS && priced;
    bool by_number = (HEADING_BIT(entry.heading) & NUMBER) != 0;
    bool waits = line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED;
    struct cell cells[] = {
        cell_text(participant->id),
        cell_string(shown_name(scratch, participant)),
        cell_string(annexe_residence(scratch, row_of(payroll, member, line->date))),
        cell_date(line->date),
        cell_string(purpose_of(scratch, payroll, claim, entry.heading)),
        cell_text(claim_words(claim)->route),
        mode_cell(language, claim, entry.heading),
        amount_under(&entry, HEADING_PUBLIC_TRANSPORT),
        trip && line->horsepower > 0 ? cell_integer(line->horsepower) : cell_empty(),
        trip ? cell_quantity(line->counter) : cell_empty(),
        line->unit == UNIT_KILOMETRE ? number_under(&entry, HEADING_CAR) : cell_empty(),
        trip ? rates_of(scratch, language, line) : cell_empty(),
        amount_under(&entry, HEADING_CAR),
        amount_under(&entry, HEADING_TAXI),
        amount_under(&entry, HEADING_PARKING),
        number_under(&entry, HEADING_MEAL),
        amount_under(&entry, HEADING_MEAL),
        number_under(&entry, HEADING_LODGING),
        amount_under(&entry, HEADING_LODGING),
        number_under(&entry, HEADING_CARE),
        amount_under(&entry, HEADING_CARE),
        loss ? cell_quantity(line->counted) : cell_empty(),
        loss ? cell_quantity(ratio_add(line->counter, line->counted)) : cell_empty(),
        amount_under(&entry, HEADING_INCOME_LOSS),
        amount_under(&entry, HEADING_OTHER),
        cell_text(payroll_entitlement(payroll, line)),
        by_number && line->rate.den != 0 ? cell_quantity(line->rate) : cell_empty(),
        cell_string(receipt_of(language, scratch, claim)),
        cell_money(claim->has_amount ? claim->amount : line->gross),
        cell_toned(cell_money(line->due), TONE_STRONG),
        cell_toned(cell_string(line_state_label(language, line->state)),
                   waits ? TONE_ALERT : TONE_PLAIN),
        cell_string(line_reason(scratch, language, line)),
    };
    static_assert(ARRAY_COUNT(cells) == ARRAY_COUNT(columns), "a cell a column");
    annexe_keep_shown(payroll, columns, ARRAY_COUNT(columns), cells);
    sink->row(sink, cells);
}

/* Of earlier days, and settled by this batch. */
static void
put_arrears(struct arena *keep, const struct payroll *payroll, uint32_t member,
            struct row_sink *sink)
{
    struct arrears arrears = arrears_of(keep, payroll->batch, member);
    for (size_t i = 0; i < arrears.count; i++) {
        put_claim(keep, payroll, member, &arrears.items[i].line, sink);
    }
}

static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    struct members members = payroll_part(payroll, part);
    for (uint32_t member = members.first; member < members.end; member++) {
        if (payroll->summary->persons[member].arrears) {
            put_arrears(keep, payroll, member, sink);
        }
        if (payroll_claims(payroll, member) == 0) {
            continue;
        }
        struct member_result result = liquidate_member(keep, payroll->batch, member);
        for (size_t i = 0; i < result.count; i++) {
            if (result.lines[i].is_claim) {
                put_claim(keep, payroll, member, &result.lines[i], sink);
            }
        }
    }
}

static size_t
count_claims(struct arena scratch, const struct payroll *payroll, size_t *late)
{
    size_t count = 0;
    *late = 0;
    for (uint32_t member = 0; member < payroll->batch->roster->count; member++) {
        struct arena one = scratch;
        count += payroll_claims(payroll, member);
        if (payroll->summary->persons[member].arrears) {
            *late += arrears_of(&one, payroll->batch, member).count;
        }
    }
    return count + *late;
}

void
payroll_add_expenses(struct arena *keep, const struct payroll *payroll,
                     struct tables *tables)
{
    enum language language = payroll->language;
    struct table table = annexe_table(keep, payroll, columns, ARRAY_COUNT(columns));
    struct notes head = {0};
    struct notes notes = {0};
    payroll_note_head(keep, payroll, &head);
    uint32_t paid = annexe_headings(payroll->batch->rules);
    size_t late = 0;
    size_t rows = count_claims(*keep, payroll, &late);
    if (late > 0) {
        document_note(
            keep, &notes, TONE_PLAIN,
            arena_printf(keep,
                         tr(language, N_("Claims of days before the period that come to "
                                         "more than was paid, or to less: %zu.")),
                         late));
    }
    if ((paid & CAR) != 0) {
        document_note(
            keep, &notes, TONE_PLAIN,
            tr(language, N_("The kilometres since 1 January are those before each "
                            "trip.")));
    }
    if ((paid & TRIPS) != 0) {
        document_note(
            keep, &notes, TONE_PLAIN,
            tr(language, N_("A route that is left blank is filled in by hand.")));
    }
    if ((paid & INCOME) != 0) {
        document_note(
            keep, &notes, TONE_PLAIN,
            tr(language, N_("The hours of the year are those paid since 1 January, "
                            "this claim included, as far as the files go back.")));
    }
    document_note(
        keep, &notes, TONE_PLAIN,
        tr(language, N_("Receipts are kept with this statement; the next sheet is "
                        "the summary that each beneficiary signs.")));
    table.key = "expenses";
    table.audience |= FOR_PAGE;
    table.sheet = tr(language, N_("Expenses"));
    table.title = tr(language, N_("Statement of expenses: the claims"));
    table.before = head.items;
    table.before_count = head.count;
    table.filter = true;
    table.frozen_columns = 2;
    table.rows_known = true;
    table.rows = rows;
    table.parts = payroll_parts(payroll);
    table.produce_part = produce_part;
    table.after = notes.items;
    table.after_count = notes.count;
    *ARRAY_PUSH(keep, tables) = table;
}
