#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: formulas.py FOLDER OUT.xlsx

A month of poitiers the way an office does it by hand: tables of values, and the totals of
totals.awk as formulas, without results: the spreadsheet program computes them on loading.
"""
import csv
import os
import sys

import xlsxwriter

folder, out = sys.argv[1:]


def rows(name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def minutes(time):
    return int(time[:2]) * 60 + int(time[3:]) if time else ""


members, sessions, log = rows("members"), rows("sessions"), rows("attendance")
book = xlsxwriter.Workbook(out)
summary, days, roster, means, calendar, presences, claims = [book.add_worksheet(name) for name in (
    "Summary", "Days", "Members", "Means", "Sessions", "Log", "Claims")]
for number, row in enumerate(members):
    roster.write_row(number, 0, (row[0], row[5]))
for number, row in enumerate(rows("means")):
    means.write_row(number, 0, (row[0], float(row[2].replace(",", ".")), row[3]))
for number, row in enumerate(sessions):
    calendar.write_row(number, 0, row[:3])
for number, row in enumerate(log):
    presences.write_row(number, 0, (row[0], row[1], row[2], minutes(row[3]), minutes(row[4])))
    line = number + 1
    counts = f'OR(C{line}="present",C{line}="partial")'
    presences.write_formula(number, 5, f"VLOOKUP(B{line},Sessions!$A$1:$C${len(sessions)},2,0)")
    presences.write_formula(number, 6, f"IF({counts},E{line}-D{line},0)")
    presences.write_formula(number, 7, f"IF({counts},1,0)")
    presences.write_formula(number, 8, f"ROUND(1374*G{line}/60,0)")
log_of = {column: f"Log!${column}$1:${column}${len(log)}" for column in "AFGHI"}
expenses = rows("expenses")
there = f"SUMIFS({log_of['H']},{log_of['A']},A{{0}},{log_of['F']},B{{0}})>0"
for number, row in enumerate(expenses):
    cents = int(row[5].replace(",", ""))
    claims.write_row(number, 0, (row[0], row[1], row[3], row[6], cents))
    line = number + 1
    claims.write_formula(number, 5, f'IF(AND(C{line}="public_transport",D{line}="oui",'
                         f"{there.format(line)}),E{line},0)")
dates = sorted({row[1] for row in sessions})
last = chr(ord("A") + len(dates))
days.write_row(0, 1, dates)
summary.write_row(0, 0, ("member", "sessions", "minutes", "stipend", "transport", "total"))
for number, row in enumerate(members, 1):
    line = number + 1
    days.write(number, 0, row[0])
    for column in range(1, len(dates) + 1):
        letter = chr(ord("A") + column)
        days.write_formula(number, column, f"MIN(9616,SUMIFS({log_of['I']},{log_of['A']},$A{line},"
                           f"{log_of['F']},{letter}$1))")
    summary.write(number, 0, row[0])
    of_member = f"{log_of['A']},A{line}"
    passes = (f"AND(Members!B{number}<>\"\",IFERROR(VLOOKUP(A{line},Means!$A$1:$C${len(members)},"
              "2,0),9999)<=1000)")
    for column, formula in enumerate((
            f"SUMIFS({log_of['H']},{of_member})",
            f"SUMIFS({log_of['G']},{of_member})",
            f"IF({passes},SUM(Days!B{line}:{last}{line}),0)",
            f"SUMIFS(Claims!$F$1:$F${len(expenses)},Claims!$A$1:$A${len(expenses)},A{line})",
            f"D{line}+E{line}"), 1):
        summary.write_formula(number, column, formula)
book.close()
