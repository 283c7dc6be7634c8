/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A scenario file: the base is read first, and all its faults told. A variant is the same file
 * with its settings changed, read again, under rules whose settings may be changed too: there is
 * one reader and one calculation for all of them.
 */
#include "defray/liquidation.h"

#include "../rules/node_change.h"
#include "scenario_parts.h"

#include <unistd.h>

#define SCRATCH_BYTES ((size_t)16 << 20)
#define VARIANTS_MAX  24

struct whole { /* the file, and where its rules are looked for */
    struct arena *keep;
    struct arena *scratch;
    struct diag *diag;
    struct document document; /* read by nobody: copies are */
    struct rules_folders folders;
    struct scenarios *out;
};

void
scenario_blame(const struct scenario *scenario, size_t since, struct diag *diag)
{
    if (scenario->name.size > 0) {
        diag_put_before(diag, since, scenario->stated,
                        arena_printf(diag_arena(diag),
                                     tr(diag_language(diag), N_("in variant '%.*s': ")),
                                     TEXT_ARG(scenario->name)));
    }
}

static struct where
last_of(const struct node *node)
{
    return node->count == 0 ? node->where : last_of(&node->children[node->count - 1]);
}

static struct node *
raw_child(struct node *group, const char *key)
{
    return group == NULL || group->kind != NODE_GROUP ? NULL : node_find(group, key);
}

/* The changes of the file's own rules, then those of the variant. */
static struct node *
all_changes(struct whole *whole, struct node *variant)
{
    struct node *lists[] = {raw_child(&whole->document.root, "change_rules"),
                            raw_child(variant, "change_rules")};
    struct node *all = NEW(whole->keep, struct node);
    *all = (struct node){.kind = NODE_LIST, .document = &whole->document};
    size_t count = 0;
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        count += lists[i] == NULL ? 0 : lists[i]->count;
    }
    all->children = NEW_ARRAY(whole->keep, struct node, count + 1);
    for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
        for (size_t j = 0; lists[i] != NULL && j < lists[i]->count; j++) {
            all->children[all->count++] = lists[i]->children[j];
        }
    }
    return all;
}

/* Lists the rule file; whether it was not listed before. */
static bool
enter_rules(struct whole *whole, const struct rules *rules)
{
    struct scenarios *out = whole->out;
    for (size_t i = 0; i < out->rules_count; i++) {
        if (text_equals(out->rules[i]->file->path, rules->file->path)) {
            return false;
        }
    }
    out->rules[out->rules_count++] = rules;
    return true;
}

static bool
read_hold(struct scenario_reader *reader, struct node *root, struct rules *rules)
{
    struct node *hold = node_group(root, "hold", OPTIONAL);
    struct scenario *out = reader->out;
    out->held_to = DATE_NONE;
    if (hold == NULL) {
        return !node_has(root, "hold");
    }
    bool good = node_date(hold, "to", REQUIRED, &out->held_to);
    good = basis_read(&reader->loader, hold, &out->hold_basis) && good;
    if (good && rules != NULL) {
        rules_hold(rules, out->held_to);
    }
    return good;
}

static bool
read_mandate(struct scenario_reader *reader, struct node *root)
{
    struct scenario *out = reader->out;
    struct node *mandate = node_group(root, "mandate", REQUIRED);
    if (mandate == NULL) {
        return false;
    }
    int64_t slips = 0;
    bool good = node_date(mandate, "from", REQUIRED, &out->mandate.from);
    good = node_date(mandate, "to", REQUIRED, &out->mandate.to) && good;
    good = basis_read(&reader->loader, mandate, &out->mandate_basis) && good;
    if (good && date_compare(out->mandate.from, out->mandate.to) > 0) {
        good = diag_error(reader->loader.diag, mandate->where, CODE_R030,
                          "the mandate ends before it begins");
    }
    struct node *slip = node_group(root, "slips", OPTIONAL);
    if (slip != NULL) {
        good = node_integer(slip, "months", REQUIRED, (struct bounds){0, 60}, &slips) &&
               good;
        good = basis_read(&reader->loader, slip, &out->slip_basis) && good;
    }
    out->slips_months = (int)slips;
    out->lasts = out->mandate;
    if (good && slips > 0) {
        out->lasts.to = date_add_months(out->mandate.to, out->slips_months);
    }
    return good && (slip != NULL || !node_has(root, "slips"));
}

