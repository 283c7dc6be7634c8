/* SPDX-License-Identifier: Apache-2.0 */
/* Figures, days and texts as they stand in a sentence. */
#include "wording.h"

#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"

static const char *const months_fr[] = {
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre",
};
static const char *const months_en[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

/* A space that does not break, in French; a plain one in English. */
static const char *
space(enum language language)
{
    return language == LANGUAGE_FR ? NO_BREAK_SPACE : " ";
}

static const char *
month_name(enum language language, int month)
{
    return language == LANGUAGE_FR ? months_fr[month - 1] : months_en[month - 1];
}

const char *
worded_day(struct arena *keep, enum language language, struct date date)
{
    int year = 0;
    int month = 0;
    int day = 0;
    if (date_is_none(date) || date_is_open(date)) {
        return "";
    }
    date_split(date, &year, &month, &day);
    bool first = language == LANGUAGE_FR && day == 1;
    return arena_printf(keep, "%d%s %s %d", day, first ? "er" : "",
                        month_name(language, month), year);
}

const char *
worded_month(struct arena *keep, enum language language, struct text month)
{
    struct date date;
    const char *first = arena_printf(keep, "%.*s-01", TEXT_ARG(month));
    if (!date_parse_iso(text_of(first), &date)) {
        return text_string(keep, month);
    }
    return arena_printf(keep, "%s %d", month_name(language, date_month(date)),
                        date_year(date));
}

const char *
worded_duration(struct arena *keep, enum language language, int32_t duration)
{
    int32_t hours = duration / DURATION_HOUR;
    int32_t minutes = duration % DURATION_HOUR / DURATION_MINUTE;
    int32_t rest = duration % DURATION_MINUTE;
    if (rest != 0) {
        return worded_units(keep, language, duration_hours(duration), UNIT_HOUR);
    }
    if (minutes == 0) {
        return arena_printf(keep, "%d%sh", hours, space(language));
    }
    return arena_printf(keep, "%d%sh%s%02d", hours, space(language), space(language),
                        minutes);
}

/* The decimal mark of the language. */
static const char *
decimal(struct arena *keep, enum language language, const char *digits)
{
    char *out = NEW_ARRAY(keep, char, strlen(digits) + 1);
    for (size_t i = 0; digits[i] != '\0'; i++) {
        out[i] = language == LANGUAGE_FR && digits[i] == '.' ? ',' : digits[i];
    }
    return out;
}

const char *
worded_euros(struct arena *keep, enum language language, struct money amount)
{
    return arena_printf(keep, "%s%s€", tr_money(keep, language, amount), space(language));
}

const char *
worded_exact(struct arena *keep, enum language language, struct ratio euros)
{
    char digits[RATIO_TEXT_MAX];
    if (100 % euros.den == 0) {
        return worded_euros(keep, language, money_round(euros, ROUND_HALF_UP));
    }
    bool ends = INT64_C(1000000000) % euros.den == 0;
    ratio_text(euros, 2, ends ? 9 : 6, digits);
    return arena_printf(keep, "%s%s%s€", decimal(keep, language, digits), ends ? "" : "…",
                        space(language));
}

static const char *
unit_name(enum language language, enum unit unit, struct ratio quantity)
{
    if (unit == UNIT_HOUR) {
        return "h";
    }
    if (unit == UNIT_KILOMETRE) {
        return "km";
    }
    return unit_counted(language, unit, quantity);
}

const char *
worded_units(struct arena *keep, enum language language, struct ratio quantity,
             enum unit unit)
{
    char digits[RATIO_TEXT_MAX];
    const char *name = unit_name(language, unit, quantity);
    if (10000 % quantity.den != 0 && 3000 % quantity.den == 0 && unit == UNIT_HOUR) {
        struct ratio minutes = ratio_times(quantity, ratio_of(60, 1));
        return arena_printf(keep, "%s/60%s%s",
                            decimal(keep, language, ratio_text(minutes, 0, 3, digits)),
                            space(language), name);
    }
    return arena_printf(keep, "%s%s%s",
                        decimal(keep, language, ratio_text(quantity, 0, 4, digits)),
                        space(language), name);
}

const char *
worded_per(enum language language, enum unit unit)
{
    static const char *const pers[UNIT_COUNT] = {
        [UNIT_SESSION] = N_("per session"),     [UNIT_DAY] = N_("per day"),
        [UNIT_HALF_DAY] = N_("per half-day"),   [UNIT_HOUR] = N_("per hour"),
        [UNIT_MANDATE] = N_("for the mandate"), [UNIT_KILOMETRE] = N_("per kilometre"),
        [UNIT_NIGHT] = N_("per night"),         [UNIT_MEAL] = N_("per meal"),
        [UNIT_CLAIM] = N_("per claim"),
    };
    return tr(language, pers[unit]);
}

const char *
worded_place(struct arena *keep, enum language language, struct where where)
{
    if (where.input == NULL) {
        return "";
    }
    if (where.input->sheet.size > 0 || where.line == 0) {
        return where_name(keep, where);
    }
    struct text name = text_file_name(where.input->path);
    return arena_printf(keep, tr(language, N_("%.*s, line %u")), TEXT_ARG(name),
                        where.line);
}

/* What a title begins with, before it says what the text is about. */
static struct text
short_title(const struct legal_source *source)
{
    static const char *const ends[] = {" : ", " (", ": ", NO_BREAK_SPACE ": "};
    struct text title = source->title;
    for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
        struct text end = text_of(ends[i]);
        for (size_t at = 1; at + end.size <= title.size; at++) {
            if (memcmp(title.data + at, end.data, end.size) == 0) {
                title.size = at;
            }
        }
    }
    return title;
}

