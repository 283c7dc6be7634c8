/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Récapitulation: what annexe A ends with, a row a beneficiary: the sum under each heading,
 * the total due, advances, the balance to pay, and the place where they certify and sign. The
 * tables know of no advance: the column says so. What a ledger has recorded for the expenses of
 * the period, and for those of earlier days that are settled anew, is taken off; without one,
 * the whole of what is due is to be paid.
 */
#include "defray/arrears.h"
#include "defray/document_rows.h"

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
#define SIGN_LINES   3

#define SIGNED N_("Certified exact by the beneficiary: date, signature")
#define WHO    N_("Beneficiary")
#define SUMS   N_("Reimbursed, by heading of the statement")
#define CLOSED N_("Summary")

static const struct annexe_column columns[] = {
    {"member",      N_("Id"),                     CELL_TEXT,    10, false, WHO,    0          },
    {"name",        N_("Name"),                   CELL_TEXT,    21, false, WHO,    0          },
    {"guardian",    N_("Legal representative"),   CELL_TEXT,    18, false, WHO,    0          },
    {"residence",   N_("Residence"),              CELL_TEXT,    21, false, WHO,    0          },
    {"ticket",      N_("Public transport (€)"), CELL_MONEY,   12, true,  SUMS,   TICKET     },
    {"car",         N_("Car (€)"),              CELL_MONEY,   11, true,  SUMS,   CAR        },
    {"taxi",        N_("Taxi, hire (€)"),       CELL_MONEY,   11, true,  SUMS,   TAXI       },
    {"parking",     N_("Parking, toll (€)"),    CELL_MONEY,   11, true,  SUMS,   PARK       },
    {"meal",        N_("Meals (€)"),            CELL_MONEY,   11, true,  SUMS,   MEAL       },
    {"lodging",     N_("Nights (€)"),           CELL_MONEY,   11, true,  SUMS,   NIGHT      },
    {"care",        N_("Care (€)"),             CELL_MONEY,   11, true,  SUMS,   CARER      },
    {"income_loss", N_("Income (€)"),           CELL_MONEY,   11, true,  SUMS,   INCOME     },
    {"other",       N_("Other (€)"),            CELL_MONEY,   11, true,  SUMS,   OTHER      },
    {"due",         N_("Total due (€)"),        CELL_MONEY,   12, true,  CLOSED, SUM        },
    {"advances",    N_("Advances (€)"),         CELL_MONEY,   11, true,  CLOSED, 0          },
    {"paid_before", N_("Recorded before (€)"),  CELL_MONEY,   11, true,  CLOSED, WITH_LEDGER},
    {"balance",     N_("Balance to pay (€)"),   CELL_MONEY,   12, true,  CLOSED, 0          },
    {"waiting",     N_("Claims that wait"),       CELL_INTEGER, 10, true,  CLOSED, 0          },
    {"signature",   SIGNED,                       CELL_TEXT,    34, false, "",     0          },
};

struct sums {
    size_t waiting;
    struct money due;
    struct money late; /* of it, of earlier days */
    bool reaches_back; /* something of earlier days is settled */
    struct money
        before; /* recorded for these expenses, in the ledger, and compared with them */
    struct money
        stays; /* recorded besides: undetermined now, or kept by the rules' text */
    struct money
        lapsed; /* due, not recorded, and too late to be: no part of the balance */
    struct money unpaid; /* recorded, stipends included, and held or come back */
    struct money by_heading[HEADING_COUNT];
};

/* What the ledger has of them: what is compared is as if that which lapsed had been paid. */
static struct money
recorded_of(const struct sums *sums)
{
    return money_subtract(money_add(sums->before, sums->stays), sums->lapsed);
}

static void
add_arrears(struct arena scratch, const struct payroll *payroll, uint32_t member,
            struct sums *sums)
{
    struct arrears arrears = arrears_of(&scratch, payroll->batch, member);
    for (size_t i = 0; i < arrears.count; i++) {
        const struct arrear *one = &arrears.items[i];
        enum heading heading = annexe_heading(payroll->batch->rules, &one->line);
        sums->due = money_add(sums->due, one->line.due);
        sums->late = money_add(sums->late, one->line.due);
        sums->before = money_add(sums->before, one->before);
        sums->by_heading[heading] = money_add(sums->by_heading[heading], one->line.due);
    }
}

