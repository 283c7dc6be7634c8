/* SPDX-License-Identifier: Apache-2.0 */
/* A rule file, block by block. Every fault of every block comes out in one pass. */
#include "loader.h"
#include "node_change.h"

#include <assert.h>
#include <stdlib.h>

#define SCRATCH_BYTES ((size_t)16 << 20)

static const struct text state_words[] = {
    [SCHEME_DRAFT] = WORD("draft"),         [SCHEME_IN_FORCE] = WORD("in_force"),
    [SCHEME_CONTESTED] = WORD("contested"), [SCHEME_SUSPENDED] = WORD("suspended"),
    [SCHEME_ANNULLED] = WORD("annulled"),
};

static const struct text language_words[] = {
    [LANGUAGE_EN] = WORD("en"), [LANGUAGE_FR] = WORD("fr")};
static const struct text overpayment_words[] = {WORD("carry"), WORD("recover")};

struct lives ARRAY_OF(struct life);
struct statuses ARRAY_OF(struct scheme_status);

static struct text
folder_of(struct text path)
{
    for (size_t i = path.size; i > 0; i--) {
        if (path.data[i - 1] == '/') {
            return (struct text){path.data, i > 1 ? i - 1 : 1};
        }
    }
    return STR("");
}

static bool
read_head(struct loader *loader, struct node *root, struct rules *out)
{
    struct text format;
    size_t language = 0;
    bool good = node_text(root, "format", REQUIRED, &format);
    if (good && !text_equals(format, STR("defray.rules/1"))) {
        good = diag_error(loader->diag, node_find(root, "format")->where, CODE_R038,
                          "format '%.*s' is not defray.rules/1", TEXT_ARG(format));
    }
    good = node_id(root, "id", REQUIRED, &out->id) && good;
    good = node_sentence(root, "authority", REQUIRED, &out->authority) && good;
    good = node_sentence(root, "assembly", REQUIRED, &out->assembly) && good;
    good = node_choice(root, "language", REQUIRED, WORDS_OF(language_words), &language) &&
           good;
    out->language = (enum language)language;
    return good;
}

/* The intervals in the order of days, once those taken by a later text are cut. */
static void
keep_lives(struct loader *loader, const struct lives *read,
           const struct dated_stretches *settled, struct rules *out)
{
    struct life *lives = NEW_ARRAY(loader->keep, struct life, settled->count);
    for (size_t i = 0; i < settled->count; i++) {
        const struct dated_stretch *stretch = &settled->items[i];
        assert(stretch->item < read->count);
        lives[i] = read->items[stretch->item];
        lives[i].checked_on =
            stretch_checked(stretch, lives[i].during, lives[i].checked_on);
        lives[i].during = stretch->during;
    }
    out->lives = lives;
    out->life_count = settled->count;
}

static bool
read_lives(struct loader *loader, struct node *root, struct rules *out)
{
    struct node *list = node_list(root, "life", REQUIRED);
    struct lives lives = {0};
    struct dated_stretches stretches = {0};
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct dated dated;
        struct mark mark = loader_mark(loader);
        good = dated_read(loader, entry, &dated) && good;
        if (!dated.known) {
            loader_forget(loader, mark);
            continue;
        }
        *ARRAY_PUSH(loader->keep, &stretches) =
            stretch_of(&dated, entry->where, lives.count);
        *ARRAY_PUSH(loader->keep, &lives) =
            (struct life){.during = dated.during,
                          .adopted = dated.adopted,
                          .checked_on = dated.checked_on,
                          .retroactive = dated.retroactive,
                          .basis = dated.basis};
        lives.items[lives.count - 1].basis.where = entry->where;
    }
    if (list != NULL && list->count == 0) {
        good = diag_error(loader->diag, list->where, CODE_R018,
                          "the life of the assembly is not stated");
    }
    good = good && stretches_settle(loader, &stretches, STR("life"));
    keep_lives(loader, &lives, &stretches, out);
    loader->lives = out->lives;
    loader->life_count =
        good ? out->life_count : 0; /* without a life nothing can be proven over it */
    return good;
}

static void
keep_statuses(struct loader *loader, const struct statuses *read,
              const struct dated_stretches *settled, struct rules *out)
{
    struct scheme_status *statuses =
        NEW_ARRAY(loader->keep, struct scheme_status, settled->count);
    for (size_t i = 0; i < settled->count; i++) {
        const struct dated_stretch *stretch = &settled->items[i];
        assert(stretch->item < read->count);
        statuses[i] = read->items[stretch->item];
        statuses[i].checked_on =
            stretch_checked(stretch, statuses[i].during, statuses[i].checked_on);
        statuses[i].during = stretch->during;
    }
    out->statuses = statuses;
    out->status_count = settled->count;
}

