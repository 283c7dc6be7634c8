/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libexpat is called through. */
#include "libexpat.h"

LIBRARY_DEFINE(expat, LIBEXPAT_CALLS, expat)
