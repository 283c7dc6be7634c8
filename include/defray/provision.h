/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that a rule file says, as one list of provisions in the order of the file: a
 * subject, an item, a value in words and figures, the days it holds, the text it rests on.
 * What shows rules, and what compares two rule files, starts from this list, so that
 * nothing is left out of one and not of the other. A comment or a layout is no provision.
 */
#ifndef DEFRAY_PROVISION_H
#define DEFRAY_PROVISION_H

#include "defray/rules.h"

enum section {
    SECTION_HEAD,
    SECTION_LIFE,
    SECTION_STATUS,
    SECTION_STIPEND,
    SECTION_CONDITIONS,
    SECTION_EXPENSES,
    SECTION_LIMITS,
    SECTION_ACCOUNTING,
    SECTION_NOTICE,
    SECTION_EXAMPLES,
    SECTION_SOURCES,
    SECTION_COUNT
};
const char *section_label(enum language language, enum section section);
const char *section_word(enum section section); /* "conditions" */

struct provision {
    enum section section;
    const char *subject_key, *item_key; /* the same in every language */
    const char *subject, *item;         /* "Indemnité", "amount"; may be empty */
    const char *value;                  /* "13.74 € / hour" */
    bool dated;
    struct period during;
    struct date adopted, checked_on; /* DATE_NONE if not stated */
    bool retroactive;
    const struct basis *basis; /* NULL: rests on no text, as accounting */
};

struct provisions ARRAY_OF(struct provision);

/* All of them, for people who read that language. */
struct provisions rules_provisions(struct arena *keep, const struct rules *rules,
                                   enum language language);

/* "judgment", from the word of a rule file. */
const char *source_kind_label(enum language language, struct text kind);
/* "from 2023-06-26, checked on 2026-02-20, adopted on 2023-06-20"; "" without dates. */
const char *provision_days(struct arena *keep, enum language language,
                           const struct provision *provision);
/* "QE-16831, art. 3", or "assumption: …"; "" for NULL, what rests on no text. */
const char *basis_text(struct arena *keep, enum language language,
                       const struct basis *basis);
/* All of it: "13.74 € / hour, from 2023-06-26 [QE-16831]. Note." */
const char *provision_text(struct arena *keep, enum language language,
                           const struct provision *provision);

/* The first day from `from` on for which the two lists give other amounts for the entitlement,
 * "stipend" or a category; DATE_OPEN_FUTURE if there is none. Only what is in force on a day
 * counts. */
struct date provisions_part(const struct provisions *before,
                            const struct provisions *after, struct date from,
                            struct text component);

enum change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };
const char *change_label(enum language language, enum change change);
const char *change_word(enum change change); /* "added" */

struct
    provision_change { /* one of the two is NULL where something was added or removed */
    enum change change;
    const struct provision *before, *after;
};
struct provision_changes ARRAY_OF(struct provision_change);

/* What the second list says otherwise than the first, in the order of the two. */
struct provision_changes provisions_compare(struct arena *keep,
                                            const struct provisions *before,
                                            const struct provisions *after);

#endif
