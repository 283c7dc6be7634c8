/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The settings of one rule file as a tree of our own. Values come out through
 * typed getters; each marks what it read and remembers what was asked, so that
 * a setting that nobody read is reported as unknown, with the nearest key that
 * somebody asked for. libconfig is not seen outside node.c.
 */
#ifndef DEFRAY_RULES_NODE_H
#define DEFRAY_RULES_NODE_H

#include "defray/date.h"
#include "defray/file.h"
#include "defray/money.h"

#include "prescan.h"

enum node_kind { NODE_GROUP, NODE_LIST, NODE_TEXT, NODE_INTEGER, NODE_BOOLEAN };

enum need { OPTIONAL, REQUIRED };

struct asked ARRAY_OF(struct text);

struct node {
    enum node_kind kind;
    struct text name; /* empty for an element of a list */
    struct text text; /* NODE_TEXT */
    int64_t integer;  /* NODE_INTEGER; 0 or 1 for NODE_BOOLEAN */
    struct node *children;
    size_t count;
    const struct node *parent; /* NULL for the file */
    struct document *document;
    struct where where;
    bool read;
    struct asked asked; /* keys asked of a group */
};

struct document {
    struct arena *keep;
    struct arena *scratch; /* room for one call; never advanced */
    struct diag *diag;
    struct input *input;
    struct node root;
};

struct texts ARRAY_OF(struct text);

struct words { /* a closed list of words; the value is the index */
    const struct text *items;
    size_t count;
};

/* Pre-scans and reads the file into the document, whose other fields are set.
 * False after diagnostics. */
bool node_read(struct document *document);
/* The second half of it: what the pre-scan let through, as a tree. */
bool node_build(struct document *document, const struct scanned *scanned);
/* Reports every setting that was not read. */
void node_report_unread(const struct document *document);
/* "stipend.tariffs[0].amounts" */
struct text node_path(struct arena *keep, const struct node *node);

/* The child of that name, marked as read, or NULL. Says nothing. */
struct node *node_find(struct node *group, const char *key);
/* The same without marking it. */
bool node_has(const struct node *group, const char *key);

/*
 * Typed getters. True with a value; false without one, after a diagnostic if the
 * key is there with a wrong value, or is required and missing. An optional key
 * that is missing leaves `out` as it is.
 */
struct node *node_group(struct node *group, const char *key, enum need need);
struct node *node_list(struct node *group, const char *key, enum need need);
bool node_text(struct node *group, const char *key, enum need need, struct text *out);
/* A text that says something. */
bool node_sentence(struct node *group, const char *key, enum need need, struct text *out);
/* Lower-case letters, digits, hyphens, underscores. */
bool node_id(struct node *group, const char *key, enum need need, struct text *out);
bool node_date(struct node *group, const char *key, enum need need, struct date *out);
bool node_money(struct node *group, const char *key, enum need need, struct money *out);
/* `min` to `max` decimals. */
bool node_ratio(struct node *group, const char *key, int min, int max, struct ratio *out);
bool node_boolean(struct node *group, const char *key, enum need need, bool *out);

struct bounds {
    int64_t least, most;
};
bool node_integer(struct node *group, const char *key, enum need need,
                  struct bounds bounds, int64_t *out);
bool node_choice(struct node *group, const char *key, enum need need, struct words words,
                 size_t *out);
/* A list of texts; false if it is missing or a fault was reported. */
bool node_texts(struct node *group, const char *key, enum need need, struct texts *out);
/* A list of words, as a bit set of 1u << index. */
bool node_word_set(struct node *group, const char *key, struct words words,
                   uint32_t *out);
/* One word of a list, wherever it stands. */
bool node_match(const struct node *node, struct words words, size_t *out);

/* The elements of a list that are groups; another element is reported and skipped.
 * Start with *at = 0; NULL at the end. */
struct node *node_next_group(struct node *list, size_t *at);

/* Lower-case letters, digits, hyphens and underscores; 1 to 64 of them. */
bool text_is_id(struct text t);

bool node_wrong_type(const struct node *node, const char *expected);
bool node_missing(const struct node *group, const char *key);

#endif
