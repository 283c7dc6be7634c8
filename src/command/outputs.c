/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever may be wrong with a name is said before any work; whatever fails later leaves every
 * existing file as it was. */
#include "outputs.h"

#include "defray/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct where command_line = {0};

static bool
same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether two names lead to one file, which may not exist yet. */
static bool
same_name(struct arena scratch, struct text a, struct text b)
{
    struct stat first = {0};
    struct stat second = {0};
    if (text_equals(a, b)) {
        return true;
    }
    bool first_exists = stat(text_string(&scratch, a), &first) == 0;
    bool second_exists = stat(text_string(&scratch, b), &second) == 0;
    if (first_exists && second_exists) {
        return same_file(&first, &second);
    }
    return !first_exists && !second_exists &&
           text_equals(text_file_name(a), text_file_name(b)) &&
           stat(text_string(&scratch, text_folder(a)), &first) == 0 &&
           stat(text_string(&scratch, text_folder(b)), &second) == 0 &&
           same_file(&first, &second);
}

/* A table, however its sheet was named: it is its file that would be written over. */
static bool
is_table(struct arena scratch, struct text table, struct text path)
{
    table.size = run_sheet_mark(scratch, table);
    return same_name(scratch, table, path);
}

static bool
names_an_input(struct run *run, struct text path)
{
    for (int i = OPTION_MEMBERS; i <= OPTION_PROFILES; i++) {
        const struct text_list *list = &run->options.values[i];
        for (size_t j = 0; j < list->count; j++) {
            if (is_table(*run->keep, list->items[j], path)) {
                return true;
            }
        }
    }
    struct text ledger = option_value(&run->options, OPTION_LEDGER);
    if (ledger.size > 0 && same_name(*run->keep, ledger, path)) {
        return true;
    }
    const struct text_list *operands = &run->options.operands;
    for (size_t i = 0; i < operands->count; i++) {
        if (same_name(*run->keep, operands->items[i], path)) {
            return true;
        }
    }
    return false;
}

static bool
refuse_input(struct run *run, struct text path)
{
    return diag_error(run->diag, command_line, CODE_U007,
                      "output '%.*s' is one of the inputs", TEXT_ARG(path));
}

void
outputs_check_path(struct run *run, struct text path, size_t index)
{
    const struct text_list *list = &run->options.values[OPTION_OUTPUT];
    struct stat found = {0};
    if (stat(text_string(run->keep, path), &found) == 0 && S_ISDIR(found.st_mode)) {
        diag_error(run->diag, command_line, CODE_U007, "output '%.*s' is a folder",
                   TEXT_ARG(path));
    }
    if (names_an_input(run, path)) {
        (void)refuse_input(run, path);
    }
    for (size_t i = 0; i < index; i++) {
        if (same_name(*run->keep, list->items[i], path)) {
            diag_error(run->diag, command_line, CODE_U007, "output '%.*s' is named twice",
                       TEXT_ARG(path));
        }
    }
}

static void
check_extension(struct run *run, struct text path, const char *extensions)
{
    const struct output *format = output_find(path);
    if (format == NULL || strstr(extensions, format->extension) == NULL) {
        diag_error(run->diag, command_line, CODE_U008,
                   "output '%.*s': the extension must be one of %s", TEXT_ARG(path),
                   extensions);
    }
}

bool
outputs_check(struct run *run, const char *extensions)
{
    size_t before = diag_errors(run->diag);
    const struct text_list *list = &run->options.values[OPTION_OUTPUT];
    for (size_t i = 0; i < list->count; i++) {
        check_extension(run, list->items[i], extensions);
        outputs_check_path(run, list->items[i], i);
    }
    if (option_given(&run->options, OPTION_CERTIFICATE)) {
        struct text path = option_value(&run->options, OPTION_CERTIFICATE);
        check_extension(run, path, ".json");
        outputs_check_path(run, path, list->count);
    }
    return diag_errors(run->diag) == before;
}

