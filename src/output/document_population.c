/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a run, in the words that the readers of tables know. */
#include "defray/decisions.h"
#include "defray/population_document.h"

#include "document_parts.h"

static const struct column members[] = {
    {"id",           N_("Id"),         CELL_TEXT,    12, false, 0, 0},
    {"last_name",    N_("Last name"),  CELL_TEXT,    12, false, 0, 0},
    {"first_name",   N_("First name"), CELL_TEXT,    12, false, 0, 0},
    {"birth_date",   N_("Birth date"), CELL_DATE,    12, false, 0, 0},
    {"status",       N_("Status"),     CELL_TEXT,    12, false, 0, 0},
    {"body",         N_("Body"),       CELL_TEXT,    24, false, 0, 0},
    {"requested_on", N_("Request"),    CELL_DATE,    12, false, 0, 0},
    {"horsepower",   N_("Power"),      CELL_INTEGER, 8,  false, 0, 0},
};

static const struct column sessions[] = {
    {"session",     N_("Session"), CELL_TEXT, 16, false, 0, 0},
    {"date",        N_("Date"),    CELL_DATE, 12, false, 0, 0},
    {"kind",        N_("Kind"),    CELL_TEXT, 16, false, 0, 0},
    {"start",       N_("From"),    CELL_TEXT, 8,  false, 0, 0},
    {"end",         N_("To"),      CELL_TEXT, 8,  false, 0, 0},
    {"body",        N_("Body"),    CELL_TEXT, 24, false, 0, 0},
    {"meal_served", N_("Meal"),    CELL_TEXT, 6,  false, 0, 0},
};

static const struct column attendance[] = {
    {"member",     N_("Id"),       CELL_TEXT, 12, false, 0, 0},
    {"session",    N_("Session"),  CELL_TEXT, 16, false, 0, 0},
    {"attendance", N_("Presence"), CELL_TEXT, 10, false, 0, 0},
};

static const struct column expenses[] = {
    {"member",     N_("Id"),          CELL_TEXT,     12, false, 0, 0},
    {"date",       N_("Date"),        CELL_DATE,     12, false, 0, 0},
    {"category",   N_("Entitlement"), CELL_TEXT,     20, false, 0, 0},
    {"quantity",   N_("Quantity"),    CELL_QUANTITY, 10, false, 0, 0},
    {"amount",     N_("Amount"),      CELL_MONEY,    10, false, 0, 0},
    {"receipt",    N_("Receipt"),     CELL_TEXT,     8,  false, 0, 0},
    {"claimed_on", N_("Claimed on"),  CELL_DATE,     12, false, 0, 0},
    {"note",       N_("Note"),        CELL_TEXT,     8,  false, 0, 0},
};

static const struct column decisions[] = {
    {"id",      N_("Id"),      CELL_TEXT, 12, false, 0, 0},
    {"rule",    N_("Rules"),   CELL_TEXT, 16, false, 0, 0},
    {"verdict", N_("Verdict"), CELL_TEXT, 14, false, 0, 0},
    {"from",    N_("From"),    CELL_DATE, 12, false, 0, 0},
    {"to",      N_("To"),      CELL_DATE, 12, false, 0, 0},
};

static struct cell
yes_no(bool yes)
{
    return cell_string(yes ? "yes" : "no");
}

static void
put_members(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct roster *roster = ((const struct population *)given)->batch.roster;
    (void)scratch;
    for (size_t i = 0; i < roster->count; i++) {
        const struct participant *person = &roster->items[i];
        const struct participation *row = &person->rows[0];
        struct cell cells[] = {
            cell_text(person->id),
            cell_text(person->last_name),
            cell_text(person->first_name),
            cell_date(person->birth),
            cell_string(status_word(row->status)),
            cell_text(particulars_of(row)->body),
            cell_date(person->requested_on),
            row->horsepower > 0 ? cell_integer(row->horsepower) : cell_empty(),
        };
        sink->row(sink, cells);
    }
}

