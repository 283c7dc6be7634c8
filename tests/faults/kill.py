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

CHANGING = ("pwrite64", "write", "fdatasync", "fsync", "unlink", "unlinkat", "linkat", "renameat", "mkdir",
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


def main():
    sweep = office.Sweep(fails_calls=True)
    rows = sweep.prepared()
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
