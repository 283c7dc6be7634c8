/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Views of bytes, the fold under which people's spellings are compared, and the
 * edit distance behind "did you mean". All of it treats bytes that are not UTF-8
 * as what they are, so that a message about them can still be made.
 */
#include "defray/text.h"

#include <assert.h>
#include <string.h>

#define NEAR_MAX      2  /* most edits between a word and what was meant */
#define WORD_MAX      64 /* longer words are not compared */
#define NO_CHARACTER  UINT32_MAX
#define FNV_OFFSET    UINT64_C(14695981039346656037)
#define FNV_PRIME     UINT64_C(1099511628211)
#define CHARACTER_MAX 0x10FFFF

/* Lower-case base letters of U+00C0 to U+017F. '*' is spelled in two letters, and
 * ' ' is no letter. */
#define LETTERS_FIRST 0x00C0
#define LETTERS_LAST  0x017F
static const char base_letters[] = "aaaaaa*ceeeeiiii" /* À */
                                   "dnooooo ouuuuy**" /* Ð */
                                   "aaaaaa*ceeeeiiii" /* à */
                                   "dnooooo ouuuuy*y" /* ð */
                                   "aaaaaaccccccccdd" /* Ā */
                                   "ddeeeeeeeeeegggg" /* Đ */
                                   "gggghhhhiiiiiiii" /* Ġ */
                                   "ii**jjkkklllllll" /* İ */
                                   "lllnnnnnnnnnoooo" /* ŀ */
                                   "oo**rrrrrrssssss" /* Ő */
                                   "ssttttttuuuuuuuu" /* Š */
                                   "uuuuwwyyyzzzzzzs" /* Ű */;

struct spelling {
    uint32_t character;
    const char *letters; /* "" for what is forgotten */
};

static const struct spelling spellings[] = {
    {0x00A0, ""  },
    {0x2009, ""  },
    {0x2010, ""  },
    {0x2011, ""  },
    {0x2018, ""  },
    {0x2019, ""  },
    {0x02BC, ""  },
    {0x202F, ""  },
    {0x00C6, "ae"},
    {0x00E6, "ae"},
    {0x00DE, "th"},
    {0x00FE, "th"},
    {0x00DF, "ss"},
    {0x1E9E, "ss"},
    {0x0132, "ij"},
    {0x0133, "ij"},
    {0x0152, "oe"},
    {0x0153, "oe"},
    {0x0218, "s" },
    {0x0219, "s" },
    {0x021A, "t" },
    {0x021B, "t" },
};

/* How a character starts: its first byte, its length, and its least value (a
 * smaller one is an overlong form). */
struct lead {
    uint8_t mask;
    uint8_t bits;
    uint8_t length;
    uint32_t least;
};

static const struct lead leads[] = {
    {0x80, 0x00, 1, 0      },
    {0xE0, 0xC0, 2, 0x80   },
    {0xF0, 0xE0, 3, 0x800  },
    {0xF8, 0xF0, 4, 0x10000},
};

/* The character at the start of t and its length in bytes; NO_CHARACTER and 1 for
 * a byte that starts none. t is not empty. */
static uint32_t
decode(struct text t, size_t *length)
{
    const uint8_t *p = (const uint8_t *)t.data;
    *length = 1;
    for (size_t i = 0; i < ARRAY_COUNT(leads); i++) {
        const struct lead *lead = &leads[i];
        if ((p[0] & lead->mask) != lead->bits) {
            continue;
        }
        if (lead->length > t.size) {
            return NO_CHARACTER;
        }
        uint32_t character = p[0] & (uint8_t)~lead->mask;
        for (size_t j = 1; j < lead->length; j++) {
            if ((p[j] & 0xC0) != 0x80) {
                return NO_CHARACTER;
            }
            character = character << 6 | (p[j] & 0x3F);
        }
        bool surrogate = character >= 0xD800 && character <= 0xDFFF;
        if (character < lead->least || character > CHARACTER_MAX || surrogate) {
            return NO_CHARACTER;
        }
        *length = lead->length;
        return character;
    }
    return NO_CHARACTER;
}

static struct text
text_from(struct text t, size_t start)
{
    return (struct text){t.data + start, t.size - start};
}

/* Appends what a byte of ASCII folds to; gives the number of bytes, 0 or 1. */
static inline size_t
fold_plain(char *out, char c)
{
    bool forgotten = c == ' ' || c == '-' || c == '_' || c == '.' || c == '\'' ||
                     c == '\t' || c == '\n' || c == '\r';
    *out = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    return !forgotten;
}

/* The same for a character beyond ASCII. `as_is` are its
 * own bytes. */
