/* SPDX-License-Identifier: Apache-2.0 */
/* A checked fixture: what a test makes in `keep` lives until it has ended. */
#ifndef DEFRAY_TEST_KEEP_H
#define DEFRAY_TEST_KEEP_H

#include "defray/arena.h"

extern struct arena keep;

void keep_set_up(void);
void keep_tear_down(void);

#endif
