/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One person under two ids is paid twice, and no rule sees it: two members of one name who were
 * born on the same day, or share an account number, while both are members.
 *
 * To fold a name takes longer than to look it up: keys are made in parts, one beside the other,
 * and looked up in the order of members. Of a million presences to totals, this took a twentieth
 * off the processor time, and as much off what one thread does alone. Only the keys are kept, for
 * all that they are made of took three times as much.
 */
#include "defray/parallel.h"

#include "alike.h"
#include "roster_rows.h"
#include "wording.h"

#define MEMBERS_A_PART 512

struct key { /* a name, and what else is the same */
    struct text text;
    uint32_t member;
    bool by_birth; /* or by account number */
};

struct key_list ARRAY_OF(struct key);

struct twice {
    struct diag *diag;
    const struct roster *roster;
    struct arena *keys; /* of what is known */
    struct alike known; /* the members of each key */
    uint32_t told;      /* the last member of whom it was told; INDEX_NONE */
};

static bool
overlap(const struct participant *a, const struct participant *b)
{
    for (size_t i = 0; i < a->row_count; i++) {
        for (size_t j = 0; j < b->row_count; j++) {
            if (period_overlaps(a->rows[i].during, b->rows[j].during)) {
                return true;
            }
        }
    }
    return false;
}

static void
tell(const struct twice *work, uint32_t first, const struct key *key)
{
    const struct participant *a = &work->roster->items[first];
    const struct participant *b = &work->roster->items[key->member];
    struct where where = b->rows[0].where;
    if (key->by_birth) {
        diag_warning(work->diag, where, CODE_M004,
                     "'%.*s' and '%.*s' have the same name and date of birth",
                     TEXT_ARG(a->id), TEXT_ARG(b->id));
    } else {
        diag_warning(work->diag, where, CODE_M004,
                     "'%.*s' and '%.*s' have the same name and account number",
                     TEXT_ARG(a->id), TEXT_ARG(b->id));
    }
    diag_other_place(work->diag, a->rows[0].where);
}

static void
add_keys(struct arena *keep, struct arena *texts, struct arena scratch,
         const struct roster *roster, uint32_t member, struct key_list *list)
{
    const struct participant *person = &roster->items[member];
    struct text name = text_fold(
        &scratch, text_of(arena_printf(&scratch, "%.*s %.*s", TEXT_ARG(person->last_name),
                                       TEXT_ARG(person->first_name))));
    if (!date_is_none(person->birth)) {
        const char *text =
            arena_printf(texts, "%.*s %d", TEXT_ARG(name), person->birth.day);
        *ARRAY_PUSH(keep, list) = (struct key){text_of(text), member, true};
    }
    for (size_t i = 0; i < person->row_count; i++) {
        struct text iban = person->rows[i].bank.iban;
        if (iban.size > 0) {
            const char *text = TEXT_JOIN(texts, name, STR(" "), iban);
            *ARRAY_PUSH(keep, list) = (struct key){text_of(text), member, false};
        }
    }
}

static void *
make_part(void *context, size_t index, struct arena *arena)
{
    const struct roster *roster = ((const struct twice *)context)->roster;
    struct key_list *list = NEW(arena, struct key_list);
    struct arena texts = arena_share(arena, 2);
    struct arena scratch = arena_share(arena, 2);
    size_t from = index * MEMBERS_A_PART;
    for (size_t i = from; i < roster->count && i - from < MEMBERS_A_PART; i++) {
        add_keys(arena, &texts, scratch, roster, (uint32_t)i, list);
    }
    return list;
}

/* The first member before this one under whose key it comes, and who is a member at the same time;
 * itself, if there is none. Who had left by then may stand before one who had not. */
static uint32_t
find_overlapping(struct twice *work, const struct key *key)
{
    const struct participant *people = work->roster->items;
    struct text kept = text_copy(work->keys, key->text);
    uint32_t at = alike_add(work->keys, &work->known, kept, key->member);
    const struct alike_one *list = work->known.list.items;
    while (list[at].index != key->member &&
           !overlap(&people[list[at].index], &people[key->member])) {
        at = list[at].next;
    }
    return list[at].index;
}

