/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of the long form that are not read, and may say when or how long somebody was there: a
 * second pair of times, a break, a duration under another name. What they say would be paid by
 * nobody, or what they take off would be paid. Looked at where the rules pay by time only. */
#include "attendance_reader.h"
#include "cells.h"
#include "forms.h"
#include "wording.h"

#include <string.h>

#define MARKED_MAX 16 /* bytes of a time or a duration */

/* What a heading says of its column. */
enum {
    UNREAD_MARKED = 1,  /* told if a cell holds a time that shows it: 9h30, 09:30 */
    UNREAD_FILLED = 2,  /* told if a cell holds anything but a day or an absence */
    UNREAD_SUM = 4,     /* how long it was in all: told unless it is what is paid */
    UNREAD_SESSION = 8, /* of the session: told unless it is what the calendar says */
    UNREAD_MINUTES = 16 /* its numbers are minutes */
};

/* Words of a heading that name a time, folded, without the figures at their ends. */
static const char time_words[] =
    " depart departs departure departures fin fins end ends start starts sortie sorties "
    "entree entrees reprise reprises coupure coupures retard retards heures hours hour temps "
    "minutes minute min mn break breaks morning afternoon am pm left ";
/* The same, in any form: "arrivé", "arrivée", "arrival". */
static const char *const time_stems[] = {"arriv",  "debut", "pause", "duree",   "durat",
                                         "apresm", "aprem", "matin", "interrup"};
/* Abbreviations, which may as well be those of a department or a district. */
static const char abbreviations[] = " arr dep deb ";
/* Words that say of such a time that it is of something else than the presence. */
static const char elsewhere_words[] =
    " envoi saisie depot inscription reponse mandat contrat lieu ville gare commune adresse "
    "postal trajet train vol bus km kilometre kilometres kilometrage mode moyen transport repas "
    "hotel autorisation billet prix cout montant tarif partiel plein place city station ";
/* Words of a column that people write in, or sign. */
static const char written_words[] =
    " signature signatures emargement emargements visa remarque remarques remark remarks note "
    "notes observation observations commentaire commentaires comment comments motif motifs "
    "raison raisons cause causes reason reasons justificatif justificatifs justification ";
/* A heading of these alone, one of them a measure, is of the whole stay. */
static const char sum_words[] =
    " total totale totaux totales nombre nbre nb de d des la en presence presences effectif "
    "effective effectives effectifs reel reelle reelles of the ";
static const char measures[] =
    " duree durees heures temps minutes minute min mn duration hours ";
static const char session_words[] = " seance session reunion ";
static const char minute_words[] = " minutes minute min mn ";

/* What the words of a heading say, together. */
struct said {
    bool time, elsewhere, written, session, minutes, measure;
    bool more; /* than the measure of a sum */
};

static struct text
without_figures(struct text word)
{
    while (word.size > 0 && is_digit(word.data[word.size - 1])) {
        word.size--;
    }
    return word;
}

static bool
has_stem(struct text word)
{
    for (size_t i = 0; i < ARRAY_COUNT(time_stems); i++) {
        if (text_starts_with(word, text_of(time_stems[i]))) {
            return true;
        }
    }
    return false;
}

static struct said
said_by(struct arena scratch, struct text heading)
{
    struct said said = {0};
    struct text before = STR("");
    for (struct text word = word_next(&scratch, &heading); word.size > 0;
         word = word_next(&scratch, &heading)) {
        struct text bare = without_figures(word);
        bool measure = word_is_among(measures, word);
        bool afternoon =
            text_equals(before, STR("apres")) && text_equals(bare, STR("midi"));
        bool brief = word_is_among(abbreviations, bare);
        said.time = said.time || afternoon || brief || word_is_among(time_words, bare) ||
                    has_stem(bare);
        said.elsewhere = said.elsewhere || word_is_among(elsewhere_words, word);
        said.written = said.written || brief || word_is_among(written_words, word);
        said.session = said.session || word_is_among(session_words, word);
        said.minutes = said.minutes || word_is_among(minute_words, word);
        said.measure = said.measure || measure;
        said.more = said.more || (!measure && !word_is_among(sum_words, word));
        before = word;
    }
    return said;
}

