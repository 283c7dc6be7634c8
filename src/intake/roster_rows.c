/* SPDX-License-Identifier: Apache-2.0 */
/* One row of members, cell by cell. Wrong bank details are a warning: what is due
 * stays due, and is held. */
#include "roster_rows.h"

#include "defray/bank_text.h"

#include "columns.h"
#include "member.h"
#include "table_unread.h"
#include "wording.h"

#define HORSEPOWER_MAX  99
#define POSTCODE_DIGITS 5

enum {
    ID,
    LAST_NAME,
    FIRST_NAME,
    TITLE,
    BIRTH_DATE,
    STATUS,
    BODY,
    SEAT,
    FROM,
    TO,
    REQUESTED_ON,
    HORSEPOWER,
    KM_BEFORE,
    IBAN,
    BIC,
    ACCOUNT_HOLDER,
    GUARDIAN,
    TOWN,
    POSTCODE,
    COUNTRY,
    COLUMN_COUNT
};

#define SEAT_NAMES "siege|n° de siege|n° siege|numero de siege|siege n°|seat number"

#define FROM_NAMES                                                       \
    "debut_mandat|debut de mandat|debut du mandat|du|date debut mandat|" \
    "date de debut de mandat|date de debut du mandat|date_debut|"        \
    "date de debut|date d'entree|start date|debut|membre depuis le"

#define TO_NAMES                                                 \
    "fin_mandat|fin de mandat|fin du mandat|au|date fin mandat|" \
    "date de fin de mandat|date de fin du mandat|date_fin|"      \
    "date de fin|date de sortie|date de depart|end date|fin|"    \
    "membre jusqu'au|fin de fonctions"

#define REQUEST_NAMES                                             \
    "demande_le|date de demande|date_demande|date de la demande|" \
    "demande recue le|demande du"

#define KM_NAMES                                              \
    "km_anterieurs|kilometres anterieurs|km deja rembourses|" \
    "kilometres deja rembourses|km rembourses avant"

#define GUARDIAN_NAMES                                     \
    "representant_legal|representant|tuteur|tuteur legal|" \
    "responsable legal|legal representative|legal guardian"

static const struct column columns[COLUMN_COUNT] = {
    [ID] = {"id",             "identifiant|matricule|member|membre|numero|n°|no", true },
    [LAST_NAME] = {"last_name",      "nom|nom de famille|surname",                        true },
    [FIRST_NAME] = {"first_name",     "prenom",                                            true },
    [TITLE] = {"title",          "civilite",                                          false},
    [BIRTH_DATE] =
        {"birth_date",
            "date_naissance|date de naissance|date de naiss|ne le|nee le|ne·e le|naissance|ddn|"
         "date de naissance (jj/mm/aaaa)|ne(e) le (jj/mm/aaaa)|ne/nee le|nee/ne le|"
         "date de naissance du membre|date of birth|born on|dob",                  false},
    [STATUS] = {"status",         "statut|statut du membre|statut membre",             false},
    [BODY] = {"body",           "organe",                                            false},
    [SEAT] = {"seat",           SEAT_NAMES,                                          false},
    [FROM] = {"from",           FROM_NAMES,                                          false},
    [TO] = {"to",             TO_NAMES,                                            false},
    [REQUESTED_ON] = {"requested_on",   REQUEST_NAMES,                                       false},
    [HORSEPOWER] = {"horsepower",     "puissance_fiscale|cv|cv fiscaux",                   false},
    [KM_BEFORE] = {"km_before",      KM_NAMES,                                            false},
    [IBAN] = {"iban",           "iban|n° iban|numero iban",                         false},
    [BIC] = {"bic",            "swift",                                             false},
    [ACCOUNT_HOLDER] =
        {"account_holder",
            "titulaire_compte|titulaire du compte|titulaire du compte bancaire",   false},
    [GUARDIAN] = {"guardian",       GUARDIAN_NAMES,                                      false},
    [TOWN] = {"town",           "ville|commune|city",                                false},
    [POSTCODE] = {"postcode",       "code_postal|cp",                                    false},
    [COUNTRY] = {"country",        "pays",                                              false},
};

