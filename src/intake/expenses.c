/* SPDX-License-Identifier: Apache-2.0 */
/* The claims. What a claim needs is for the rules to say; here a cell is only read,
 * and told when nothing will use it. */
#include "defray/expenses.h"

#include "columns.h"
#include "expenses_twice.h"
#include "names.h"
#include "part_of_day.h"
#include "receipt.h"
#include "table_unread.h"
#include "wording.h"

#include <string.h>

#define ROW_BYTES 256 /* scratch for a byte of a table */
#define ROW_LEAST 4   /* bytes that a row takes */

#define RECEIPT_NAME_MIN 4

enum {
    MEMBER,
    DATE,
    SESSION,
    CATEGORY,
    QUANTITY,
    AMOUNT,
    RECEIPT,
    CLAIMED_ON,
    NOTE,
    PLACE,
    ROUTE,
    MODE,
    CURRENCY,  /* from here on no column that the form has: amounts are in euros */
    LAST_NAME, /* names, as a proof beside keys */
    FIRST_NAME,
    FULL_NAME,
    COLUMN_COUNT
};

#define DATE_NAMES    "jour|date de la depense|date depense|date des frais"
#define AMOUNT_NAMES  "montant|montant ttc"
#define RECEIPT_NAMES "justificatif|piece justificative|pieces justificatives"
#define CLAIMED_NAMES "demande_le|depose_le|date de depot|date de demande"

static const struct column columns[COLUMN_COUNT] = {
    [MEMBER] = {"member",     "membre|identifiant|matricule|id|n°|numero", true },
    [DATE] = {"date",       DATE_NAMES,                                   false},
    [SESSION] = {"session",    "seance",                                     false},
    [CATEGORY] = {"category",   "categorie|nature",                           true },
    [QUANTITY] = {"quantity",   "quantite",                                   false},
    [AMOUNT] = {"amount",     AMOUNT_NAMES,                                 false},
    [RECEIPT] = {"receipt",    RECEIPT_NAMES,                                false},
    [CLAIMED_ON] = {"claimed_on", CLAIMED_NAMES,                                false},
    [NOTE] = {"note",       "observation|observations|remarque",          false},
    [PLACE] = {"place",      "lieu|destination",                           false},
    [ROUTE] = {"route",      "trajet|itineraire|parcours",                 false},
    [MODE] = {"mode",       "moyen|moyen de transport|mode de transport", false},
    [CURRENCY] = {"currency",   "devise|monnaie|devises",                     false},
    [LAST_NAME] = NAME_COLUMN_LAST,
    [FIRST_NAME] = NAME_COLUMN_FIRST,
    [FULL_NAME] = NAME_COLUMN_FULL,
};

/* A heading with one of them decides what is paid of a claim, whatever else it says. */
static const struct telling_word telling_words[] = {
    {QUANTITY,   "nombre"       },
    {QUANTITY,   "nb"           },
    {QUANTITY,   "km"           },
    {QUANTITY,   "kilometre"    },
    {QUANTITY,   "heure"        },
    {QUANTITY,   "nuit"         },
    {AMOUNT,     "montant"      },
    {AMOUNT,     "prix"         },
    {AMOUNT,     "cout"         },
    {RECEIPT,    "justificative"},
    {RECEIPT,    "justificatif" },
    {RECEIPT,    "piece"        },
    {CLAIMED_ON, "depot"        },
    {CLAIMED_ON, "demande"      },
    {DATE,       "date"         },
};

/* What says that an amount is in euros, folded. */
static const char euro_words[] = " \xE2\x82\xAC eur euro euros en in ttc ht ";

struct claiming {
    struct reading *reading;
    const struct roster *roster;
    const struct log *log;
    struct names *names;
    bool named;          /* the table has names beside the keys */
    struct map sessions; /* id to index in the log */
    struct map unknown;  /* categories that were reported */
    struct map worded;   /* receipts in words that were reported */
    struct arena scratch;
};

/* The names that the rules know, for "did you mean". */
static struct text
guess_category(const struct claiming *c, struct text name)
{
    const struct rules *rules = c->reading->rules;
    struct arena scratch = c->scratch;
    size_t count = 0;
    for (size_t i = 0; i < rules->category_count; i++) {
        count += 1 + rules->categories[i].also_count;
    }
    struct text *names = NEW_ARRAY(&scratch, struct text, count);
    count = 0;
    for (size_t i = 0; i < rules->category_count; i++) {
        const struct category *category = &rules->categories[i];
        names[count++] = category->price.key;
        for (size_t j = 0; j < category->also_count; j++) {
            names[count++] = category->also[j];
        }
    }
    return text_nearest(scratch, name, names, count);
}

