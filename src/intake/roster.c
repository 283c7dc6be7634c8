/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of members: rows are read, put in order by person and day, and then
 * checked against the row before. Nothing of a row but the id that two rows share is
 * ever shown in a message.
 *
 * A row stays where it was read and becomes the member, and what many tables do not state lies
 * apart: a member takes 136 bytes. Copied out of a row that stayed as well, it took 392; with nine
 * presences a member, that was 27 to 30 bytes a presence, of 108 to 155.
 */
#include "defray/roster.h"

#include "defray/bank_text.h"

#include "member.h"
#include "roster_rows.h"
#include "wording.h"

#include <assert.h>

#define ROW_BYTES 256 /* scratch for a byte of a table */
#define ROW_LEAST 6   /* bytes that a row takes */

static int
compare_rows(const void *context, uint32_t a, uint32_t b)
{
    const struct participant *left = &((const struct participant *)context)[a];
    const struct participant *right = &((const struct participant *)context)[b];
    int order = text_compare(left->id, right->id);
    if (order == 0) {
        order = date_compare(left->own.during.from, right->own.during.from);
    }
    if (order == 0) {
        order = date_compare(left->own.during.to, right->own.during.to);
    }
    return order != 0 ? order : compare_numbers(a, b);
}

static bool
dates_agree(struct date a, struct date b)
{
    return date_is_none(a) || date_is_none(b) || date_compare(a, b) == 0;
}

static bool
same_particulars(const struct particulars *a, const struct particulars *b)
{
    return ratio_compare(a->km_before, b->km_before) == 0 &&
           text_equals(a->title, b->title) && text_equals(a->body, b->body) &&
           text_equals(a->seat, b->seat) && text_equals(a->bic, b->bic) &&
           text_equals(a->holder, b->holder) && text_equals(a->guardian, b->guardian) &&
           text_equals(a->town, b->town) && text_equals(a->postcode, b->postcode) &&
           text_equals(a->country, b->country);
}

static bool
same_row(const struct participant *a, const struct participant *b)
{
    const struct participation *p = &a->own;
    const struct participation *q = &b->own;
    bool dates = date_compare(p->during.from, q->during.from) == 0 &&
                 date_compare(p->during.to, q->during.to) == 0 &&
                 date_compare(a->birth, b->birth) == 0 &&
                 date_compare(a->requested_on, b->requested_on) == 0;
    return dates && p->status == q->status && p->horsepower == q->horsepower &&
           text_equals(p->bank.iban, q->bank.iban) &&
           text_equals(a->last_name, b->last_name) &&
           text_equals(a->first_name, b->first_name) &&
           same_particulars(particulars_of(p), particulars_of(q));
}

/* Two rows, in the order in which they were read. */
struct row_pair {
    struct where later;
    struct where earlier;
};

static struct row_pair
pair_of(const struct participant *a, const struct participant *b)
{
    return a->read > b->read ? (struct row_pair){a->own.where, b->own.where}
                             : (struct row_pair){b->own.where, a->own.where};
}

static bool
check_names(struct reading *reading, struct arena scratch,
            const struct participant *first, const struct participant *row)
{
    if (text_folds_equal(scratch, first->last_name, row->last_name) &&
        text_folds_equal(scratch, first->first_name, row->first_name)) {
        return true;
    }
    struct row_pair pair = pair_of(first, row);
    diag_error(reading->diag, pair.later, CODE_M001,
               "two rows of member '%.*s' have different names", TEXT_ARG(row->id));
    diag_other_place(reading->diag, pair.earlier);
    return false;
}

static bool
check_birth(struct reading *reading, const struct participant *dated,
            const struct participant *row)
{
    if (dates_agree(dated->birth, row->birth)) {
        return true;
    }
    struct row_pair pair = pair_of(dated, row);
    diag_error(reading->diag, pair.later, CODE_M001,
               "two rows of member '%.*s' have different dates of birth",
               TEXT_ARG(row->id));
    diag_other_place(reading->diag, pair.earlier);
    return false;
}