static bool
can_be_laid_out(struct scenario_reader *reader, struct node *root)
{
    const struct scenario *scenario = reader->out;
    if (!scenario_lay_out(reader->loader.keep, reader->out)) {
        return diag_error(reader->loader.diag, node_find(root, "sessions")->where,
                          CODE_V006,
                          "the calendar has no session, more than %d days, more than %d "
                          "sessions on one day, or twice the same series on one",
                          SCENARIO_DAYS_MAX, SCENARIO_ON_DAY_MAX);
    }
    for (size_t i = 0; i < scenario->session_count; i++) {
        const struct session *session = &scenario->sessions[i];
        if (!period_contains(scenario->lasts, session->date)) {
            char day[DATE_TEXT_MAX];
            return diag_error(reader->loader.diag, session->where, CODE_V006,
                              "session '%.*s' on %s lies outside the mandate",
                              TEXT_ARG(session->id), date_text(session->date, day));
        }
    }
    return true;
}

/* A rule file that is named by its path is seen from the scenario's folder, if it is there; else
 * from where the program was called. */
static struct text
seen_from_file(struct whole *whole, const struct node *root, struct text name)
{
    struct text folder = text_folder(root->where.input->path);
    if (text_starts_with(name, STR("/")) || !text_ends_with(folder, STR("/"))) {
        return name;
    }
    const char *beside = TEXT_JOIN(whole->keep, folder, name);
    return text_ends_with(name, STR(".cfg")) && access(beside, F_OK) == 0
               ? text_of(beside)
               : name;
}

/* A file that cannot pay is not priced either. Its examples are about the rules as they are filed,
 * whatever a scenario changes or holds; where those cannot be read, that was told or is put right
 * by the changes. */
static bool
hold_to_examples(struct whole *whole, const struct rules *rules, bool changed)
{
    if (changed) {
        rules = rules_load_changed(whole->keep, rules->file->path, &whole->folders, NULL,
                                   diag_new(whole->keep, diag_language(whole->diag)));
    }
    return rules == NULL || examples_hold(*whole->scratch, rules, whole->diag);
}

/* The rules named by the tree, changed. NULL after diagnostics. */
static struct rules *
read_rules(struct whole *whole, struct node *root, struct node *variant)
{
    struct text name = STR("");
    if (!node_sentence(root, "rules", REQUIRED, &name)) {
        return NULL;
    }
    name = seen_from_file(whole, root, name);
    size_t since = diag_filed(whole->diag);
    struct node *own = raw_child(&whole->document.root, "change_rules");
    struct node *changes = all_changes(whole, variant);
    struct rules *rules =
        rules_load_changed(whole->keep, name, &whole->folders, changes, whole->diag);
    if (rules != NULL) {
        bool holds = !enter_rules(whole, rules) ||
                     hold_to_examples(whole, rules, changes->count > 0);
        return holds ? rules : NULL;
    }
    if (variant == NULL && own != NULL && own->count > 0) {
        diag_put_before(
            whole->diag, since, (struct passage){own->where, last_of(own)},
            tr(diag_language(whole->diag), N_("as the scenario changes it: ")));
    }
    return rules;
}

/* The rules of the base without its changes, to tell what they are. What would be wrong with them
 * was said of them as changed, or was put right by the change. */
static void
read_as_filed(struct whole *whole, const struct scenario *base)
{
    struct node *changes = raw_child(&whole->document.root, "change_rules");
    if (changes == NULL || changes->count == 0) {
        return;
    }
    struct rules *rules =
        rules_load_changed(whole->keep, base->rules->file->path, &whole->folders, NULL,
                           diag_new(whole->keep, diag_language(whole->diag)));
    if (rules != NULL && !date_is_none(base->held_to)) {
        rules_hold(rules, base->held_to);
    }
    whole->out->as_filed = rules;
}

