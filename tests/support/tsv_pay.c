/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables `pay-*.tsv`: one member, one day, what is due. Each row becomes small CSV tables,
 * read by the same readers as an office's files, and is computed like any batch.
 *
 *   rules         id of a rule file                     (needed)
 *   date          the day                               (needed)
 *   kind, attendance, start, end, minutes, hours, sessions (how many that day, 1 by default)
 *   session_start, session_end, session_body, meal_served, competence  the calendar's side
 *   status, body, birth_date, guardian, horsepower, km_before, from, to, requested_on
 *   quotient, method, month, checked_on                 the means test
 *   category, quantity, amount, receipt, claimed_on     a claim of that day
 *   due, state, reason                                  expected: the total, and the last line
 */
#include "defray/liquidation.h"
#include "defray/means_test.h"

#include "support/tsv.h"

struct tabled { /* a column of ours and the header it becomes */
    const char *column;
    const char *header;
};

static const struct tabled member_columns[] = {
    {"status",       "status"      },
    {"body",         "body"        },
    {"birth_date",   "birth_date"  },
    {"guardian",     "guardian"    },
    {"horsepower",   "horsepower"  },
    {"km_before",    "km_before"   },
    {"from",         "from"        },
    {"to",           "to"          },
    {"requested_on", "requested_on"},
    {NULL,           NULL          },
};
static const struct tabled session_columns[] = {
    {"date",          "date"             },
    {"kind",          "kind"             },
    {"session_start", "start"            },
    {"session_end",   "end"              },
    {"session_body",  "body"             },
    {"meal_served",   "meal_served"      },
    {"competence",    "within_competence"},
    {NULL,            NULL               },
};
static const struct tabled attendance_columns[] = {
    {"start",   "start"  },
    {"end",     "end"    },
    {"minutes", "minutes"},
    {"hours",   "hours"  },
    {NULL,      NULL     },
};
static const struct tabled means_columns[] = {
    {"quotient",   "value"     },
    {"method",     "method"    },
    {"month",      "month"     },
    {"checked_on", "checked_on"},
    {NULL,         NULL        },
};
static const struct tabled claim_columns[] = {
    {"date",       "date"      },
    {"category",   "category"  },
    {"quantity",   "quantity"  },
    {"amount",     "amount"    },
    {"receipt",    "receipt"   },
    {"claimed_on", "claimed_on"},
    {NULL,         NULL        },
};

struct sheet_text { /* a CSV under construction: the header, and one row */
    const char *header;
    const char *row;
};

static struct sheet_text
lay_out(struct tsv_row *row, const struct tabled *columns, const char *header,
        const char *cells)
{
    struct sheet_text sheet = {header, cells};
    for (size_t i = 0; columns[i].column != NULL; i++) {
        if (tsv_has(row, columns[i].column)) {
            struct text cell = tsv_cell(row, columns[i].column);
            sheet.header =
                arena_printf(row->keep, "%s;%s", sheet.header, columns[i].header);
            sheet.row = arena_printf(row->keep, "%s;%.*s", sheet.row, TEXT_ARG(cell));
        }
    }
    return sheet;
}

static struct input_list
as_input(struct arena *keep, const char *name, const char *bytes)
{
    struct input_list list = {0};
    *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(name), text_of(bytes));
    return list;
}

static struct input_list
one_row(struct arena *keep, const char *name, struct sheet_text sheet)
{
    return as_input(keep, name, arena_printf(keep, "%s\n%s\n", sheet.header, sheet.row));
}

static bool
has_text(struct tsv_row *row, const char *column)
{
    return tsv_has(row, column) && tsv_cell(row, column).size > 0;
}

