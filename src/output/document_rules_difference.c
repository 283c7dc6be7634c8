/* SPDX-License-Identifier: Apache-2.0 */
/* Two rule files side by side, as one table. */
#include "defray/rules_document.h"

#include "document_parts.h"

struct compared {
    enum language language;
    struct provisions before, after;
    struct provision_changes found;
};

static const struct column columns[] = {
    {"section", N_("Block"),         CELL_TEXT, 18, false, 0, 0},
    {"subject", N_("Subject"),       CELL_TEXT, 26, false, 0, 0},
    {"item",    N_("Point"),         CELL_TEXT, 22, false, 0, 0},
    {"change",  N_("Change"),        CELL_TEXT, 12, false, 0, 0},
    {"before",  N_("In the first"),  CELL_TEXT, 54, false, 0, 0},
    {"after",   N_("In the second"), CELL_TEXT, 54, false, 0, 0},
};

static struct cell
side(struct arena *keep, enum language language, const struct provision *provision)
{
    return provision == NULL ? cell_empty()
                             : cell_string(provision_text(keep, language, provision));
}

static void
put_differences(const void *context, struct arena scratch, struct row_sink *sink)
{
    const struct compared *compared = context;
    enum language language = compared->language;
    for (size_t i = 0; i < compared->found.count; i++) {
        const struct provision_change *difference = &compared->found.items[i];
        const struct provision *any =
            difference->after == NULL ? difference->before : difference->after;
        struct arena row = scratch;
        struct cell cells[] = {
            cell_worded(section_label(language, any->section),
                        section_word(any->section)),
            cell_worded(any->subject, any->subject_key),
            cell_worded(any->item, any->item_key),
            cell_worded(change_label(language, difference->change),
                        change_word(difference->change)),
            side(&row, language, difference->before),
            side(&row, language, difference->after),
        };
        sink->row(sink, cells);
    }
}

static const char *
fingerprint(struct arena *keep, const struct rules *rules)
{
    char hexadecimal[65] = "";
    digest_text(rules->file->digest, hexadecimal);
    return arena_printf(keep, "%s", hexadecimal);
}

struct document *
rules_difference_document(struct arena *keep, const struct rules *before,
                          const struct rules *after, enum language language,
                          const char *version)
{
    struct compared *compared = NEW(keep, struct compared);
    struct document *document = NEW(keep, struct document);
    struct table *table = NEW(keep, struct table);
    *compared = (struct compared){language,
                                  rules_provisions(keep, before, language),
                                  rules_provisions(keep, after, language),
                                  {0}};
    compared->found = provisions_compare(keep, &compared->before, &compared->after);
    *table = (struct table){
        .key = "differences",
        .sheet = tr(language, N_("Differences")),
        .title = tr(language, N_("What two rule files say otherwise")),
        .columns = document_columns(keep, language, columns, ARRAY_COUNT(columns)),
        .column_count = ARRAY_COUNT(columns),
        .audience = FOR_SHEET | FOR_PAGE | FOR_JSON | FOR_CSV,
        .produce = put_differences,
        .context = compared,
    };
    struct cell old_sha256 = cell_string(fingerprint(keep, before));
    struct cell new_sha256 = cell_string(fingerprint(keep, after));
    const struct property properties[] = {
        {"before",        cell_text(before->id),      NULL},
        {"before_sha256", old_sha256,                 NULL},
        {"after",         cell_text(after->id),       NULL},
        {"after_sha256",  new_sha256,                 NULL},
        {"as_known_on",   cell_date(after->known_on), NULL},
        {"version",       cell_string(version),       NULL},
    };
    *document = (struct document){
        .schema = "defray.rules-differences/1",
        .public = true,
        .title = tr(language, N_("What two rule files say otherwise")),
        .author = text_string(keep, after->authority),
        .subject = text_string(keep, after->assembly),
        .language = language,
        .dated = after->known_on,
        .tables = table,
        .table_count = 1,
    };
    document_set_properties(keep, document, properties, ARRAY_COUNT(properties));
    return document;
}