/* Tells of a category that the rules do not name, once a spelling. */
static void
warn_category(struct claiming *c, const struct cell *cell)
{
    struct diag *diag = c->reading->diag;
    if (table_defers(cell->table)) {
        return;
    }
    struct text fold = text_fold(c->reading->keep, cell->text);
    size_t before = c->unknown.count;
    map_insert(c->reading->keep, &c->unknown, fold, 0);
    if (c->unknown.count == before) {
        return;
    }
    diag_warning(diag, cell_where(cell), CODE_E002,
                 "category '%s' is none of those that the rules pay", cell_shown(cell));
    diag_suggest(diag, guess_category(c, cell->text));
}

static void
warn_unused(const struct claiming *c, const struct table *table,
            const struct claim *claim)
{
    struct cell category = table_cell(table, CATEGORY);
    struct cell quantity = table_cell(table, QUANTITY);
    struct cell amount = table_cell(table, AMOUNT);
    struct diag *diag = c->reading->diag;
    const struct category *found =
        rules_category(c->reading->rules, table->scratch, claim->category);
    const struct method *method = found->price.method;
    if (claim->has_quantity && !method->uses_quantity) {
        diag_warning(diag, cell_where(&quantity), CODE_E005,
                     "category '%s' has no quantity: '%s' is not used",
                     cell_shown(&category), cell_shown(&quantity));
    }
    if (claim->has_amount && !method->uses_amount) {
        diag_warning(diag, cell_where(&amount), CODE_E005,
                     "category '%s' has no amount: '%s' is not used",
                     cell_shown(&category), cell_shown(&amount));
    }
}

static bool
read_category(struct claiming *c, const struct table *table, struct claim *claim)
{
    struct cell cell = table_cell(table, CATEGORY);
    claim->category = cell.text;
    if (!field_required(&cell)) {
        return false;
    }
    if (c->reading->rules == NULL) {
        return true;
    }
    const struct category *found =
        rules_category(c->reading->rules, table->scratch, cell.text);
    if (found == NULL) {
        warn_category(c, &cell);
        return true;
    }
    warn_unused(c, table, claim);
    struct cell quantity = table_cell(table, QUANTITY);
    switch (found->price.unit) {
    case UNIT_KILOMETRE: return field_kilometres(&quantity);
    case UNIT_NIGHT:
    case UNIT_MEAL: return field_no_duration(&quantity);
    default: return true;
    }
}

static struct text
guess_session(const struct claiming *c, const struct cell *cell)
{
    struct arena scratch = cell->table->scratch;
    if (*cell->table->guesses >= GUESSES_MAX) {
        return STR("");
    }
    ++*cell->table->guesses;
    struct text *ids = NEW_ARRAY(&scratch, struct text, c->log->session_count);
    for (size_t i = 0; i < c->log->session_count; i++) {
        ids[i] = c->log->sessions[i].id;
    }
    return text_nearest(scratch, cell->text, ids, c->log->session_count);
}

/* The session must exist, on the claim's day; without a day, it gives it. */
static bool
read_session(const struct claiming *c, const struct table *table, struct claim *claim)
{
    struct cell cell = table_cell(table, SESSION);
    struct diag *diag = c->reading->diag;
    claim->session = cell.text;
    if (cell.text.size == 0) {
        return !date_is_none(claim->date) ||
               diag_error(diag, table_row(table), CODE_E006,
                          "the claim has neither a date nor a session");
    }
    uint32_t index = map_find(&c->sessions, cell.text);
    if (index == MAP_NONE && passed_over_may_hold(&c->log->lost, cell.text)) {
        return false; /* the row that would have named it has its own diagnostic */
    }
    if (index == MAP_NONE) {
        diag_error(diag, cell_where(&cell), CODE_E003,
                   "session '%s' is neither in the calendar nor in the attendance",
                   cell_shown(&cell));
        cell_suggest(&cell, guess_session(c, &cell));
        return false;
    }
    const struct session *session = &c->log->sessions[index];
    if (date_is_none(claim->date)) {
        claim->date = session->date;
        return true;
    }
    if (date_is_none(session->date) || date_compare(session->date, claim->date) == 0) {
        return true;
    }
    char date[DATE_TEXT_MAX];
    diag_error(diag, cell_where(&cell), CODE_E004,
               "session '%s' is on %s, not on the day of the claim", cell_shown(&cell),
               date_text(session->date, date));
    diag_other_place(diag, session->where);
    return false;
}