static size_t
fold_character(char *out, uint32_t character, struct text as_is)
{
    if (character >= 0x0300 && character <= 0x036F) {
        return 0;
    }
    for (size_t i = 0; i < ARRAY_COUNT(spellings); i++) {
        if (spellings[i].character == character) {
            size_t size = strlen(spellings[i].letters);
            memcpy(out, spellings[i].letters, size);
            return size;
        }
    }
    if (character >= LETTERS_FIRST && character <= LETTERS_LAST) {
        char letter = base_letters[character - LETTERS_FIRST];
        if (letter != ' ') {
            assert(letter != '*');
            out[0] = letter;
            return 1;
        }
    }
    memcpy(out, as_is.data, as_is.size);
    return as_is.size;
}

/* A space that text_trim removes, at the start of t: its bytes, or 0. */
static size_t
space_at_start(struct text t)
{
    switch (t.data[0]) {
    case ' ':
    case '\t': return 1;
    case '\xC2': return t.size >= 2 && t.data[1] == '\xA0' ? 2 : 0;
    case '\xE2': return text_starts_with(t, STR("\xE2\x80\xAF")) ? 3 : 0;
    default: return 0;
    }
}

static size_t
space_at_end(struct text t)
{
    char last = t.data[t.size - 1];
    if (last != ' ' && last != '\t' && last != '\xA0' && last != '\xAF') {
        return 0;
    }
    size_t from = t.size < 3 ? 0 : t.size - 3;
    for (; from < t.size; from++) {
        if (space_at_start(text_from(t, from)) == t.size - from) {
            return t.size - from;
        }
    }
    return 0;
}

/* The characters of a folded word; the count is WORD_MAX + 1 if it has more. */
static size_t
spell(struct text word, uint32_t out[WORD_MAX])
{
    size_t count = 0;
    for (size_t at = 0; at < word.size;) {
        size_t length = 0;
        uint32_t character = decode(text_from(word, at), &length);
        if (count == WORD_MAX) {
            return WORD_MAX + 1;
        }
        out[count++] = character == NO_CHARACTER ? (uint8_t)word.data[at] : character;
        at += length;
    }
    return count;
}

struct word {
    uint32_t letters[WORD_MAX];
    size_t size;
};

/* Insertions, deletions, replacements and swaps of neighbours from a to b. */
static size_t
edit_distance(const struct word *a, const struct word *b)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b->size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a->size; i++) {
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= b->size; j++) {
            bool same = a->letters[i - 1] == b->letters[j - 1];
            size_t least = above[j - 1] + (same ? 0 : 1);
            least = above[j] + 1 < least ? above[j] + 1 : least;
            least = row[j - 1] + 1 < least ? row[j - 1] + 1 : least;
            if (i > 1 && j > 1 && a->letters[i - 1] == b->letters[j - 2] &&
                a->letters[i - 2] == b->letters[j - 1] && two_above[j - 2] + 1 < least) {
                least = two_above[j - 2] + 1;
            }
            row[j] = least;
        }
    }
    return rows[a->size % 3][b->size];
}

static inline uint64_t
load_eight(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return eight;
}

struct text
text_of(const char *string)
{
    return string == NULL ? STR("") : (struct text){string, strlen(string)};
}

/* Eight bytes at a time: what is compared is mostly an id or a word, and a call of memcmp
 * took as long as all the rest of looking one up. */
bool
text_equals(struct text a, struct text b)
{
    if (a.size != b.size) {
        return false;
    }
    size_t at = 0;
    for (; a.size - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        if (load_eight(a.data + at) != load_eight(b.data + at)) {
            return false;
        }
    }
    for (; at < a.size; at++) {
        if (a.data[at] != b.data[at]) {
            return false;
        }
    }
    return true;
}

