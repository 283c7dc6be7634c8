/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet of an .ods workbook as rows. All its sheets lie in one part, one after the
 * other, so that it is read once for their names and once for the rows of one. */
#include "sheet_ods.h"

#include <string.h>

#define CONTENT "content.xml"
#define STYLES  "styles.xml" /* those with a name of their own */

bool
ods_is(const char *const *attributes, const char *name, const char *word)
{
    const char *value = attribute_of(attributes, name);
    return value != NULL && strcmp(value, word) == 0;
}

bool
ods_holds(const struct ods_styles *styles, const char *style)
{
    for (size_t i = 0; i < styles->count; i++) {
        if (strcmp(styles->items[i], style) == 0) {
            return true;
        }
    }
    return false;
}

/* The names of the sheets, and which are hidden, without their cells. */
static void
on_name(struct part_handler *handler, const char *element, const char *const *attributes)
{
    struct ods_sheet *self = ods_sheet_of(handler);
    struct arena *keep = self->reader.arena;
    if (self->nested > 0 && strcmp(element, "table") != 0) {
        return; /* a cell: styles stand before all tables */
    }
    const char *name = attribute_of(attributes, "name");
    const char *style = attribute_of(attributes, "style-name");
    ods_styles_take(self, element, attributes);
    if (strcmp(element, "style") == 0) {
        bool wanted = name != NULL && ods_is(attributes, "family", "table");
        self->style = wanted ? keep_string(keep, name) : NULL;
    } else if (strcmp(element, "table-properties") == 0 && self->style != NULL &&
               ods_is(attributes, "display", "false")) {
        *ARRAY_PUSH(keep, &self->hidden_tables) = self->style;
    } else if (strcmp(element, "table") == 0 && self->nested++ == 0) {
        struct sheet_name sheet = {
            .name = text_of(keep_string(keep, name == NULL ? "" : name))};
        sheet.hidden = style != NULL && ods_holds(&self->hidden_tables, style);
        *ARRAY_PUSH(keep, &self->names) = sheet;
        if (self->names.count > WORKBOOK_SHEETS_MAX) {
            part_refuse(&self->reader, CODE_W005, N_("its list of sheets makes no sense"),
                        NULL);
        }
    }
}

static void
on_name_end(struct part_handler *handler, const char *element)
{
    struct ods_sheet *self = ods_sheet_of(handler);
    self->nested -= strcmp(element, "table") == 0;
    ods_styles_end(self, element);
}

static void
on_style(struct part_handler *handler, const char *element, const char *const *attributes)
{
    ods_styles_take(ods_sheet_of(handler), element, attributes);
}

static void
on_style_end(struct part_handler *handler, const char *element)
{
    ods_styles_end(ods_sheet_of(handler), element);
}

static void
on_manifest(struct part_handler *handler, const char *element,
            const char *const *attributes)
{
    (void)attributes;
    if (strcmp(element, "encryption-data") == 0) {
        part_refuse(handler->reader, CODE_W011, N_("it is protected by a password"),
                    NULL);
    }
}

static bool
read_more(struct grid *grid)
{
    struct ods_sheet *self = (struct ods_sheet *)(void *)grid;
    bool more = part_step(self->stream);
    grid->sheet.failed = grid->sheet.failed || self->reader.failed;
    return more && (self->met <= self->wanted + 1);
}

static void
shut_stream(struct ods_sheet *self)
{
    if (self->stream != NULL) {
        part_shut(self->stream);
        self->stream = NULL;
    }
}

static bool
turn(struct sheet *sheet, size_t index)
{
    struct ods_sheet *self = (struct ods_sheet *)(void *)sheet;
    shut_stream(self);
    self->reader.inflated = 0; /* its bound is on what is read to its end */
    self->wanted = index;
    grid_clear(&self->grid, sheet->names[index].name);
    self->stream = part_open(&self->reader, CONTENT, ods_rows_handler(self));
    sheet->failed = self->stream == NULL;
    return !sheet->failed;
}

static void
shut(struct sheet *sheet)
{
    struct ods_sheet *self = (struct ods_sheet *)(void *)sheet;
    shut_stream(self);
    pack_shut(&self->reader);
}

/* Whether it is locked, and which sheets it has. */
static bool
read_names(struct ods_sheet *self)
{
    static const char manifest[] = "META-INF/manifest.xml";
    struct ods_handler locks = {{.start = on_manifest}, self};
    struct ods_handler styles = {
        {.start = on_style, .end = on_style_end},
        self
    };
    struct ods_handler names = {
        {.start = on_name, .end = on_name_end, .unit = ODS_UNIT},
        self
    };
    if (part_exists(&self->reader, manifest) &&
        !part_read(&self->reader, manifest, &locks.handler)) {
        return false;
    }
    if (part_exists(&self->reader, STYLES) &&
        !part_read(&self->reader, STYLES, &styles.handler)) {
        return false;
    }
    if (!part_read(&self->reader, CONTENT, &names.handler)) {
        return false;
    }
    ods_styles_settle(self);
    if (self->names.count == 0) {
        part_refuse(&self->reader, CODE_W004, N_("it holds no sheet"), NULL);
    }
    return self->names.count > 0;
}

struct sheet *
sheet_ods_open(struct reading *reading, struct input *input)
{
    struct ods_sheet *self = NEW(reading->keep, struct ods_sheet);
    struct sheet *sheet = &self->grid.sheet;
    self->source =
        (struct book_source){.where = {.input = input}, .limits = BOOK_LIMITS_GIVEN};
    self->reader = (struct part_reader){
        .arena = reading->keep, .source = &self->source, .diag = reading->diag};
    grid_begin(&self->grid, reading, input);
    self->grid.more = read_more;
    sheet->turn = turn;
    sheet->shut = shut;
    if (!pack_open(&self->reader) || !read_names(self)) {
        shut(sheet);
        return NULL;
    }
    sheet->names = self->names.items;
    sheet->name_count = self->names.count;
    return sheet;
}