/* The calendar and the log of the day: as many sessions as the row says. */
static void
play_day(struct tsv_row *row, struct reading *reading, struct batch *batch)
{
    struct arena *keep = row->keep;
    int sessions =
        has_text(row, "sessions") ? tsv_cell(row, "sessions").data[0] - '0' : 1;
    struct text attendance =
        has_text(row, "attendance") ? tsv_cell(row, "attendance") : STR("present");
    const char *calendar = "";
    const char *log = "";
    for (int i = 1; i <= sessions; i++) {
        struct sheet_text day =
            lay_out(row, session_columns, "session", arena_printf(keep, "S%d", i));
        struct sheet_text fact =
            lay_out(row, attendance_columns, "member;session;attendance",
                    arena_printf(keep, "M1;S%d;%.*s", i, TEXT_ARG(attendance)));
        calendar = arena_printf(
            keep, "%s%s\n", i == 1 ? arena_printf(keep, "%s\n", day.header) : calendar,
            day.row);
        log = arena_printf(keep, "%s%s\n",
                           i == 1 ? arena_printf(keep, "%s\n", fact.header) : log,
                           fact.row);
    }
    if (sessions == 0) {
        log = "member;session;attendance\n";
    }
    struct input_list none = {0};
    struct input_list given = as_input(keep, "sessions.csv", calendar);
    struct input_list facts = as_input(keep, "attendance.csv", log);
    batch->calendar = calendar_read(reading, sessions == 0 ? &none : &given);
    batch->log = attendance_read(reading, &facts, batch->roster, batch->calendar);
}

static bool
gather(struct tsv_row *row, struct reading *reading, struct batch *batch)
{
    struct arena *keep = row->keep;
    struct input_list members =
        one_row(keep, "members.csv",
                lay_out(row, member_columns, "id;last_name;first_name", "M1;Un;Une"));
    struct roster *roster = roster_read(reading, &members);
    batch->roster = roster;
    play_day(row, reading, batch);
    if (has_text(row, "category")) {
        struct input_list claims =
            one_row(keep, "expenses.csv", lay_out(row, claim_columns, "member", "M1"));
        batch->claims = expenses_read(reading, &claims, roster, batch->log);
    }
    const char *figures = "id;measure;value;method;month\n";
    struct input_list means = as_input(keep, "means.csv", figures);
    if (has_text(row, "quotient")) {
        means =
            one_row(keep, "means.csv",
                    lay_out(row, means_columns, "id;measure", "M1;quotient_familial"));
    }
    batch->decisions = batch_decide(keep, batch, means_read(reading, &means, roster));
    return diag_errors(reading->diag) == 0;
}

static void
report_diagnostics(struct tsv_row *row, struct diag *diag)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (code_page(filed[i].code)->severity == SEVERITY_ERROR) {
            tsv_fault(row, "%s", filed[i].text);
        }
    }
}

void
tsv_pay(struct tsv_row *row)
{
    static const struct text folders[] = {
        {"rules",              5 },
        {"tests/tables/rules", 18}
    };
    struct arena *keep = row->keep;
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    const struct rules *rules =
        rules_load(keep, tsv_cell(row, "rules"), folders, 2, diag);
    struct batch batch = {.rules = rules};
    struct reading reading = {.keep = keep, .rules = rules, .diag = diag};
    struct date date;
    if (rules == NULL || !date_parse_iso(tsv_cell(row, "date"), &date) ||
        !gather(row, &reading, &batch)) {
        report_diagnostics(row, diag);
        tsv_fault(row, "the row cannot be read");
        return;
    }
    batch.period = (struct period){date, date_month_last(date)};
    struct member_result result = liquidate_member(keep, &batch, 0);
    const struct line *last = result.count == 0 ? NULL : &result.lines[result.count - 1];
    char due[MONEY_TEXT_MAX];
    tsv_expect(row, "due", money_text(result.total, due));
    if (tsv_has(row, "state")) {
        tsv_expect(row, "state", last == NULL ? "" : line_state_word(last->state));
    }
    if (tsv_has(row, "reason")) {
        tsv_expect(row, "reason", last == NULL ? "" : reason_word(last->reason));
    }
}