/* How the column at the place is to be looked at; 0 if it is not. */
static unsigned
looked_at(const struct table *table, size_t place, bool complete)
{
    struct said said = said_by(table->scratch, table->headings[place]);
    bool aside = attendance_is_aside(table->folds[place]);
    bool total = text_starts_with(table->folds[place], STR("total"));
    unsigned how = (said.minutes ? UNREAD_MINUTES : 0u) |
                   (said.session && said.time ? UNREAD_SESSION : 0u);
    if ((said.measure || total) && !said.more) {
        return how | UNREAD_SUM | (said.measure ? UNREAD_FILLED : UNREAD_MARKED);
    }
    if (said.time && !said.elsewhere) {
        return how | (said.written || total ? UNREAD_MARKED : UNREAD_FILLED);
    }
    return complete || aside ? 0u : how | UNREAD_MARKED;
}

/* Whether the rules look at how long somebody was there. */
static bool
pays_by_time(const struct rules *rules)
{
    for (size_t i = 0; rules != NULL && i < rules->stipend.tariff_count; i++) {
        const struct tariff *tariff = &rules->stipend.tariffs[i];
        if (tariff->price.unit == UNIT_HOUR || tariff->minimum_minutes > 0) {
            return true;
        }
    }
    return false;
}

void
unread_find(struct attending *a, const struct table *table, bool complete)
{
    a->unread.count = 0;
    a->timed = complete;
    for (size_t i = 0; i < table->heading_count && pays_by_time(a->reading->rules); i++) {
        bool known = table_is_placed(table, i) || table->headings[i].size == 0;
        unsigned how = known ? 0 : looked_at(table, i, complete);
        if (how != 0) {
            *ARRAY_PUSH(a->reading->keep, &a->unread) =
                (struct unread){.place = i, .how = (uint8_t)how};
        }
    }
}

/* A time of day or a duration that shows it: a number may be anything. */
static bool
is_marked(struct text t)
{
    int32_t duration = DURATION_NONE;
    return t.size > 0 && t.size <= MARKED_MAX &&
           (memchr(t.data, ':', t.size) != NULL || memchr(t.data, 'h', t.size) != NULL ||
            memchr(t.data, 'H', t.size) != NULL) &&
           duration_parse(t, &duration);
}

/* 0, 00:00 and 0h00 are no break and no stay. */
static bool
is_nought(struct text t)
{
    bool nought = false;
    for (size_t i = 0; i < t.size; i++) {
        if (t.data[i] >= '1' && t.data[i] <= '9') {
            return false;
        }
        nought = nought || t.data[i] == '0';
    }
    return nought;
}

/* A day without a time: of a mandate, of a form that was sent. */
static bool
is_day(struct text t)
{
    size_t digits = 0;
    for (size_t i = 0; i < t.size; i++) {
        digits += is_digit(t.data[i]);
        if (!is_digit(t.data[i]) && memchr("/-.", t.data[i], 3) == NULL) {
            return false;
        }
    }
    return digits >= 6 && digits < t.size && t.size >= 8;
}

static bool
says_something(struct arena scratch, struct text t)
{
    enum presence presence = PRESENCE_PRESENT;
    return !words_say_nothing(scratch, t) && !is_nought(t) && !is_day(t) &&
           (!presence_parse(scratch, t, &presence) || presence == PRESENCE_PRESENT ||
            presence == PRESENCE_PARTIAL);
}

