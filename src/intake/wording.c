/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a cell one by one, whatever parts them. */
#include "wording.h"

#include <string.h>

/* What people write in a cell where there is nothing to write. Folded, words parted by a space,
 * each as the whole cell. */
static const char *const nothing[] = {
    "aucun",
    "aucune",
    "neant",
    "non",
    "no",
    "none",
    "nil",
    "nc",
    "nr",
    "vide",
    "rien",
    "sans objet",
    "non concerne",
    "non concernee",
    "non applicable",
    "not applicable",
};

/* In place of a name: that there is somebody, or that the name is still to come. */
static const char *const unnamed[] = {
    "oui",
    "yes",
    "o",
    "y",
    "x",
    "vrai",
    "true",
    "ok",
    "faux",
    "false",
    "inconnu",
    "inconnue",
    "unknown",
    "manquant",
    "missing",
    "pending",
    "a completer",
    "a fournir",
    "a preciser",
    "a renseigner",
    "a definir",
    "a voir",
    "a venir",
    "a demander",
    "a verifier",
    "en attente",
    "en cours",
    "non renseigne",
    "non communique",
    "non precise",
    "non fourni",
    "pas connu",
    "to be completed",
    "to be provided",
    "to complete",
    "pas de representant",
    "pas de representant legal",
    "pas de tuteur",
    "sans representant",
    "sans representant legal",
    "sans tuteur",
};

/* In place of the member's own name. */
static const char *const oneself[] = {
    "lui meme",
    "elle meme",
    "soi meme",
    "moi meme",
    "membre",
    "le membre",
    "la membre",
    "le membre lui meme",
    "la membre elle meme",
    "interesse",
    "interessee",
    "l interesse",
    "l interessee",
    "le beneficiaire",
    "la beneficiaire",
    "beneficiaire",
    "member",
    "the member",
    "himself",
    "herself",
    "themself",
};

/* Of the line above, or of the member: nobody can tell. */
static const char *const ditto[] = {
    "idem",    "id",      "ditto",         "same",      "meme",
    "le meme", "la meme", "meme personne", "titulaire",
};

#define WORDS_MAX 4 /* of what is compared */

/* What parts words, and says nothing, beyond ASCII. */
static const struct text marks[] = {
    {"\xE2\x80\x93", 3}, /* dashes, ellipsis, apostrophe */
    {"\xE2\x80\x94", 3},
    {"\xE2\x80\xA6", 3},
    {"\xE2\x80\x99", 3},
    {"\xC2\xA0",     2}, /* no-break spaces, quotation marks */
    {"\xE2\x80\xAF", 3},
    {"\xC2\xAB",     2},
    {"\xC2\xBB",     2},
    {"\xEF\xB8\x8F", 3}  /* "as a picture", after a sign */
};

static struct text
text_behind(struct text t, size_t size)
{
    return (struct text){t.data + size, t.size - size};
}

/* Of what parts two words there: any ASCII but letters and digits, or a mark. 0 within a word. */
static size_t
break_size(struct text t)
{
    char c = t.data[0];
    if ((unsigned char)c < 0x80) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || is_digit(c) ? 0 : 1;
    }
    for (size_t i = 0; i < ARRAY_COUNT(marks); i++) {
        if (text_starts_with(t, marks[i])) {
            return marks[i].size;
        }
    }
    return 0;
}

struct text
word_next(struct arena *keep, struct text *rest)
{
    while (rest->size > 0 && break_size(*rest) > 0) {
        *rest = text_behind(*rest, break_size(*rest));
    }
    struct text word = {rest->data, 0};
    while (rest->size > 0 && break_size(*rest) == 0) {
        word.size++;
        *rest = text_behind(*rest, 1);
    }
    return text_fold(keep, word);
}

bool
word_is_among(const char *words, struct text folded)
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

