/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in every block: sources, the basis of a value, effect dates, labels. */
#include "loader.h"

static const struct text source_kinds[] = {
    WORD("deliberation"), WORD("decree"), WORD("judgment"), WORD("minutes"),
    WORD("question"),     WORD("press"),  WORD("law"),      WORD("series")};

static const struct legal_source *
find_source(const struct legal_source *items, size_t count, struct text id)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equals(items[i].id, id)) {
            return &items[i];
        }
    }
    return NULL;
}

bool
loader_is_view(const struct loader *loader)
{
    return loader->shelf->whole != NULL;
}

struct mark
loader_mark(const struct loader *loader)
{
    return (struct mark){loader->assumptions.count, loader->cited.count,
                         loader->said.count};
}

void
loader_forget(struct loader *loader, struct mark mark)
{
    loader->assumptions.count = mark.assumptions;
    loader->cited.count = mark.cited;
    loader->said.count = mark.said;
}

bool
sources_read(struct loader *loader)
{
    struct node *list = node_list(&loader->document.root, "sources", REQUIRED);
    bool good = list != NULL;
    size_t at = 0;
    struct node *entry = node_next_group(list, &at);
    for (; entry != NULL; entry = node_next_group(list, &at)) {
        struct legal_source source = {.date = DATE_NONE, .where = entry->where};
        size_t kind = 0;
        good = node_sentence(entry, "id", REQUIRED, &source.id) && good;
        good =
            node_choice(entry, "kind", REQUIRED, WORDS_OF(source_kinds), &kind) && good;
        good = node_sentence(entry, "title", REQUIRED, &source.title) && good;
        good = node_text(entry, "address", REQUIRED, &source.address) && good;
        if (node_has(entry, "date")) {
            good = node_date(entry, "date", REQUIRED, &source.date) && good;
        } else {
            (void)node_find(entry, "date");
        }
        source.kind = source_kinds[kind];
        const struct legal_source *same =
            find_source(loader->sources.items, loader->sources.count, source.id);
        if (same != NULL && source.id.size > 0) {
            good = diag_error(loader->diag, entry->where, CODE_R028,
                              "source '%.*s' is listed twice", TEXT_ARG(source.id));
            diag_other_place(loader->diag, same->where);
        }
        *ARRAY_PUSH(loader->keep, &loader->sources) = source;
    }
    return good;
}

static bool
is_letter_or_digit(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-';
}

/* Whether the text holds the id, and not as a part of a longer one. */
static bool
names(struct text text, struct text id)
{
    for (size_t i = 0; id.size > 0 && i + id.size <= text.size; i++) {
        size_t end = i + id.size;
        if (text_equals((struct text){text.data + i, id.size}, id) &&
            (i == 0 || !is_letter_or_digit(text.data[i - 1])) &&
            (end == text.size || !is_letter_or_digit(text.data[end]))) {
            return true;
        }
    }
    return false;
}

bool
source_is_cited(const struct loader *loader, const struct legal_source *source)
{
    for (size_t i = 0; i < loader->said.count; i++) {
        if (names(loader->said.items[i], source->id)) {
            return true;
        }
    }
    for (size_t i = 0; i < loader->cited.count; i++) {
        if (loader->cited.items[i] == source) {
            return true;
        }
    }
    return false;
}

static void
collect_ids(struct loader *loader, struct texts *ids)
{
    for (size_t i = 0; i < loader->sources.count; i++) {
        *ARRAY_PUSH(loader->keep, ids) = loader->sources.items[i].id;
    }
    for (size_t i = 0; i < loader->named_count; i++) {
        const struct common *common = loader->named[i];
        for (size_t j = 0; j < common->source_count; j++) {
            *ARRAY_PUSH(loader->keep, ids) = common->sources[j].id;
        }
    }
}

static bool
take_source(struct loader *loader, struct node *node, struct basis *out)
{
    if (node->kind != NODE_TEXT) {
        return node_wrong_type(node, N_("the id of a source, between quotes"));
    }
    out->source = find_source(loader->sources.items, loader->sources.count, node->text);
    for (size_t i = 0; out->source == NULL && i < loader->named_count; i++) {
        out->source = find_source(loader->named[i]->sources,
                                  loader->named[i]->source_count, node->text);
    }
    if (out->source == NULL) {
        struct texts ids = {0};
        collect_ids(loader, &ids);
        diag_error(loader->diag, node->where, CODE_R027, "source '%.*s' is not listed",
                   TEXT_ARG(node->text));
        diag_suggest(loader->diag,
                     text_nearest(*loader->scratch, node->text, ids.items, ids.count));
        return false;
    }
    *ARRAY_PUSH(loader->keep, &loader->cited) = out->source;
    return true;
}

bool
basis_read(struct loader *loader, struct node *group, struct basis *out)
{
    struct node *source = node_find(group, "source");
    struct node *assumption = node_find(group, "assumption");
    *out = (struct basis){.where = group->where};
    bool good = node_text(group, "article", OPTIONAL, &out->article) ||
                !node_has(group, "article");
    good = (node_text(group, "note", OPTIONAL, &out->note) || !node_has(group, "note")) &&
           good;
    *ARRAY_PUSH(loader->keep, &loader->said) = out->note;
    if (source == NULL && assumption == NULL) {
        struct text path = node_path(loader->keep, group);
        return diag_error(loader->diag, group->where, CODE_R025,
                          "'%.*s' has neither source nor assumption", TEXT_ARG(path));
    }
    if (source != NULL && assumption != NULL) {
        struct text path = node_path(loader->keep, group);
        diag_error(loader->diag, assumption->where, CODE_R026,
                   "'%.*s' has both a source and an assumption", TEXT_ARG(path));
        diag_other_place(loader->diag, source->where);
        return false;
    }
    if (source != NULL) {
        return take_source(loader, source, out) && good;
    }
    if (!node_sentence(group, "assumption", REQUIRED, &out->assumption)) {
        return false;
    }
    *ARRAY_PUSH(loader->keep, &loader->said) = out->assumption;
    struct basis *kept = NEW(loader->keep, struct basis);
    *kept = *out;
    *ARRAY_PUSH(loader->keep, &loader->assumptions) = kept;
    return good;
}

