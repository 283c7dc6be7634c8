#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/kill.py PROGRAM [all] [ROW…]

Kills each command of commands.tsv at its system calls, one after the other, and at random moments: at
each call that changes something on the disk, and behind it (EACH=1: at every call that can be stopped).
Without `all`, only at some of those. Needs build/faults/calls.so. Status 1 if anything was wrong, 77 if there
is no strace, or calls cannot be stopped.
"""
import os
import signal
import time

import office

CHANGING = ("pwrite64", "write", "fdatasync", "fsync", "unlink", "unlinkat", "linkat", "renameat", "renameat2", "mkdir",
            "mkdirat", "ftruncate")


def at_call(desk, item):
    row, name, k = item
    desk.put(row.before)
    status = office.run_failing(desk, row.words, name, k)
    desk.counts["missed"] += status != -signal.SIGKILL  # threads share their calls otherwise each time
    desk.settle(row, f"killed at {name} {k}", status)


def at_moment(desk, item):
    row, moment = item
    desk.put(row.before)
    status = desk.run(row.words, moment=moment, shims=office.BLUNT)
    desk.settle(row, f"killed after {moment:.6f} s", status)


CONFIG = """rules = "town.cfg"; members = "members.csv"; sessions = "sessions.csv"; attendance = "sheets";
expenses = "claims"; outputs = "made"; ledger = "town.db";
"""


def in_folder(files):
    return {**files, "defray.cfg": CONFIG.encode(), "sheets/": b"", "claims/": b"", "made/": b""}


def sheets_first(desk):
    """Whoever looks where the folder stands looks for the sheets of batches before the ledger: a colleague who records
    one meanwhile, and names its sheets, must not make of it an older copy."""
    row = next(row for row in desk.rows if row.name == "approve")
    desk.prepare(row)
    desk.put(in_folder(row.before))
    trace = os.path.join(desk.base, "trace")
    desk.run(["status"], ["strace", "-f", "-e", "trace=openat", "-o", trace])
    with open(trace, encoding="utf-8", errors="replace") as lines:
        opened = [line for line in lines if '"made' in line or 'town.db"' in line]
    if len(opened) < 2 or '"made' not in opened[0]:
        desk.wrong(row, "looked at", "the sheets were not looked for first")


def lost(desk):
    """Whoever looks where the folder stands, after a deed that was killed while it was being recorded, is told."""
    row = next(row for row in desk.rows if row.name == "approve")
    desk.prepare(row)
    half_done = 0
    for name, count in office.calls_of(desk, row, {"pwrite64", "fdatasync"}):
        for k in range(1, count + 1):
            desk.put(in_folder(row.before))
            office.run_failing(desk, row.words, name, k)
            half_done += "town.db-journal" in desk.files()
            status = desk.run(["status"])
            if status != office.DONE:
                desk.wrong(row, f"killed at {name} {k}", f"'defray status' gives {status}")
    if not half_done:
        desk.wrong(row, "killed", "nothing was left half done")


def main():
    sweep = office.Sweep(fails_calls=True)
    rows = sweep.prepared()
    lost(sweep.desk)
    sheets_first(sweep.desk)
    work, moments = [], []
    for row in rows:
        if sweep.all and not os.environ.get("EACH"):
            work += [(row, *moment) for moment in office.moments_of(sweep.desk, row)]
        else:
            for name, count in office.calls_of(sweep.desk, row, None if sweep.all else CHANGING):
                places = range(1, count + 1)
                if not sweep.all:
                    places = sorted(sweep.random.sample(places, min(1, len(places))))
                work += [(row, name, k) for k in places]
        sweep.desk.put(row.before)
        start = time.perf_counter()
        sweep.desk.run(row.words)
        took = time.perf_counter() - start
        count = int(os.environ.get("MOMENTS", "60" if sweep.all else "1"))
        moments += [(row, sweep.random.random() * took * 1.2) for _ in range(count)]
    missed = sweep.each(at_call, work)["missed"]
    counts = sweep.each(at_moment, moments)
    if missed * 5 > len(work):
        sweep.desk.wrong(rows[0], "at system calls", f"{missed} of {len(work)} were not met")
    sweep.tell(f"{len(rows)} commands killed at {len(work)} system calls and {len(moments)} random moments "
               f"({counts['proven']} states proven); torn, lost or left behind")


main()
