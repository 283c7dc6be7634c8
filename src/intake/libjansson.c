/* SPDX-License-Identifier: Apache-2.0 */
/* The table that jansson is called through. */
#include "libjansson.h"

LIBRARY_DEFINE(jansson, LIBJANSSON_CALLS, jansson)
