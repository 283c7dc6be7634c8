#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/race.py PROGRAM [all] [ROW…]

Eight processes at once give the same command of commands.tsv, round after round. One does it; the seven
others say what the command says of what was done before, or, where doing it again changes nothing, the
same. What is left is as after one alone, and the ledger holds. Each command of a payment is given in ROUNDS
rounds, 1 000 with `all`, any other in a hundredth of them. A table that somebody saves while the month waits to
be recorded stops it. Status 1 if anything was wrong.
"""
import concurrent.futures
import os
import sqlite3
import time

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


def saved_meanwhile(desk):
    """The table of members is saved while who prepares the month waits for the ledger: nothing is recorded."""
    row = next(row for row in desk.rows if row.name == "prepare-sheets")
    desk.prepare(row)
    for wait in (0.5, 1, 2, 4):  # until the tables have been read, which nobody else may look at
        desk.put(row.before)
        book = sqlite3.connect(os.path.join(desk.place, "town.db"), isolation_level=None)
        book.execute("BEGIN IMMEDIATE")
        run = EACH_HIS_OWN.submit(desk.ask, row.words, ".waits", shims=office.BLUNT)
        time.sleep(wait)
        table = os.path.join(desk.place, "members.csv")
        with open(table, "wb") as file:
            file.write(row.before["members.csv"])
        book.execute("ROLLBACK")
        book.close()
        status, desk.out, desk.err = run.result()
        if b"F016" in desk.err:
            break
    if status != office.REFUSED or b"F016" not in desk.err:
        desk.wrong(row, "a table saved meanwhile", f"status {status}, and not 3 with F016")
    if desk.book_here() != row.old_book or "m.csv" in desk.files():
        desk.wrong(row, "a table saved meanwhile", "it is recorded or written all the same")


def main():
    sweep = office.Sweep(needs_strace=False, few=1)
    rounds = int(os.environ.get("ROUNDS", "1000" if sweep.all else "5"))
    work = [(row, i) for row in sweep.prepared()
            for i in range(1, (rounds if row.name in office.PAYMENT else -(-rounds // 100)) + 1)]
    runs = sweep.each(at_once, work)["runs"]
    saved_meanwhile(sweep.desk)
    sweep.tell(f"{len(sweep.chosen)} commands given by eight processes at once, {runs} times; done twice or torn")


main()
