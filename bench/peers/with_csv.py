#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: with_csv.py ASSEMBLY FOLDER OUT.csv|OUT.xlsx

The totals of totals.awk with Python's own csv; as a workbook, with each presence and its price.
"""
import csv
import os
import sys

assembly, folder, out = sys.argv[1:]
CAP = {"poitiers": 9616, "haute-garonne": 9000, "marseille": 2**31}[assembly]
PRICES = {"haute-garonne": {"plenary": 9000, "half_day": 4500}, "marseille": {"plenary": 7749}}


def rows(name):
    path = os.path.join(folder, name + ".csv")
    if os.path.exists(path):
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, delimiter=";")
            next(reader)
            yield from reader


def minutes_of(start, end):
    return int(end[:2]) * 60 + int(end[3:]) - int(start[:2]) * 60 - int(start[3:])


def read_log(sessions, sums, days):
    """Adds up the log, and yields a row of twelve values for each of its lines."""
    prices = PRICES.get(assembly)
    for member, session, attendance, *times in rows("attendance"):
        date, kind, start, end, spent = sessions[session]
        cents = 0
        if attendance in ("present", "partial"):
            if times:
                start, end = times
                spent = minutes_of(start, end)
            cents = prices.get(kind, 0) if prices else (1374 * spent + 30) // 60
            sums[member][0] += 1
            sums[member][1] += spent
            days[member, date] = days.get((member, date), 0) + cents
        yield member, session, date, kind, attendance, start, end, spent, cents


def mileage(kilometres, horsepower):
    low, high = (32, 40) if int(horsepower) <= 5 else (41, 51)
    return min(kilometres, 2000) * low + max(kilometres - 2000, 0) * high


def totals(members, sums, days):
    stipends = {}
    for (member, _), cents in days.items():
        stipends[member] = stipends.get(member, 0) + min(cents, CAP)
    passes = {row[0] for row in rows("means")
              if row[3] in ("caf", "msa") and int(row[2].replace(",", "")) <= 100000}
    claimed = dict.fromkeys(members, 0)
    for member, date, _, category, quantity, amount, receipt, _ in rows("expenses"):
        if (member, date) in days:
            if category == "public_transport" and receipt == "oui":
                claimed[member] += int(amount.replace(",", ""))
            elif category == "mileage":
                claimed[member] += int(quantity)
    for member, row in members.items():
        due = stipends.get(member, 0)
        if assembly == "poitiers" and not (row[5] and member in passes):
            due = 0
        way = claimed[member]
        if assembly == "haute-garonne":
            way = mileage(way, row[6])
        yield (*row[:4], *row[5:], *sums[member], due, way, due + way)


members = {row[0]: row for row in rows("members")}
sessions = {row[0]: (*row[1:5], minutes_of(*row[3:5])) for row in rows("sessions")}
sums = {member: [0, 0] for member in members}
days = {}
log = read_log(sessions, sums, days)
if out.endswith(".xlsx"):
    import sheets

    log = list(log)
    sheets.write(out, totals(members, sums, days), (
        (row[0], *members[row[0]][1:3], *row[1:], "due" if row[-1] else "zero") for row in log))
else:
    for _ in log:
        pass
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(("member", "sessions", "minutes", "stipend", "transport", "total"))
        writer.writerows((row[0], *row[7:]) for row in totals(members, sums, days))
