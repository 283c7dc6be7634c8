/* SPDX-License-Identifier: Apache-2.0 */
/* Series of sessions, and the calendar that they make together. A series without a count meets
 * to the end of the mandate, slipped or not; one with a count meets so often. */
#include "scenario_parts.h"

#include <stdlib.h>
#include <string.h>

#define WEEK      7
#define RANK_LAST 5 /* the fifth of a month is its last, where there are but four */

uint32_t
series_find(const struct scenario *scenario, struct text name)
{
    for (uint32_t i = 0; i < scenario->series_count; i++) {
        if (text_equals(scenario->series[i].name, name)) {
            return i;
        }
    }
    return SCENARIO_NOWHERE;
}

/* The third Saturday of the month so many months later, if the date is a third Saturday. */
static struct date
same_weekday(struct date date, int months)
{
    int index = date_month_index(date) + months;
    int year = 0;
    int month = 0;
    int day = 0;
    date_split(date, &year, &month, &day);
    int rank = (day - 1) / WEEK;
    struct date first = DATE_OPEN_FUTURE;
    if (!date_make(index / 12, index % 12 + 1, 1, &first)) {
        return DATE_OPEN_FUTURE;
    }
    int ahead = ((date.day - first.day) % WEEK + WEEK) % WEEK;
    struct date found = date_add_days(first, ahead + rank * WEEK);
    if (rank + 1 == RANK_LAST && date_month_index(found) != index) {
        found = date_add_days(found, -WEEK);
    }
    return found;
}

static struct date
occasion(const struct series *series, int number)
{
    return series->every_months > 0
               ? same_weekday(series->first, series->every_months * number)
               : date_add_days(series->first, series->every_days * number);
}

/* From 00:00 to 23:59; an evening may end with the day, at 24:00. */
static bool
read_clock(struct scenario_reader *reader, struct node *entry, const char *key,
           int16_t *out)
{
    struct text text = STR("");
    *out = TIME_NONE;
    if (!node_text(entry, key, OPTIONAL, &text)) {
        return !node_has(entry, key);
    }
    const char *t = text.data;
    bool formed = text.size == 5 && t[2] == ':';
    for (size_t i = 0; i < text.size && formed; i++) {
        formed = i == 2 || is_digit(t[i]);
    }
    int minutes =
        formed ? ((t[0] - '0') * 10 + t[1] - '0') * 60 + (t[3] - '0') * 10 + t[4] - '0'
               : -1;
    int last = strcmp(key, "end") == 0 ? MINUTES_IN_DAY : MINUTES_IN_DAY - 1;
    if (!formed || minutes > last || t[3] > '5') {
        return diag_error(reader->loader.diag, node_find(entry, key)->where, CODE_V006,
                          "%s '%.*s' is not a time (write \"09:00\")", key,
                          TEXT_ARG(text));
    }
    *out = (int16_t)minutes;
    return true;
}

static bool
read_dates(struct scenario_reader *reader, struct node *entry, struct series *out)
{
    struct texts texts = {0};
    bool good = node_texts(entry, "dates", OPTIONAL, &texts) || !node_has(entry, "dates");
    out->dates = NEW_ARRAY(reader->loader.keep, struct date, texts.count + 1);
    for (size_t i = 0; i < texts.count; i++) {
        if (!date_parse_iso(texts.items[i], &out->dates[out->date_count++])) {
            good = diag_error(reader->loader.diag, node_find(entry, "dates")->where,
                              CODE_R021, "'%.*s' is not a date (write \"2026-03-07\")",
                              TEXT_ARG(texts.items[i]));
        }
    }
    return good;
}

static bool
read_small(struct node *entry, const char *key, int most, int *out)
{
    int64_t value = *out;
    bool good = node_integer(entry, key, OPTIONAL, (struct bounds){1, most}, &value) ||
                !node_has(entry, key);
    *out = (int)value;
    return good;
}

static bool
read_rhythm(struct scenario_reader *reader, struct node *entry, struct series *out)
{
    out->first = DATE_NONE;
    out->days = 1;
    bool good =
        node_date(entry, "first", OPTIONAL, &out->first) || !node_has(entry, "first");
    good = read_small(entry, "every_months", 24, &out->every_months) && good;
    good = read_small(entry, "every_days", 366, &out->every_days) && good;
    good = read_small(entry, "count", SCENARIO_DAYS_MAX, &out->count) && good;
    good = read_small(entry, "days", WEEK, &out->days) && good;
    bool repeats = out->every_months > 0 || out->every_days > 0;
    bool listed = out->date_count > 0;
    bool begins = !date_is_none(out->first);
    bool both = out->every_months > 0 && out->every_days > 0;
    if (good && (listed == begins || both || (listed && repeats) ||
                 (begins && !repeats && out->count != 1))) {
        good =
            diag_error(reader->loader.diag, entry->where, CODE_V006,
                       "a series has 'dates', or 'first' with one of 'every_months' and "
                       "'every_days'");
    }
    if (good && listed && (node_has(entry, "count") || node_has(entry, "days"))) {
        good = diag_error(reader->loader.diag, entry->where, CODE_V006,
                          "'count' and 'days' go with 'first': a series of 'dates' "
                          "meets on each of them, for a day");
    }
    return good;
}