/* A heading with one of them decides who is paid, whatever else it says. */
static const struct telling_word telling_words[] = {
    {TO,             "mandat"        },
    {TO,             "sortie"        },
    {TO,             "demission"     },
    {TO,             "mandate"       },
    {TO,             "fin"           },
    {TO,             "jusqu"         },
    {TO,             "jusquau"       },
    {TO,             "quitte"        },
    {TO,             "radie"         },
    {TO,             "radiee"        },
    {TO,             "radiation"     },
    {FROM,           "mandat"        },
    {FROM,           "debut"         },
    {BIRTH_DATE,     "date naissance"},
    {BIRTH_DATE,     "age"           },
    {BIRTH_DATE,     "nee"           },
    {BIRTH_DATE,     "born"          },
    {BIRTH_DATE,     "birth"         },
    {SEAT,           "siege"         },
    {SEAT,           "seat"          },
    {STATUS,         "statut"        },
    {STATUS,         "qualite"       },
    {BODY,           "organe"        },
    {BODY,           "instance"      },
    {GUARDIAN,       "representant"  },
    {GUARDIAN,       "tuteur"        },
    {GUARDIAN,       "tutrice"       },
    {KM_BEFORE,      "anterieur"     },
    {REQUESTED_ON,   "demande"       },
    {REQUESTED_ON,   "demandee"      },
    {REQUESTED_ON,   "request"       },
    {REQUESTED_ON,   "requested"     },
    {IBAN,           "iban"          },
    {IBAN,           "rib"           },
    {HORSEPOWER,     "puissance"     },
    {HORSEPOWER,     "cv"            },
    {STATUS,         "titulaire"     },
    {ACCOUNT_HOLDER, "titulaire"     },
};

static struct text
cell_text(const struct table *table, size_t column)
{
    return table_cell(table, column).text;
}

/* A dash typed for everybody is no seat that they share, and no body. */
static struct text
stated_text(const struct table *table, size_t column)
{
    struct text t = cell_text(table, column);
    return t.size > 0 && words_say_nothing(table->scratch, t) ? STR("") : t;
}

/* Nobody is represented by "à compléter": a minor is paid once somebody is named. */
static struct text
name_of_guardian(const struct table *table)
{
    struct text t = cell_text(table, GUARDIAN);
    return t.size > 0 && words_name_nobody(table->scratch, t) ? STR("") : t;
}

enum bank_state
iban_parse(struct arena *keep, struct text given, struct text *iban)
{
    struct text compact = iban_compact(keep, given);
    size_t length = 0;
    if (compact.size == 0) {
        *iban = STR("");
        return BANK_MISSING;
    }
    if (iban_check(compact, &length) != IBAN_SOUND) {
        *iban = text_copy(keep, given);
        return BANK_WRONG;
    }
    *iban = compact;
    return BANK_RIGHT;
}

static void
warn_iban(const struct cell *cell, struct arena scratch, struct text compact)
{
    static const enum code codes[] = {[IBAN_SPELLING] = CODE_B001,
                                      [IBAN_COUNTRY] = CODE_B002,
                                      [IBAN_LENGTH] = CODE_B003,
                                      [IBAN_CHECK] = CODE_B004};
    struct diag *diag = cell_diag(cell);
    size_t length = 0;
    enum iban_fault fault = iban_check(compact, &length);
    if (fault != IBAN_SOUND) {
        diag_warning(diag, cell_where(cell), codes[fault], "%s",
                     iban_fault_words(&scratch, diag_language(diag), fault, length));
    }
}

/* Of the account; empty for the member, as where the cell is. A bank sends back what is transferred
 * to "oui". */
static struct text
name_of_holder(const struct table *table, bool has_account)
{
    struct cell cell = table_cell(table, ACCOUNT_HOLDER);
    struct text t = cell.text;
    struct arena scratch = table->scratch;
    if (t.size > 0 && words_name_oneself(scratch, t)) {
        return text_of(TEXT_JOIN(table->reading->keep, cell_text(table, FIRST_NAME),
                                 STR(" "), cell_text(table, LAST_NAME)));
    }
    bool answer =
        t.size > 0 && (yes_no(scratch, t) >= 0 || words_say_the_same(scratch, t));
    if (!answer && (t.size == 0 || !words_name_nobody(scratch, t))) {
        return t;
    }
    if (has_account && (answer || !words_say_nothing(scratch, t))) {
        roster_tell_holder(cell_diag(&cell), cell_where(&cell));
    }
    return STR("");
}

static void
read_bank(const struct table *table, struct bank *bank, struct particulars *besides)
{
    struct arena *keep = table->reading->keep;
    struct cell iban = table_cell(table, IBAN);
    struct cell bic = table_cell(table, BIC);
    struct arena scratch = table->scratch;
    bank->state = iban_parse(keep, iban.text, &bank->iban);
    besides->holder = name_of_holder(table, bank->state != BANK_MISSING);
    if (bank->state == BANK_WRONG) {
        struct text compact = iban_compact(&scratch, iban.text);
        warn_iban(&iban, scratch, compact);
    }
    besides->bic = iban_compact(keep, bic.text);
    if (besides->bic.size > 0 && !bic_is_valid(besides->bic)) {
        besides->bic = bic.text;
        bank->state = bank->state == BANK_RIGHT ? BANK_WRONG_BIC : bank->state;
        diag_warning(cell_diag(&bic), cell_where(&bic), CODE_B005,
                     "the BIC does not have the 8 or 11 characters of a BIC");
    }
}

