/* SPDX-License-Identifier: Apache-2.0 */
/* One heading a block of the rule file, one paragraph a provision, as wide as a page. */
#include "rules_page.h"

#include "defray/status.h"

#include <string.h>

enum { PAGE_WIDTH = 96, ITEM_INDENT = 4, VALUE_INDENT = 32 };

struct page {
    FILE *out;
    struct arena *scratch;
    enum language language;
};

const char *
rules_page_last_state(struct arena *keep, const struct rules *rules,
                      enum language language)
{
    if (rules->status_count == 0 && !date_is_none(rules->known_on)) {
        return tr(language, N_("nothing adopted yet"));
    }
    enum scheme_state state = rules->status_count == 0
                                  ? SCHEME_DRAFT
                                  : rules->statuses[rules->status_count - 1].state;
    struct date end = rules->life_count == 0
                          ? DATE_OPEN_FUTURE
                          : rules->lives[rules->life_count - 1].during.to;
    const char *label = scheme_state_label(language, state);
    char day[DATE_TEXT_MAX];
    return date_is_open(end) ? label
                             : arena_printf(keep, tr(language, "%s until %s"), label,
                                            date_text(end, day));
}

static void
section(const struct page *page, const char *title)
{
    fprintf(page->out, "\n%s\n", title);
}

static bool
starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* To the end of a word, with the marks that French sets apart from it by a space. */
static size_t
word_size(const char *text)
{
    static const char *const after[] = {"; ", ": ", "! ", "? ", "€", "»"};
    size_t size = strcspn(text, " ");
    bool goes_on = text[size] == ' ';
    while (goes_on) {
        const char *next = text + size + 1;
        goes_on = size >= 2 && starts(text + size - 2, "«");
        for (size_t i = 0; i < ARRAY_COUNT(after) && !goes_on; i++) {
            goes_on = starts(next, after[i]);
        }
        if (goes_on) {
            size += 1 + strcspn(next, " ");
            goes_on = text[size] == ' ';
        }
    }
    return size;
}

/* Words from `column` on, in lines that start at `indent`. A word longer than a line, such
 * as an address, stands alone. */
static void
put_wrapped(const struct page *page, const char *text, int column, int indent)
{
    bool first = true;
    while (*text != '\0') {
        size_t size = word_size(text);
        int width = (int)text_characters((struct text){text, size});
        if (!first && column + 1 + width > PAGE_WIDTH) {
            fprintf(page->out, "\n%*s", indent, "");
            column = indent;
            first = true;
        }
        fprintf(page->out, "%s%.*s", first ? "" : " ", (int)size, text);
        column += width + (first ? 0 : 1);
        first = false;
        text += size;
        text += *text == ' ';
    }
    fputc('\n', page->out);
}

/* A name on the left and its text beside it; below it, if the name is long. */
static void
put_named(const struct page *page, const char *name, const char *text)
{
    int used = ITEM_INDENT + (int)text_characters(text_of(name));
    fprintf(page->out, "%*s%s", ITEM_INDENT, "", name);
    if (used >= VALUE_INDENT) {
        fprintf(page->out, "\n%*s", VALUE_INDENT, "");
    } else {
        fprintf(page->out, "%*s", VALUE_INDENT - used, "");
    }
    put_wrapped(page, text, VALUE_INDENT, VALUE_INDENT);
}

static void
put_provision(const struct page *page, const struct provision *provision)
{
    const char *text = provision_text(page->scratch, page->language, provision);
    if (provision->item[0] == '\0') {
        fprintf(page->out, "%*s", ITEM_INDENT, "");
        put_wrapped(page, text, ITEM_INDENT, ITEM_INDENT + 2);
    } else {
        put_named(page, provision->item, text);
    }
}