static bool
read_series(struct scenario_reader *reader, struct node *entry, struct series *out)
{
    size_t kind_count = 0;
    const struct text *kinds = kind_words(&kind_count);
    struct words words = {kinds, kind_count};
    size_t kind = 0;
    bool good = node_id(entry, "name", REQUIRED, &out->name);
    good = node_choice(entry, "kind", REQUIRED, words, &kind) && good;
    out->kind = (enum kind)(kind + KIND_PLENARY); /* the words start after KIND_NONE */
    good = (node_text(entry, "body", OPTIONAL, &out->body) || !node_has(entry, "body")) &&
           good;
    good = read_clock(reader, entry, "start", &out->start) && good;
    good = read_clock(reader, entry, "end", &out->end) && good;
    good = (node_boolean(entry, "meal_served", OPTIONAL, &out->meal_served) ||
            !node_has(entry, "meal_served")) &&
           good;
    if (good && (out->start == TIME_NONE) != (out->end == TIME_NONE)) {
        good = diag_error(reader->loader.diag, entry->where, CODE_V006,
                          "a session has both 'start' and 'end', or neither");
    } else if (good && out->start != TIME_NONE && out->end <= out->start) {
        good = diag_error(reader->loader.diag, entry->where, CODE_V006,
                          "a session ends before it starts");
    }
    good = read_dates(reader, entry, out) && good;
    good = read_rhythm(reader, entry, out) && good;
    return basis_read(&reader->loader, entry, &out->basis) && good;
}

bool
series_read_all(struct scenario_reader *reader, struct node *root)
{
    struct scenario *out = reader->out;
    struct node *list = node_list(root, "sessions", REQUIRED);
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct series series = {0};
        good = read_series(reader, entry, &series) && good;
        if (series_find(out, series.name) != SCENARIO_NOWHERE) {
            good = diag_error(reader->loader.diag, entry->where, CODE_R028,
                              "series '%.*s' is stated twice", TEXT_ARG(series.name));
        } else if (out->series_count == SCENARIO_SERIES_MAX) {
            return diag_error(reader->loader.diag, entry->where, CODE_V006,
                              "more than %d series of sessions", SCENARIO_SERIES_MAX);
        } else {
            out->series[out->series_count++] = series;
        }
    }
    return good;
}

struct laid ARRAY_OF(struct session);
struct owners ARRAY_OF(uint8_t);

static void
lay_day(struct arena *keep, const struct series *series, struct date date,
        struct laid *laid)
{
    *ARRAY_PUSH(keep, laid) = (struct session){
        .id = series->name, /* told apart once they are in order */
        .date = date,
        .kind = series->kind,
        .start = series->start,
        .end = series->end,
        .body = series->body,
        .meal_served = series->meal_served,
        .where = series->basis.where,
    };
}

static void
lay_series(struct arena *keep, const struct scenario *scenario,
           const struct series *series, struct laid *laid)
{
    for (size_t i = 0; i < series->date_count; i++) {
        lay_day(keep, series, series->dates[i], laid);
    }
    if (series->date_count > 0) {
        return;
    }
    for (int i = 0; i <= SCENARIO_DAYS_MAX; i++) {
        struct date date = occasion(series, i);
        if (series->count > 0 ? i == series->count
                              : date_compare(date, scenario->lasts.to) > 0) {
            return;
        }
        for (int day = 0; day < series->days; day++) {
            lay_day(keep, series, date_add_days(date, day), laid);
        }
    }
}

static int
by_day(const void *a, const void *b)
{
    const struct session *left = a;
    const struct session *right = b;
    int order = date_compare(left->date, right->date);
    order = order != 0 ? order : left->start - right->start;
    return order != 0 ? order : text_compare(left->id, right->id);
}

/* Whether the limits hold, and no series meets twice on one day (it would be one session). */
static bool
holds_together(const struct scenario *scenario)
{
    size_t days = 0;
    size_t same = 0;
    for (size_t i = 0; i < scenario->session_count; i++) {
        bool new_day = i == 0 || date_compare(scenario->sessions[i].date,
                                              scenario->sessions[i - 1].date) != 0;
        days += new_day;
        same = new_day ? 1 : same + 1;
        for (size_t j = i + 1 - same; j < i; j++) {
            if (scenario->session_series[j] == scenario->session_series[i]) {
                return false;
            }
        }
        if (same > SCENARIO_ON_DAY_MAX) {
            return false;
        }
    }
    return days <= SCENARIO_DAYS_MAX;
}

bool
scenario_lay_out(struct arena *keep, struct scenario *scenario)
{
    struct laid laid = {0};
    for (size_t i = 0; i < scenario->series_count; i++) {
        lay_series(keep, scenario, &scenario->series[i], &laid);
    }
    if (laid.count > 1) {
        qsort(laid.items, laid.count, sizeof *laid.items, by_day);
    }
    size_t numbers[SCENARIO_SERIES_MAX] = {0};
    scenario->sessions = laid.items;
    scenario->session_count = laid.count;
    scenario->session_series = NEW_ARRAY(keep, uint8_t, laid.count + 1);
    for (size_t i = 0; i < laid.count; i++) {
        uint32_t series = series_find(scenario, laid.items[i].id);
        scenario->session_series[i] = (uint8_t)series;
        laid.items[i].id = text_of(arena_printf(
            keep, "%.*s-%02zu", TEXT_ARG(laid.items[i].id), ++numbers[series]));
    }
    return laid.count > 0 && holds_together(scenario);
}
