#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/rot.py PROGRAM [all]

Turns single bits of a ledger over, at random, and asks the program to prove it. A change that can be
seen (another byte in any row, or a table that cannot be read) must be refused; bytes that no row uses
may change unseen. A change of the identities must be refused, or change nobody. FLIPS says how many
(100 000 with `all`), SEED which. Status 1 if anything was wrong.
"""
import os
import random
import sqlite3

import office


def said_by_indexes(book, table):
    """What each index of the table says, read from it alone."""
    for _, name, _, _, partial in sorted(book.execute(f'PRAGMA index_list("{table}")'), key=repr):
        columns = [cells[2].decode() for cells in book.execute(f'PRAGMA index_info("{name.decode()}")')]
        where = "WHERE reverses > 0" if partial else ""
        yield sorted(book.execute(f'SELECT {", ".join(columns)}, rowid FROM "{table}" INDEXED BY "{name.decode()}" {where}'), key=repr)


def seen_in(path):
    """Every row of every table in one order, and what the indexes say, or None where something cannot be read. The
    case of a letter in the name of an index, and the order in which rows lie, tell nothing."""
    try:
        book = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        book.text_factory = bytes
        tables = [row[0].decode() for row in book.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = [sorted(book.execute("SELECT type, lower(name), lower(tbl_name), sql FROM sqlite_schema"), key=repr)]
        rows += [sorted(book.execute(f'SELECT * FROM "{table}"'), key=repr) for table in tables]
        rows += [list(said_by_indexes(book, table)) for table in tables]
        rows.append([book.execute(f"PRAGMA {what}").fetchall() for what in ("application_id", "user_version")])
        book.close()
        return rows
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def flip(desk, item):
    seed, count, name, row = item
    chance = random.Random(seed)
    desk.put(row.new)
    path = os.path.join(desk.place, name)
    whole = row.new[name]
    right = seen_in(path)
    for _ in range(count):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        with open(path, "wb") as file:
            file.write(changed)
        seen = seen_in(path)
        status = desk.run(["ledger", "verify", "--ledger", "town.db"], shims=office.BLUNT, within=True)
        desk.counts["runs"] += 1
        desk.counts["told"] += status != office.DONE
        desk.counts["proven"] += seen != right
        how = f"bit {bit} of byte {at} of {name}"
        if status == office.DONE and seen != right:
            desk.wrong(row, how, "changed, and not seen")
        elif status not in (office.DONE, office.REFUSED, office.MACHINE, 70):
            desk.wrong(row, how, f"status {status}")
        desk.check_said(row, how)


def main():
    sweep = office.Sweep(needs_strace=False)
    flips = int(os.environ.get("FLIPS", "100000" if sweep.all else "300"))
    row = next(row for row in sweep.rows if row.name == "recovered")
    sweep.desk.prepare(row)
    part = min(100, flips // 4)
    parts = range(flips // part)
    work = [(int(os.environ.get("SEED", "1")) * 1000003 + i, part, "town.db" if i % 4 else "town.db.identities", row)
            for i in parts]
    counts = sweep.each(flip, work)
    sweep.tell(f"{counts['runs']} bits turned over, {counts['proven']} of them visible, {counts['told']} refused; "
               "visible and not refused")


main()