static bool
says(struct text whole, struct text part)
{
    for (size_t at = 0; at + part.size <= whole.size; at++) {
        if (memcmp(whole.data + at, part.data, part.size) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a title says the day itself, in either language. */
static bool
says_day(struct arena *keep, struct text title, struct date date)
{
    return says(title, text_of(worded_day(keep, LANGUAGE_FR, date))) ||
           says(title, text_of(worded_day(keep, LANGUAGE_EN, date)));
}

const char *
worded_basis(struct arena *keep, enum language language, const struct basis *basis)
{
    if (basis->source == NULL) {
        return arena_printf(keep, tr(language, N_("an assumption to be confirmed: %.*s")),
                            TEXT_ARG(basis->assumption));
    }
    struct text title = short_title(basis->source);
    const char *day = worded_day(keep, language, basis->source->date);
    const char *text = arena_printf(keep, "%.*s", TEXT_ARG(title));
    if (day[0] != '\0' && !says_day(keep, title, basis->source->date)) {
        text = arena_printf(keep, tr(language, N_("%s of %s")), text, day);
    }
    if (basis->article.size > 0) {
        text = arena_printf(keep, "%s, %.*s", text, TEXT_ARG(basis->article));
    }
    return text;
}

const char *
worded_source(struct arena *keep, enum language language, const struct basis *basis)
{
    if (basis->source == NULL) {
        return worded_basis(keep, language, basis);
    }
    const struct legal_source *source = basis->source;
    const char *day = worded_day(keep, language, source->date);
    const char *text = arena_printf(keep, "%.*s", TEXT_ARG(source->title));
    if (day[0] != '\0' && !says_day(keep, source->title, source->date)) {
        text = arena_printf(keep, tr(language, N_("%s, dated %s")), text, day);
    }
    if (basis->article.size > 0) {
        text = arena_printf(keep, "%s, %.*s", text, TEXT_ARG(basis->article));
    }
    if (source->address.size > 0) {
        text = arena_printf(keep, "%s, %.*s", text, TEXT_ARG(source->address));
    }
    return text;
}

const char *
worded_rounding(enum language language, enum rounding rounding)
{
    return rounding == ROUND_HALF_UP
               ? tr(language, N_("to the nearest cent, half a cent upwards"))
               : rounding_label(language, rounding);
}

const char *
worded_ceiling(enum language language, enum span span)
{
    static const char *const names[SPAN_COUNT] = {
        [SPAN_LINE] = N_("of the line"),       [SPAN_DAY] = N_("of the day"),
        [SPAN_MONTH] = N_("of the month"),     [SPAN_YEAR] = N_("of the year"),
        [SPAN_MANDATE] = N_("of the mandate"),
    };
    return tr(language, names[span]);
}

const char *
worded_scheme(enum language language, enum scheme_state state)
{
    static const char *const names[] = {
        [SCHEME_DRAFT] = N_("a draft"),       [SCHEME_IN_FORCE] = N_("in force"),
        [SCHEME_CONTESTED] = N_("contested"), [SCHEME_SUSPENDED] = N_("suspended"),
        [SCHEME_ANNULLED] = N_("annulled"),
    };
    return tr(language, names[state]);
}
