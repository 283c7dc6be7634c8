/* SPDX-License-Identifier: Apache-2.0 */
/* layer: output */
/* The document of a recorded batch: whom it pays, what was posted and why, who approved it. */
#ifndef DEFRAY_ORDER_DOCUMENT_H
#define DEFRAY_ORDER_DOCUMENT_H

#include "defray/document.h"
#include "defray/order.h"

/* In the language of the order, which lives as long as the document. */
struct document *order_document(struct arena *keep, const struct order *order);

#endif
