/* SPDX-License-Identifier: Apache-2.0 */
/* The generator stays within what the rules accept as valid input: it makes every state of
 * a line, and no fault. */
#include "support/invent.h"

struct stage_of_rules { /* what suits one rule file */
    const char *rules;
    const char *first_day; /* of three whole months */
    const char *kinds[4];
    const char *categories[6];
};

static const struct stage_of_rules stages[] = {
    {"marseille",
     "2026-01-01", {"plenary", "plenary", "social", "follow_up"},
     {"parking"}                                                              },
    {"poitiers",
     "2025-10-01", {"proposal_group", "method_committee", "plenary", "proposal_group"},
     {"childcare", "parking", "public_transport", "mileage"}                  },
    {"haute-garonne",
     "2026-01-01", {"plenary", "half_day", "video", "half_day"},
     {"mileage", "public_transport", "mileage", "parking"}                    },
    {"cese-convention",
     "2025-04-01", {"plenary", "plenary", "video", "plenary"},
     {"income_loss", "lodging", "childcare", "meal", "income_loss", "mileage"}},
    {"rennes-2021",
     "2021-07-01", {"half_day", "plenary", "evening", "half_day"},
     {"parking"}                                                              },
    {"grenoble-2022",
     "2022-04-01", {"plenary", "plenary", "evening", "plenary"},
     {"childcare", "public_transport", "mileage", "meal"}                     },
    {"lookville",
     "2025-10-01", {"proposal_group", "method_committee", "plenary", "proposal_group"},
     {"parking"}                                                              },
};

struct inventor {
    struct arena *keep;
    const struct stage_of_rules *stage;
    struct invention made;
    uint64_t seed;
    struct date *days; /* of the sessions */
    bool *met;
};

uint64_t
invent_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static unsigned
below(struct inventor *inventor, unsigned limit)
{
    return (unsigned)(invent_number(&inventor->seed) % limit);
}

static const char *
pick(struct inventor *inventor, const char *const *words, unsigned count)
{
    return words[below(inventor, count)];
}

static void
add_row(struct inventor *inventor, struct invented_rows *rows, const char *row)
{
    *ARRAY_PUSH(inventor->keep, rows) = row;
}

static void
invent_members(struct inventor *inventor, unsigned count)
{
    static const char *const statuses[] = {"drawn",     "volunteer", "",      "drawn",
                                           "alternate", "companion", "drawn", "agent"};
    static const char *const bodies[] = {"", "", "groupe de propositions", "other"};
    static const char *const asked[] = {"", "2024-12-01", "2024-12-15", "2023-07-01"};
    struct invented_rows *rows = &inventor->made.members;
    rows->header =
        "id;last_name;first_name;status;body;seat;requested_on;horsepower;km_before;from";
    for (unsigned i = 0; i < count; i++) {
        const char *seat =
            below(inventor, 3) == 0
                ? arena_printf(inventor->keep, "seat%u", below(inventor, 3))
                : "";
        const char *power =
            below(inventor, 5) == 0
                ? ""
                : arena_printf(inventor->keep, "%u", 3 + below(inventor, 7));
        const char *from = below(inventor, 6) == 0 ? "2025-11-15" : "";
        add_row(inventor, rows,
                arena_printf(inventor->keep, "M%02u;Nom;Prenom;%s;%s;%s;%s;%s;%u;%s", i,
                             pick(inventor, statuses, 8), pick(inventor, bodies, 4), seat,
                             pick(inventor, asked, 4), power, 1980 + below(inventor, 40),
                             from));
    }
}

static void
invent_sessions(struct inventor *inventor, unsigned count)
{
    static const char *const times[] = {"09:00;16:00", "18:00;21:00", ";", "09:00;12:30"};
    static const char *const meals[] = {"", "oui", "non"};
    struct invented_rows *rows = &inventor->made.sessions;
    rows->header = "session;date;kind;start;end;meal_served";
    inventor->days = NEW_ARRAY(inventor->keep, struct date, count);
    int span = inventor->made.period.to.day - inventor->made.period.from.day + 1;
    for (unsigned i = 0; i < count; i++) {
        char day[DATE_TEXT_MAX];
        int after = (int)below(inventor, (unsigned)span);
        inventor->days[i] = date_add_days(inventor->made.period.from, after);
        add_row(inventor, rows,
                arena_printf(inventor->keep, "S%u;%s;%s;%s;%s", i,
                             date_text(inventor->days[i], day),
                             pick(inventor, inventor->stage->kinds, 4),
                             pick(inventor, times, 4), pick(inventor, meals, 3)));
    }
}

static void
invent_attendance(struct inventor *inventor, unsigned members, unsigned sessions)
{
    static const char *const facts[] = {
        "present;;;",    "present;09:30;;",     "present;;20:00;", "absent;;;",
        "excused;;;",    "partial;;;",          "present;;;100",   "partial;;;45",
        "present;;;400", "present;18:10;20:40;"};
    struct invented_rows *rows = &inventor->made.attendance;
    rows->header = "member;session;attendance;start;end;minutes";
    inventor->met = NEW_ARRAY(inventor->keep, bool, (size_t)members *sessions);
    for (unsigned i = 0; i < members; i++) {
        for (unsigned j = 0; j < sessions; j++) {
            if (below(inventor, 4) == 0) {
                continue;
            }
            const char *row = arena_printf(inventor->keep, "M%02u;S%u;%s", i, j,
                                           pick(inventor, facts, ARRAY_COUNT(facts)));
            inventor->met[i * sessions + j] = true;
            add_row(inventor, rows, row);
            if (below(inventor, 12) == 0) {
                add_row(inventor, rows, row); /* the same fact given twice */
            }
        }
    }
}