static void
check_overlap(struct reading *reading, const struct participant *widest,
              const struct participant *row)
{
    if (date_compare(row->own.during.from, widest->own.during.to) <= 0) {
        struct row_pair pair = pair_of(widest, row);
        diag_error(reading->diag, pair.later, CODE_M002,
                   "two rows of member '%.*s' hold on the same day", TEXT_ARG(row->id));
        diag_other_place(reading->diag, pair.earlier);
    }
}

/* What the rows of a person say together. */
static void
merge_person(struct participant *person, const struct participant *row)
{
    if (date_is_none(person->birth)) {
        person->birth = row->birth;
    }
    bool earlier = !date_is_none(row->requested_on) &&
                   (date_is_none(person->requested_on) ||
                    date_compare(row->requested_on, person->requested_on) < 0);
    if (earlier) {
        person->requested_on = row->requested_on;
    }
}

/* Makes one participant of several rows that all have one id. */
static struct participant
merge_rows(struct reading *reading, struct arena scratch, const struct participant *rows,
           size_t count)
{
    const struct participant *first = &rows[0];
    const struct participant *before = first;
    const struct participant *widest = first;
    const struct participant *dated = first;
    struct participant person = *first;
    person.rows = NEW_ARRAY(reading->keep, struct participation, count);
    person.rows[person.row_count++] = first->own;
    for (size_t i = 1; i < count; i++) {
        const struct participant *row = &rows[i];
        if (same_row(before, row)) {
            diag_warning(reading->diag, row->own.where, CODE_M003,
                         "the row repeats another, and counts once");
            diag_other_place(reading->diag, before->own.where);
            continue;
        }
        dated = date_is_none(dated->birth) ? row : dated;
        bool same_person = check_names(reading, scratch, first, row);
        same_person = check_birth(reading, dated, row) && same_person;
        if (same_person) {
            check_overlap(reading, widest, row);
        }
        merge_person(&person, row);
        person.rows[person.row_count++] = row->own;
        before = row;
        if (date_compare(row->own.during.to, widest->own.during.to) > 0) {
            widest = row;
        }
    }
    return person;
}

struct seat {
    struct text name;
    uint32_t member;
    const struct participation *row;
};

struct seats ARRAY_OF(struct seat);

static int
compare_seats(const void *context, uint32_t a, uint32_t b)
{
    const struct seat *left = &((const struct seat *)context)[a];
    const struct seat *right = &((const struct seat *)context)[b];
    int order = text_compare(left->name, right->name);
    return order != 0 ? order : compare_numbers(left->member, right->member);
}

/* Two spellings of one seat would be two seats, both of which are paid. In order of names. */
static void
check_spelling(struct diag *diag, struct arena scratch, const struct seats *seats,
               const uint32_t *order)
{
    struct map known = {0};
    for (size_t i = 0; i < seats->count; i++) {
        const struct seat *seat = &seats->items[order[i]];
        if (i > 0 && text_equals(seats->items[order[i - 1]].name, seat->name)) {
            continue;
        }
        struct text key = words_of_seat(&scratch, seat->name);
        const struct seat *first =
            &seats->items[map_insert(&scratch, &known, key, order[i])];
        if (first != seat) {
            diag_error(diag, seat->row->where, CODE_M018,
                       "the seats '%.*s' and '%.*s' may be one", TEXT_ARG(first->name),
                       TEXT_ARG(seat->name));
            diag_other_place(diag, first->row->where);
        }
    }
}

static bool
is_titular(const struct seat *seat)
{
    enum status status = seat->row->status;
    return status == STATUS_NONE || status == STATUS_DRAWN || status == STATUS_VOLUNTEER;
}

/* Of two titulars of a seat, who is paid would hang on their ids. Told once a seat; in order of
 * names. */
