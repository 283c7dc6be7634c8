/* SPDX-License-Identifier: Apache-2.0 */
/* Plain XML: elements with double quotes, and text of valid UTF-8. An element is told once
 * it is known to be plain to its end, so that nothing is told twice. Every loop stops at
 * the NUL that ends the bytes, which is in no class. */
#include "workbook_quick.h"

#include "defray/text.h"

#include <limits.h>
#include <string.h>

#define PIECES_MAX 16384
#define NAMES_MAX  32 /* attributes of one element */
#define TAG_PIECES (2 * NAMES_MAX + 2)

enum class {
    CLASS_LETTER = 1, /* may begin a name */
    CLASS_NAME = 2,   /* may go on in one */
    CLASS_VALUE = 4,  /* stands for itself in an attribute */
    CLASS_TEXT = 8,   /* stands for itself between tags */
    CLASS_HIGH = 16,  /* part of a character beyond ASCII */
    CLASS_COLON = 32, /* ends a prefix */
};

#define NOT_PLAIN 64U

enum piece_kind { PIECE_OPEN, PIECE_NAME, PIECE_VALUE, PIECE_TEXT, PIECE_CLOSE };

struct piece { /* sixteen bytes: of a cell there are nine */
    const char *at;
    uint32_t size;
    uint32_t kind; /* piece_kind */
};

struct open_element {
    struct text name;
    const char *local; /* its name without the prefix */
};

struct quick {
    uint8_t classes[UCHAR_MAX + 1];
    struct piece pieces[PIECES_MAX];
    size_t piece_count;
    struct open_element open[QUICK_DEPTH_MAX];
    size_t depth;
};

static const struct entity {
    struct text written;
    struct text meant;
} entities[] = {
    {STR_INIT("&amp;"),  STR_INIT("&") },
    {STR_INIT("&lt;"),   STR_INIT("<") },
    {STR_INIT("&gt;"),   STR_INIT(">") },
    {STR_INIT("&quot;"), STR_INIT("\"")},
    {STR_INIT("&apos;"), STR_INIT("'") },
};

struct quick *
quick_new(struct arena *keep)
{
    struct quick *quick = arena_room(keep, sizeof *quick); /* its lists are long */
    quick->piece_count = 0;
    quick->depth = 0;
    for (int c = 0; c <= UCHAR_MAX; c++) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool name = letter || (c >= '0' && c <= '9') || c == ':' || c == '-' ||
                    c == '_' || c == '.';
        bool plain = c >= ' ' && c != 0x7F && c != '<' && c != '&';
        unsigned of = (letter ? CLASS_LETTER : 0U) | (name ? CLASS_NAME : 0U) |
                      (plain && c != '"' ? CLASS_VALUE : 0U) |
                      ((plain && c != '>') || c == '\n' || c == '\t' ? CLASS_TEXT : 0U) |
                      (c >= 0x80 ? CLASS_HIGH : 0U) | (c == ':' ? CLASS_COLON : 0U);
        quick->classes[c] = (uint8_t)of;
    }
    return quick;
}

/* There is room for all pieces of one tag or text: scan() has looked. */
static inline void
add(struct quick *quick, enum piece_kind kind, const char *at, size_t size)
{
    quick->pieces[quick->piece_count++] = (struct piece){at, (uint32_t)size, kind};
}

static bool
is_plain(struct text t)
{
    if (text_utf8_check(t) < t.size) {
        return false;
    }
    for (size_t i = 0; i + 2 < t.size; i++) { /* U+FFFE and U+FFFF are no characters */
        if (t.data[i] == '\xEF' && t.data[i + 1] == '\xBF' &&
            (t.data[i + 2] == '\xBE' || t.data[i + 2] == '\xBF')) {
            return false;
        }
    }
    return true;
}

/* Moves past what is of a class; gives all classes met, or NOT_PLAIN. */
static inline unsigned
pass(const struct quick *quick, const char **at, unsigned class)
{
    const char *from = *at;
    const char *to = from;
    unsigned seen = 0;
    for (unsigned of = 0; ((of = quick->classes[(unsigned char)*to]) & class) != 0;
         to++) {
        seen |= of;
    }
    *at = to;
    if ((seen & CLASS_HIGH) != 0 && !is_plain((struct text){from, (size_t)(to - from)})) {
        return NOT_PLAIN;
    }
    return seen;
}

static bool
is_known(const struct quick *quick, size_t first, struct text name)
{
    for (size_t i = first; i < quick->piece_count; i += 2) {
        const struct piece *piece = &quick->pieces[i];
        if (piece->at[0] == name.data[0] && piece->size == name.size &&
            memcmp(piece->at, name.data, name.size) == 0) {
            return true;
        }
    }
    return false;
}

/* One attribute with the space before it. */
static bool
scan_attribute(struct quick *quick, const char **at, size_t first)
{
    const char *name = *at + 1;
    const char *p = name;
    if ((quick->classes[(unsigned char)*p] & CLASS_LETTER) == 0) {
        return false;
    }
    (void)pass(quick, &p, CLASS_NAME);
    size_t size = (size_t)(p - name);
    if (p[0] != '=' || p[1] != '"' || is_known(quick, first, (struct text){name, size}) ||
        (quick->piece_count - first) / 2 == NAMES_MAX) {
        return false;
    }
    p += 2;
    const char *value = p;
    if (pass(quick, &p, CLASS_VALUE) == NOT_PLAIN || *p != '"') {
        return false;
    }
    *at = p + 1;
    add(quick, PIECE_NAME, name, size);
    add(quick, PIECE_VALUE, value, (size_t)(p - value));
    return true;
}