int
text_compare(struct text a, struct text b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

bool
text_starts_with(struct text whole, struct text start)
{
    return whole.size >= start.size &&
           text_equals((struct text){whole.data, start.size}, start);
}

bool
text_ends_with(struct text whole, struct text end)
{
    return whole.size >= end.size &&
           (end.size == 0 || text_equals(text_from(whole, whole.size - end.size), end));
}

struct text
text_file_name(struct text path)
{
    size_t from = path.size;
    while (from > 0 && path.data[from - 1] != '/') {
        from--;
    }
    return text_from(path, from);
}

struct text
text_folder(struct text path)
{
    size_t size = path.size - text_file_name(path).size;
    return size == 0 ? STR(".") : (struct text){path.data, size};
}

struct text
text_trim(struct text t)
{
    while (t.size > 0) {
        size_t space = space_at_start(t);
        if (space == 0) {
            break;
        }
        t = text_from(t, space);
    }
    while (t.size > 0) {
        size_t space = space_at_end(t);
        if (space == 0) {
            break;
        }
        t.size -= space;
    }
    return t;
}

size_t
text_digits(char *out, uint64_t value, size_t width)
{
    size_t count = 1;
    for (uint64_t rest = value; rest >= 10; rest /= 10) {
        count++;
    }
    count = count < width ? width : count;
    for (size_t i = count; i > 0; i--) {
        out[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    return count;
}

const char *
text_join(struct arena *keep, const struct text *texts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        size += texts[i].size;
    }
    char *joined = arena_alloc(keep, size + 1, 1, 1);
    char *at = joined;
    for (size_t i = 0; i < count; i++) {
        if (texts[i].size > 0) {
            memcpy(at, texts[i].data, texts[i].size);
            at += texts[i].size;
        }
    }
    return joined;
}

struct text
text_copy(struct arena *keep, struct text t)
{
    return (struct text){text_string(keep, t), t.size};
}

const char *
text_string(struct arena *keep, struct text t)
{
    char *copy = arena_alloc(keep, t.size + 1, 1, 1);
    if (t.size > 0) {
        memcpy(copy, t.data, t.size);
    }
    return copy;
}

struct text
text_fold(struct arena *keep, struct text t)
{
    /* No character folds to more bytes than it has. */
    char *out = arena_alloc(keep, t.size, 1, 1);
    size_t size = 0;
    for (size_t at = 0; at < t.size;) {
        if ((uint8_t)t.data[at] < 0x80) {
            size += fold_plain(out + size, t.data[at++]);
            continue;
        }
        size_t length = 0;
        uint32_t character = decode(text_from(t, at), &length);
        size += fold_character(out + size, character, (struct text){t.data + at, length});
        at += length;
    }
    return (struct text){out, size};
}

bool
text_folds_equal(struct arena scratch, struct text a, struct text b)
{
    return text_equals(a, b) ||
           text_equals(text_fold(&scratch, a), text_fold(&scratch, b));
}

struct text
text_nearest(struct arena scratch, struct text word, const struct text *candidates,
             size_t count)
{
    struct word wanted;
    wanted.size = spell(text_fold(&scratch, word), wanted.letters);
    struct text nearest = STR("");
    size_t best = NEAR_MAX + 1;
    bool tie = false;
    for (size_t i = 0; i < count && wanted.size <= WORD_MAX; i++) {
        struct arena inner = scratch;
        struct word other;
        other.size = spell(text_fold(&inner, candidates[i]), other.letters);
        size_t sizes_apart = other.size > wanted.size ? other.size - wanted.size
                                                      : wanted.size - other.size;
        if (other.size > WORD_MAX || sizes_apart > NEAR_MAX) {
            continue;
        }
        size_t distance = edit_distance(&wanted, &other);
        if (distance > best || distance * 2 >= wanted.size) {
            continue;
        }
        if (distance == best) {
            tie = tie || !text_equals(nearest, candidates[i]);
            continue;
        }
        best = distance;
        nearest = candidates[i];
        tie = false;
    }
    return tie ? STR("") : nearest;
}

/* How many bytes of ASCII t begins with: most of every file, so they are looked at by the block. */
static size_t
plain_bytes(struct text t)
{
    const uint64_t beyond = UINT64_C(0x8080808080808080);
    uint64_t block[4];
    size_t at = 0;
    for (; t.size - at >= sizeof block; at += sizeof block) {
        memcpy(block, t.data + at, sizeof block);
        if (((block[0] | block[1] | block[2] | block[3]) & beyond) != 0) {
            break;
        }
    }
    while (at < t.size && (unsigned char)t.data[at] < 0x80) {
        at++;
    }
    return at;
}

size_t
text_utf8_check(struct text t)
{
    size_t at = 0;
    for (;;) {
        at += plain_bytes(text_from(t, at));
        if (at == t.size) {
            return at;
        }
        size_t length = 0;
        if (decode(text_from(t, at), &length) == NO_CHARACTER) {
            return at;
        }
        at += length;
    }
}

size_t
text_characters(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.size; i++) {
        count += ((uint8_t)t.data[i] & 0xC0) != 0x80;
    }
    return count;
}

uint64_t
text_hash(struct text t)
{
    uint64_t hash = FNV_OFFSET;
    for (size_t i = 0; i < t.size; i++) {
        hash = (hash ^ (uint8_t)t.data[i]) * FNV_PRIME;
    }
    return hash;
}
