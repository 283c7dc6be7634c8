/* SPDX-License-Identifier: Apache-2.0 */
/* What the styles of an .ods workbook make of cells and letters. Those with a name of their own lie
 * in a part apart, and those of the sheets go on from them; in each part a style may stand before
 * the one that it goes on from, so that nothing is settled before all are read. */
#include "sheet_ods.h"

#include <string.h>

#define SHADES_MAX 256 /* styles with a colour: each cell is compared with them */
#define BEFORE_MAX 64  /* styles that one goes on from: more than anybody makes */

/* Whether a line goes through the letters. */
static void
take_line(struct ods_look *look, const char *const *attributes)
{
    const char *style = attribute_of(attributes, "text-line-through-style");
    const char *type = attribute_of(attributes, "text-line-through-type");
    const char *said = style != NULL ? style : type;
    if (said != NULL) {
        look->struck = strcmp(said, "none") != 0 ? ODS_SAID_YES : ODS_SAID_NO;
    }
}

/* A font is named by its face, or by its family. */
static void
take_font(struct ods_sheet *self, struct ods_look *look, const char *const *attributes)
{
    const char *face = attribute_of(attributes, "font-name");
    const char *family = attribute_of(attributes, "font-family");
    if (face != NULL || family != NULL) {
        bool signs = (face != NULL && ods_holds(&self->sign_faces, face)) ||
                     font_is_of_signs(face) || font_is_of_signs(family);
        look->signs = signs ? ODS_SAID_YES : ODS_SAID_NO;
    }
}

static void
take_colour(struct ods_look *look, const char *const *attributes)
{
    if (attribute_of(attributes, "background-color") != NULL) {
        look->shaded = ods_is(attributes, "background-color", "transparent")
                           ? ODS_SAID_NO
                           : ODS_SAID_YES;
    }
}

/* A style of cells, or of letters within them; one of that name that was read before is another. */
static void
begin_style(struct ods_sheet *self, const char *const *attributes)
{
    struct arena *keep = self->reader.arena;
    const char *name = attribute_of(attributes, "name");
    const char *parent = attribute_of(attributes, "parent-style-name");
    bool cells = ods_is(attributes, "family", "table-cell");
    self->in_style = false;
    if (name == NULL || (!cells && !ods_is(attributes, "family", "text"))) {
        return;
    }
    struct map *by_name = cells ? &self->cell_looks : &self->letter_looks;
    uint32_t next = (uint32_t)self->looks.count;
    uint32_t index = map_insert(keep, by_name, text_of(keep_string(keep, name)), next);
    if (index == next) {
        (void)ARRAY_PUSH(keep, &self->looks);
    }
    self->looks.items[index] = (struct ods_look){
        .name = keep_string(keep, name),
        .parent = parent == NULL ? NULL : keep_string(keep, parent),
        .cells = cells,
    };
    self->look = index;
    self->in_style = true;
}

void
ods_styles_take(struct ods_sheet *self, const char *element,
                const char *const *attributes)
{
    struct ods_look *look = self->in_style ? &self->looks.items[self->look] : NULL;
    if (strcmp(element, "style") == 0) {
        begin_style(self, attributes);
    } else if (strcmp(element, "font-face") == 0) {
        const char *name = attribute_of(attributes, "name");
        if (name != NULL && font_is_of_signs(attribute_of(attributes, "font-family"))) {
            *ARRAY_PUSH(self->reader.arena, &self->sign_faces) =
                keep_string(self->reader.arena, name);
        }
    } else if (look != NULL && strcmp(element, "table-cell-properties") == 0) {
        take_colour(look, attributes);
    } else if (look != NULL && strcmp(element, "text-properties") == 0) {
        take_line(look, attributes);
        take_font(self, look, attributes);
    }
}

void
ods_styles_end(struct ods_sheet *self, const char *element)
{
    self->in_style = self->in_style && strcmp(element, "style") != 0;
}

/* The style with what it takes from those that it goes on from. */
static struct ods_look
whole_look(const struct ods_sheet *self, const struct ods_look *look)
{
    struct ods_look whole = *look;
    const struct map *by_name = look->cells ? &self->cell_looks : &self->letter_looks;
    for (int i = 0; i < BEFORE_MAX && look->parent != NULL; i++) {
        uint32_t index = map_find(by_name, text_of(look->parent));
        if (index == MAP_NONE) {
            break;
        }
        look = &self->looks.items[index];
        whole.struck = whole.struck == ODS_UNSAID ? look->struck : whole.struck;
        whole.shaded = whole.shaded == ODS_UNSAID ? look->shaded : whole.shaded;
        whole.signs = whole.signs == ODS_UNSAID ? look->signs : whole.signs;
    }
    return whole;
}

void
ods_styles_settle(struct ods_sheet *self)
{
    struct arena *keep = self->reader.arena;
    for (size_t i = 0; i < self->looks.count; i++) {
        struct ods_look look = whole_look(self, &self->looks.items[i]);
        bool marked = look.struck == ODS_SAID_YES || look.signs == ODS_SAID_YES;
        struct map *marks = look.cells ? &self->cell_marks : &self->letter_marks;
        if (marked) {
            uint32_t kinds = (look.struck == ODS_SAID_YES ? SHEET_STRUCK : 0U) |
                             (look.signs == ODS_SAID_YES ? SHEET_SIGNS : 0U);
            (void)map_insert(keep, marks, text_of(look.name), kinds);
        }
        if (look.cells && look.shaded == ODS_SAID_YES &&
            self->shaded_cells.count < SHADES_MAX) {
            *ARRAY_PUSH(keep, &self->shaded_cells) = look.name;
        }
    }
}

uint8_t
ods_marks(const struct map *marks, const char *const *attributes, const char *name)
{
    const char *style = marks->count == 0 ? NULL : attribute_of(attributes, name);
    uint32_t kinds = style == NULL ? MAP_NONE : map_find(marks, text_of(style));
    return kinds == MAP_NONE ? 0 : (uint8_t)kinds;
}

uint8_t
ods_marks_around(const struct ods_sheet *self)
{
    uint8_t kinds = self->row_marks;
    for (size_t i = 0; i < self->marked_columns.count; i++) {
        const struct ods_columns *columns = &self->marked_columns.items[i];
        if (self->column + 1 >= columns->first && self->column < columns->last) {
            kinds |= columns->kinds;
        }
    }
    return kinds;
}
