#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/short.py PROGRAM [all] [ROW…]

Gives each command of commands.tsv, at each of its reads and writes, less than it asks for (short.c):
one byte and then the rest, half, or as much as a draw says. The same bytes come of it, and the same
words. Without `all`, one way each. Needs build/faults/short. Status 1 if anything was wrong, 77 where
calls cannot be changed.
"""
import os
import subprocess
import sys

import office

SHORT = os.path.join(office.ROOT, "build/faults/short")
CANNOT = 77


def give_less(desk, item):
    row, way = item
    how = f"short reads and writes ({way})"
    desk.put(row.before)
    plain = desk.counts["plain"]
    status = desk.run(row.words, office.blunt() + [SHORT, way])
    state = desk.settle(row, how, status)
    if status != row.status or state not in ("new", "same") or desk.counts["plain"] != plain:
        desk.wrong(row, how, f"not as whole ones: status {status}, {state}")


def main():
    if not os.path.exists(SHORT) or subprocess.run([SHORT, "half", "true"], stderr=subprocess.DEVNULL,
                                                   check=False).returncode == CANNOT:
        sys.exit(CANNOT)
    sweep = office.Sweep(needs_strace=False)
    rows = sweep.prepared()
    draws = [str(sweep.random.randrange(1 << 31)) for _ in range(int(os.environ.get("DRAWS", "20" if sweep.all else "1")))]
    ways = ["one", "half", *draws]
    work = [(row, way) for row in rows for way in (ways if sweep.all else [sweep.random.choice(ways)])]
    counts = sweep.each(give_less, work)
    sweep.tell(f"{len(rows)} commands in {counts['runs']} runs of short reads and writes; torn, lost or other bytes")


main()