static void
check_titulars(struct diag *diag, const struct roster *roster, const struct seats *seats,
               const uint32_t *order)
{
    size_t from = 0;
    bool told = false;
    for (size_t i = 0; i < seats->count; i++) {
        const struct seat *seat = &seats->items[order[i]];
        if (!text_equals(seats->items[order[from]].name, seat->name)) {
            from = i;
            told = false;
        }
        for (size_t j = from; j < i && !told && is_titular(seat); j++) {
            const struct seat *other = &seats->items[order[j]];
            told = other->member != seat->member && is_titular(other) &&
                   period_overlaps(other->row->during, seat->row->during);
            if (told) {
                diag_warning(diag, seat->row->where, CODE_T096,
                             "seat '%.*s' is held by '%.*s' and '%.*s' on the same days, "
                             "and neither is an alternate",
                             TEXT_ARG(seat->name),
                             TEXT_ARG(roster->items[other->member].id),
                             TEXT_ARG(roster->items[seat->member].id));
                diag_other_place(diag, other->row->where);
            }
        }
    }
}

/* Who holds which seat, each pair once. */
static void
list_seats(struct reading *reading, struct arena scratch, struct roster *roster)
{
    struct arena *keep = reading->keep;
    struct seats seats = {0};
    for (size_t i = 0; i < roster->count; i++) {
        const struct participant *person = &roster->items[i];
        for (size_t j = 0; j < person->row_count; j++) {
            struct text seat = particulars_of(&person->rows[j])->seat;
            if (seat.size > 0) {
                *ARRAY_PUSH(&scratch, &seats) =
                    (struct seat){seat, (uint32_t)i, &person->rows[j]};
            }
        }
    }
    const uint32_t *order =
        sorted_indexes(&scratch, seats.count, (struct order){compare_seats, seats.items});
    check_spelling(reading->diag, scratch, &seats, order);
    check_titulars(reading->diag, roster, &seats, order);
    roster->seat_order = NEW_ARRAY(keep, uint32_t, seats.count);
    roster->seats = NEW_ARRAY(keep, struct text, seats.count);
    for (size_t i = 0; i < seats.count; i++) {
        const struct seat *seat = &seats.items[order[i]];
        size_t last = roster->seat_count - 1;
        bool known = roster->seat_count > 0 && roster->seat_order[last] == seat->member &&
                     text_equals(roster->seats[last], seat->name);
        if (!known) {
            roster->seat_order[roster->seat_count] = seat->member;
            roster->seats[roster->seat_count++] = seat->name;
        }
    }
}

void
roster_tell_holder(struct diag *diag, struct where where)
{
    diag_warning(diag, where, CODE_B007,
                 "the account holder is no name: the transfer names the member");
}

/* "Dupont" may be an id as well; "P12" is nobody's name. */
static bool
is_id(const struct roster *roster, struct text holder)
{
    bool numbered = false;
    for (size_t i = 0; i < holder.size; i++) {
        numbered = numbered || is_digit(holder.data[i]);
    }
    return numbered && roster_find(roster, holder) != INDEX_NONE;
}

/* An id in place of the holder's name, which is known once every row is read. */
static void
check_holders(struct reading *reading, const struct participant *person,
              const struct roster *roster)
{
    for (size_t i = 0; i < person->row_count; i++) {
        struct participation *row = &person->rows[i];
        if (!is_id(roster, particulars_of(row)->holder)) {
            continue;
        }
        struct particulars *own = NEW(reading->keep, struct particulars);
        *own = *row->particulars;
        own->holder = STR("");
        row->particulars = own;
        if (row->bank.state != BANK_MISSING) {
            roster_tell_holder(reading->diag, row->where);
        }
        bool whole = bank_text_is_whole(person->first_name) &&
                     bank_text_is_whole(person->last_name);
        if (row->bank.state == BANK_RIGHT && !whole) {
            row->bank.state = BANK_WRONG_NAME;
        }
    }
}

