/* SPDX-License-Identifier: Apache-2.0 */
/* The table that ISA-L is called through. */
#include "defray/libisal.h"

LIBRARY_DEFINE(isal, LIBISAL_CALLS, isal)
