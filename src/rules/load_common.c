/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared files, found in the folder "common" beside the rule file, then in that of
 * each rules folder. Each is read once; a series may use others, not in a circle.
 */
#include "loader.h"

#include <assert.h>
#include <unistd.h>

static const struct text series_units[] = {
    WORD("euro"),           WORD("euro_per_hour"), WORD("euro_per_day"),
    WORD("euro_per_night"), WORD("euro_per_meal"), WORD("euro_per_kilometre"),
};

struct date
common_known_until(const struct common *common)
{
    if (common->values.count == 0) {
        return DATE_OPEN_PAST;
    }
    const struct value *last = &common->values.items[common->values.count - 1];
    struct date end = last->during.to;
    if (date_is_open(end)) {
        bool made = date_make(date_year(last->checked_on), 12, 31, &end);
        assert(made);
    }
    return end;
}

static const char *
path_in(struct arena *keep, struct text folder, struct text id)
{
    if (folder.size == 0) {
        return arena_printf(keep, "common/%.*s.cfg", TEXT_ARG(id));
    }
    return arena_printf(keep, "%.*s/common/%.*s.cfg", TEXT_ARG(folder), TEXT_ARG(id));
}

/* Among the files that are in memory, or NULL. */
static struct input *
find_stored(const struct shelf *shelf, struct text path)
{
    for (size_t i = 1; i < shelf->stored_count; i++) {
        if (text_equals(shelf->stored[i]->path, path)) {
            return shelf->stored[i];
        }
    }
    return NULL;
}

/* NULL if the file is in no folder. */
static const char *
locate(struct loader *loader, struct text id)
{
    if (loader->shelf->stored != NULL) {
        const char *name = arena_printf(loader->keep, "%.*s.cfg", TEXT_ARG(id));
        return find_stored(loader->shelf, text_of(name)) == NULL ? NULL : name;
    }
    const char *path = path_in(loader->keep, loader->folder, id);
    for (size_t i = 0; access(path, F_OK) != 0; i++) {
        if (i == loader->shelf->folder_count) {
            return NULL;
        }
        path = path_in(loader->keep, loader->shelf->folders[i], id);
    }
    return path;
}

static bool
read_series(struct loader *loader, struct node *root, struct common *out)
{
    static const struct form form = {"amount", 2, 2, true, false};
    static const struct form fine = {"amount", 2, 4, true, false};
    size_t unit = 0;
    bool good = node_choice(root, "unit", REQUIRED, WORDS_OF(series_units), &unit);
    out->unit = series_units[unit];
    bool kilometre = text_equals(out->unit, STR("euro_per_kilometre"));
    good =
        timeline_read(loader, root, "values", kilometre ? &fine : &form, &out->values) &&
        good;
    if (good && out->values.count == 0 && !loader_is_view(loader)) {
        good = diag_error(loader->diag, out->values.where, CODE_R018,
                          "the series has no value");
    }
    return good;
}

static bool
read_content(struct loader *loader, struct common *out)
{
    struct node *root = &loader->document.root;
    struct text format;
    struct text id;
    if (!node_text(root, "format", REQUIRED, &format)) {
        return false;
    }
    out->is_scale = text_equals(format, STR("defray.scale/1"));
    if (!out->is_scale && !text_equals(format, STR("defray.series/1"))) {
        return diag_error(loader->diag, node_find(root, "format")->where, CODE_R038,
                          "format '%.*s' is neither defray.series/1 nor defray.scale/1",
                          TEXT_ARG(format));
    }
    bool good = node_id(root, "id", REQUIRED, &id);
    if (good && !text_equals(id, out->id)) {
        good = diag_error(loader->diag, node_find(root, "id")->where, CODE_R024,
                          "id '%.*s' is not the name of the file, '%.*s'", TEXT_ARG(id),
                          TEXT_ARG(out->id));
    }
    good = label_read(root, "label", REQUIRED, &out->label) && good;
    good = commons_read(loader) && good;
    good = sources_read(loader) && good;
    out->sources = loader->sources.items;
    out->source_count = loader->sources.count;
    good = (out->is_scale ? scale_read(loader, &out->scale)
                          : read_series(loader, root, out)) &&
           good;
    for (size_t i = 0; i < out->source_count; i++) {
        out->sources[i].cited = source_is_cited(loader, &out->sources[i]);
    }
    node_report_unread(&loader->document);
    return good;
}

/* The file, or what was read of it already. */
static struct input *
open_common(struct loader *from, const char *path)
{
    const struct rules *whole = from->shelf->whole;
    if (from->shelf->stored != NULL) {
        return find_stored(from->shelf, text_of(path));
    }
    if (whole == NULL) {
        return input_read(from->keep, text_of(path), RULES_BYTES_MAX, false, from->diag);
    }
    size_t i = 0;
    while (!text_equals(whole->commons[i]->path, text_of(path))) {
        i++;
        assert(i < whole->common_count);
    }
    return whole->commons[i];
}

