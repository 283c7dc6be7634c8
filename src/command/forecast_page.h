/* SPDX-License-Identifier: Apache-2.0 */
/* A simulation on the terminal, 80 columns wide. */
#ifndef DEFRAY_FORECAST_PAGE_H
#define DEFRAY_FORECAST_PAGE_H

#include "defray/forecast_document.h"

#include <stdio.h>

void forecast_page_print(FILE *out, struct arena scratch,
                         const struct forecast_report *report);
/* Every figure of every variant, taken apart. */
void forecast_page_explain(FILE *out, struct arena scratch,
                           const struct forecast_report *report);

#endif
