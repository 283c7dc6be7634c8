/* SPDX-License-Identifier: Apache-2.0 */
/* Pages as a reader of XML sees them, and as pdftotext reads them back. */
#ifndef TESTS_MARKUP_H
#define TESTS_MARKUP_H

#include "defray/text.h"

/* NULL if the bytes are well-formed XML, else what is wrong and where. */
const char *markup_fault(struct arena *keep, struct text bytes);
/* The text of the body of a page, without list of contents and footer; a line an element. */
const char *markup_text(struct arena *keep, struct text bytes);
/* The text of a PDF in the order in which it was drawn, '\f' after each page; NULL, which is
 * said aloud, where pdftotext is not installed. */
const char *pdf_text_of(struct arena *keep, struct text bytes);

#endif