/* The name at p, of which only what follows the prefix is told. */
static bool
scan_name(struct quick *quick, const char **at, struct text *name)
{
    const char *from = *at;
    if ((quick->classes[(unsigned char)*from] & CLASS_LETTER) == 0) {
        return false;
    }
    unsigned seen = pass(quick, at, CLASS_NAME);
    *name = (struct text){from, (size_t)(*at - from)};
    const char *colon = (seen & CLASS_COLON) == 0 ? NULL : memchr(from, ':', name->size);
    const char *local = colon == NULL ? from : colon + 1;
    add(quick, PIECE_OPEN, local, (size_t)(*at - local));
    return true;
}

static bool
scan_open(struct quick *quick, const char **at)
{
    const char *p = *at + 1;
    size_t piece = quick->piece_count;
    struct text name;
    if (quick->depth == QUICK_DEPTH_MAX || !scan_name(quick, &p, &name)) {
        return false;
    }
    while (*p == ' ' && p[1] != '/' && p[1] != '>') {
        if (!scan_attribute(quick, &p, piece + 1)) {
            return false;
        }
    }
    p += *p == ' ';
    if (p[0] == '/' && p[1] == '>') {
        *at = p + 2;
        add(quick, PIECE_CLOSE, quick->pieces[piece].at, 0);
        return true;
    }
    quick->open[quick->depth++] = (struct open_element){name, quick->pieces[piece].at};
    *at = p + 1;
    return *p == '>';
}

static bool
scan_close(struct quick *quick, const char **at)
{
    if (quick->depth == 0) {
        return false;
    }
    const struct open_element *element = &quick->open[--quick->depth];
    struct text open = element->name;
    const char *name = *at + 2;
    for (size_t i = 0; i < open.size; i++) {
        if (name[i] != open.data[i]) {
            return false;
        }
    }
    *at = name + open.size + 1;
    add(quick, PIECE_CLOSE, element->local, 0);
    return name[open.size] == '>';
}

static bool
scan_text(struct quick *quick, const char **at)
{
    const char *p = *at;
    if (*p == '&') {
        for (size_t i = 0; i < ARRAY_COUNT(entities); i++) {
            const struct entity *entity = &entities[i];
            if (strncmp(p, entity->written.data, entity->written.size) == 0) {
                *at = p + entity->written.size;
                add(quick, PIECE_TEXT, entity->meant.data, entity->meant.size);
                return true;
            }
        }
        return false;
    }
    if (pass(quick, &p, CLASS_TEXT) == NOT_PLAIN || (*p != '<' && *p != '&') ||
        p == *at) {
        return false;
    }
    add(quick, PIECE_TEXT, *at, (size_t)(p - *at));
    *at = p;
    return true;
}

/* The end of the element or text at p; NULL if it is not plain, or not there whole. */
static const char *
scan(struct quick *quick, const char *p)
{
    quick->piece_count = 0;
    quick->depth = 0;
    do {
        if (quick->piece_count > PIECES_MAX - TAG_PIECES) {
            return NULL;
        }
        bool plain = *p != '<'     ? scan_text(quick, &p)
                     : p[1] == '/' ? scan_close(quick, &p)
                                   : scan_open(quick, &p);
        if (!plain) {
            return NULL;
        }
    } while (quick->depth > 0);
    return p;
}

/* Tells what was scanned. Names and values end where a NUL is written: what stood there
 * has been read. */
static void
tell(const struct quick *quick, char *bytes, const struct quick_sink *sink)
{
    const char *attributes[2 * NAMES_MAX + 1];
    for (size_t i = 0; i < quick->piece_count && !*sink->stopped; i++) {
        const struct piece *piece = &quick->pieces[i];
        size_t count = 0;
        switch ((enum piece_kind)piece->kind) {
        case PIECE_OPEN:
            bytes[piece->at - bytes + (ptrdiff_t)piece->size] = '\0';
            for (;
                 i + 1 < quick->piece_count && quick->pieces[i + 1].kind <= PIECE_VALUE &&
                 quick->pieces[i + 1].kind != PIECE_OPEN;
                 i++) {
                const struct piece *next = &quick->pieces[i + 1];
                bytes[next->at - bytes + (ptrdiff_t)next->size] = '\0';
                attributes[count++] = next->at;
            }
            attributes[count] = NULL;
            sink->start(sink->data, piece->at, attributes);
            break;
        case PIECE_TEXT: sink->text(sink->data, piece->at, (int)piece->size); break;
        case PIECE_CLOSE: sink->end(sink->data, piece->at); break;
        case PIECE_NAME:
        case PIECE_VALUE: break; /* told with their element */
        }
    }
}

size_t
quick_tell(struct quick *quick, char *bytes, const struct quick_sink *sink)
{
    size_t done = 0;
    while (!*sink->stopped) {
        const char *end = scan(quick, bytes + done);
        if (end == NULL) {
            break;
        }
        tell(quick, bytes, sink);
        done = (size_t)(end - bytes);
    }
    return done;
}