static struct sums
add_up(struct arena scratch, const struct payroll *payroll, uint32_t member)
{
    struct sums sums = {0};
    struct member_result result = liquidate_member(&scratch, payroll->batch, member);
    for (size_t i = 0; i < result.count; i++) {
        const struct line *line = &result.lines[i];
        if (!line->is_claim) {
            continue;
        }
        enum heading heading = annexe_heading(payroll->batch->rules, line);
        sums.waiting += line->state == LINE_REFUSED || line->state == LINE_UNDETERMINED;
        sums.due = money_add(sums.due, line->due);
        sums.by_heading[heading] = money_add(sums.by_heading[heading], line->due);
    }
    if (payroll->batch->history == NULL) {
        return sums;
    }
    struct settlement settlement =
        settle_member(&scratch, payroll->batch, member, &result);
    sums.before = sums.due;
    sums.unpaid = settlement.brought.cents > 0 ? settlement.brought : (struct money){0};
    for (size_t i = 0; i < settlement.count; i++) {
        const struct difference *one = &settlement.items[i];
        if (!one->earlier && !text_equals(one->right.component, STR("stipend"))) {
            sums.before =
                money_subtract(sums.before, money_subtract(one->after, one->before));
        }
        if (one->cause == CAUSE_REMOVED && difference_is_of_earlier_expense(one)) {
            sums.before = money_add(sums.before, one->before); /* it has no line */
        }
    }
    for (size_t i = 0; i < settlement.kept_count; i++) {
        const struct difference *one = &settlement.kept[i];
        if (text_equals(one->right.component, STR("stipend"))) {
            continue;
        }
        if (one->cause == CAUSE_LAPSED) {
            sums.lapsed = money_add(sums.lapsed, money_subtract(one->after, one->before));
        } else {
            sums.stays = money_add(sums.stays, money_subtract(one->before, one->after));
        }
    }
    sums.reaches_back = payroll->summary->persons[member].arrears;
    if (sums.reaches_back) {
        add_arrears(scratch, payroll, member, &sums);
    }
    return sums;
}

/* Whoever claimed something in the period, were it refused, was paid something for it that is
 * claimed no more, or has expenses of an earlier day that come to more than was paid, or to
 * less. */
static bool
is_listed(const struct payroll *payroll, uint32_t member)
{
    const struct history *history = payroll->batch->history;
    bool listed =
        payroll_claims(payroll, member) > 0 || payroll->summary->persons[member].arrears;
    for (size_t i = history == NULL ? 0 : history->first[member];
         history != NULL && i < history->first[member + 1] && !listed; i++) {
        const struct paid_right *paid = &history->items[i];
        listed = paid->amount.cents > 0 &&
                 period_contains(payroll->batch->period, paid->right.day) &&
                 !text_equals(paid->right.component, STR("stipend"));
    }
    return listed;
}

static void
put_member(struct arena *keep, const struct payroll *payroll, uint32_t member,
           const struct sums *sums, struct row_sink *sink)
{
    const struct participant *participant = &payroll->batch->roster->items[member];
    const struct participation *row = payroll_row(payroll, member);
    struct cell amounts[HEADING_COUNT];
    for (int i = 0; i < HEADING_COUNT; i++) {
        struct money sum = sums->by_heading[i];
        amounts[i] = sum.cents == 0 ? cell_empty() : cell_money(sum);
    }
    struct cell cells[] = {
        cell_text(participant->id),
        cell_string(shown_name(keep, participant)),
        cell_text(particulars_of(row)->guardian),
        cell_string(annexe_residence(keep, row)),
        amounts[HEADING_PUBLIC_TRANSPORT],
        amounts[HEADING_CAR],
        amounts[HEADING_TAXI],
        amounts[HEADING_PARKING],
        amounts[HEADING_MEAL],
        amounts[HEADING_LODGING],
        amounts[HEADING_CARE],
        amounts[HEADING_INCOME_LOSS],
        amounts[HEADING_OTHER],
        cell_toned(cell_money(sums->due), TONE_STRONG),
        cell_money((struct money){0}),
        cell_money(recorded_of(sums)),
        cell_toned(cell_money(money_subtract(sums->due, sums->before)), TONE_STRONG),
        sums->waiting == 0 ? cell_empty()
                           : cell_toned(cell_integer((int64_t)sums->waiting), TONE_ALERT),
        cell_empty(),
    };
    static_assert(ARRAY_COUNT(cells) == ARRAY_COUNT(columns), "a cell a column");
    annexe_keep_shown(payroll, columns, ARRAY_COUNT(columns), cells);
    sink->row(sink, cells);
}

static void
produce_part(const void *context, struct arena *keep, size_t part, struct row_sink *sink)
{
    const struct payroll *payroll = context;
    struct members members = payroll_part(payroll, part);
    for (uint32_t member = members.first; member < members.end; member++) {
        if (is_listed(payroll, member)) {
            struct sums sums = add_up(*keep, payroll, member);
            put_member(keep, payroll, member, &sums, sink);
        }
    }
}

static size_t
count_claimants(const struct payroll *payroll)
{
    size_t count = 0;
    for (uint32_t member = 0; member < payroll->batch->roster->count; member++) {
        count += is_listed(payroll, member);
    }
    return count;
}

/* What was recorded before, of all of them, what of it nobody has got, and what is late. */
static struct sums
recorded_before(struct arena scratch, const struct payroll *payroll)
{
    struct sums all = {0};
    size_t members = payroll->batch->history == NULL ? 0 : payroll->batch->roster->count;
    for (uint32_t member = 0; member < members; member++) {
        if (is_listed(payroll, member)) {
            struct sums sums = add_up(scratch, payroll, member);
            all.before = money_add(all.before, sums.before);
            all.stays = money_add(all.stays, sums.stays);
            all.lapsed = money_add(all.lapsed, sums.lapsed);
            all.unpaid = money_add(all.unpaid, sums.unpaid);
            all.late = money_add(all.late, sums.late);
            all.reaches_back = all.reaches_back || sums.reaches_back;
        }
    }
    return all;
}