/* Nobody is told of twice; those who come later are held against all keys. */
static void
take_part(void *context, size_t index, void *made, struct arena *arena)
{
    struct twice *work = context;
    const struct key_list *list = made;
    (void)index;
    (void)arena;
    for (size_t i = 0; i < list->count; i++) {
        const struct key *key = &list->items[i];
        uint32_t other = find_overlapping(work, key);
        if (other != key->member && key->member != work->told) {
            tell(work, other, key);
            work->told = key->member;
        }
    }
}

/* --- ids --- */

/* Only capitals and digits: no other such id is spelled like it. */
static bool
is_plain(struct text id)
{
    for (size_t i = 0; i < id.size; i++) {
        char c = id.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) {
            return false;
        }
    }
    return true;
}

static struct text
in_capitals(struct arena *keep, struct text t)
{
    char *out = arena_room(keep, t.size + 1);
    for (size_t i = 0; i < t.size; i++) {
        bool small = t.data[i] >= 'a' && t.data[i] <= 'z';
        out[i] = small ? (char)(t.data[i] - 'a' + 'A') : t.data[i];
    }
    return (struct text){out, t.size};
}

/* Whether it is told already that the two may be one. */
static bool
is_told(const struct participant *a, const struct participant *b)
{
    bool told = !date_is_none(a->birth) && date_compare(a->birth, b->birth) == 0;
    for (size_t i = 0; i < a->row_count; i++) {
        for (size_t j = 0; j < b->row_count; j++) {
            struct text iban = a->rows[i].bank.iban;
            told = told || (iban.size > 0 && text_equals(iban, b->rows[j].bank.iban));
        }
    }
    return told;
}

static bool
is_namesake(struct arena scratch, const struct participant *a,
            const struct participant *b)
{
    return text_folds_equal(scratch, a->last_name, b->last_name) &&
           text_folds_equal(scratch, a->first_name, b->first_name) && overlap(a, b);
}

/* The member of an id in plain capitals, or else the first before this one, whose id is spelled
 * like its own and whose name is the same; itself, if there is none. */
static uint32_t
find_namesake(struct arena *keep, const struct roster *roster, struct alike *known,
              uint32_t member)
{
    const struct participant *people = roster->items;
    struct text key = words_spelled(keep, people[member].id);
    uint32_t plain = roster_find(roster, in_capitals(keep, key));
    uint32_t at = alike_add(keep, known, key, member);
    const struct alike_one *list = known->list.items;
    if (plain != INDEX_NONE && is_namesake(*keep, &people[plain], &people[member])) {
        return plain;
    }
    while (list[at].index != member &&
           !is_namesake(*keep, &people[list[at].index], &people[member])) {
        at = list[at].next;
    }
    return list[at].index;
}

/* "P001" and "p 001" of one name, who was born nobody knows when. */
static void
tell_spelled(struct diag *diag, struct arena scratch, const struct roster *roster)
{
    struct alike known = {0};
    for (size_t i = 0; i < roster->count; i++) {
        const struct participant *person = &roster->items[i];
        if (is_plain(person->id)) {
            continue;
        }
        uint32_t first = find_namesake(&scratch, roster, &known, (uint32_t)i);
        const struct participant *other = &roster->items[first];
        if (first != i && !is_told(other, person)) {
            diag_warning(diag, person->rows[0].where, CODE_M004,
                         "'%.*s' and '%.*s' have the same name, and ids that are spelled "
                         "alike",
                         TEXT_ARG(other->id), TEXT_ARG(person->id));
            diag_other_place(diag, other->rows[0].where);
        }
    }
}

void
roster_tell_twice(struct diag *diag, struct arena scratch, const struct roster *roster)
{
    struct arena keys = arena_share(&scratch, 2);
    struct twice work = {
        .diag = diag, .roster = roster, .keys = &keys, .told = INDEX_NONE};
    map_reserve(&keys, &work.known.firsts, roster->count);
    parallel_in_order(scratch,
                      &(struct parallel_work){
                          .context = &work,
                          .parts = (roster->count + MEMBERS_A_PART - 1) / MEMBERS_A_PART,
                          .make = make_part,
                          .take = take_part});
    tell_spelled(diag, scratch, roster);
}
