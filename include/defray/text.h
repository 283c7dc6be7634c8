/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text: a view of bytes, UTF-8 once read, not NUL-terminated, never owned.
 * Comparison for people (headers, categories, bodies) goes through a fold that
 * forgets case, accents, spaces, hyphens, underscores and apostrophes.
 */
#ifndef DEFRAY_TEXT_H
#define DEFRAY_TEXT_H

#include "defray/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *data;
    size_t size;
};

#define STR(literal) ((struct text){("" literal), sizeof(literal) - 1})
/* The same where C wants a constant: in tables. */
#define STR_INIT(literal)                 \
    {                                     \
        ("" literal), sizeof(literal) - 1 \
    }
/* For "%.*s" in printf-like calls. */
#define TEXT_ARG(t) (int)(t).size, (t).data

struct text text_of(const char *string); /* a view; NULL gives the empty text */

static inline bool
is_digit(char c) /* of ASCII, in any locale */
{
    return c >= '0' && c <= '9';
}

bool text_equals(struct text a, struct text b);
int text_compare(struct text a, struct text b); /* bytes; <0, 0, >0 */
bool text_starts_with(struct text whole, struct text start);
bool text_ends_with(struct text whole, struct text end);
/* A path without its folder: what follows the last '/'. */
struct text text_file_name(struct text path);
/* What is left of it, with the last '/'; "." if there is none. */
struct text text_folder(struct text path);
/* Without leading and trailing spaces, tabs, no-break spaces (U+00A0, U+202F). */
struct text text_trim(struct text t);
struct text text_copy(struct arena *keep, struct text t);
/* The same bytes followed by a NUL. */
const char *text_string(struct arena *keep, struct text t);
/* Writes the decimal digits of a value, at least `width` of them, and no NUL; gives how many. */
#define TEXT_DIGITS_MAX 20 /* of a value; a width may be larger */
size_t text_digits(char *out, uint64_t value, size_t width);
/* Texts behind one another, NUL-terminated: what a row of a long table is made of, for which
 * arena_printf takes ten times as long. */
const char *text_join(struct arena *keep, const struct text *texts, size_t count);
#define TEXT_JOIN(keep, ...)                              \
    text_join((keep), (const struct text[]){__VA_ARGS__}, \
              ARRAY_COUNT(((const struct text[]){__VA_ARGS__})))

/* Lower case without accents, spaces, '-', '_', '.', apostrophes; oe for the
 * ligature. For Latin letters with precomposed or combining accents. */
struct text text_fold(struct arena *keep, struct text t);
bool text_folds_equal(struct arena scratch, struct text a, struct text b);

/* The one of `count` candidates that is near enough to be what was meant
 * (edit distance at most 2, and less than half the word), or the empty text. Two
 * candidates equally near give the empty text: a guess would be worse than none. */
struct text text_nearest(struct arena scratch, struct text word,
                         const struct text *candidates, size_t count);

/* Strict UTF-8: no surrogate, no overlong form. Gives the offset of the first
 * bad byte, or t.size when all is well. */
size_t text_utf8_check(struct text t);
/* Number of characters (code points) of valid UTF-8. */
size_t text_characters(struct text t);

/* FNV-1a, for maps and for change detection, never for security. */
uint64_t text_hash(struct text t);

#endif
