/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Members under eighteen, and those who have come of age. Names are compared word by word,
 * whatever their order, case and accents: banks write "INVENTE PAUL" where a table has "Paul
 * Inventé". A single word that agrees proves nothing, since a family shares its name.
 */
#include "minor.h"

#include "defray/arrears.h"

#define AGE_OF_MAJORITY 18
#define WORDS_MIN       2

bool
is_minor(const struct participant *participant, struct date date)
{
    return !date_is_none(participant->birth) &&
           date_age(participant->birth, date) < AGE_OF_MAJORITY;
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == '&' || c == '/';
}

/* The next word of a name, folded; empty at the end. Titles are no names. */
static struct text
next_word(struct arena *keep, struct text *rest)
{
    static const struct text titles[] = {
        STR_INIT("m"),   STR_INIT("mr"), STR_INIT("mme"),      STR_INIT("mlle"),
        STR_INIT("mrs"), STR_INIT("ms"), STR_INIT("monsieur"), STR_INIT("madame")};
    for (;;) {
        *rest = text_trim(*rest);
        size_t size = 0;
        while (size < rest->size && !is_space(rest->data[size])) {
            size++;
        }
        if (rest->size == 0) {
            return STR("");
        }
        struct text word = text_fold(keep, (struct text){rest->data, size});
        size_t step = size < rest->size ? size + 1 : size;
        *rest = (struct text){rest->data + step, rest->size - step};
        bool is_title = word.size == 0;
        for (size_t i = 0; i < ARRAY_COUNT(titles); i++) {
            is_title = is_title || text_equals(word, titles[i]);
        }
        if (!is_title) {
            return word;
        }
    }
}

static bool
has_word(struct arena scratch, struct text name, struct text wanted)
{
    struct text word = next_word(&scratch, &name);
    while (word.size > 0 && !text_equals(word, wanted)) {
        word = next_word(&scratch, &name);
    }
    return word.size > 0;
}

/* Whether every word of the one name, of which there are two at least, is in the other. */
static bool
is_within(struct arena scratch, struct text name, struct text whole)
{
    size_t count = 0;
    struct text word = next_word(&scratch, &name);
    for (; word.size > 0; word = next_word(&scratch, &name)) {
        if (!has_word(scratch, whole, word)) {
            return false;
        }
        count++;
    }
    return count >= WORDS_MIN;
}

/* "Paul Inventé" is settled by "M. Paul INVENTE" and by "Paul ou Anne Inventé". */
static bool
names_agree(struct arena scratch, struct text holder, struct text person)
{
    return is_within(scratch, person, holder) || is_within(scratch, holder, person);
}

bool
holder_is_settled(struct arena scratch, const struct participant *participant,
                  const struct participation *row)
{
    struct text own =
        text_of(arena_printf(&scratch, "%.*s %.*s", TEXT_ARG(participant->first_name),
                             TEXT_ARG(participant->last_name)));
    const struct particulars *stated = particulars_of(row);
    return names_agree(scratch, stated->holder, own) ||
           names_agree(scratch, stated->holder, stated->guardian);
}

/* The first day that the batch pays for and on which the member was a minor, or DATE_NONE. */
static struct date
minor_day(const struct participant *participant, const struct computed *computed)
{
    const struct settlement *settlement = &computed->settlement;
    const struct member_result *own = &computed->own;
    for (size_t i = 0; i < settlement->count; i++) {
        const struct difference *one = &settlement->items[i];
        if (difference_is_arrear(one) && is_minor(participant, one->right.day)) {
            return one->right.day;
        }
    }
    for (size_t i = 0; i < own->count; i++) {
        if (own->lines[i].due.cents > 0 && is_minor(participant, own->lines[i].date)) {
            return own->lines[i].date;
        }
    }
    return DATE_NONE;
}

/* A representative's power ends with the age, whatever the day that is paid for. */
static bool
is_of_age(const struct batch *batch, const struct participant *participant)
{
    struct date on = batch->period.to;
    if (date_compare(batch->paid_on, on) > 0) {
        on = batch->paid_on;
    }
    return !date_is_none(participant->birth) && !is_minor(participant, on);
}

bool
minor_watch(struct arena scratch, const struct batch *batch, uint32_t member,
            const struct computed *computed, struct person_total *person)
{
    const struct participant *participant = &batch->roster->items[member];
    const struct participation *row = participant_in(participant, batch->period);
    bool guarded = particulars_of(row)->guardian.size > 0;
    person->of_age = guarded && person->total.cents > 0 && is_of_age(batch, participant);
    person->minor_day = minor_day(participant, computed);
    if (date_is_none(person->minor_day)) {
        return false;
    }
    person->unrepresented = !guarded && !is_of_age(batch, participant);
    person->holder_open =
        row->bank.state != BANK_MISSING && !holder_is_settled(scratch, participant, row);
    return true;
}