static void
put_assumptions(const struct page *page, const struct rules *rules)
{
    section(page, tr(page->language, N_("Assumptions to be confirmed")));
    for (size_t i = 0; i < rules->assumption_count; i++) {
        const struct basis *basis = rules->assumptions[i];
        const char *text = arena_printf(page->scratch, "%zu. %.*s (%s)", i + 1,
                                        TEXT_ARG(basis->assumption),
                                        where_name(page->scratch, basis->where));
        fprintf(page->out, "%*s", ITEM_INDENT, "");
        put_wrapped(page, text, ITEM_INDENT, ITEM_INDENT + 4);
    }
    if (rules->assumption_count == 0) {
        fprintf(page->out, "    %s\n", tr(page->language, N_("none")));
    }
}

static void
put_shared_sources(const struct page *page, const struct rules *rules)
{
    for (size_t i = 0; i < rules->shared_source_count; i++) {
        const struct legal_source *source = &rules->shared_sources[i];
        if (i == 0) {
            section(page, tr(page->language, N_("Sources of the shared series")));
        }
        const char *text = arena_printf(page->scratch, "%.*s: %.*s", TEXT_ARG(source->id),
                                        TEXT_ARG(source->title));
        fprintf(page->out, "%*s", ITEM_INDENT, "");
        put_wrapped(page, text, ITEM_INDENT, ITEM_INDENT + 2);
    }
}

void
rules_page_print(FILE *out, struct arena scratch, const struct rules *rules,
                 enum language language)
{
    struct page page = {out, &scratch, language};
    struct provisions all = rules_provisions(&scratch, rules, language);
    enum section at = SECTION_HEAD;
    const char *subject = "";
    fprintf(out, "%.*s, %.*s  (%.*s)\n", TEXT_ARG(rules->authority),
            TEXT_ARG(rules->assembly), TEXT_ARG(rules->id));
    if (!date_is_none(rules->known_on)) {
        char day[DATE_TEXT_MAX];
        fprintf(out, "  %s %s\n", tr(language, "rules as known on"),
                date_text(rules->known_on, day));
    }
    for (size_t i = 0; i < all.count; i++) {
        const struct provision *provision = &all.items[i];
        if (provision->section == SECTION_HEAD) {
            continue; /* it is the first line */
        }
        if (provision->section != at) {
            section(&page, section_label(language, provision->section));
            subject = "";
        }
        if (strcmp(provision->subject, subject) != 0 && provision->subject[0] != '\0') {
            fprintf(out, "  %s\n", provision->subject);
        }
        at = provision->section;
        subject = provision->subject;
        put_provision(&page, provision);
    }
    put_shared_sources(&page, rules);
    put_assumptions(&page, rules);
}

static void
put_side(const struct page *page, const char *sign, const struct provision *provision)
{
    if (provision != NULL) {
        fprintf(page->out, "    %s ", sign);
        put_wrapped(page, provision_text(page->scratch, page->language, provision),
                    ITEM_INDENT + 2, ITEM_INDENT + 2);
    }
}

size_t
rules_page_compare(FILE *out, struct arena scratch, const struct rules *before,
                   const struct rules *after, enum language language)
{
    struct page page = {out, &scratch, language};
    struct provisions old = rules_provisions(&scratch, before, language);
    struct provisions new = rules_provisions(&scratch, after, language);
    struct provision_changes found = provisions_compare(&scratch, &old, &new);
    enum section at = SECTION_COUNT;
    fprintf(out, "- %s\n+ %s\n", where_text(&scratch, (struct where){before->file, 0, 0}),
            where_text(&scratch, (struct where){after->file, 0, 0}));
    for (size_t i = 0; i < found.count; i++) {
        const struct provision_change *difference = &found.items[i];
        const struct provision *any =
            difference->after == NULL ? difference->before : difference->after;
        if (any->section != at) {
            section(&page, section_label(language, any->section));
            at = any->section;
        }
        const char *subject = any->subject[0] == '\0' ? any->subject_key : any->subject;
        fprintf(out, "  %s%s%s%s(%s)\n", subject,
                subject[0] == '\0' || any->item[0] == '\0' ? "" : ", ", any->item,
                subject[0] == '\0' && any->item[0] == '\0' ? "" : "  ",
                change_label(language, difference->change));
        put_side(&page, "-", difference->before);
        put_side(&page, "+", difference->after);
    }
    return found.count;
}
