/* SPDX-License-Identifier: Apache-2.0 */
/* How the parts of a workbook hang together: relations lead from the package to the
 * workbook, and from there to its sheets, styles and strings. */
#include "defray/workbook.h"

#include "workbook_parts.h"

#include <assert.h>
#include <string.h>

#define TARGET_BYTES 512

/* A handler starts with its part_handler, and gets back to itself by a cast. */
struct relations_handler {
    struct part_handler handler;
    struct book *book;
    const char *folder;
    struct relations *out;
};

struct workbook_handler {
    struct part_handler handler;
    struct book *book;
    int depth; /* of the element that is told */
};

#define DEPTH_SETTING \
    2 /* a child of the root: extensions have elements of the same names */
#define DEPTH_SHEET 3

const char *
keep_string(struct arena *arena, const char *string)
{
    return text_string(arena, text_of(string));
}

/* Takes the last step of a path of folders back: "xl/a/" becomes "xl/". */
static size_t
step_back(const char *path, size_t size)
{
    size -= size > 0;
    while (size > 0 && path[size - 1] != '/') {
        size--;
    }
    return size;
}

/* A target seen from a folder: "/xl/a.xml", "../a.xml", "./b/../a.xml" and "a.xml" become paths. */
static const char *
resolve(struct arena *arena, const char *folder, const char *target)
{
    size_t size = target[0] == '/' ? 0 : strlen(folder);
    char *path = arena_alloc(arena, strlen(folder) + strlen(target) + 1, 1, 1);
    memcpy(path, folder, size);
    target += target[0] == '/';
    while (*target != '\0') {
        size_t step = strcspn(target, "/");
        size_t whole = step + (target[step] == '/');
        if (step == 2 && strncmp(target, "..", step) == 0) {
            size = step_back(path, size);
        } else if (step != 1 || target[0] != '.') {
            memcpy(path + size, target, whole);
            size += whole;
        }
        target += whole;
    }
    path[size] = '\0';
    return path;
}

static const char *
last_word(const char *type)
{
    const char *slash = strrchr(type, '/');
    return slash == NULL ? type : slash + 1;
}

static void
on_relation(struct part_handler *handler, const char *element,
            const char *const *attributes)
{
    struct relations_handler *self = (struct relations_handler *)handler;
    const char *id = attribute_of(attributes, "Id");
    const char *type = attribute_of(attributes, "Type");
    const char *target = attribute_of(attributes, "Target");
    if (strcmp(element, "Relationship") != 0 || id == NULL || type == NULL ||
        target == NULL || strlen(target) > TARGET_BYTES) {
        return;
    }
    struct arena *arena = self->book->reader.arena;
    struct relation relation = {keep_string(arena, id),
                                keep_string(arena, last_word(type)),
                                resolve(arena, self->folder, target)};
    *ARRAY_PUSH(arena, self->out) = relation;
}

static bool
read_relations(struct book *book, const char *name, const char *folder,
               struct relations *out)
{
    struct relations_handler self = {{.start = on_relation}, book, folder, out};
    return part_read(&book->reader, name, &self.handler);
}

const struct relation *
relation_of_kind(const struct relations *relations, const char *kind)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].kind, kind) == 0) {
            return &relations->items[i];
        }
    }
    return NULL;
}

static const struct relation *
relation_of_id(const struct relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (strcmp(relations->items[i].id, id) == 0) {
            return &relations->items[i];
        }
    }
    return NULL;
}

static void
on_workbook(struct part_handler *handler, const char *element,
            const char *const *attributes)
{
    struct workbook_handler *self = (struct workbook_handler *)handler;
    struct book *book = self->book;
    self->depth++;
    if (self->depth == DEPTH_SETTING && strcmp(element, "workbookPr") == 0) {
        book->from_1904 = attribute_says_yes(attributes, "date1904");
    }
    if (self->depth == DEPTH_SETTING && strcmp(element, "calcPr") == 0) {
        book->stale = attribute_says_yes(attributes, "fullCalcOnLoad");
    }
    if (self->depth != DEPTH_SHEET || strcmp(element, "sheet") != 0) {
        return;
    }
    const char *name = attribute_of(attributes, "name");
    const char *id = attribute_of(attributes, "id");
    if (name == NULL || id == NULL || book->sheets.count == WORKBOOK_SHEETS_MAX) {
        part_refuse(handler->reader, CODE_W005, N_("its list of sheets makes no sense"),
                    NULL);
        return;
    }
    struct arena *arena = book->reader.arena;
    const char *state = attribute_of(attributes, "state");
    struct sheet_entry entry = {
        .name = text_of(keep_string(arena, name)),
        .relation = keep_string(arena, id),
        .hidden = state != NULL && strcmp(state, "visible") != 0,
    };
    *ARRAY_PUSH(arena, &book->sheets) = entry;
}