static struct scenario_reader *
start_reader(struct whole *whole, const struct document *document)
{
    struct scenario_reader *reader = NEW(whole->keep, struct scenario_reader);
    reader->loader = (struct loader){
        .keep = whole->keep,
        .scratch = whole->scratch,
        .diag = whole->diag,
        .document = *document,
        .known_until = DATE_NONE,
    };
    reader->out = NEW(whole->keep, struct scenario);
    reader->out->file = document->input;
    return reader;
}

/* What the base and each variant say alike. */
static bool
read_body(struct whole *whole, struct scenario_reader *reader, struct node *variant)
{
    struct node *root = &reader->loader.document.root;
    bool good = sources_read(&reader->loader);
    struct rules *rules = read_rules(whole, root, variant);
    reader->out->rules = rules;
    good = read_hold(reader, root, rules) && good && rules != NULL;
    good = read_mandate(reader, root) && good;
    good = series_read_all(reader, root) && good;
    good = groups_read(reader, root) && good;
    good = fixed_read(reader, root) && good;
    good = budgets_read(reader, root) && good;
    good = good && can_be_laid_out(reader, root);
    reader->out->assumptions = reader->loader.assumptions.items;
    reader->out->assumption_count = reader->loader.assumptions.count;
    return good;
}

/* What belongs to the file and not to a variant. */
static bool
read_head(struct whole *whole, struct node *root)
{
    static const struct text languages[] = {
        [LANGUAGE_EN] = WORD("en"), [LANGUAGE_FR] = WORD("fr")};
    struct scenarios *out = whole->out;
    struct text format = STR("");
    size_t language = 0;
    int64_t runs = SCENARIO_DRAWS;
    int64_t seed = 1;
    bool good = node_text(root, "format", REQUIRED, &format);
    if (good && !text_equals(format, STR("defray.scenario/1"))) {
        good = diag_error(whole->diag, node_find(root, "format")->where, CODE_R038,
                          "format '%.*s' is not defray.scenario/1", TEXT_ARG(format));
    }
    good = node_id(root, "id", REQUIRED, &out->id) && good;
    good = label_read(root, "title", REQUIRED, &out->title) && good;
    good =
        node_choice(root, "language", REQUIRED, WORDS_OF(languages), &language) && good;
    out->language = (enum language)language;
    struct node *draws = node_group(root, "draws", OPTIONAL);
    if (draws != NULL) {
        good = node_integer(draws, "runs", REQUIRED,
                            (struct bounds){1, SCENARIO_RUNS_MAX}, &runs) &&
               good;
        good =
            node_integer(draws, "seed", REQUIRED, (struct bounds){0, INT32_MAX}, &seed) &&
            good;
    }
    out->runs = (uint32_t)runs;
    out->seed = (uint64_t)seed;
    return good && (draws != NULL || !node_has(root, "draws"));
}

static void
leave(struct node *root, const char *key)
{
    struct node *node = node_find(root, key);
    if (node != NULL) {
        node_leave(node);
    }
}

/* Names and titles of the variants; what they change is read with each of them. */
static bool
read_variants(struct whole *whole, struct node *root)
{
    struct node *list = node_list(root, "variants", OPTIONAL);
    struct scenarios *out = whole->out;
    bool good = list != NULL || !node_has(root, "variants");
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    out->items = NEW_ARRAY(whole->keep, struct scenario *, VARIANTS_MAX + 1);
    out->count = 1;
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct scenario *variant = NEW(whole->keep, struct scenario);
        good = node_id(entry, "name", REQUIRED, &variant->name) && good;
        good = label_read(entry, "title", REQUIRED, &variant->title) && good;
        for (size_t i = 1; i < out->count; i++) {
            if (text_equals(out->items[i]->name, variant->name)) {
                good =
                    diag_error(whole->diag, entry->where, CODE_R028,
                               "variant '%.*s' is stated twice", TEXT_ARG(variant->name));
            }
        }
        if (text_equals(variant->name, STR("base"))) {
            good = diag_error(whole->diag, node_find(entry, "name")->where, CODE_R028,
                              "'base' is the name of the base itself");
        }
        leave(entry, "change");
        leave(entry, "change_rules");
        if (out->count > VARIANTS_MAX) {
            return diag_error(whole->diag, entry->where, CODE_R003,
                              "more than %d variants", VARIANTS_MAX);
        }
        out->items[out->count++] = variant;
    }
    return good;
}