static bool
read_status(struct loader *loader, struct node *root, struct rules *out)
{
    struct node *list = node_list(root, "status", REQUIRED);
    struct statuses statuses = {0};
    struct dated_stretches stretches = {0};
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct dated dated;
        size_t state = 0;
        struct mark mark = loader_mark(loader);
        good = dated_read(loader, entry, &dated) && good;
        good =
            node_choice(entry, "state", REQUIRED, WORDS_OF(state_words), &state) && good;
        if (!dated.known) {
            loader_forget(loader, mark);
            continue;
        }
        *ARRAY_PUSH(loader->keep, &stretches) =
            stretch_of(&dated, entry->where, statuses.count);
        *ARRAY_PUSH(loader->keep, &statuses) =
            (struct scheme_status){.during = dated.during,
                                   .adopted = dated.adopted,
                                   .checked_on = dated.checked_on,
                                   .retroactive = dated.retroactive,
                                   .state = (enum scheme_state)state,
                                   .basis = dated.basis};
    }
    loader->truncated = false;
    good = good && stretches_settle(loader, &stretches, STR("status")) &&
           stretches_cover(loader, &stretches, list->where, STR("status"));
    keep_statuses(loader, &statuses, &stretches, out);
    return good;
}

static bool
is_draft(const struct rules *rules)
{
    for (size_t i = 0; i < rules->status_count; i++) {
        if (rules->statuses[i].state != SCHEME_DRAFT) {
            return false;
        }
    }
    return rules->status_count > 0;
}

static bool
read_proportionality(struct loader *loader, struct node *root, struct rules *out)
{
    struct node *node = node_group(root, "proportionality", OPTIONAL);
    if (node == NULL) {
        return !node_has(root, "proportionality");
    }
    struct text id;
    bool good = basis_read(loader, node, &out->proportionality_basis);
    if (!node_id(node, "series", REQUIRED, &id)) {
        return false;
    }
    struct where where = node_find(node, "series")->where;
    const struct common *common = common_find(loader, where, id);
    if (common == NULL || common->state != COMMON_READY) {
        return false;
    }
    if (common->is_scale) {
        return diag_error(loader->diag, where, CODE_R038,
                          "'%.*s' is a scale, not a series", TEXT_ARG(id));
    }
    if (!text_equals(common->unit, STR("euro")) &&
        !text_equals(common->unit, STR("euro_per_day"))) {
        return diag_error(loader->diag, where, CODE_R045,
                          "series '%.*s' is in %.*s: the stipend of a day is compared "
                          "with one in euro or euro_per_day",
                          TEXT_ARG(id), TEXT_ARG(common->unit));
    }
    out->proportionality = common->values;
    if (!text_equals(id, STR("jurors"))) {
        out->reference_label = common->label;
    }
    return good;
}

static bool
read_overpayment(struct node *root, struct rules *out)
{
    size_t word = 0;
    bool good =
        node_choice(root, "overpayment", OPTIONAL, WORDS_OF(overpayment_words), &word) ||
        !node_has(root, "overpayment");
    out->recover_overpayment = word == 1;
    return good;
}

/* Everything after the head. Each block is read whatever the others gave. */
static bool
read_blocks(struct loader *loader, struct node *root, struct rules *out)
{
    bool good = commons_read(loader);
    good = sources_read(loader) && good;
    good = read_lives(loader, root, out) && good;
    good = read_status(loader, root, out) && good;
    const struct rules *whole = loader->shelf->whole;
    if (!is_draft(whole == NULL ? out : whole) || node_has(root, "stipend")) {
        good = stipend_read(loader, root, &out->stipend) && good;
    }
    good = expenses_load(loader, root, out) && good;
    good = envelopes_read(loader, root, out) && good;
    good = read_proportionality(loader, root, out) && good;
    good = read_overpayment(root, out) && good;
    good = payment_read(loader, root, &out->payment) && good;
    good = notice_read(loader, root, &out->notice) && good;
    if (out->payment.recovery.stated && !out->recover_overpayment) {
        good =
            diag_error(loader->diag, out->payment.recovery.basis.where, CODE_R045,
                       "'payment.recovery' is stated, and overpayments are carried over "
                       "(write overpayment = \"recover\")");
    }
    return examples_read(loader, root, out) && good;
}

/* An open life ends where its indexed figures end. */
static void
end_life(const struct loader *loader, struct rules *out)
{
    for (size_t i = 0; i < out->life_count; i++) {
        if (date_is_open(out->lives[i].during.to) && !date_is_none(loader->known_until)) {
            out->lives[i].during.to = loader->known_until;
        }
    }
}

/* As known on a day, a source that only later entries rest on is left out; so is one that
 * nothing rests on, if it is of a later day. */