/* A name in letters that no bank takes would reach it as question marks. */
static void
read_name_of_account(const struct table *table, struct participation *part)
{
    struct bank *bank = &part->bank;
    struct cell cells[] = {table_cell(table, ACCOUNT_HOLDER),
                           table_cell(table, FIRST_NAME), table_cell(table, LAST_NAME)};
    struct text holder = particulars_of(part)->holder;
    bool stated = holder.size > 0 && text_equals(holder, cells[0].text);
    size_t from = stated ? 0 : 1;
    size_t to = stated ? 1 : ARRAY_COUNT(cells);
    for (size_t i = from; i < to && bank->state != BANK_MISSING; i++) {
        if (cells[i].text.size > 0 && !bank_text_is_whole(cells[i].text)) {
            bank->state = bank->state == BANK_RIGHT ? BANK_WRONG_NAME : bank->state;
            diag_warning(cell_diag(&cells[i]), cell_where(&cells[i]), CODE_B006,
                         "the name has letters that no bank takes");
            return;
        }
    }
}

static bool
read_person(const struct table *table, struct participant *person)
{
    struct cell last_name = table_cell(table, LAST_NAME);
    struct cell first_name = table_cell(table, FIRST_NAME);
    struct cell birth = table_cell(table, BIRTH_DATE);
    struct cell requested_on = table_cell(table, REQUESTED_ON);
    person->last_name = last_name.text;
    person->first_name = first_name.text;
    bool sound = field_required(&last_name);
    sound = field_required(&first_name) && sound;
    sound = field_date(&birth, &person->birth) && sound;
    return field_date(&requested_on, &person->requested_on) && sound;
}

static bool
is_empty(const struct particulars *besides)
{
    return besides->title.size + besides->body.size + besides->seat.size +
                   besides->bic.size + besides->holder.size + besides->guardian.size +
                   besides->town.size + besides->postcode.size + besides->country.size ==
               0 &&
           !besides->km_stated;
}

/* Five digits in France: of 01000 in a cell of numbers 1000 is left. */
static void
check_postcode(const struct table *table, const struct bank *bank)
{
    struct cell cell = table_cell(table, POSTCODE);
    struct text country = cell_text(table, COUNTRY);
    struct arena scratch = table->scratch;
    bool french = country.size == 0
                      ? text_starts_with(bank->iban, STR("FR"))
                      : text_folds_equal(scratch, country, STR("FR")) ||
                            text_folds_equal(scratch, country, STR("France"));
    size_t digits = 0;
    while (digits < cell.text.size && is_digit(cell.text.data[digits])) {
        digits++;
    }
    if (french && digits > 0 && digits == cell.text.size && digits < POSTCODE_DIGITS) {
        diag_warning(
            cell_diag(&cell), cell_where(&cell), CODE_B008,
            "the post code has less than five digits: a zero in front may be lost");
    }
}

static bool
read_part(const struct table *table, struct participation *part)
{
    struct particulars besides = {
        .title = cell_text(table, TITLE),
        .body = stated_text(table, BODY),
        .seat = stated_text(table, SEAT),
        .guardian = name_of_guardian(table),
        .town = cell_text(table, TOWN),
        .postcode = cell_text(table, POSTCODE),
        .country = cell_text(table, COUNTRY),
    };
    struct cell from = table_cell(table, FROM);
    struct cell to = table_cell(table, TO);
    struct cell status = table_cell(table, STATUS);
    struct cell horsepower = table_cell(table, HORSEPOWER);
    struct cell km_before = table_cell(table, KM_BEFORE);
    part->where = table_row(table);
    read_bank(table, &part->bank, &besides);
    check_postcode(table, &part->bank);
    bool sound = field_period(&from, &to, &part->during);
    sound = field_status(&status, &part->status) && sound;
    sound = field_count(&horsepower, HORSEPOWER_MAX, &part->horsepower) && sound;
    sound = field_quantity(&km_before, &besides.km_stated, &besides.km_before) && sound;
    sound = field_kilometres(&km_before) && sound;
    if (!is_empty(&besides)) {
        struct particulars *kept = NEW(table->reading->keep, struct particulars);
        *kept = besides;
        part->particulars = kept;
    }
    return sound;
}

static bool
read_row(void *context, const struct table *table, void *out)
{
    (void)context;
    struct participant *person = out;
    struct cell id = table_cell(table, ID);
    person->id = id.text;
    bool known = field_required(&id);
    read_person(table, person);
    read_part(table, &person->own);
    read_name_of_account(table, &person->own);
    return known;
}

void
roster_rows_read(struct reading *reading, struct arena scratch, struct input *input,
                 struct rows *rows, struct passed_over *lost)
{
    input->confidential = true;
    struct table *table = table_open(reading, scratch, input, columns, COLUMN_COUNT);
    if (table != NULL) {
        table_tell_unread(table, telling_words, ARRAY_COUNT(telling_words));
        table_read(table, &(struct row_reader){.rows = rows, .read = read_row});
    }
    table_pass_over(table, reading->keep, lost);
}

struct columns
roster_columns(void)
{
    return (struct columns){columns, COLUMN_COUNT};
}
