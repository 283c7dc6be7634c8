#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: cells.py ATTENDANCE.csv OUT.xlsx: the cells of bench/cells.c with XlsxWriter."""
import csv
import sys

import xlsxwriter

book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
sheet = book.add_worksheet("Log")
date = book.add_format({"num_format": "dd/mm/yyyy"})
hour = book.add_format({"num_format": "hh:mm"})
with open(sys.argv[1], encoding="utf-8", newline="") as log:
    for row, cells in enumerate(csv.reader(log, delimiter=";")):
        for column, text in enumerate(cells):
            if row > 0 and column > 2 and text:
                sheet.write_number(row, column, (int(text[:2]) * 60 + int(text[3:])) / 1440, hour)
            elif text:
                sheet.write_string(row, column, text)
        if row == 0:
            for column, text in enumerate(("day", "noted", "rate", "remark", "group", "fare", "number"), 5):
                sheet.write_string(row, column, text)
            continue
        sheet.write_number(row, 5, 46082 + row % 31, date)
        sheet.write_number(row, 6, 46082 + row % 29, date)
        sheet.write_number(row, 7, 2 + row % 4 * 0.25)
        sheet.write_string(row, 8, "à l'heure" if row % 3 else "en retard")
        sheet.write_string(row, 9, f"Groupe {row % 7}")
        sheet.write_number(row, 10, row % 5000 / 100)
        sheet.write_number(row, 11, row)
book.close()
