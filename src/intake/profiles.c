/* SPDX-License-Identifier: Apache-2.0 */
/* A row a profile: who, how long, and what a day cost. No message shows anything of a row. */
#include "defray/profiles.h"

#include "member.h"

#define ROW_BYTES      64
#define AGE_MAX        120
#define HORSEPOWER_MAX 99

enum {
    LABEL,
    DATE,
    KIND,
    HOURS,
    DAYS,
    STATUS,
    AGE,
    REQUESTED,
    QUOTIENT,
    METHOD,
    HORSEPOWER,
    KM,
    TRANSPORT,
    PARKING,
    CHILDCARE_HOURS,
    CHILDCARE,
    MEAL,
    NIGHTS,
    LODGING,
    LOST_HOURS,
    COLUMN_COUNT
};

static const struct column columns[COLUMN_COUNT] = {
    [LABEL] = {"profile",         "profil|libelle|label",         true },
    [DATE] = {"date",            "jour",                         false},
    [KIND] = {"kind",            "nature",                       false},
    [HOURS] = {"hours",           "heures",                       false},
    [DAYS] = {"days",            "jours|nombre_de_jours",        false},
    [STATUS] = {"status",          "statut",                       false},
    [AGE] = {"age",             "",                             false},
    [REQUESTED] = {"requested",       "demande",                      false},
    [QUOTIENT] = {"quotient",        "quotient_familial|qf",         false},
    [METHOD] = {"method",          "methode",                      false},
    [HORSEPOWER] = {"horsepower",      "puissance_fiscale",            false},
    [KM] = {"km",              "kilometres",                   false},
    [TRANSPORT] = {"transport",       "transports|billet",            false},
    [PARKING] = {"parking",         "stationnement",                false},
    [CHILDCARE_HOURS] = {"childcare_hours", "heures_garde|heures_de_garde", false},
    [CHILDCARE] = {"childcare",       "garde|montant_garde",          false},
    [MEAL] = {"meal",            "repas",                        false},
    [NIGHTS] = {"nights",          "nuits",                        false},
    [LODGING] = {"lodging",         "hebergement|hotel",            false},
    [LOST_HOURS] = {"lost_hours",      "heures_perdues",               false},
};

struct expense { /* a category, and the columns that hold its claim */
    struct text category;
    size_t quantity, amount; /* COLUMN_COUNT: has none */
};

static const struct expense expenses[PROFILE_CLAIMS_MAX] = {
    {STR_INIT("mileage"),          KM,              COLUMN_COUNT},
    {STR_INIT("public_transport"), COLUMN_COUNT,    TRANSPORT   },
    {STR_INIT("parking"),          COLUMN_COUNT,    PARKING     },
    {STR_INIT("childcare"),        CHILDCARE_HOURS, CHILDCARE   },
    {STR_INIT("meal"),             COLUMN_COUNT,    MEAL        },
    {STR_INIT("lodging"),          NIGHTS,          LODGING     },
    {STR_INIT("income_loss"),      LOST_HOURS,      COLUMN_COUNT},
};

static bool
read_number(const struct table *table, size_t column, uint32_t max, uint32_t *out)
{
    struct cell cell = table_cell(table, column);
    return field_count(&cell, max, out);
}

/* A figure without who established it would be compared with any threshold. */
static bool
read_figure(const struct table *table, struct example *who)
{
    struct cell figure = table_cell(table, QUOTIENT);
    struct cell method = table_cell(table, METHOD);
    if (!field_amount(&figure, &who->has_figure, &who->figure)) {
        return false;
    }
    return !who->has_figure ||
           evidence_method_parse(table->scratch, method.text, &who->figure_method) ||
           diag_error(cell_diag(&method), cell_where(&method), CODE_N005,
                      "the method is not known (caf, msa, tax_household)");
}

static bool
read_who(const struct table *table, struct example *who)
{
    struct cell status = table_cell(table, STATUS);
    struct cell requested = table_cell(table, REQUESTED);
    uint32_t age = 0;
    bool sound = field_status(&status, &who->status);
    sound = field_yes(&requested, &who->requested) && sound;
    sound = read_number(table, AGE, AGE_MAX, &age) && sound;
    sound = read_number(table, HORSEPOWER, HORSEPOWER_MAX, &who->horsepower) && sound;
    who->age = (int)age;
    who->where = table_row(table);
    return read_figure(table, who) && sound;
}

static bool
read_claim(const struct table *table, const struct expense *expense,
           struct profile *profile)
{
    struct example_claim claim = {.category = expense->category, .receipt = true};
    bool sound = true;
    if (expense->quantity < COLUMN_COUNT) {
        struct cell cell = table_cell(table, expense->quantity);
        sound = field_quantity(&cell, &claim.has_quantity, &claim.quantity) &&
                (expense->quantity != KM || field_kilometres(&cell)) &&
                (expense->quantity != NIGHTS || field_no_duration(&cell));
    }
    if (expense->amount < COLUMN_COUNT) {
        struct cell cell = table_cell(table, expense->amount);
        sound = field_amount(&cell, &claim.has_amount, &claim.amount) && sound;
    }
    if (claim.has_quantity || claim.has_amount) {
        profile->claims[profile->claim_count++] = claim;
    }
    return sound;
}

static void
read_row(const struct table *table, struct profiles *profiles)
{
    struct profile profile = {.date = DATE_NONE};
    struct cell label = table_cell(table, LABEL);
    struct cell date = table_cell(table, DATE);
    struct cell kind = table_cell(table, KIND);
    struct cell hours = table_cell(table, HOURS);
    profile.label = label.text;
    bool sound = field_required(&label);
    sound = field_date(&date, &profile.date) && sound;
    sound = field_kind(&kind, &profile.kind) && sound;
    sound = field_hours(&hours, &profile.duration) && sound;
    sound = read_number(table, DAYS, PROFILE_DAYS_MAX, &profile.days) && sound;
    sound = read_who(table, &profile.who) && sound;
    for (size_t i = 0; i < PROFILE_CLAIMS_MAX; i++) {
        sound = read_claim(table, &expenses[i], &profile) && sound;
    }
    profile.days = profile.days == 0 ? 1 : profile.days;
    if (sound) {
        *ARRAY_PUSH(table->reading->keep, profiles) = profile;
    }
}

struct profiles *
profiles_read(struct reading *reading, const struct input_list *files)
{
    struct arena start = intake_scratch(files, ROW_BYTES);
    struct profiles *profiles = NEW(reading->keep, struct profiles);
    for (size_t i = 0; i < files->count; i++) {
        files->items[i]->confidential = true;
        struct table *table =
            table_open(reading, start, files->items[i], columns, COLUMN_COUNT);
        while (table != NULL && table_next(table)) {
            read_row(table, profiles);
        }
    }
    arena_release(start);
    return profiles;
}
