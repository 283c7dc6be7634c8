/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a file is one of settings at all, before anything of it is read or shown. */
#ifndef DEFRAY_RULES_SETTINGS_H
#define DEFRAY_RULES_SETTINGS_H

#include "defray/text.h"

/*
 * Whether it begins, behind blanks and comments, with a setting (a name, and "=" or a value), with
 * an include, or holds nothing. A table, a workbook or a page that was named where rules are
 * expected does not, and may hold what nobody must see: incomes, accounts, birth dates. The bytes
 * may be any, for nobody has checked them yet: the lexer could not be asked.
 */
bool settings_begin(struct text bytes);

#endif