/* Tells of words that do not say which receipt it is, once a spelling. They are not quoted, nor is
 * any reference: it may say what somebody was treated for. */
static void
warn_worded(struct claiming *c, const struct cell *cell)
{
    struct diag *diag = c->reading->diag;
    if (table_defers(cell->table)) {
        return;
    }
    size_t before = c->worded.count;
    map_insert(c->reading->keep, &c->worded, text_fold(c->reading->keep, cell->text), 0);
    if (c->worded.count > before) {
        diag_warning(
            diag, cell_where(cell), CODE_E007,
            "the receipt is given in words, without a number of its own: it counts as held");
    }
}

static void
read_receipt(struct claiming *c, const struct table *table, struct claim *claim,
             struct text *reference)
{
    struct cell cell = table_cell(table, RECEIPT);
    enum receipt receipt = receipt_parse(table->scratch, cell.text);
    claim->receipt = receipt != RECEIPT_MISSING;
    *reference = STR("");
    if (receipt == RECEIPT_REFERRED || receipt == RECEIPT_WORDED) {
        *reference = cell.text;
    }
    if (receipt == RECEIPT_WORDED) {
        warn_worded(c, &cell);
    }
}

/* Most claims say nothing: what some do is kept apart. */
static void
keep_words(const struct table *table, struct claim *claim, struct claim_words words)
{
    if (words.receipt_reference.size + words.note.size + words.place.size +
            words.route.size + words.mode.size >
        0) {
        struct claim_words *kept = NEW(table->reading->keep, struct claim_words);
        *kept = words;
        claim->words = kept;
    }
}

/* Whether the row's currency is the euro, or not stated. A dollar is no word. */
static bool
read_currency(const struct table *table)
{
    struct cell cell = table_cell(table, CURRENCY);
    struct arena scratch = table->scratch;
    struct text rest = cell.text;
    bool dollars = rest.size > 0 && memchr(rest.data, '$', rest.size) != NULL;
    bool euros = !dollars;
    for (struct text word = word_next(&scratch, &rest); word.size > 0;
         word = word_next(&scratch, &rest)) {
        euros = euros && word_is_among(euro_words, word);
    }
    return euros || (!dollars && words_say_nothing(scratch, cell.text)) ||
           diag_error(cell_diag(&cell), cell_where(&cell), CODE_E009,
                      "the amount is in '%s', and amounts are in euros",
                      cell_shown(&cell));
}

static bool
read_row(void *context, const struct table *table, void *out)
{
    struct claiming *c = context;
    struct claim claim = {.same_as = INDEX_NONE, .where = table_row(table)};
    struct cell member = table_cell(table, MEMBER);
    struct cell date = table_cell(table, DATE);
    struct cell quantity = table_cell(table, QUANTITY);
    struct cell amount = table_cell(table, AMOUNT);
    struct cell claimed_on = table_cell(table, CLAIMED_ON);
    struct claim_words words = {
        .note = table_cell(table, NOTE).text,
        .place = table_cell(table, PLACE).text,
        .route = table_cell(table, ROUTE).text,
        .mode = table_cell(table, MODE).text,
    };
    read_receipt(c, table, &claim, &words.receipt_reference);
    keep_words(table, &claim, words);
    bool sound = cell_member(&member, c->roster, &claim.member);
    if (sound && c->named) {
        struct row_name name = names_of_row(table, LAST_NAME);
        sound = names_agree(c->names, table->scratch, &name, claim.member);
    }
    bool counted = field_quantity(&quantity, &claim.has_quantity, &claim.quantity);
    bool priced = field_amount(&amount, &claim.has_amount, &claim.amount);
    claim.has_quantity = claim.has_quantity && counted;
    claim.has_amount = claim.has_amount && priced;
    sound = sound && counted && priced;
    sound = read_currency(table) && sound;
    sound = field_date(&claimed_on, &claim.claimed_on) && sound;
    sound = read_category(c, table, &claim) && sound;
    sound = field_date(&date, &claim.date) && read_session(c, table, &claim) && sound;
    sound = sound && claimed_hours_check(&quantity, c->log, &claim);
    *(struct claim *)out = claim;
    return sound;
}

