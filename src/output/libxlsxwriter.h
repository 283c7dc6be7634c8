/* SPDX-License-Identifier: Apache-2.0 */
/* What is called of libxlsxwriter, to write workbooks, and of zlib, which comes with it. */
#ifndef DEFRAY_LIBXLSXWRITER_H
#define DEFRAY_LIBXLSXWRITER_H

#include "defray/library.h"

#include <xlsxwriter.h>

#include <zlib.h>

#define LIBXLSXWRITER_CALLS(CALL)             \
    CALL(crc32_combine)                       \
    CALL(chart_add_series)                    \
    CALL(chart_axis_get)                      \
    CALL(chart_axis_major_gridlines_set_line) \
    CALL(chart_axis_set_crossing_max)         \
    CALL(chart_axis_set_label_position)       \
    CALL(chart_axis_set_min)                  \
    CALL(chart_axis_set_num_format)           \
    CALL(chart_axis_set_reverse)              \
    CALL(chart_legend_set_position)           \
    CALL(chart_series_set_categories)         \
    CALL(chart_series_set_fill)               \
    CALL(chart_series_set_line)               \
    CALL(chart_series_set_marker_fill)        \
    CALL(chart_series_set_marker_line)        \
    CALL(chart_series_set_marker_size)        \
    CALL(chart_series_set_marker_type)        \
    CALL(chart_series_set_name)               \
    CALL(chart_series_set_values)             \
    CALL(chart_set_high_low_lines)            \
    CALL(chart_title_set_name)                \
    CALL(chart_title_set_name_font)           \
    CALL(format_set_align)                    \
    CALL(format_set_bg_color)                 \
    CALL(format_set_bold)                     \
    CALL(format_set_border)                   \
    CALL(format_set_border_color)             \
    CALL(format_set_font_color)               \
    CALL(format_set_font_name)                \
    CALL(format_set_font_size)                \
    CALL(format_set_indent)                   \
    CALL(format_set_italic)                   \
    CALL(format_set_num_format)               \
    CALL(format_set_text_wrap)                \
    CALL(format_set_unlocked)                 \
    CALL(lxw_format_get_xf_index)             \
    CALL(lxw_strerror)                        \
    CALL(lxw_tmpfile)                         \
    CALL(lxw_workbook_free)                   \
    CALL(lxw_worksheet_write_single_row)      \
    CALL(workbook_add_chart)                  \
    CALL(workbook_add_format)                 \
    CALL(workbook_add_worksheet)              \
    CALL(workbook_close)                      \
    CALL(workbook_new_opt)                    \
    CALL(workbook_set_properties)             \
    CALL(worksheet_autofilter)                \
    CALL(worksheet_data_validation_range)     \
    CALL(worksheet_fit_to_pages)              \
    CALL(worksheet_freeze_panes)              \
    CALL(worksheet_gridlines)                 \
    CALL(worksheet_ignore_errors)             \
    CALL(worksheet_insert_chart_opt)          \
    CALL(worksheet_merge_range)               \
    CALL(worksheet_print_across)              \
    CALL(worksheet_print_area)                \
    CALL(worksheet_protect)                   \
    CALL(worksheet_repeat_columns)            \
    CALL(worksheet_repeat_rows)               \
    CALL(worksheet_set_column)                \
    CALL(worksheet_set_footer)                \
    CALL(worksheet_set_landscape)             \
    CALL(worksheet_set_margins)               \
    CALL(worksheet_set_paper)                 \
    CALL(worksheet_set_row)                   \
    CALL(worksheet_write_blank)               \
    CALL(worksheet_write_formula_num)         \
    CALL(worksheet_write_number)              \
    CALL(worksheet_write_string)

LIBRARY_DECLARE(lxw, LIBXLSXWRITER_CALLS);

#endif