static bool
optional_date(struct node *entry, const char *key, struct date *out)
{
    *out = DATE_NONE;
    return node_date(entry, key, OPTIONAL, out) || !node_has(entry, key);
}

/* A value for days gone by says when it was adopted, and by which text. */
static bool
read_retroactive(struct loader *loader, struct node *entry, struct dated *out)
{
    if (!node_boolean(entry, "retroactive", OPTIONAL, &out->retroactive)) {
        return !node_has(entry, "retroactive");
    }
    if (!out->retroactive) {
        return true;
    }
    struct where where = node_find(entry, "retroactive")->where;
    if (date_is_none(out->adopted)) {
        return diag_error(loader->diag, where, CODE_R050,
                          "a retroactive value that does not say when it was adopted");
    }
    if (out->basis.source == NULL) {
        return diag_error(loader->diag, where, CODE_R050,
                          "a retroactive value that rests on no text");
    }
    if (date_compare(out->adopted, out->during.from) <= 0) {
        char day[DATE_TEXT_MAX];
        return diag_error(loader->diag, where, CODE_R050,
                          "adopted on %s, not after its first day: it is not retroactive",
                          date_text(out->adopted, day));
    }
    return true;
}

/* Without a day of adoption, a value counts as known from its first day on. */
static bool
was_known(const struct loader *loader, const struct dated *dated)
{
    struct date since =
        date_is_none(dated->adopted) ? dated->during.from : dated->adopted;
    return !loader_is_view(loader) || date_compare(since, loader->shelf->known_on) <= 0;
}

bool
dated_read(struct loader *loader, struct node *entry, struct dated *out)
{
    struct date to;
    *out = (struct dated){.known = true};
    bool good = node_date(entry, "from", REQUIRED, &out->during.from);
    good = optional_date(entry, "to", &to) && good;
    good = optional_date(entry, "checked_on", &out->checked_on) && good;
    good = optional_date(entry, "adopted", &out->adopted) && good;
    good = basis_read(loader, entry, &out->basis) && good;
    good = good ? read_retroactive(loader, entry, out) : good;
    (void)node_find(entry, "retroactive");
    out->known = !good || was_known(loader, out);
    out->during.to = date_is_none(to) ? DATE_OPEN_FUTURE : to;
    if (!node_has(entry, "to") && !node_has(entry, "checked_on")) {
        struct text path = node_path(loader->keep, entry);
        good = diag_error(loader->diag, entry->where, CODE_R029,
                          "'%.*s' has no end, and does not say when it was last checked",
                          TEXT_ARG(path));
    }
    if (good && !loader_is_view(loader) && !date_is_none(out->checked_on) &&
        date_compare(out->checked_on, out->during.from) < 0) {
        char from[DATE_TEXT_MAX];
        char checked[DATE_TEXT_MAX];
        diag_warning(loader->diag, node_find(entry, "checked_on")->where, CODE_R049,
                     "'checked_on' (%s) is before 'from' (%s)",
                     date_text(out->checked_on, checked),
                     date_text(out->during.from, from));
    }
    if (good && date_compare(out->during.from, out->during.to) > 0) {
        char from[DATE_TEXT_MAX];
        char end[DATE_TEXT_MAX];
        good = diag_error(
            loader->diag, entry->where, CODE_R030, "'from' (%s) is after 'to' (%s)",
            date_text(out->during.from, from), date_text(out->during.to, end));
    }
    return good;
}

bool
label_read(struct node *group, const char *key, enum need need, struct label *out)
{
    struct node *label = node_group(group, key, need);
    if (label == NULL) {
        return need == OPTIONAL && !node_has(group, key);
    }
    bool french = node_sentence(label, "fr", REQUIRED, &out->fr);
    return node_sentence(label, "en", REQUIRED, &out->en) && french;
}

bool
rounding_read(struct loader *loader, struct node *group, struct entitlement *out)
{
    struct node *rounding = node_group(group, "rounding", OPTIONAL);
    if (rounding == NULL) {
        return !node_has(group, "rounding");
    }
    size_t mode = 0;
    struct words words;
    words.items = rounding_words(&words.count);
    bool good = node_choice(rounding, "mode", REQUIRED, words, &mode);
    out->rounding = (enum rounding)mode;
    return basis_read(loader, rounding, &out->rounding_basis) && good;
}

bool
accounting_read(struct node *group, struct accounting *out)
{
    struct node *accounting = node_group(group, "accounting", OPTIONAL);
    if (accounting == NULL) {
        return !node_has(group, "accounting");
    }
    struct texts documents = {0};
    bool good = node_text(accounting, "account", REQUIRED, &out->account);
    good = node_text(accounting, "function", REQUIRED, &out->function) && good;
    good = node_text(accounting, "analytic", REQUIRED, &out->analytic) && good;
    good = node_text(accounting, "pay_code", REQUIRED, &out->pay_code) && good;
    good = node_texts(accounting, "documents", REQUIRED, &documents) && good;
    out->documents = documents.items;
    out->document_count = documents.count;
    return good;
}