static bool
read_base(struct whole *whole, struct scenario_reader *reader)
{
    struct node *root = &reader->loader.document.root;
    bool good = read_head(whole, root);
    leave(root, "change_rules");
    good = read_variants(whole, root) && good;
    good = read_body(whole, reader, NULL) && good;
    reader->out->title = whole->out->title;
    whole->out->items[0] = reader->out;
    leave(root, "goals");
    node_report_unread(&reader->loader.document);
    if (!good || diag_errors(whole->diag) > 0) {
        return false;
    }
    read_as_filed(whole, reader->out);
    return true;
}

static bool
read_changed(struct whole *whole, struct node *entry, size_t index)
{
    struct document *copy = node_copy(whole->keep, &whole->document);
    struct node *change = raw_child(entry, "change");
    if (change != NULL && change->kind != NODE_LIST) {
        return node_wrong_type(change, N_("a list (write ( … ))"));
    }
    if (change != NULL && !node_change(copy, change)) {
        return false;
    }
    static const char *const elsewhere[] = {"format",   "id",      "title",
                                            "language", "draws",   "change_rules",
                                            "goals",    "variants"};
    struct scenario_reader *reader = start_reader(whole, copy);
    struct node *root = &reader->loader.document.root;
    for (size_t i = 0; i < ARRAY_COUNT(elsewhere); i++) {
        leave(root, elsewhere[i]);
    }
    bool good = read_body(whole, reader, entry);
    node_report_unread(&reader->loader.document);
    reader->out->name = whole->out->items[index]->name;
    reader->out->title = whole->out->items[index]->title;
    reader->out->stated = whole->out->items[index]->stated;
    whole->out->items[index] = reader->out;
    return good;
}

/* What goes wrong lies often in the base, or in the rules: the change is to blame. */
static bool
read_variant(struct whole *whole, size_t index)
{
    struct node *list = raw_child(&whole->document.root, "variants");
    struct node *entry = &list->children[index - 1];
    size_t since = diag_filed(whole->diag);
    whole->out->items[index]->stated = (struct passage){entry->where, last_of(entry)};
    bool good = read_changed(whole, entry, index);
    scenario_blame(whole->out->items[index], since, whole->diag);
    return good;
}

static bool
read_all(struct whole *whole)
{
    if (!node_read(&whole->document)) {
        return false;
    }
    struct scenario_reader *base =
        start_reader(whole, node_copy(whole->keep, &whole->document));
    if (!read_base(whole, base)) {
        return false;
    }
    bool good = true;
    for (size_t i = 1; i < whole->out->count; i++) {
        good = read_variant(whole, i) && good;
    }
    if (!good) {
        return false;
    }
    /* Goals are about variants: they are read last, from a copy of their own. */
    struct scenario_reader *last =
        start_reader(whole, node_copy(whole->keep, &whole->document));
    struct node *root = &last->loader.document.root;
    good = sources_read(&last->loader) && goals_read(last, root, whole->out);
    struct node *goals = raw_child(root, "goals");
    for (size_t i = 0; i < root->count; i++) {
        if (&root->children[i] != goals) {
            node_leave(&root->children[i]);
        }
    }
    node_report_unread(&last->loader.document);
    scenarios_warn_idle(whole->out, whole->diag);
    return good;
}

struct scenarios *
scenarios_read(struct arena *keep, struct input *file, const struct text *folders,
               size_t folder_count, struct diag *diag)
{
    size_t faults = diag_errors(diag);
    struct arena whole_scratch = arena_reserve(SCRATCH_BYTES);
    struct arena scratch = whole_scratch;
    struct scenarios *out = NEW(keep, struct scenarios);
    out->file = file;
    out->rules = NEW_ARRAY(keep, const struct rules *, VARIANTS_MAX + 1);
    struct whole *whole = NEW(keep, struct whole);
    *whole = (struct whole){
        .keep = keep,
        .scratch = &scratch,
        .diag = diag,
        .folders = {folders, folder_count},
        .out = out
    };
    whole->document =
        (struct document){.keep = keep, .scratch = &scratch, .diag = diag, .input = file};
    bool good = read_all(whole);
    arena_release(whole_scratch);
    return good && diag_errors(diag) == faults ? out : NULL;
}
