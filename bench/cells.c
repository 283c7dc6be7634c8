/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: cells ATTENDANCE.csv OUT.xlsx
 * The bare library, for comparison: the five columns of a log and seven more, as texts,
 * dates, times and numbers, twelve cells a row, rows leaving memory as they are made.
 */
#include <xlsxwriter.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 12
#define DAY     46082 /* 2026-03-01 */

static const char *const more[] = {"day",   "noted", "rate",  "remark",
                                   "group", "fare",  "number"};

/* "18:15" as a part of a day. */
static double
time_of(const char *text)
{
    return (atoi(text) * 60 + atoi(text + 3)) / 1440.0;
}

static void
put_more(lxw_worksheet *sheet, lxw_row_t row, lxw_format *date)
{
    char group[32];

    snprintf(group, sizeof group, "Groupe %u", (unsigned)row % 7);
    worksheet_write_number(sheet, row, 5, DAY + row % 31, date);
    worksheet_write_number(sheet, row, 6, DAY + row % 29, date);
    worksheet_write_number(sheet, row, 7, 2 + row % 4 * 0.25, NULL);
    worksheet_write_string(sheet, row, 8, row % 3 != 0 ? "à l'heure" : "en retard", NULL);
    worksheet_write_string(sheet, row, 9, group, NULL);
    worksheet_write_number(sheet, row, 10, row % 5000 / 100.0, NULL);
    worksheet_write_number(sheet, row, 11, row, NULL);
}

int
main(int argc, char **argv)
{
    lxw_workbook_options options = {.constant_memory = 1};
    FILE *log = argc == 3 ? fopen(argv[1], "r") : NULL;
    char line[512];

    if (log == NULL) {
        fprintf(stderr, "usage: cells ATTENDANCE.csv OUT.xlsx\n");
        return 2;
    }
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Log");
    lxw_format *date = workbook_add_format(book);
    lxw_format *hour = workbook_add_format(book);
    format_set_num_format(date, "dd/mm/yyyy");
    format_set_num_format(hour, "hh:mm");
    for (lxw_row_t row = 0; fgets(line, sizeof line, log) != NULL; row++) {
        char *rest = line;
        line[strcspn(line, "\r\n")] = '\0';
        for (lxw_col_t column = 0; rest != NULL; column++) {
            char *text = rest;
            rest = strchr(text, ';');
            if (rest != NULL) {
                *rest++ = '\0';
            }
            if (row > 0 && column > 2 && text[0] != '\0') {
                worksheet_write_number(sheet, row, column, time_of(text), hour);
            } else if (text[0] != '\0') {
                worksheet_write_string(sheet, row, column, text, NULL);
            }
        }
        if (row > 0) {
            put_more(sheet, row, date);
        }
        for (lxw_col_t column = 5; row == 0 && column < COLUMNS; column++) {
            worksheet_write_string(sheet, 0, column, more[column - 5], NULL);
        }
    }
    fclose(log);
    return (int)workbook_close(book);
}
