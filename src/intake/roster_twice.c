/* SPDX-License-Identifier: Apache-2.0 */
/* One person under two ids is paid twice, and no rule sees it: two members of one name who were
 * born on the same day, or share an account number, while both are members. */
#include "roster_rows.h"

struct twice {
    struct diag *diag;
    const struct roster *roster;
    struct map known; /* by name and what else is the same: the first member */
};

static bool
overlap(const struct participant *a, const struct participant *b)
{
    for (size_t i = 0; i < a->row_count; i++) {
        for (size_t j = 0; j < b->row_count; j++) {
            struct period one = a->rows[i].during;
            struct period other = b->rows[j].during;
            if (date_compare(one.from, other.to) <= 0 &&
                date_compare(other.from, one.to) <= 0) {
                return true;
            }
        }
    }
    return false;
}

static bool
is_first(struct arena *scratch, struct twice *work, const char *key, uint32_t member,
         uint32_t *other)
{
    *other = map_insert(scratch, &work->known, text_of(key), member);
    return *other == member ||
           !overlap(&work->roster->items[*other], &work->roster->items[member]);
}

static void
tell(const struct twice *work, uint32_t first, uint32_t second, bool by_birth)
{
    const struct participant *a = &work->roster->items[first];
    const struct participant *b = &work->roster->items[second];
    struct where where = b->rows[0].where;
    if (by_birth) {
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
look_at(struct arena *scratch, struct twice *work, uint32_t member)
{
    const struct participant *person = &work->roster->items[member];
    uint32_t other = member;
    struct text name = text_fold(
        scratch, text_of(arena_printf(scratch, "%.*s %.*s", TEXT_ARG(person->last_name),
                                      TEXT_ARG(person->first_name))));
    if (!date_is_none(person->birth) &&
        !is_first(scratch, work,
                  arena_printf(scratch, "%.*s %d", TEXT_ARG(name), person->birth.day),
                  member, &other)) {
        tell(work, other, member, true);
        return;
    }
    for (size_t i = 0; i < person->row_count; i++) {
        struct text iban = person->rows[i].bank.iban;
        if (iban.size > 0 &&
            !is_first(scratch, work,
                      arena_printf(scratch, "%.*s %.*s", TEXT_ARG(name), TEXT_ARG(iban)),
                      member, &other)) {
            tell(work, other, member, false);
            return;
        }
    }
}

void
roster_tell_twice(struct diag *diag, struct arena scratch, const struct roster *roster)
{
    struct twice work = {.diag = diag, .roster = roster};
    for (uint32_t i = 0; i < roster->count; i++) {
        look_at(&scratch, &work, i);
    }
}