static bool
read_common(struct loader *from, struct common *out, const char *path)
{
    size_t faults = diag_errors(from->diag);
    out->input = open_common(from, path);
    if (out->input == NULL) {
        return false;
    }
    struct loader *loader = NEW(from->keep, struct loader);
    *loader = (struct loader){.keep = from->keep,
                              .scratch = from->scratch,
                              .diag = from->diag,
                              .shelf = from->shelf,
                              .folder = from->folder,
                              .known_until = DATE_NONE};
    loader->document = (struct document){.keep = from->keep,
                                         .scratch = from->scratch,
                                         .diag = from->diag,
                                         .input = out->input};
    bool good = node_read(&loader->document) && read_content(loader, out);
    for (size_t i = 0; i < loader->assumptions.count; i++) {
        *ARRAY_PUSH(from->keep, &from->shelf->assumptions) = loader->assumptions.items[i];
    }
    return good && diag_errors(from->diag) == faults;
}

/* Takes the file from the shelf, or reads it. NULL after a diagnostic. */
static struct common *
fetch(struct loader *loader, struct where where, struct text id)
{
    struct shelf *shelf = loader->shelf;
    for (size_t i = 0; i < shelf->count; i++) {
        if (!text_equals(shelf->items[i]->id, id)) {
            continue;
        }
        if (shelf->items[i]->state == COMMON_LOADING) {
            diag_error(loader->diag, where, CODE_R036,
                       "series '%.*s' uses itself, by itself or through another",
                       TEXT_ARG(id));
            return NULL;
        }
        return shelf->items[i];
    }
    const char *path = locate(loader, id);
    if (path == NULL) {
        diag_error(loader->diag, where, CODE_R035,
                   "no file common/%.*s.cfg beside the rules", TEXT_ARG(id));
        return NULL;
    }
    if (shelf->count == RULES_COMMONS_MAX) {
        diag_error(loader->diag, where, CODE_R003, "more than %d shared files",
                   RULES_COMMONS_MAX);
        return NULL;
    }
    struct common *common = NEW(loader->keep, struct common);
    *common = (struct common){.id = id, .state = COMMON_LOADING};
    shelf->items[shelf->count++] = common;
    common->state = read_common(loader, common, path) ? COMMON_READY : COMMON_FAILED;
    return common;
}

static struct common *
among_named(const struct loader *loader, struct text id)
{
    for (size_t i = 0; i < loader->named_count; i++) {
        if (text_equals(loader->named[i]->id, id)) {
            return loader->named[i];
        }
    }
    return NULL;
}

bool
commons_read(struct loader *loader)
{
    struct node *list = node_list(&loader->document.root, "series", OPTIONAL);
    bool good = list != NULL || !node_has(&loader->document.root, "series");
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        struct node *element = &list->children[i];
        struct text id = element->text;
        if (element->kind != NODE_TEXT || !text_is_id(id)) {
            good = diag_error(loader->diag, element->where, CODE_R024,
                              "an element of 'series' is not the id of a shared file");
        } else if (among_named(loader, id) != NULL) {
            good = diag_error(loader->diag, element->where, CODE_R028,
                              "series '%.*s' is named twice", TEXT_ARG(id));
        } else {
            struct common *common = fetch(loader, element->where, id);
            if (common != NULL) {
                assert(loader->named_count <
                       RULES_COMMONS_MAX); /* the shelf is as wide */
                loader->named[loader->named_count++] = common;
            }
            good = common != NULL && common->state == COMMON_READY && good;
        }
    }
    return good;
}

struct common *
common_find(struct loader *loader, struct where where, struct text id)
{
    struct common *common = among_named(loader, id);
    if (common == NULL) {
        struct texts names = {0};
        for (size_t i = 0; i < loader->named_count; i++) {
            *ARRAY_PUSH(loader->keep, &names) = loader->named[i]->id;
        }
        diag_error(loader->diag, where, CODE_R035,
                   "'%.*s' is not named in series = [ … ]", TEXT_ARG(id));
        diag_suggest(loader->diag,
                     text_nearest(*loader->scratch, id, names.items, names.count));
    }
    return common;
}

struct common *
common_scale(struct loader *loader, struct where where, struct text id)
{
    struct common *common = common_find(loader, where, id);
    if (common != NULL && common->state == COMMON_READY && !common->is_scale) {
        diag_error(loader->diag, where, CODE_R038, "'%.*s' is a series, not a scale",
                   TEXT_ARG(id));
        return NULL;
    }
    return common;
}
