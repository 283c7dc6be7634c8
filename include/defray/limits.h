/* SPDX-License-Identifier: Apache-2.0 */
/* layer: base */
/* Every limit on what is read, in one place. Each is tested at the limit and one past it. */
#ifndef DEFRAY_LIMITS_H
#define DEFRAY_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* Rule files and scenarios. */
#define RULES_BYTES_MAX    ((size_t)1024 * 1024)
#define RULES_DEPTH_MAX    32   /* brackets within brackets */
#define RULES_STRING_MAX   4096 /* bytes between two quotes */
#define RULES_KEYS_MAX     512 /* settings of one group: libconfig takes quadratic time */
#define RULES_SETTINGS_MAX 50000 /* settings and list elements of one file */
#define RULES_FAULTS_MAX   100   /* lexical faults listed before the scan stops */
#define RULES_COMMONS_MAX  32    /* shared files used by one rule file */

/* CSV tables. */
/* Of a table as a file; the rows and fields have limits of their own. */
#define CSV_BYTES_MAX          ((size_t)1 << 34)
#define CSV_ROWS_MAX           UINT64_C(100000000)
#define CSV_COLUMNS_MAX        64
#define CSV_MATRIX_COLUMNS_MAX 1000
#define CSV_FIELD_MAX          4096 /* bytes */

/* XLSX and ODS workbooks. */
#define WORKBOOK_PACKED_MAX   ((uint64_t)64 * 1024 * 1024)
#define WORKBOOK_INFLATED_MAX ((uint64_t)1024 * 1024 * 1024)
#define WORKBOOK_RATIO_MAX    100 /* inflated / packed, once past … */
#define WORKBOOK_RATIO_FROM   ((uint64_t)100 * 1024) /* … so many inflated bytes */
#define WORKBOOK_DEPTH_MAX    64                     /* XML elements within elements */
#define WORKBOOK_SHEETS_MAX   1000
#define WORKBOOK_REPEATS_MAX  100000 /* cells of a sheet that only come again */
#define TABLE_HEADER_LINES    40     /* among which the header is looked for */

/* Certificates. */
#define CERTIFICATE_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define JSON_DEPTH_MAX        16     /* brackets within brackets */
#define JSON_VALUES_MAX       500000 /* commas and brackets */

#endif
