/* SPDX-License-Identifier: Apache-2.0 */
/* defray compare on a real log. */
#ifndef DEFRAY_COMPARE_LOG_H
#define DEFRAY_COMPARE_LOG_H

#include "run.h"

enum exit_status compare_log(struct run *run);

#endif
