/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libharu is called through. */
#include "libharu.h"

LIBRARY_DEFINE(hpdf, LIBHARU_CALLS, hpdf)
