/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A receipt is what the office holds. "aucun", "à fournir" and a dash say that it holds none, in as
 * many words as people have for it: nobody is paid on the strength of having written something.
 */
#include "receipt.h"

#include "cells.h"

#include <string.h>

/* Folded, each between spaces. As the whole cell, or as its first word ("sans ticket"). */
static const char held[] = " o y ok ✓ ✔ ☑ ";
static const char missing[] =
    " n na n/a so s/o nil afournir ajoindre avenir atransmettre ";
static const char missing_first[] =
    " non pas sans aucun aucune neant rien jamais manque manquant manquante manquants absent "
    "absente perdu perdue egare egaree attente attendu attendue relance relances reclame reclamee "
    "none missing not without lost pending ";
/* "à fournir", written without its accent. */
static const char to_come[] =
    " fournir joindre venir transmettre produire remettre reclamer "
    "completer demander recevoir suivre ";
/* "en attente", "to follow", "no ticket", whatever follows; before other words with a number the
 * first of them names a receipt ("no 12"). */
static const char missing_unnumbered[] = " en to no ";
static const char missing_second[] =
    " attente cours follow come receipt receipts ticket tickets invoice bill proof ";

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
has_digit(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (is_digit(t.data[i])) {
            return true;
        }
    }
    return false;
}

/* A letter, a digit, or a character beyond ASCII other than dashes and dots. */
static bool
says_something(struct text t)
{
    static const struct text marks[] = {
        {"\xE2\x80\x93", 3},
        {"\xE2\x80\x94", 3},
        {"\xE2\x80\xA6", 3},
        {"\xC2\xA0",     2}
    };
    for (size_t at = 0; at < t.size;) {
        size_t skipped = 0;
        for (size_t i = 0; i < ARRAY_COUNT(marks); i++) {
            struct text rest = {t.data + at, t.size - at};
            skipped = text_starts_with(rest, marks[i]) ? marks[i].size : skipped;
        }
        char c = t.data[at];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (skipped == 0 && (letter || is_digit(c) || (unsigned char)c >= 0x80)) {
            return true;
        }
        at += skipped > 0 ? skipped : 1;
    }
    return false;
}

static bool
is_among(const char *words, struct text folded)
{
    size_t size = strlen(words);
    for (size_t at = 1; folded.size > 0 && at + folded.size < size; at++) {
        if (words[at - 1] == ' ' && words[at + folded.size] == ' ' &&
            memcmp(words + at, folded.data, folded.size) == 0) {
            return true;
        }
    }
    return false;
}

/* The next word, and what follows it. Words end at whatever is no letter and no digit. */
static struct text
next_word(struct text *rest)
{
    static const struct text ends = STR_INIT(" -,;:.()/'\t\n");
    size_t from = 0;
    while (from < rest->size && memchr(ends.data, rest->data[from], ends.size) != NULL) {
        from++;
    }
    size_t to = from;
    while (to < rest->size && memchr(ends.data, rest->data[to], ends.size) == NULL) {
        to++;
    }
    struct text word = {rest->data + from, to - from};
    *rest = (struct text){rest->data + to, rest->size - to};
    return word;
}

static bool
begins_as_missing(struct arena scratch, struct text t)
{
    struct text rest = t;
    struct text first = text_fold(&scratch, next_word(&rest));
    struct text second = text_fold(&scratch, next_word(&rest));
    if (is_among(missing_first, first)) {
        return true;
    }
    if (text_equals(first, STR("a"))) {
        return is_among(to_come, second);
    }
    return is_among(missing_unnumbered, first) &&
           (is_among(missing_second, second) || !has_digit(t));
}

enum receipt
receipt_parse(struct arena scratch, struct text t)
{
    int value = yes_no(scratch, t);
    struct text folded = text_fold(&scratch, t);
    if (value == 1 || is_among(held, folded)) {
        return RECEIPT_HELD;
    }
    if (value == 0 || !says_something(t) || is_among(missing, folded) ||
        begins_as_missing(scratch, t)) {
        return RECEIPT_MISSING;
    }
    return has_digit(t) ? RECEIPT_REFERRED : RECEIPT_WORDED;
}
