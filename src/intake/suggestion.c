/* SPDX-License-Identifier: Apache-2.0 */
/* What a cell may have been meant to say. A text copied from a page or typed on another machine may
 * look like the one that is known, letter by letter, and be none: an accent as a character of its
 * own, a space that does not break. */
#include "table.h"

#include <string.h>

struct look {
    struct text plain; /* its letters without accents, any space as a space */
    size_t accents;
    size_t unusual; /* accents that are characters of their own, and other spaces */
};

static size_t
character_size(struct text t)
{
    uint8_t lead = (uint8_t)t.data[0];
    size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return size < t.size ? size : t.size;
}

/* U+0300 to U+036F */
static bool
is_accent_alone(struct text character)
{
    uint8_t lead = (uint8_t)character.data[0];
    return character.size == 2 &&
           (lead == 0xCC || (lead == 0xCD && (uint8_t)character.data[1] < 0xB0));
}

static bool
is_other_space(struct text character)
{
    return text_equals(character, STR("\xC2\xA0")) ||
           text_equals(character, STR("\xE2\x80\xAF")) ||
           text_equals(character, STR("\xE2\x80\x89"));
}

static struct look
look_of(struct arena *scratch, struct text t)
{
    char *out = arena_alloc(scratch, t.size + 1, 1, 1);
    struct look look = {
        .plain = {out, 0}
    };
    for (size_t at = 0, size = 0; at < t.size; at += size) {
        struct text rest = {t.data + at, t.size - at};
        size = character_size(rest);
        struct text character = {rest.data, size};
        bool space = is_other_space(character);
        bool accent = size > 1 && is_accent_alone(character);
        look.unusual += space || accent;
        look.accents += size > 1 && !space;
        if (space || size == 1) {
            out[look.plain.size++] = space ? ' ' : *character.data;
        } else if (!accent) {
            struct arena inner = *scratch;
            struct text fold = text_fold(&inner, character);
            bool capital =
                character.data[0] == '\xC3' && (uint8_t)character.data[1] < 0x9F;
            memcpy(out + look.plain.size, fold.data, fold.size);
            if (capital && fold.size == 1 && *fold.data >= 'a' && *fold.data <= 'z') {
                out[look.plain.size] = (char)(*fold.data - 'a' + 'A');
            }
            look.plain.size += fold.size;
        }
    }
    return look;
}

void
cell_suggest(const struct cell *cell, struct text meant)
{
    struct arena scratch = cell->table->scratch;
    struct look written = look_of(&scratch, cell->text);
    struct look known = look_of(&scratch, meant);
    bool alike = written.unusual + known.unusual > 0 &&
                 written.accents == known.accents &&
                 text_equals(written.plain, known.plain);
    if (alike) {
        diag_suggest_alike(cell_diag(cell), meant);
    } else {
        diag_suggest(cell_diag(cell), meant);
    }
}