/* What of the sums is told apart. */
static void
note_parts(struct arena *keep, enum language language, const struct sums *recorded,
           struct notes *notes)
{
    if (recorded->stays.cents > 0) {
        document_note(
            keep, notes, TONE_STRONG,
            arena_printf(
                keep,
                tr(language, N_("Of what is recorded, %s stays with these beneficiaries, "
                                "undetermined now or kept by the text: it is no part of "
                                "the balance.")),
                shown_amount(keep, language, recorded->stays)));
    }
    if (recorded->late.cents > 0) {
        document_note(keep, notes, TONE_PLAIN,
                      arena_printf(keep,
                                   tr(language, N_("Of what is due, expenses of days "
                                                   "before the period: %s.")),
                                   shown_amount(keep, language, recorded->late)));
    }
    if (recorded->unpaid.cents > 0) {
        document_note(
            keep, notes, TONE_ALERT,
            arena_printf(
                keep,
                tr(language, N_("Recorded in earlier batches and not paid out to "
                                "these beneficiaries (held or come back, "
                                "stipends included): %s, taken up again in the "
                                "statement.")),
                shown_amount(keep, language, recorded->unpaid)));
    }
}

static void
set_notes(struct arena *keep, const struct payroll *payroll, struct table *table)
{
    enum language language = payroll->language;
    struct sums recorded = recorded_before(*keep, payroll);
    struct money before = recorded_of(&recorded);
    struct money due = money_add(payroll->summary->expenses, recorded.late);
    struct money balance = money_subtract(due, recorded.before);
    struct notes head = {0};
    struct notes notes = {0};
    payroll_note_head(keep, payroll, &head);
    document_note(keep, &head, TONE_PLAIN,
                  arena_printf(keep,
                               tr(language, N_("Administrative residence: the seat of "
                                               "%.*s. The members are not its agents.")),
                               TEXT_ARG(payroll->batch->rules->authority)));
    document_note(
        keep, &head, TONE_PLAIN,
        tr(language,
           N_("By signing, each beneficiary certifies that the expenses were theirs, made "
              "for the sessions listed, and that the statements are exact. The legal "
              "representative signs for a minor.")));
    document_note(
        keep, &notes, TONE_STRONG,
        arena_printf(
            keep, tr(language, N_("These expenses are closed at the sum of: %s (%s).")),
            amount_in_words(keep, language, balance),
            shown_amount(keep, language, balance)));
    document_note(
        keep, &notes, TONE_PLAIN,
        before.cents == 0
            ? tr(language,
                 N_("The tables record no advance, so that the balance is the whole of "
                    "what is due. If one was paid out, settle it before the transfer."))
            : arena_printf(
                  keep,
                  recorded.reaches_back
                      ? tr(language, N_("Of %s due, the ledger has %s recorded in "
                                        "earlier batches for these expenses: the balance "
                                        "is what is left, and below zero what was "
                                        "recorded in excess."))
                      : tr(language, N_("Of %s due, the ledger has %s recorded in "
                                        "earlier batches for this period: the balance "
                                        "is what is left, and below zero what was "
                                        "recorded in excess.")),
                  shown_amount(keep, language, due),
                  shown_amount(keep, language, before)));
    note_parts(keep, language, &recorded, &notes);
    table->before = head.items;
    table->before_count = head.count;
    table->after = notes.items;
    table->after_count = notes.count;
}

void
payroll_add_recap(struct arena *keep, const struct payroll *payroll,
                  struct tables *tables)
{
    enum language language = payroll->language;
    struct table table = annexe_table(keep, payroll, columns, ARRAY_COUNT(columns));
    const char **boxes = NEW_ARRAY(keep, const char *, 2);
    boxes[0] =
        tr(language, N_("Service done\nThe expenses are certified to have been made "
                        "for the assembly's sessions.\n\nName and office:\n\n"
                        "Date and signature:"));
    boxes[1] =
        tr(language, N_("The authorising officer\nCertified exact and approved for "
                        "payment.\n\nName and office:\n\nDate, signature and seal:"));
    table.key = "recap";
    table.sheet = tr(language, N_("Expenses by member"));
    table.title = tr(language, N_("Statement of expenses: summary by beneficiary"));
    table.audience |= FOR_PAGE;
    table.rows_known = true;
    table.rows = count_claimants(payroll);
    table.parts = payroll_parts(payroll);
    table.produce_part = produce_part;
    table.boxes = boxes;
    table.box_count = 2;
    table.row_lines = SIGN_LINES;
    set_notes(keep, payroll, &table);
    if (table.rows > 0) {
        *ARRAY_PUSH(keep, tables) = table;
    }
}
