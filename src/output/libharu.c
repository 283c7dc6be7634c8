/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libharu is called through. */
#include "libharu.h"

#ifdef LIBHARU_FILE
LIBRARY_LATE(hpdf, LIBHARU_CALLS, LIBHARU_FILE)
#else
LIBRARY_LINKED(hpdf, LIBHARU_CALLS)
#endif