struct text
words_spelled(struct arena *keep, struct text t)
{
    char *out = arena_room(keep, 2 * t.size + 1);
    size_t size = 0;
    struct text word = word_next(keep, &t);
    while (word.size > 0) {
        if (size > 0 && is_digit(out[size - 1]) && is_digit(word.data[0])) {
            out[size++] = '-';
        }
        memcpy(out + size, word.data, word.size);
        size += word.size;
        word = word_next(keep, &t);
    }
    return (struct text){out, size};
}

/* What stands before the number of a seat in one row, and not in another; each may come behind one
 * before it. */
static const struct text seat_words[] = {
    STR_INIT("siege"),     STR_INIT("seat"),      STR_INIT("numero"), STR_INIT("number"),
    STR_INIT("n\xC2\xB0"), STR_INIT("n\xC2\xBA"), STR_INIT("no"),     STR_INIT("n"),
};

/* "12" of "siegen°12"; a name that is no number stays whole. */
static struct text
number_of_seat(struct text spelled)
{
    struct text rest = spelled;
    for (size_t i = 0; i < ARRAY_COUNT(seat_words); i++) {
        if (text_starts_with(rest, seat_words[i])) {
            rest = text_behind(rest, seat_words[i].size);
        }
    }
    return rest.size > 0 && is_digit(rest.data[0]) ? rest : spelled;
}

struct text
words_of_seat(struct arena *keep, struct text t)
{
    struct text spelled = number_of_seat(words_spelled(keep, t));
    char *out = arena_room(keep, spelled.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < spelled.size; i++) {
        bool inside = size > 0 && is_digit(out[size - 1]);
        bool ahead = i + 1 < spelled.size && is_digit(spelled.data[i + 1]);
        if (spelled.data[i] != '0' || inside || !ahead) {
            out[size++] = spelled.data[i];
        }
    }
    return (struct text){out, size};
}

/* The words of a short text between single spaces; the empty text of a long one, and of none. */
static struct text
spelled_out(struct arena *keep, struct text t, bool *letters)
{
    struct text parts[2 * WORDS_MAX];
    size_t count = 0;
    struct text rest = t;
    *letters = false;
    for (struct text word = word_next(keep, &rest); word.size > 0;
         word = word_next(keep, &rest)) {
        for (size_t i = 0; i < word.size; i++) {
            *letters = *letters || !is_digit(word.data[i]);
        }
        if (count == ARRAY_COUNT(parts)) {
            return STR("");
        }
        parts[count] = count == 0 ? STR("") : STR(" ");
        parts[count + 1] = word;
        count += 2;
    }
    return text_of(text_join(keep, parts, count));
}

static bool
is_one_of(const char *const *words, size_t count, struct text said)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equals(said, text_of(words[i]))) {
            return true;
        }
    }
    return false;
}

bool
words_hold_a_digit(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        if (is_digit(t.data[i])) {
            return true;
        }
    }
    return false;
}

bool
words_say_nothing(struct arena scratch, struct text t)
{
    struct text rest = t;
    struct arena inner = scratch;
    if (word_next(&inner, &rest).size == 0) {
        return true;
    }
    bool letters = false;
    struct text folded = text_fold(&scratch, t); /* "S. O." may be somebody's letters */
    return text_equals(folded, STR("s/o")) || text_equals(folded, STR("n/a")) ||
           is_one_of(nothing, ARRAY_COUNT(nothing), spelled_out(&scratch, t, &letters));
}

bool
words_name_nobody(struct arena scratch, struct text t)
{
    if (words_say_nothing(scratch, t)) {
        return true;
    }
    bool letters = false;
    struct text said = spelled_out(&scratch, t, &letters);
    return !letters || is_one_of(unnamed, ARRAY_COUNT(unnamed), said);
}

bool
words_name_oneself(struct arena scratch, struct text t)
{
    bool letters = false;
    return is_one_of(oneself, ARRAY_COUNT(oneself), spelled_out(&scratch, t, &letters));
}

bool
words_say_the_same(struct arena scratch, struct text t)
{
    bool letters = false;
    return is_one_of(ditto, ARRAY_COUNT(ditto), spelled_out(&scratch, t, &letters));
}