/* What is read of a part. */
static void *
claim_aside(const void *context, const struct table *table, struct arena *arena)
{
    const struct claiming *whole = context;
    struct claiming *c = NEW(arena, struct claiming);
    *c = (struct claiming){
        .reading = table->reading,
        .roster = whole->roster,
        .log = whole->log,
        .names = whole->names,
        .named = whole->named,
        .sessions = whole->sessions,
        .unknown = whole->unknown,
        .worded = whole->worded,
        .scratch = arena_share(arena, 2),
    };
    return c;
}

const struct claim_words *
claim_words(const struct claim *claim)
{
    static const struct claim_words nothing = {
        .receipt_reference = STR_INIT(""),
        .note = STR_INIT(""),
        .place = STR_INIT(""),
        .route = STR_INIT(""),
        .mode = STR_INIT(""),
    };
    return claim->words == NULL ? &nothing : claim->words;
}

bool
claim_names_receipt(const struct claim *claim)
{
    struct text reference = claim_words(claim)->receipt_reference;
    size_t digits = 0;
    size_t letters = 0;
    for (size_t i = 0; i < reference.size; i++) {
        unsigned char c = (unsigned char)reference.data[i];
        digits += c >= '0' && c <= '9';
        letters += (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
    return digits > 0 && digits + letters >= RECEIPT_NAME_MIN;
}

/* A sheet that goes on without its header: a member, and a category that the rules know. */
static bool
is_like_claim(void *reader, const struct loose_row *row)
{
    const struct claiming *c = reader;
    const struct rules *rules = c->reading->rules;
    bool member = false;
    bool category = false;
    for (size_t i = 0; i < row->count; i++) {
        struct text text = text_trim(row->cells[i]);
        if (text.size == 0) {
            continue;
        }
        member = member || roster_find(c->roster, text) != INDEX_NONE;
        category = category ||
                   (rules != NULL && rules_category(rules, row->scratch, text) != NULL);
    }
    return member && category;
}

static struct table *
open_claims(struct claiming *c, struct input *input)
{
    const struct layout layout = {
        .columns = columns,
        .count = COLUMN_COUNT,
        .proofs = COLUMN_COUNT - LAST_NAME,
        .likeness = {.row = is_like_claim, .reader = c},
    };
    struct table *table = table_begin(c->reading, c->scratch, input, &layout, 1);
    if (table == NULL || table_match(table, columns, COLUMN_COUNT)) {
        return table;
    }
    table_shut(table);
    return NULL;
}

static void
read_file(struct claiming *c, struct input *input, struct rows *rows)
{
    struct table *table = open_claims(c, input);
    if (table == NULL) {
        return;
    }
    table_tell_unread(table, telling_words, ARRAY_COUNT(telling_words));
    table_hide(table, RECEIPT);
    /* What is said of a trip in words, and who made it. */
    for (size_t column = NOTE; column < COLUMN_COUNT; column++) {
        if (column != CURRENCY) {
            table_hide(table, column);
        }
    }
    c->named = names_stand(table, LAST_NAME);
    if (c->named) {
        names_know(c->names);
    }
    table_read(table,
               &(struct row_reader){
                   .context = c, .rows = rows, .read = read_row, .aside = claim_aside});
}

struct claims *
expenses_read(struct reading *reading, const struct input_list *files,
              const struct roster *roster, const struct log *log)
{
    struct arena start = intake_scratch(files, ROW_BYTES);
    struct rows rows = rows_new(files, ROW_LEAST, sizeof(struct claim));
    struct claiming c = {.reading = reading,
                         .roster = roster,
                         .log = log,
                         .names = names_new(reading->keep, roster),
                         .scratch = start};
    for (size_t i = 0; i < log->session_count; i++) {
        if (log->sessions[i].id.size > 0) {
            map_insert(reading->keep, &c.sessions, log->sessions[i].id, (uint32_t)i);
        }
    }
    for (size_t i = 0; i < files->count; i++) {
        read_file(&c, files->items[i], &rows);
    }
    struct claims *claims = NEW(reading->keep, struct claims);
    claims->items = rows.items;
    claims->count = rows.count;
    const struct claims_order by = {rows.items, reading->rules,
                                    arena_share(&c.scratch, 2)};
    claims->first = facts_sort(reading->keep, c.scratch, roster, &rows,
                               (struct order){claims_compare, &by});
    claims_mark_repeated(reading, c.scratch, roster, log, claims);
    arena_release(start);
    return claims;
}

struct columns
expenses_columns(void)
{
    return (struct columns){columns, CURRENCY};
}
