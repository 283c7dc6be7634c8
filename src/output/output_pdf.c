/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PDF: the month on paper, or for whoever files it. Sections start on a page of their own,
 * upright or on its side as their tables ask for; header rows are repeated; no row is cut
 * unless it is higher than a page. The same document gives the same bytes.
 */
#include "output_pdf_parts.h"

#define OWN_BYTES   ((size_t)64 << 20) /* of what is kept, and of what is not */
#define PDF_ALIGN   64
#define FOOTER_TOP  (12 * PDF_POINT) /* below the contents */
#define FOOTER_SIZE (7500 * PDF_POINT / 1000)

/* Pages that are numbered together: the document's, or a leaflet's. */
struct numbered {
    const char *foot;
    size_t from, to;
};

/* The foot of each page, once it is known how many there are. */
static void
put_footers(struct pdf *pdf, struct numbered pages)
{
    const struct document *document = pdf->document;
    const struct pdf_face face = {FOOTER_SIZE, 1000, PDF_GREY, false, false};
    for (size_t i = pages.from; i < pages.to && !pdf->failed; i++) {
        struct arena before = pdf->own;
        pdf_turn_to(pdf, i);
        const char *number =
            arena_printf(&pdf->own, "%s %zu / %zu", tr(document->language, N_("page")),
                         i - pages.from + 1, pages.to - pages.from);
        int64_t wide = pdf_measure(pdf, false, text_of(number)).line * FOOTER_SIZE / 1000;
        int64_t top = pdf_bottom(pdf) + FOOTER_TOP;
        int64_t right = pdf_left(pdf) + pdf_width(pdf);
        struct text footer = pdf_clean(pdf, text_of(pages.foot));
        struct pdf_lines lines =
            pdf_wrap(pdf, footer, face, pdf_width(pdf) - wide - 4 * PDF_GAP);
        pdf_show(pdf, pdf_left(pdf), top, lines.items[0].text, face);
        pdf_show(pdf, right - wide, top, text_of(number), face);
        pdf->own = before;
    }
}

static void
put_table(struct pdf *pdf, struct arena scratch, const struct pdf_plan *plan)
{
    const struct table *table = plan->table;
    const char *title = page_title(pdf->document, table);
    int64_t start = pdf_rows_start(pdf, plan);
    if (!pdf->fresh) {
        pdf->top += title != NULL ? 2 * PDF_GAP : PDF_GAP;
    }
    pdf_need(pdf, 4 * PDF_SIZE_NOTE + (table->before_count == 0 ? start : 0));
    if (title != NULL) {
        pdf_put_table_title(pdf, title);
    }
    pdf_put_notes(pdf, table->before, table->before_count);
    if (table->column_count > 0) {
        pdf->top += table->before_count > 0 ? PDF_GAP / 2 : 0;
        pdf_need(pdf, start);
        pdf_put_rows(pdf, scratch, plan);
    }
    if (table->chart != NULL) {
        pdf_put_chart(pdf, scratch, table);
    }
    pdf_put_after(pdf, table);
}

/* The pages of a leaflet are all there: its foot names it. */
static void
end_leaflet(struct pdf *pdf, struct page_section section, size_t from)
{
    const char *foot = pdf->document->footer;
    const char *sheet = section.tables[0].sheet;
    struct arena before = pdf->own;
    if (foot != NULL && sheet != NULL) {
        foot = arena_printf(&pdf->own, "%s, %s", foot, sheet);
    }
    put_footers(pdf, (struct numbered){foot, from, pdf_pages(pdf)});
    pdf->own = before;
}

static void
put_section(struct pdf *pdf, struct arena scratch, struct page_section section,
            bool first)
{
    struct arena before = pdf->own;
    struct pdf_plan *plans = NEW_ARRAY(&pdf->own, struct pdf_plan, section.count);
    size_t from = pdf_pages(pdf);
    for (size_t i = 0; i < section.count && !pdf->failed; i++) {
        pdf_plan_table(pdf, scratch, &section.tables[i], &plans[i]);
    }
    pdf->landscape = false;
    pdf->landscape = pdf_plans_are_wide(plans, section.count, pdf_width(pdf));
    pdf_plan_fit(plans, section.count, pdf_width(pdf));
    pdf_new_page(pdf);
    if (first || pdf->document->leaflets) {
        pdf_put_heading(pdf);
    }
    const char *heading = page_heading(&section.tables[0]);
    if (heading != NULL) {
        pdf_bookmark(pdf, heading);
        pdf_put_sheet_title(pdf, heading);
    }
    for (size_t i = 0; i < section.count && !pdf->failed; i++) {
        put_table(pdf, scratch, &plans[i]);
    }
    if (pdf->document->leaflets && !pdf->failed) {
        end_leaflet(pdf, section, from);
    }
    pdf->own = before;
}

static void
put_sections(struct pdf *pdf, struct arena scratch)
{
    struct page_section section;
    for (size_t at = 0; page_section_find(pdf->document, at, &section) && !pdf->failed;
         at = page_section_end(pdf->document, section)) {
        put_section(pdf, scratch, section, pdf_pages(pdf) == 0);
    }
}

bool
output_pdf_write(struct arena scratch, const struct document *document,
                 struct staged *file, struct diag *diag)
{
    struct page_section section;
    if (!page_section_find(document, 0, &section)) {
        return diag_error(diag, (struct where){0}, CODE_F005,
                          "output '%s' not written: this result has no table for a page",
                          file->target);
    }
    struct pdf pdf = {.document = document, .file = file, .diag = diag};
    /* A quarter each where there is less room: whoever needs more says so, and ends. */
    size_t quarter = (size_t)(scratch.end - scratch.next) / 4 / PDF_ALIGN * PDF_ALIGN;
    size_t each = quarter < OWN_BYTES ? quarter : OWN_BYTES;
    pdf.keep = arena_part(&scratch, each);
    pdf.own = arena_part(&scratch, each);
    if (pdf_open(&pdf)) {
        put_sections(&pdf, scratch);
        if (!document->leaflets) {
            put_footers(&pdf, (struct numbered){document->footer, 0, pdf_pages(&pdf)});
        }
        (void)pdf_save(&pdf);
    }
    pdf_close(&pdf);
    return !pdf.failed;
}
