/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers of a rule file share: where they are, the shared files they
 * may use, the sources they may name. One loader a file; a rule file and its
 * series share a shelf.
 */
#ifndef DEFRAY_RULES_LOADER_H
#define DEFRAY_RULES_LOADER_H

#include "defray/limits.h"
#include "defray/rules.h"

#include "node.h"

/* A word of a closed list, in a constant table. */
#define WORD(literal)                  \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }
#define WORDS_OF(table) ((struct words){(table), ARRAY_COUNT(table)})

enum common_state { COMMON_LOADING, COMMON_READY, COMMON_FAILED };

/* A shared file: a series of values, or a scale. */
struct common {
    struct text id;
    struct input *input;
    enum common_state state;
    bool is_scale;
    struct label label;
    struct text unit; /* of a series */
    struct timeline values;
    struct scale scale;
    struct legal_source *sources;
    size_t source_count;
};

struct assumptions ARRAY_OF(const struct basis *);
struct citations ARRAY_OF(const struct legal_source *);
struct sayings ARRAY_OF(struct text);
struct unknowns ARRAY_OF(struct unknown);
struct sources ARRAY_OF(struct legal_source);

/* The shared files of one rule file, each read once. */
struct shelf {
    const struct text *folders; /* without the final /common */
    size_t folder_count;
    struct common *items[RULES_COMMONS_MAX];
    size_t count;
    struct assumptions assumptions; /* made by the shared files */
    /* The rules as they were known on a day: read again from what was proven whole. */
    struct date known_on;        /* DATE_NONE: all that the files say */
    const struct rules *whole;   /* NULL then */
    struct input *const *stored; /* in memory, and no file is looked for; or NULL */
    size_t stored_count;
    struct node *changes; /* to the settings of the rule file; NULL: none */
};

struct loader {
    struct arena *keep;
    struct arena *scratch;
    struct diag *diag;
    struct document document;
    struct shelf *shelf;
    struct text folder; /* of the rule file */
    struct sources sources;
    struct common *named[RULES_COMMONS_MAX]; /* by the key 'series', or by a scale */
    size_t named_count;
    struct assumptions assumptions;
    struct citations cited;   /* a source as often as something rests on it */
    struct sayings said;      /* assumptions and notes, which may name a source */
    struct unknowns unknown;  /* days on which something was not adopted yet */
    const struct life *lives; /* none in a shared file */
    size_t life_count;
    bool truncated;          /* the timeline being read ends where its series ends */
    struct date known_until; /* the first such end; DATE_NONE if there is none */
};

/* What every dated entry says. */
struct dated {
    struct period during;
    struct date adopted, checked_on;
    bool retroactive;
    bool known; /* by the day as known on; always without one */
    struct basis basis;
};

/* How the figure of a dated entry is written. */
struct form {
    const char *key;
    int min, max; /* decimals; 2 and 2 is an amount of money */
    bool indexed; /* an index may stand for it */
    bool warned;  /* a warning level stands beside it */
};

/* A stretch of days, for the proofs. */
struct dated_stretch {
    struct period during;
    struct where where;
    struct date adopted; /* or, where no adoption is stated, the first day of the entry */
    bool retroactive;
    size_t item; /* what it is a stretch of */
};
struct dated_stretches ARRAY_OF(struct dated_stretch);

/* How much a loader had read, to forget what came after. */
struct mark {
    size_t assumptions, cited, said;
};

/* load_basis.c */
bool sources_read(struct loader *loader);
/* Whether something read so far rests on it, or an assumption or a note names it. */
bool source_is_cited(const struct loader *loader, const struct legal_source *source);
bool basis_read(struct loader *loader, struct node *group, struct basis *out);
bool dated_read(struct loader *loader, struct node *entry, struct dated *out);
/* An entry that was not adopted yet leaves no trace: neither assumption nor citation. */
struct mark loader_mark(const struct loader *loader);
void loader_forget(struct loader *loader, struct mark mark);
bool loader_is_view(const struct loader *loader); /* as known on a day */
bool label_read(struct node *group, const char *key, enum need need, struct label *out);
bool rounding_read(struct loader *loader, struct node *group, struct entitlement *out);
bool accounting_read(struct node *group, struct accounting *out);

