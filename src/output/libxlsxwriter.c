/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libxlsxwriter is called through. */
#include "libxlsxwriter.h"

#ifdef LIBXLSXWRITER_FILE
LIBRARY_LATE(lxw, LIBXLSXWRITER_CALLS, LIBXLSXWRITER_FILE)
#else
LIBRARY_LINKED(lxw, LIBXLSXWRITER_CALLS)
#endif
