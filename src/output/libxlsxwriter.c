/* SPDX-License-Identifier: Apache-2.0 */
/* The table that libxlsxwriter is called through. */
#include "libxlsxwriter.h"

LIBRARY_DEFINE(lxw, LIBXLSXWRITER_CALLS, xlsxwriter)