/* load_timeline.c: proves what it reads over the life. */
bool timeline_read(struct loader *loader, struct node *group, const char *key,
                   const struct form *form, struct timeline *out);
/* A list that has been found already. */
bool timeline_read_list(struct loader *loader, struct node *list, const struct form *form,
                        struct timeline *out);

/* load_index.c: the values of one indexed entry. */
struct stated_amount {
    bool given;
    struct ratio amount;
};
bool index_read(struct loader *loader, struct node *entry, const struct dated *dated,
                const struct stated_amount *stated, struct timeline *out);

/* load_common.c */
bool commons_read(struct loader *loader);
/* The series or scale of that id among those named; NULL after a diagnostic. */
struct common *common_find(struct loader *loader, struct where where, struct text id);
struct common *common_scale(struct loader *loader, struct where where, struct text id);
/* The last day on which the series is known: an open end holds to the end of the
 * year in which it was checked. */
struct date common_known_until(const struct common *common);

/* load_scale.c */
bool scale_read(struct loader *loader, struct scale *out);

/* load_stipend.c, load_conditions.c, load_expenses.c, load_payment.c,
 * load_notice.c, load_examples.c */
bool stipend_read(struct loader *loader, struct node *root, struct stipend *out);
bool conditions_read(struct loader *loader, struct node *group, struct stipend *out);
bool caps_read(struct loader *loader, struct node *group, struct cap **caps,
               size_t *count);
bool expenses_load(struct loader *loader, struct node *root, struct rules *rules);
bool envelopes_read(struct loader *loader, struct node *root, struct rules *rules);
bool payment_read(struct loader *loader, struct node *root, struct payment *out);
bool notice_read(struct loader *loader, struct node *root, struct notice *out);
bool examples_read(struct loader *loader, struct node *root, struct rules *rules);
/* Whether each day of the examples is in the life, once that is known to its end. */
bool examples_placed(struct loader *loader, const struct rules *rules);

/* settle.c */
struct dated_stretch stretch_of(const struct dated *dated, struct where where,
                                size_t item);
/* Cuts from each stretch the days that a later retroactive one took, and proves that no
 * day is left with two. The result is in the order of days; an item may be in several
 * stretches, or in none. */
bool stretches_settle(struct loader *loader, struct dated_stretches *stretches,
                      struct text path);
/* When the item was last checked, now that it may end earlier. */
struct date stretch_checked(const struct dated_stretch *stretch, struct period stated,
                            struct date checked_on);
/* The life as it could be seen: without the days on which something was not adopted yet. */
void life_cut(struct loader *loader, struct rules *rules);

/* check.c */
bool stretches_overlap(struct loader *loader, struct dated_stretches *stretches,
                       struct text path);
bool stretches_cover(struct loader *loader, const struct dated_stretches *stretches,
                     struct where where, struct text path);
bool kinds_decided(struct loader *loader, struct node *stipend,
                   const struct stipend *read);

/* The rules of an input that is in memory: what rules_load does once it has found
 * the file. For tests and fuzzing too. */
struct rules *rules_read(struct arena *keep, struct input *input,
                         const struct text *folders, size_t folder_count,
                         struct diag *diag);

struct
    rules_folders { /* where shared files, and rule files named by an id, are looked for */
    const struct text *items;
    size_t count;
};
/* The same with the rule file's settings changed first (see node_change.h; NULL: nothing). */
struct rules *rules_read_changed(struct arena *keep, struct input *input,
                                 const struct rules_folders *folders,
                                 struct node *changes, struct diag *diag);
/* What rules_load looks for and reads, changed so. */
struct rules *rules_load_changed(struct arena *keep, struct text name,
                                 const struct rules_folders *folders,
                                 struct node *changes, struct diag *diag);

#endif
