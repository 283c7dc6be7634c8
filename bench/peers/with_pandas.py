#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: with_pandas.py ASSEMBLY FOLDER OUT.csv|OUT.xlsx

The totals of totals.awk with pandas; as a workbook, with each presence and its price.
"""
import os
import sys

import numpy
import pandas

assembly, folder, out = sys.argv[1:]
CAP = {"poitiers": 9616, "haute-garonne": 9000, "marseille": 2**31}[assembly]
PRICES = {"haute-garonne": {"plenary": 9000, "half_day": 4500}, "marseille": {"plenary": 7749}}


def table(name, columns=None, **types):
    path = os.path.join(folder, name + ".csv")
    return pandas.read_csv(path, sep=";", usecols=columns, dtype=types or str, decimal=",",
                           keep_default_na=False, na_values={"quantity": "", "amount": ""})


def minutes_of(times):
    """Minutes of a column of HH:MM, through its few different values."""
    times = times.astype("category")
    known = [int(text[:2]) * 60 + int(text[3:]) if text else 0 for text in times.cat.categories]
    return numpy.array(known, dtype=numpy.int64)[times.cat.codes]


def read_log():
    sessions = table("sessions", ["session", "date", "kind", "start", "end"])
    log = table("attendance", member=str, session="category", attendance="category",
                start="category", end="category")
    log = log.merge(sessions, on="session", how="left", suffixes=("", "_of"))
    for column in ("start", "end") if "start_of" in log else ():
        log[column] = log[column].astype(str).where(log[column] != "", log[column + "_of"])
    log["minutes"] = minutes_of(log["end"]) - minutes_of(log["start"])
    there = log["attendance"].isin(["present", "partial"])
    if assembly == "poitiers":
        cents = (1374 * log["minutes"] + 30) // 60
    else:
        cents = log["kind"].map(PRICES[assembly]).fillna(0).astype("int64")
    log["amount"] = numpy.where(there, cents, 0)
    return log, log[there]


def transport(days, members):
    if assembly == "marseille":
        return 0
    claims = table("expenses", ["member", "date", "category", "quantity", "amount", "receipt"],
                   member=str, date=str, category="category", receipt="category")
    claims = claims.merge(days[["member", "date"]], on=["member", "date"])
    if assembly == "poitiers":
        claims = claims[(claims["category"] == "public_transport") & (claims["receipt"] == "oui")]
        cents = (claims["amount"] * 100).round().astype("int64").groupby(claims["member"]).sum()
        return members["id"].map(cents).fillna(0).astype("int64")
    claims = claims[claims["category"] == "mileage"]
    way = claims.groupby("member")["quantity"].sum().astype("int64")
    way = members["id"].map(way).fillna(0).astype("int64")
    low = members["horsepower"].astype(int) <= 5
    return (way.clip(upper=2000) * numpy.where(low, 32, 41)
            + (way - 2000).clip(lower=0) * numpy.where(low, 40, 51))


def entitled(members):
    if assembly != "poitiers":
        return True
    means = table("means", ["id", "value", "method"], id=str, value=float, method="category")
    means = means[(means["value"] <= 1000) & means["method"].isin(["caf", "msa"])]
    return (members["requested_on"] != "") & members["id"].isin(means["id"])


log, presences = read_log()
members = table("members")
days = presences.groupby(["member", "date"], sort=False).agg(
    sessions=("amount", "size"), minutes=("minutes", "sum"), cents=("amount", "sum"))
days["cents"] = days["cents"].clip(upper=CAP)
days = days.reset_index()
sums = days.groupby("member", sort=False)[["sessions", "minutes", "cents"]].sum()
for column in sums:
    members[column] = members["id"].map(sums[column]).fillna(0).astype("int64")
members["stipend"] = numpy.where(entitled(members), members["cents"], 0)
members["transport"] = transport(days, members)
members["total"] = members["stipend"] + members["transport"]
if out.endswith(".xlsx"):
    import sheets

    log = log.merge(members[["id", "last_name", "first_name"]], how="left", left_on="member",
                    right_on="id")
    log["state"] = numpy.where(log["amount"] > 0, "due", "zero")
    sheets.write(out, members.rename(columns={"id": "member"})[list(sheets.SUMMARY)].itertuples(
        index=False), log[list(sheets.DETAIL)].itertuples(index=False))
else:
    members.rename(columns={"id": "member"}).to_csv(
        out, sep=";", index=False,
        columns=["member", "sessions", "minutes", "stipend", "transport", "total"])
