/* SPDX-License-Identifier: Apache-2.0 */
/* One document after the other, in memory that is used again: a folder of 20 000 files takes no
 * more of it than a folder of one. A file is parked once it is whole, so that few are open. */
#include "leaflets.h"

#include "defray/digest.h"
#include "defray/output.h"

#include "certify.h"
#include "outputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_MAX_BYTES \
    200 /* of a file, before its ending; longer ones end in a fingerprint */
#define TOLD_EVERY  64   /* files between two words about progress */
#define FOLDER_MODE 0700 /* what is inside holds names and amounts */

static const struct where command_line = {0};

static const char *const formats[] = {".pdf", ".html"};

static bool
is_page(struct text path)
{
    const struct output *output = output_find(path);
    for (size_t i = 0; output != NULL && i < ARRAY_COUNT(formats); i++) {
        if (strcmp(output->extension, formats[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_folder(struct arena scratch, struct text path)
{
    struct stat found;
    return stat(text_string(&scratch, path), &found) == 0 && S_ISDIR(found.st_mode);
}

/* "x.docx" was meant as a file; "2026.03" and "x/" were not. */
static bool
looks_like_a_file(struct text path)
{
    struct text name = text_file_name(path);
    size_t dot = name.size;
    for (size_t i = 1; i < name.size; i++) {
        dot = name.data[i] == '.' ? i : dot;
    }
    return dot + 1 < name.size && (name.data[dot + 1] < '0' || name.data[dot + 1] > '9');
}

static bool
writes_file(struct arena scratch, struct text path)
{
    return is_page(path) && !is_folder(scratch, path);
}

static void
check_formats(struct run *run)
{
    const struct text_list *given = &run->options.values[OPTION_FORMAT];
    for (size_t i = 0; i < given->count; i++) {
        bool known = false;
        for (size_t k = 0; k < ARRAY_COUNT(formats); k++) {
            known = known || text_equals(given->items[i], text_of(formats[k] + 1));
        }
        if (!known) {
            diag_error(run->diag, command_line, CODE_U006,
                       "format '%.*s' is neither pdf nor html",
                       TEXT_ARG(given->items[i]));
        }
    }
}

bool
leaflets_check(struct run *run)
{
    size_t before = diag_errors(run->diag);
    const struct text_list *list = &run->options.values[OPTION_OUTPUT];
    check_formats(run);
    for (size_t i = 0; i < list->count; i++) {
        struct text path = list->items[i];
        struct stat found;
        bool exists = stat(text_string(run->keep, path), &found) == 0;
        if (is_folder(*run->keep, path)) {
            continue;
        }
        if (!is_page(path) && (looks_like_a_file(path) || exists)) {
            diag_error(
                run->diag, command_line, CODE_U008,
                "output '%.*s': give a folder, or a file that ends in .html or .pdf",
                TEXT_ARG(path));
            continue;
        }
        outputs_check_path(run, path, i);
    }
    return diag_errors(run->diag) == before;
}

bool
leaflets_choose(struct run *run, struct chosen *chosen)
{
    size_t count = run->batch.roster->count;
    uint32_t *items = NEW_ARRAY(run->keep, uint32_t, count + 1);
    *chosen = (struct chosen){items, count};
    if (option_given(&run->options, OPTION_MEMBER)) {
        items[0] = run_find_member(run, option_value(&run->options, OPTION_MEMBER));
        chosen->count = 1;
        return items[0] != INDEX_NONE;
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = (uint32_t)i;
    }
    return true;
}

static bool
is_plain(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
           c == '_';
}

const char *
leaflet_name(struct arena *keep, struct text id)
{
    char *name = NEW_ARRAY(keep, char, 3 * id.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < id.size; i++) {
        if (is_plain(id.data[i])) {
            name[size++] = id.data[i];
        } else {
            (void)snprintf(name + size, 4, "%%%02X", (unsigned)(unsigned char)id.data[i]);
            size += 3;
        }
    }
    if (size <= NAME_MAX_BYTES) {
        return name;
    }
    char sha256[65];
    digest_text(digest_of(id.data, id.size), sha256);
    return arena_printf(keep, "%.*s-%.16s", NAME_MAX_BYTES, name, sha256);
}

/* What is written, and how far. */
struct writing {
    struct run *run;
    struct leaflet_maker maker;
    struct chosen chosen;
    struct stage *stage;
    struct arena page, scratch; /* of one document */
    const char *fonts;
    struct text_list made; /* folders */
};

static bool
write_document(struct writing *work, const char *path, struct chosen chosen)
{
    struct arena page = work->page;
    struct document *document =
        work->maker.make(&page, work->scratch, work->maker.context, chosen);
    document->fonts = work->fonts;
    struct staged *file = stage_open(work->stage, path, work->run->diag);
    if (file == NULL) {
        return false;
    }
    file->confidential = document->confidential;
    const struct output *output = output_find(text_of(path));
    return output->write(work->scratch, document, file, work->run->diag) &&
           stage_park(work->stage, file, work->run->diag);
}

static bool
make_folder(struct writing *work, struct text path)
{
    struct run *run = work->run;
    if (mkdir(text_string(run->keep, path), FOLDER_MODE) == 0) {
        *ARRAY_PUSH(run->keep, &work->made) = path;
        return true;
    }
    return errno == EEXIST || diag_error(run->diag, command_line, CODE_F004,
                                         "output '%.*s' cannot be created: %s",
                                         TEXT_ARG(path), tr_errno(run->language, errno));
}

/* "P001.pdf" of each member, in one format. */
static bool
fill_folder(struct writing *work, struct text folder, const char *extension)
{
    struct run *run = work->run;
    for (size_t i = 0; i < work->chosen.count; i++) {
        struct chosen one = {work->chosen.items + i, 1};
        struct text id = run->batch.roster->items[*one.items].id;
        const char *path =
            arena_printf(run->keep, "%.*s%s%s%s%s", TEXT_ARG(folder),
                         text_ends_with(folder, STR("/")) ? "" : "/",
                         leaflet_name(run->keep, id), work->maker.suffix, extension);
        if (i % TOLD_EVERY == 0) {
            progress_tell(run->progress, N_("writing"), i, work->chosen.count);
        }
        if (!write_document(work, path, one)) {
            return false;
        }
    }
    return true;
}

static bool
write_folder(struct writing *work, struct text folder)
{
    const struct text_list *given = &work->run->options.values[OPTION_FORMAT];
    if (!make_folder(work, folder)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_COUNT(formats); i++) {
        bool asked = given->count == 0 && i == 0;
        for (size_t k = 0; k < given->count; k++) {
            asked = asked || text_equals(given->items[k], text_of(formats[i] + 1));
        }
        if (asked && !fill_folder(work, folder, formats[i])) {
            return false;
        }
    }
    return true;
}

static bool
write_all(struct writing *work)
{
    const struct text_list *list = &work->run->options.values[OPTION_OUTPUT];
    for (size_t i = 0; i < list->count; i++) {
        struct text path = list->items[i];
        bool written =
            writes_file(*work->run->keep, path)
                ? write_document(work, text_string(work->run->keep, path), work->chosen)
                : write_folder(work, path);
        if (!written) {
            return false;
        }
    }
    if (!outputs_inputs_stand(work->run) ||
        !stage_publish(work->stage, work->run->diag)) {
        return false;
    }
    for (size_t i = 0; i < work->made.count; i++) {
        folder_sync_above(*work->run->keep, work->made.items[i]);
    }
    return true;
}

bool
leaflets_write(struct run *run, struct leaflet_maker maker, struct chosen chosen)
{
    struct arena page = arena_reserve(ARENA_SCRATCH_BYTES);
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    struct writing work = {
        .run = run,
        .maker = maker,
        .chosen = chosen,
        .stage = stage_new(run->keep),
        .page = page,
        .scratch = scratch,
        .fonts = outputs_fonts(),
    };
    bool written = write_all(&work);
    if (!written) {
        stage_discard(work.stage);
    }
    for (size_t i = 0; !written && i < work.made.count; i++) {
        (void)rmdir(text_string(run->keep, work.made.items[i]));
    }
    arena_release(scratch);
    arena_release(page);
    return written;
}

void
leaflets_tell(const struct run *run, struct chosen chosen)
{
    const struct text_list *list = &run->options.values[OPTION_OUTPUT];
    size_t formats_given = run->options.values[OPTION_FORMAT].count;
    size_t files = chosen.count * (formats_given > 1 ? 2 : 1);
    for (size_t i = 0; i < list->count; i++) {
        if (writes_file(*run->keep, list->items[i])) {
            printf("%s %.*s\n", tr(run->language, N_("wrote")), TEXT_ARG(list->items[i]));
        } else {
            printf(tr_plural(run->language, "wrote %.*s (%zu file)\n",
                             "wrote %.*s (%zu files)\n", files),
                   TEXT_ARG(list->items[i]), files);
        }
    }
}