static void
put_sessions(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct log *log = ((const struct population *)given)->batch.log;
    (void)scratch;
    for (size_t i = 0; i < log->session_count; i++) {
        const struct session *session = &log->sessions[i];
        char start[8];
        char end[8];
        struct cell cells[] = {
            cell_text(session->id),
            cell_date(session->date),
            cell_string(kind_word(session->kind)),
            cell_string(time_text(session->start, start)),
            cell_string(time_text(session->end, end)),
            cell_text(session->body),
            yes_no(session->meal_served),
        };
        sink->row(sink, cells);
    }
}

static void
put_attendance(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct batch *batch = &((const struct population *)given)->batch;
    (void)scratch;
    for (size_t i = 0; i < batch->log->count; i++) {
        const struct attendance *fact = &batch->log->items[i];
        struct cell cells[] = {
            cell_text(batch->roster->items[fact->member].id),
            cell_text(batch->log->sessions[fact->session].id),
            cell_string(presence_word((enum presence)fact->presence)),
        };
        sink->row(sink, cells);
    }
}

static void
put_expenses(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct batch *batch = &((const struct population *)given)->batch;
    (void)scratch;
    for (size_t i = 0; i < batch->claims->count; i++) {
        const struct claim *claim = &batch->claims->items[i];
        struct cell cells[] = {
            cell_text(batch->roster->items[claim->member].id),
            cell_date(claim->date),
            cell_text(claim->category),
            claim->has_quantity ? cell_quantity(claim->quantity) : cell_empty(),
            claim->has_amount ? cell_money(claim->amount) : cell_empty(),
            yes_no(claim->receipt),
            cell_date(claim->claimed_on),
            cell_text(claim_words(claim)->note),
        };
        sink->row(sink, cells);
    }
}

static void
put_decisions(const void *given, struct arena scratch, struct row_sink *sink)
{
    const struct batch *batch = &((const struct population *)given)->batch;
    (void)scratch;
    for (size_t i = 0; batch->decisions != NULL && i < batch->decisions->count; i++) {
        const struct decision *decision = &batch->decisions->items[i];
        struct cell cells[] = {
            cell_text(batch->roster->items[decision->member].id),
            cell_text(batch->rules->id),
            cell_string(verdict_word(decision->verdict)),
            cell_date(decision->during.from),
            cell_date(decision->during.to),
        };
        sink->row(sink, cells);
    }
}

static const struct {
    const char *name;
    const struct column *columns;
    size_t count;
    void (*produce)(const void *context, struct arena scratch, struct row_sink *sink);
} tables[POPULATION_TABLES] = {
    [POPULATION_MEMBERS] = {"members",    members,    ARRAY_COUNT(members),    put_members },
    [POPULATION_SESSIONS] = {"sessions",   sessions,   ARRAY_COUNT(sessions),   put_sessions},
    [POPULATION_ATTENDANCE] = {"attendance", attendance, ARRAY_COUNT(attendance),
                            put_attendance                                                 },
    [POPULATION_EXPENSES] = {"expenses",   expenses,   ARRAY_COUNT(expenses),   put_expenses},
    [POPULATION_DECISIONS] = {"decisions",  decisions,  ARRAY_COUNT(decisions),
                            put_decisions                                                  },
};

const char *
population_table_name(enum population_table table)
{
    return tables[table].name;
}

struct document *
population_document(struct arena *keep, const struct population *population,
                    enum population_table which)
{
    struct table *table = NEW(keep, struct table);
    struct document *document = NEW(keep, struct document);
    enum language language = LANGUAGE_EN;
    *table = document_table(keep, language, tables[which].columns, tables[which].count);
    table->key = tables[which].name;
    table->audience = FOR_CSV;
    table->produce = tables[which].produce;
    table->context = population;
    *document = (struct document){
        .schema = "defray.population/1",
        .public = true,
        .title = "SIMULATION",
        .language = language,
        .tables = table,
        .table_count = 1,
    };
    return document;
}
