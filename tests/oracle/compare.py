# SPDX-License-Identifier: Apache-2.0
"""usage: compare.py PROGRAM RULES_FOLDER BATCHES [FIRST_SEED] [JOBS]

Pays seeded months with the program and works each out a second time (reference.py); every line
must agree: its gross, what is due, its state, the reason, and so must the totals and the
verdicts. Half of the months are under rule files of invented towns (towns.py), half under the
shipped ones. Ends with status 1 at the first seed that differs, whose files are left to look at.
One seed again: compare.py PROGRAM RULES_FOLDER 1 SEED."""
import glob
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "faults"))
import again  # noqa: E402
from batches import batch_of, tables_of
from reference import Month
from rulebook import Book
from towns import town


def shipped(folder):
    books = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.cfg"))):
        book = Book(path, os.path.join(folder, "common"))
        if "stipend" in book.rules:
            books[path] = book
    return books


def euros(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def expected_of(book, facts, first, last):
    """({place: what is said there}, {member: verdict, where the tested sessions tell it}, total)."""
    month = Month(book, facts, first, last)
    lines, verdicts = {}, {}
    for member in facts["members"]:
        mine = month.lines_of(member)
        for line in mine:
            reason = "" if line.state == "due" else line.reason
            lines[line.where] = (member["id"], line.entitlement, str(line.date), euros(line.gross),
                                 euros(line.due), line.state, reason)
        verdicts[member["id"]] = month.verdict(member, mine)
    return lines, verdicts


def differences(book, facts, first, last, result):
    expected, verdicts = expected_of(book, facts, first, last)
    found = {l["at"]: (l["member"], l["entitlement"], l["date"], l["gross"], l["due"], l["state"], l["reason_code"])
             for l in result["lines"]}
    for where in sorted(expected.keys() | found.keys()):
        if expected.get(where) != found.get(where):
            yield f"{where}: expected {expected.get(where)}, found {found.get(where)}"
    for member in result["members"]:
        verdict = verdicts[member["id"]]
        if verdict is not None and verdict != member["verdict"]:
            yield f"{member['id']}: expected verdict {verdict}, found {member['verdict']}"
    total = euros(sum(int(line[4].replace(".", "")) for line in expected.values()))
    if total != result["totals"]["due"]:
        yield f"total: expected {total}, found {result['totals']['due']}"


def one(job):
    """(seed, lines compared, what was wrong: '' if nothing)."""
    program, folder, seed, work = job
    draw = random.Random(seed)
    place = os.path.join(work, f"worker-{os.getpid()}")  # one folder for all: the program's walls let it write there
    os.makedirs(place, exist_ok=True)
    for name in os.listdir(place):
        os.remove(os.path.join(place, name))
    if seed % 2:
        rules = os.path.join(place, "town.cfg")
        with open(rules, "w", encoding="utf-8") as file:
            file.write(town(draw, "town"))
        book = Book(rules, os.path.join(folder, "common"))
    else:
        rules = draw.choice(sorted(BOOKS))
        book = BOOKS[rules]
    drawn = batch_of(book, draw)
    if drawn is None:
        return seed, 0, ""
    facts, first, last = drawn
    tables = tables_of(facts)
    for name, text in tables.items():
        with open(os.path.join(place, name), "w", encoding="utf-8") as file:
            file.write(text)
    command = [program, "pay", rules, "--members", "members.csv", "--sessions", "sessions.csv",
               "--attendance", "attendance.csv", "--expenses", "expenses.csv",
               "--period", f"{first}..{last}", "-o", "out.json", "-q", "--lang", "en"]
    if "means.csv" in tables:
        command += ["--means", "means.csv"]
    said = [os.path.join(place, name) for name in ("said", "errors")]
    status = again.run(command, place, said, dict(os.environ, DEFRAY_RULES=folder), PATIENCE, within=True)
    if status not in (0, 1):
        shutil.copytree(place, os.path.join(work, str(seed)))
        with open(said[1], encoding="utf-8") as errors:
            return seed, 0, f"status {status}\n{errors.read()}"
    with open(os.path.join(place, "out.json"), encoding="utf-8") as file:
        result = json.load(file)
    wrong = "\n".join(differences(book, facts, first, last, result))
    if wrong:
        shutil.copytree(place, os.path.join(work, str(seed)))
    return seed, len(result["lines"]), wrong


def main():
    program, folder, count = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
    start = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    processes = int(sys.argv[5]) if len(sys.argv) > 5 else os.cpu_count()
    BOOKS.update(shipped(folder))
    begun = time.time()
    work = tempfile.mkdtemp(prefix="oracle.", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
    jobs = ((program, folder, seed, work) for seed in range(start, start + count))
    lines = failed = batches = 0
    with multiprocessing.Pool(processes) as pool:
        for seed, compared, wrong in pool.imap_unordered(one, jobs, chunksize=8):
            lines += compared
            batches += compared > 0
            if wrong:
                failed += 1
                print(f"seed {seed}: {work}/{seed}\n{wrong}", flush=True)
                if failed >= 10:
                    break
    passed = batches > 0 and not failed
    print(f"goal: {batches} of {count} months drawn, {lines} lines, worked out a second time, different: {failed} / 0 "
          f"{'PASS' if passed else 'FAIL'} ({time.time() - begun:.0f} s)")
    if passed:
        shutil.rmtree(work)
    return 0 if passed else 1


PATIENCE = 60
MEMORY = "/dev/shm"  # a disk would only be slow
BOOKS = {}
if __name__ == "__main__":
    sys.exit(main())