static bool
source_was_known(const struct loader *loader, const struct legal_source *source,
                 size_t index)
{
    if (!loader_is_view(loader) || source->cited) {
        return true;
    }
    return !loader->shelf->whole->sources[index].cited &&
           (date_is_none(source->date) ||
            date_compare(source->date, loader->shelf->known_on) <= 0);
}

static void
keep_sources(struct loader *loader, struct rules *out)
{
    struct sources kept = {0};
    for (size_t i = 0; i < loader->sources.count; i++) {
        struct legal_source *source = &loader->sources.items[i];
        source->cited = source_is_cited(loader, source);
        if (source_was_known(loader, source, i)) {
            *ARRAY_PUSH(loader->keep, &kept) = *source;
        }
    }
    out->sources = kept.items;
    out->source_count = kept.count;
    struct sources shared = {0};
    for (size_t i = 0; i < loader->shelf->count; i++) {
        const struct common *common = loader->shelf->items[i];
        for (size_t k = 0; k < common->source_count; k++) {
            struct legal_source source = common->sources[k];
            source.cited = source.cited || source_is_cited(loader, &common->sources[k]);
            if (!loader_is_view(loader) || source.cited) {
                *ARRAY_PUSH(loader->keep, &shared) = source;
            }
        }
    }
    out->shared_sources = shared.items;
    out->shared_source_count = shared.count;
}

static void
keep_what_was_used(struct loader *loader, struct rules *out)
{
    struct shelf *shelf = loader->shelf;
    for (size_t i = 0; i < shelf->assumptions.count; i++) {
        *ARRAY_PUSH(loader->keep, &loader->assumptions) = shelf->assumptions.items[i];
    }
    out->assumptions = loader->assumptions.items;
    out->assumption_count = loader->assumptions.count;
    keep_sources(loader, out);
    out->commons = NEW_ARRAY(loader->keep, struct input *, shelf->count);
    out->common_count = shelf->count;
    for (size_t i = 0; i < shelf->count; i++) {
        out->commons[i] = shelf->items[i]->input;
    }
}

static bool
read_document(struct loader *loader, struct rules *out)
{
    if (!node_read(&loader->document)) {
        return false;
    }
    if (loader->shelf->changes != NULL &&
        !node_change(&loader->document, loader->shelf->changes)) {
        return false;
    }
    struct node *root = &loader->document.root;
    bool good = read_head(loader, root, out);
    good = read_blocks(loader, root, out) && good;
    node_report_unread(&loader->document);
    end_life(loader, out);
    life_cut(loader, out);
    good = examples_placed(loader, out) && good;
    keep_what_was_used(loader, out);
    return good;
}

static struct rules *
read_rules(struct arena *keep, struct input *input, struct shelf *shelf,
           struct diag *diag)
{
    size_t faults = diag_errors(diag);
    struct arena whole = arena_reserve(SCRATCH_BYTES);
    struct arena scratch = whole;
    struct loader *loader = NEW(keep, struct loader);
    *loader = (struct loader){.keep = keep,
                              .scratch = &scratch,
                              .diag = diag,
                              .shelf = shelf,
                              .folder = folder_of(input->path),
                              .known_until = DATE_NONE};
    loader->document = (struct document){
        .keep = keep, .scratch = &scratch, .diag = diag, .input = input};
    struct rules *rules = NEW(keep, struct rules);
    rules->file = input;
    rules->known_on = shelf->known_on;
    rules->whole = shelf->whole;
    bool good = read_document(loader, rules);
    arena_release(whole);
    return good && diag_errors(diag) == faults ? rules : NULL;
}

struct rules *
rules_read(struct arena *keep, struct input *input, const struct text *folders,
           size_t folder_count, struct diag *diag)
{
    struct shelf shelf = {
        .folders = folders, .folder_count = folder_count, .known_on = DATE_NONE};
    return read_rules(keep, input, &shelf, diag);
}

struct rules *
rules_read_stored(struct arena *keep, struct input *const *files, size_t count,
                  struct diag *diag)
{
    struct shelf shelf = {.known_on = DATE_NONE, .stored = files, .stored_count = count};
    return read_rules(keep, files[0], &shelf, diag);
}

struct rules *
rules_read_changed(struct arena *keep, struct input *input,
                   const struct rules_folders *folders, struct node *changes,
                   struct diag *diag)
{
    struct shelf shelf = {.folders = folders->items,
                          .folder_count = folders->count,
                          .known_on = DATE_NONE,
                          .changes = changes};
    return read_rules(keep, input, &shelf, diag);
}

/* What is read again has been proven: nothing can be wrong with it now. */
const struct rules *
rules_as_known(struct arena *keep, const struct rules *whole, struct date on,
               const struct text *folders, size_t folder_count, struct diag *diag)
{
    struct shelf shelf = {
        .folders = folders, .folder_count = folder_count, .known_on = on, .whole = whole};
    return read_rules(keep, whole->file, &shelf, diag);
}