static void
on_workbook_end(struct part_handler *handler, const char *element)
{
    (void)element;
    ((struct workbook_handler *)handler)->depth--;
}

/* From the package to the list of sheets and their relations. */
static bool
read_workbook(struct book *book)
{
    struct arena *arena = book->reader.arena;
    struct relations package = {0};
    struct workbook_handler self = {
        {.start = on_workbook, .end = on_workbook_end},
        book, 0
    };
    if (!read_relations(book, "_rels/.rels", "", &package)) {
        return false;
    }
    const struct relation *main = relation_of_kind(&package, "officeDocument");
    if (main == NULL) {
        part_refuse(&book->reader, CODE_W004, N_("it holds no workbook"), NULL);
        return false;
    }
    if (text_ends_with(text_of(main->target), STR(".bin"))) {
        part_refuse(&book->reader, CODE_W001, N_("it is a binary workbook (.xlsb)"),
                    NULL);
        return false;
    }
    const char *name = strrchr(main->target, '/');
    name = name == NULL ? main->target : name + 1;
    const char *folder =
        arena_printf(arena, "%.*s", (int)(name - main->target), main->target);
    const char *rels = arena_printf(arena, "%s_rels/%s.rels", folder, name);
    return read_relations(book, rels, folder, &book->relations) &&
           part_read(&book->reader, main->target, &self.handler);
}

/* Each sheet's part. */
static bool
find_parts(struct book *book)
{
    for (size_t i = 0; i < book->sheets.count; i++) {
        struct sheet_entry *entry = &book->sheets.items[i];
        const struct relation *part = relation_of_id(&book->relations, entry->relation);
        if (part == NULL) {
            part_refuse(&book->reader, CODE_W004, N_("a sheet leads nowhere"), NULL);
            return false;
        }
        entry->part = strcmp(part->kind, "worksheet") == 0 ? part->target : NULL;
    }
    return true;
}

static bool
read_sheet(struct book *book, size_t index)
{
    struct part_stream *stream = book_open_sheet(book, index);
    if (stream != NULL) {
        while (part_step(stream) && part_beside(stream)) {
        }
        part_shut(stream);
    }
    return !book->reader.failed;
}

/* Tells the visitor of each sheet, and reads those that it wants. */
static bool
read_sheets(struct book *book)
{
    struct book_visitor *visitor = book->visitor;
    struct arena *arena = book->reader.arena;
    const char **done = NEW_ARRAY(arena, const char *, book->sheets.count + 1);
    const struct book_limits *limits = &book->reader.source->limits;
    size_t done_count = 0;

    for (size_t i = 0; i < book->sheets.count; i++) {
        const struct sheet_entry *entry = &book->sheets.items[i];
        struct book_sheet sheet = {i, entry->name, book->from_1904};
        bool wanted = entry->part != NULL &&
                      (visitor->sheet == NULL || visitor->sheet(visitor, &sheet)) &&
                      visitor->cell != NULL;
        if (wanted && !read_sheet(book, i)) {
            return false;
        }
        if (wanted || (entry->part != NULL && limits->some_sheets)) {
            done[done_count++] = entry->part;
        }
    }
    return !limits->every_part || parts_check(book, done, done_count);
}

bool
book_open(struct book *book)
{
    const struct book_source *source = book->reader.source;
    assert(source->path != NULL || source->where.input != NULL);
    return pack_open(&book->reader) && read_workbook(book) && find_parts(book);
}

bool
book_read(struct arena scratch, const struct book_source *source,
          struct book_visitor *visitor, struct diag *diag)
{
    struct book book = {
        .reader = {.arena = &scratch, .source = source, .diag = diag},
        .visitor = visitor,
    };
    bool read = book_open(&book) && (visitor->cell == NULL || book_read_tables(&book)) &&
                read_sheets(&book);
    pack_shut(&book.reader);
    return read;
}

bool
book_tell(struct arena scratch, const struct book_source *source, enum book_kind *kind,
          struct diag *diag)
{
    struct part_reader reader = {.arena = &scratch, .source = source, .diag = diag};
    *kind = BOOK_KIND_NONE;
    if (pack_open(&reader)) {
        if (part_exists(&reader, "_rels/.rels")) {
            *kind = BOOK_KIND_XLSX;
        } else if (part_exists(&reader, "content.xml") ||
                   part_exists(&reader, "encrypted-package")) {
            *kind = BOOK_KIND_ODS;
        } else {
            part_refuse(&reader, CODE_W004, N_("it holds no workbook"), NULL);
        }
    }
    pack_shut(&reader);
    return *kind != BOOK_KIND_NONE;
}