bool
outputs_is_there(struct run *run, struct text path, const struct digest *digest,
                 bool *other)
{
    struct stat status = {0};
    *other = false;
    if (stat(text_string(run->keep, path), &status) != 0) {
        return false;
    }
    const struct input *file =
        input_read(run->keep, path, CSV_BYTES_MAX, true, run->diag);
    bool same = file != NULL && digest_same(file->digest, *digest);
    *other = !same;
    return same;
}

static bool
write_certificate(struct run *run, struct stage *stage)
{
    struct text path = option_value(&run->options, OPTION_CERTIFICATE);
    if (!option_given(&run->options, OPTION_CERTIFICATE)) {
        return true;
    }
    struct staged *file = stage_open(stage, text_string(run->keep, path), run->diag);
    if (file != NULL) {
        file->confidential = true;
    }
    return file != NULL && staged_write(file, run->certificate, run->diag);
}

const char *
outputs_fonts(void)
{
    const char *fonts = getenv("DEFRAY_FONTS");
    return fonts != NULL && fonts[0] != '\0' ? fonts : NULL;
}

static bool
write_all(struct run *run, struct stage *stage,
          const struct document *(*document_of)(const void *context,
                                                const struct output *output),
          const void *context)
{
    const struct text_list *list = &run->options.values[OPTION_OUTPUT];
    struct arena scratch = arena_reserve(ARENA_SCRATCH_BYTES);
    bool written = true;
    for (size_t i = 0; i < list->count && written; i++) {
        const char *path = text_string(run->keep, list->items[i]);
        progress_tell(run->progress, N_("writing"), i, list->count);
        const struct output *output = output_find(list->items[i]);
        struct document document = *document_of(context, output);
        document.fonts = outputs_fonts();
        struct staged *file = stage_open(stage, path, run->diag);
        if (file != NULL) {
            file->confidential = document.confidential;
            file->public = document.public;
            file->fresh = document.form;
        }
        written = file != NULL && output->write(scratch, &document, file, run->diag);
    }
    arena_release(scratch);
    return written && write_certificate(run, stage);
}

static const struct document *
always(const void *context, const struct output *output)
{
    (void)output;
    return context;
}

/* What was read without an option that names it, the rules of a scenario, is no output either. */
static bool
inputs_are_spared(struct run *run)
{
    const struct text_list *list = &run->options.values[OPTION_OUTPUT];
    bool spared = true;
    for (size_t i = 0; i < list->count; i++) {
        for (size_t j = 0; j < run->inputs.count && spared; j++) {
            spared = !same_name(*run->keep, run->inputs.items[j]->path, list->items[i]) ||
                     refuse_input(run, list->items[i]);
        }
    }
    return spared;
}

bool
outputs_inputs_stand(const struct run *run)
{
    bool stand = true;
    for (size_t i = 0; i < run->inputs.count; i++) {
        stand = input_stands(run->inputs.items[i], run->diag) && stand;
    }
    return stand;
}

static struct stage *
stage_each(struct run *run,
           const struct document *(*document_of)(const void *context,
                                                 const struct output *output),
           const void *context)
{
    if (!inputs_are_spared(run)) {
        return NULL;
    }
    struct stage *stage = stage_new(run->keep);
    if (write_all(run, stage, document_of, context) && outputs_inputs_stand(run)) {
        return stage;
    }
    stage_discard(stage);
    return NULL;
}

struct stage *
outputs_stage(struct run *run, const struct document *document)
{
    return stage_each(run, always, document);
}

bool
outputs_write(struct run *run, const struct document *document)
{
    return outputs_write_each(run, always, document);
}

bool
outputs_write_each(struct run *run,
                   const struct document *(*document_of)(const void *context,
                                                         const struct output *output),
                   const void *context)
{
    struct stage *stage = stage_each(run, document_of, context);
    bool written = stage != NULL && stage_publish(stage, run->diag);
    if (stage != NULL && !written) {
        stage_discard(stage);
    }
    return written;
}

void
outputs_tell(const struct run *run)
{
    const struct text_list *outputs = &run->options.values[OPTION_OUTPUT];
    bool quiet = option_given(&run->options, OPTION_QUIET);
    for (size_t i = 0; i < outputs->count && !quiet; i++) {
        printf("%s %.*s\n", tr(run->language, N_("wrote")), TEXT_ARG(outputs->items[i]));
    }
}
