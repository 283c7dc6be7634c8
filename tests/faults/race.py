#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/race.py PROGRAM [all] [ROW…]

Eight processes at once give the same command of commands.tsv, round after round. One does it; the seven
others say what the command says of what was done before, or, where doing it again changes nothing, the
same. What is left is as after one alone, and the ledger holds. Each command of a payment is given in ROUNDS
rounds, 1 000 with `all`, any other in a hundredth of them. Status 1 if anything was wrong.
"""
import concurrent.futures
import os

import office

PROCESSES = 8
EACH_HIS_OWN = concurrent.futures.ThreadPoolExecutor(PROCESSES)  # a thread waits for a process


def word(status, out, err):
    """What a run says, without what is drawn anew."""
    return status, *(office.DRAWN.sub(b"#", text) for text in (out, err))


def at_once(desk, item):
    row, number = item
    desk.put(row.before)
    runs = list(EACH_HIS_OWN.map(lambda i: desk.ask(row.words, f".{i}", shims=office.BLUNT), range(PROCESSES)))
    desk.counts["runs"] += 1
    how = f"round {number}"
    said = [word(*run) for run in runs]
    first, again = word(row.status, row.stdout, row.stderr), word(row.again, *row.again_said)
    did = said.count(first)
    for desk.out, desk.err in [run[1:] for run in runs]:
        desk.check_said(row, how)
    for one in {one for one in said if one not in (first, again)}:
        desk.out, desk.err = one[1:]
        desk.wrong(row, how, f"{said.count(one)} of {PROCESSES} say something else, status {one[0]}")
    if first != again and did != 1:
        desk.wrong(row, how, f"{did} did it, and {said.count(again)} say that it was done")
    here = desk.files()
    state, why = desk.state(row, here, twice=True)
    if state not in ("new", "same") and not desk.is_as_twice(row, here):
        desk.wrong(row, how, f"not as one alone would leave it: {state} {why}")
    for path in sorted(here.keys() - row.new.keys()):
        desk.wrong(row, how, f"left behind: {path}")
    desk.check_holds(row, how, here)


def main():
    sweep = office.Sweep(needs_strace=False, few=1)
    rounds = int(os.environ.get("ROUNDS", "1000" if sweep.all else "5"))
    work = [(row, i) for row in sweep.prepared()
            for i in range(1, (rounds if row.name in office.PAYMENT else -(-rounds // 100)) + 1)]
    runs = sweep.each(at_once, work)["runs"]
    sweep.tell(f"{len(sweep.chosen)} commands given by eight processes at once, {runs} times; done twice or torn")


main()
