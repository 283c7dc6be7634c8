/* SPDX-License-Identifier: Apache-2.0 */
/* The words that the program knows, one a line, for whoever completes a command line or proves
 * that a manual page forgets none. */
#ifndef DEFRAY_LISTING_H
#define DEFRAY_LISTING_H

#include "run.h"

/* Fields apart by tabs: "command pay", "verb ledger approve", "option pay --members FILE",
 * "option ledger approve --as NAME", "extension .xlsx", "rules poitiers", "code A012". */
void listing_print(struct run *run);

#endif