/* Whole kilometres and hours: two claims of one category and day are taken in the order of
 * their lines, and only whole units make the day's total free of that order. */
static void
invent_expenses(struct inventor *inventor, unsigned members, unsigned sessions)
{
    static const char *const receipts[] = {"oui", "oui", "", "F-12"};
    struct invented_rows *rows = &inventor->made.expenses;
    rows->header = "member;date;category;quantity;amount;receipt;note";
    unsigned categories = 0;
    while (categories < 6 && inventor->stage->categories[categories] != NULL) {
        categories++;
    }
    for (unsigned i = 0; i < members * 3; i++) {
        char day[DATE_TEXT_MAX];
        const char *quantity =
            below(inventor, 5) == 0
                ? ""
                : arena_printf(inventor->keep, "%u", 1 + below(inventor, 12));
        const char *amount =
            below(inventor, 5) == 0
                ? ""
                : arena_printf(inventor->keep, "%u,%02u", below(inventor, 150),
                               below(inventor, 100));
        add_row(inventor, rows,
                arena_printf(inventor->keep, "M%02u;%s;%s;%s;%s;%s;n%u",
                             below(inventor, members),
                             date_text(inventor->days[below(inventor, sessions)], day),
                             pick(inventor, inventor->stage->categories, categories),
                             quantity, amount, pick(inventor, receipts, 4), i));
    }
}

static void
invent_means(struct inventor *inventor, unsigned members)
{
    static const char *const values[] = {"999,99", "1000,00", "1000,01",
                                         "0",      "640",     "2000"};
    static const char *const methods[] = {"caf", "msa", "tax_household"};
    struct invented_rows *rows = &inventor->made.means;
    rows->header = "id;measure;value;method;month";
    for (unsigned i = 0; i < members; i++) {
        for (unsigned month = 0; month < below(inventor, 4); month++) {
            add_row(inventor, rows,
                    arena_printf(inventor->keep, "M%02u;quotient_familial;%s;%s;%u-%02u",
                                 i, pick(inventor, values, 6), pick(inventor, methods, 3),
                                 2024 + month % 2, 6 + month * 2));
        }
    }
}

struct invention
invent_batch(struct arena *keep, const char *rules, uint64_t seed)
{
    struct inventor inventor = {.keep = keep, .seed = seed * 2654435761u + 1};
    for (size_t i = 0; i < ARRAY_COUNT(stages); i++) {
        if (text_equals(text_of(stages[i].rules), text_of(rules))) {
            inventor.stage = &stages[i];
        }
    }
    struct period *period = &inventor.made.period;
    inventor.made.rules = rules;
    date_parse_iso(text_of(inventor.stage->first_day), &period->from);
    period->to = date_month_last(date_add_days(period->from, 70));
    for (int i = 0; i < 8; i++) {
        invent_number(&inventor.seed);
    }
    unsigned members = 3 + below(&inventor, 8);
    unsigned sessions = 2 + below(&inventor, 7);
    invent_members(&inventor, members);
    invent_sessions(&inventor, sessions);
    invent_attendance(&inventor, members, sessions);
    invent_expenses(&inventor, members, sessions);
    invent_means(&inventor, members);
    return inventor.made;
}

void
invent_shuffle(struct invented_rows *rows, uint64_t seed)
{
    uint64_t state = seed * 40503u + 7;
    for (size_t i = rows->count; i > 1; i--) {
        size_t j = (size_t)(invent_number(&state) % i);
        const char *kept = rows->items[i - 1];
        rows->items[i - 1] = rows->items[j];
        rows->items[j] = kept;
    }
}

static struct input_list
split(struct arena *keep, const char *name, const struct invented_rows *rows,
      size_t files)
{
    struct input_list list = {0};
    for (size_t file = 0; file < files; file++) {
        const char *bytes = arena_printf(keep, "%s\n", rows->header);
        for (size_t i = file; i < rows->count; i += files) {
            bytes = arena_printf(keep, "%s%s\n", bytes, rows->items[i]);
        }
        const char *path = arena_printf(keep, "%s-%zu.csv", name, file + 1);
        *ARRAY_PUSH(keep, &list) = input_of(keep, text_of(path), text_of(bytes));
    }
    return list;
}

struct reckoning
invent_reckon(struct arena *keep, const struct rules *rules,
              const struct invention *invention, struct period period, size_t files)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct reading reading = {.keep = keep, .rules = rules, .diag = diag};
    struct batch *batch = NEW(keep, struct batch);
    struct input_list members = split(keep, "members", &invention->members, files);
    struct input_list sessions = split(keep, "sessions", &invention->sessions, files);
    struct input_list attendance =
        split(keep, "attendance", &invention->attendance, files);
    struct input_list expenses = split(keep, "expenses", &invention->expenses, files);
    struct input_list means = split(keep, "means", &invention->means, files);
    struct roster *roster = roster_read(&reading, &members);
    struct calendar *calendar = calendar_read(&reading, &sessions);
    struct log *log = attendance_read(&reading, &attendance, roster, calendar);
    *batch = (struct batch){.rules = rules, .period = period};
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = log;
    batch->claims = expenses_read(&reading, &expenses, roster, log);
    const struct means *figures = means_read(&reading, &means, roster);
    batch->decisions = batch_decide(keep, batch, figures);
    struct reckoning reckoning = {
        .batch = batch, .means = figures, .errors = diag_errors(diag)};
    if (reckoning.errors > 0) {
        diag_print(diag, stderr, (struct diag_style){.quiet = true});
        return reckoning;
    }
    reckoning.summary = batch_summarise(keep, batch, NULL, NULL);
    return reckoning;
}
