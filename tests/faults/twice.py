#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/twice.py PROGRAM [all] [ROW…]

Two faults, one upon the other: a deed in the ledger is killed at a call that changes the disk, and
the command that then finds what was left is killed or failed in its turn, at a call of its own. After
that the ledger holds, and the same command settles it. PAIRS says how many (5 000 with `all`), SEED
which. Needs build/faults/calls.so. Status 1 if anything was wrong, 77 if there is no strace, or calls cannot be stopped.
"""
import os
import random
import re
import signal

import office

CHANGING = ("pwrite64", "write", "fdatasync", "fsync", "unlink", "unlinkat", "linkat", "renameat", "renameat2", "ftruncate")
ERRORS = ("EIO", "ENOSPC")
DEEDS = ("create", "confirm", "prepare", "approve", "export", "sent", "settled", "reverse", "close", "recovered", "purge")


def pair(desk, item):
    row, calls, seed = item
    chance = random.Random(seed)
    desk.put(row.before)
    name, count = chance.choice(calls)
    k = chance.randint(1, count)
    how = f"killed at {name} {k}"
    status = office.run_failing(desk, row.words, name, k)
    desk.counts["missed"] += status != -signal.SIGKILL
    # What was left is met by the same command, or by one that only reads.
    words = row.words if chance.randrange(4) else ["ledger", "verify", "--ledger", "town.db"]
    left = desk.files()
    trace = os.path.join(desk.base, "trace")
    desk.run(words, ["strace", "-f", "--seccomp-bpf", "-e", "trace=" + ",".join(CHANGING), "-o", trace])
    with open(trace, encoding="utf-8", errors="replace") as lines:
        met = re.findall(r"^\d+ +([a-z0-9]+)\(", lines.read(), re.M)
    desk.put(left)
    met = [(name, i) for name in set(met) & set(CHANGING) for i in range(1, met.count(name) + 1)]
    desk.counts["told"] += any(path.endswith("-journal") for path in left)
    if not met:
        return
    name, k = chance.choice(sorted(met))
    error = chance.choice((None, None, *ERRORS))
    office.run_failing(desk, words, name, k, error)
    whose = "" if words is row.words else " of a verification"
    desk.settle(row, f"{how}, then {error or 'killed'} at {name} {k}{whose}", -signal.SIGKILL,
                twice=True)


def main():
    sweep = office.Sweep(fails_calls=True)
    sweep.chosen = [row for row in sweep.chosen if row.name in DEEDS]  # each of them makes a pair or more
    rows = sweep.prepared()
    pairs = int(os.environ.get("PAIRS", "5000" if sweep.all else "24"))
    calls = {row.name: office.calls_of(sweep.desk, row, CHANGING) for row in rows}
    seed = int(os.environ.get("SEED", "1")) * 1000003
    counts = sweep.each(pair, [(rows[i % len(rows)], calls[rows[i % len(rows)].name], seed + i) for i in range(pairs)])
    if counts["missed"] * 5 > pairs:
        sweep.desk.wrong(rows[0], "pairs", f"{counts['missed']} of {pairs} first faults were not met")
    sweep.tell(f"{counts['runs']} pairs of faults, {counts['told']} with a journal left by the first "
               f"({counts['proven']} states proven); torn, lost or left behind")


main()
