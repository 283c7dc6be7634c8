/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* Characters that no cell of a table may hold, whatever file it comes from. */
#ifndef DEFRAY_FORBIDDEN_H
#define DEFRAY_FORBIDDEN_H

#include "defray/text.h"

/* The name of the forbidden character that a text starts with, for people; NULL if it
 * starts with another. A line break is one. */
const char *forbidden_at(struct text t);

#endif
