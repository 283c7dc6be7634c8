/* SPDX-License-Identifier: Apache-2.0 */
/* What documents share: how a text, an amount, a date, a place is shown. */
#include "document_parts.h"

#define NO_BREAK_SPACE "\xC2\xA0"

const struct column *
document_columns(struct arena *keep, enum language language, const struct column *columns,
                 size_t count)
{
    struct column *translated = NEW_ARRAY(keep, struct column, count);
    for (size_t i = 0; i < count; i++) {
        const char *title = columns[i].title;
        translated[i] = columns[i];
        if (title != NULL && title[0] != '\0') {
            translated[i].title = tr(language, title);
        }
    }
    return translated;
}

struct table
document_table(struct arena *keep, enum language language, const struct column *columns,
               size_t count)
{
    return (struct table){.columns = document_columns(keep, language, columns, count),
                          .column_count = count,
                          .audience = FOR_SHEET};
}

void
document_set_properties(struct arena *keep, struct document *document,
                        const struct property *properties, size_t count)
{
    struct property *own = NEW_ARRAY(keep, struct property, count);
    for (size_t i = 0; i < count; i++) {
        own[i] = properties[i];
    }
    document->properties = own;
    document->property_count = count;
}

void
document_note(struct arena *keep, struct notes *notes, enum tone tone, const char *text)
{
    struct note *note = ARRAY_PUSH(keep, notes);
    note->tone = tone;
    note->text = text;
}

void
document_put_input(enum language language, const struct input *input,
                   struct row_sink *sink)
{
    char sha256[65];
    digest_text(input->digest, sha256);
    /* From the fingerprint of a short list of incomes one could try them all. */
    struct cell withheld = cell_toned(
        cell_worded(tr(language, N_("kept by the legal team")), "withheld"), TONE_QUIET);
    struct cell cells[] = {cell_text(input->path),
                           input->guessable ? withheld : cell_string(sha256)};
    sink->row(sink, cells);
}

const char *
shown_place(struct arena *keep, const struct rules *rules, struct where where)
{
    bool is_rules = where.input == rules->file;
    for (size_t i = 0; i < rules->common_count; i++) {
        is_rules = is_rules || where.input == rules->commons[i];
    }
    if (where.input == NULL) {
        return "";
    }
    return is_rules ? where_name(keep, where) : where_text(keep, where);
}

const char *
shown_name(struct arena *keep, const struct participant *participant)
{
    return TEXT_JOIN(keep, participant->last_name, STR(" "), participant->first_name);
}

const char *
shown_amount(struct arena *keep, enum language language, struct money amount)
{
    const char *shown = tr_money(keep, language, amount);
    return arena_printf(keep, language == LANGUAGE_FR ? "%s" NO_BREAK_SPACE "€" : "€%s",
                        shown);
}

const char *
shown_date(struct arena *keep, enum language language, struct date date)
{
    char iso[DATE_TEXT_MAX];
    date_text(date, iso);
    if (language != LANGUAGE_FR || iso[0] == '\0') {
        return arena_printf(keep, "%s", iso);
    }
    int year = 0;
    int month = 0;
    int day = 0;
    date_split(date, &year, &month, &day);
    return arena_printf(keep, "%02d/%02d/%04d", day, month, year);
}

struct cell
derivation_cell(struct arena *keep, enum language language, struct text derivation)
{
    const char *word = text_string(keep, derivation);
    return cell_worded(tr_decimals(keep, language, word), word);
}

const char *
shown_category(enum language language, struct text key)
{
    static const struct {
        const char *key, *label;
    } categories[] = {
        {"mileage",          N_("mileage")         },
        {"public_transport", N_("public transport")},
        {"parking",          N_("parking")         },
        {"toll",             N_("toll")            },
        {"childcare",        N_("childcare")       },
        {"meal",             N_("meals")           },
        {"lodging",          N_("lodging")         },
        {"income_loss",      N_("loss of income")  },
    };
    for (size_t i = 0; i < ARRAY_COUNT(categories); i++) {
        if (text_equals(key, text_of(categories[i].key))) {
            return tr(language, categories[i].label);
        }
    }
    return NULL;
}