/* Rows in order of id and day become participants where they lie: of most there is one row. */
static void
add_people(struct reading *reading, struct arena scratch, const struct rows *rows,
           struct roster *roster)
{
    struct participant *items = rows->items;
    roster->items = items;
    map_reserve(reading->keep, &roster->by_id, rows->count);
    for (size_t i = 0; i < rows->count;) {
        struct participant *person = &items[roster->count];
        size_t end = i + 1;
        while (end < rows->count && text_equals(items[i].id, items[end].id)) {
            end++;
        }
        if (end - i == 1) {
            *person = items[i];
            person->rows = &person->own;
            person->row_count = 1;
        } else {
            *person = merge_rows(reading, scratch, items + i, end - i);
        }
        map_insert(reading->keep, &roster->by_id, person->id, (uint32_t)roster->count);
        roster->count++;
        i = end;
    }
}

struct roster *
roster_read(struct reading *reading, const struct input_list *files)
{
    struct arena start = intake_scratch(files, ROW_BYTES);
    struct rows rows = rows_new(files, ROW_LEAST, sizeof(struct participant));
    struct roster *roster = NEW(reading->keep, struct roster);
    for (size_t i = 0; i < files->count; i++) {
        roster_rows_read(reading, start, files->items[i], &rows, &roster->lost);
    }
    struct participant *items = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        items[i].read = (uint32_t)i;
    }
    rows_sort(start, &rows, compare_rows);
    add_people(reading, start, &rows, roster);
    for (size_t i = 0; i < roster->count; i++) {
        check_holders(reading, &roster->items[i], roster);
    }
    list_seats(reading, start, roster);
    roster_tell_twice(reading->diag, start, roster);
    arena_release(start);
    return roster;
}

uint32_t
roster_find(const struct roster *roster, struct text id)
{
    return map_find(&roster->by_id, id);
}

uint32_t
roster_find_near(const struct roster *roster, struct text id, uint32_t last)
{
    for (uint32_t i = last; i < roster->count && i - last <= 1; i++) {
        if (text_equals(roster->items[i].id, id)) {
            return i;
        }
    }
    return roster_find(roster, id);
}

struct text
roster_nearest(const struct roster *roster, struct arena scratch, struct text id)
{
    struct text *ids = NEW_ARRAY(&scratch, struct text, roster->count);
    for (size_t i = 0; i < roster->count; i++) {
        ids[i] = roster->items[i].id;
    }
    return text_nearest(scratch, id, ids, roster->count);
}

const struct particulars *
particulars_of(const struct participation *row)
{
    static const struct particulars nothing = {
        .title = STR_INIT(""),
        .body = STR_INIT(""),
        .seat = STR_INIT(""),
        .bic = STR_INIT(""),
        .holder = STR_INIT(""),
        .guardian = STR_INIT(""),
        .town = STR_INIT(""),
        .postcode = STR_INIT(""),
        .country = STR_INIT(""),
        .km_before = {0, 1},
    };
    return row->particulars == NULL ? &nothing : row->particulars;
}

struct text
participant_title(const struct participant *participant)
{
    struct text title = STR("");
    for (size_t i = 0; i < participant->row_count && title.size == 0; i++) {
        title = particulars_of(&participant->rows[i])->title;
    }
    return title;
}

/* How many rows start on the day or before. */
static size_t
rows_until(const struct participant *participant, struct date date)
{
    size_t low = 0;
    size_t high = participant->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (date_compare(participant->rows[middle].during.from, date) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct participation *
participant_at(const struct participant *participant, struct date date)
{
    size_t count = rows_until(participant, date);
    if (count == 0 || !period_contains(participant->rows[count - 1].during, date)) {
        return NULL;
    }
    return &participant->rows[count - 1];
}

const struct participation *
participant_in(const struct participant *participant, struct period period)
{
    assert(participant->row_count > 0);
    /* The last that starts by then holds in the period, or is the last before it. */
    size_t count = rows_until(participant, period.to);
    return &participant->rows[count == 0 ? 0 : count - 1];
}