/* How long the row is paid for, as far as it is known; DURATION_NONE. */
static int32_t
lasted(const struct attending *a, const struct attendance *fact)
{
    if (fact->duration != DURATION_NONE) {
        return fact->duration;
    }
    bool known = fact->session < a->calendar->count;
    const struct session *session = known ? &a->calendar->items[fact->session] : NULL;
    int start = fact->start != TIME_NONE || !known ? fact->start : session->start;
    int end = fact->end != TIME_NONE || !known ? fact->end : session->end;
    return start == TIME_NONE || end == TIME_NONE || end < start
               ? DURATION_NONE
               : (end - start) * DURATION_MINUTE;
}

/* Whether the cell says how long it was in all, and says what is paid. */
static bool
confirms(const struct attending *a, const struct attendance *fact, struct text t,
         bool minutes)
{
    int32_t stated = DURATION_NONE;
    int64_t units = 0;
    int32_t whole = lasted(a, fact);
    if (minutes && decimal_parse(t, 0, &units) == DECIMAL_SOUND) {
        stated = units > INT64_C(1) * MINUTES_IN_DAY * DECIMAL_UNIT
                     ? DURATION_NONE
                     : (int32_t)(units / DECIMAL_UNIT) * DURATION_MINUTE;
    } else if (!duration_parse(t, &stated)) {
        return false;
    }
    return whole != DURATION_NONE && stated != DURATION_NONE &&
           stated - whole < DURATION_MINUTE / 2 && whole - stated < DURATION_MINUTE / 2;
}

/* Whether the cell holds the start or the end that the calendar has. */
static bool
is_bound(const struct attending *a, const struct attendance *fact, struct text t)
{
    int16_t time = TIME_NONE;
    if (fact->session >= a->calendar->count || !time_parse(t, &time)) {
        return false;
    }
    const struct session *session = &a->calendar->items[fact->session];
    return time != TIME_NONE && (time == session->start || time == session->end);
}

static void
tell(const struct attending *a, const struct cell *cell, bool filled)
{
    struct text heading = cell->table->headings[cell->place];
    if (filled && !is_marked(cell->text)) {
        diag_warning(
            cell_diag(cell), cell_where(cell), CODE_T089,
            "the column '%.*s' is not read, and may say when or how long somebody "
            "was there",
            TEXT_ARG(heading));
    } else if (a->timed) {
        diag_warning(
            cell_diag(cell), cell_where(cell), CODE_T089,
            "the column '%.*s' holds times or durations, and is not read: a second "
            "stay, or what follows a break, takes a row of its own",
            TEXT_ARG(heading));
    } else {
        diag_warning(cell_diag(cell), cell_where(cell), CODE_T089,
                     "the column '%.*s' holds times or durations, and is not read",
                     TEXT_ARG(heading));
    }
}

/* A cell that holds something and no value to read, such as 100 shown as 1h00. */
static bool
is_at_fault(const struct table *table, size_t place)
{
    for (size_t i = 0; i < table->sheet->fault_count; i++) {
        if (table->sheet->faults[i].cell == place) {
            return true;
        }
    }
    return false;
}

void
unread_look(struct attending *a, const struct table *table, const struct attendance *fact)
{
    for (size_t i = 0; i < a->unread.count; i++) {
        struct unread *unread = &a->unread.items[i];
        struct cell cell = table_cell_at(table, unread->place);
        bool filled = (unread->how & UNREAD_FILLED) != 0;
        bool fault = filled && is_at_fault(table, unread->place);
        if (unread->told || (cell.text.size == 0 && !fault)) {
            continue;
        }
        bool meant = fault || (filled ? says_something(table->scratch, cell.text)
                                      : is_marked(cell.text) && !is_nought(cell.text));
        bool minutes = (unread->how & UNREAD_MINUTES) != 0;
        bool confirmed =
            ((unread->how & UNREAD_SUM) != 0 && confirms(a, fact, cell.text, minutes)) ||
            ((unread->how & UNREAD_SESSION) != 0 && is_bound(a, fact, cell.text));
        if (meant && !confirmed && !table_defers(table)) {
            unread->told = true;
            tell(a, &cell, filled);
        }
    }
}
