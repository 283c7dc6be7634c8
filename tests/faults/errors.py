#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/errors.py PROGRAM [all] [ROW…]

Fails each command of commands.tsv at its system calls: with each error that the call may give, once,
and from there for good (which is the same run where no such call comes behind it). Calls of the same
file with the same answer are alike: the first two of each likeness and each SKIP-th (20) of the others
fail, and the last of each name (EACH=1: every call). Without `all`, only some places. Needs
build/faults/calls.so. Status 1 if anything was wrong, 77 if there is no strace, or calls cannot be stopped.
"""
import os

import office

WRITING = "ENOSPC EIO EDQUOT EINTR"
NAMING = "EIO ENOSPC EDQUOT EROFS"
ERRORS = {
    "read": "EIO EINTR", "pread64": "EIO EINTR", "readv": "EIO",
    "write": WRITING, "pwrite64": WRITING, "writev": WRITING, "ftruncate": WRITING,
    "fsync": WRITING, "fdatasync": WRITING,
    "openat": "EIO ENOSPC EROFS EMFILE EINTR", "close": "EIO EINTR",
    "rename": NAMING, "renameat": NAMING, "renameat2": NAMING + " EINVAL", "link": NAMING, "linkat": NAMING, "unlink": NAMING,
    "unlinkat": NAMING, "mkdir": NAMING, "mkdirat": NAMING, "rmdir": NAMING, "fchmod": NAMING,
    "lseek": "EIO", "fstat": "EIO", "newfstatat": "EIO", "getdents64": "EIO",
    "mmap": "ENOMEM", "fcntl": "EIO EINTR ENOLCK",
}


def fail(desk, item):
    row, name, k, error, ons = item
    for on in ons:
        if not on or len(ons) == 1 or desk.asked_behind():
            fail_once(desk, row, name, k, error, on)


def fail_once(desk, row, name, k, error, on):
    desk.put(row.before)
    status = office.run_failing(desk, row.words, name, k, error, on)
    desk.settle(row, f"{name} {k}{' and after' if on else ''}, {error}", status, mute=name == "write", may_die=True, scratch=name == "unlink",
                unfound=name in ("openat", "newfstatat", "pread64"))


def recorded_without_files(desk):
    """Recorded, but a file could not be named: status 6 and G031, of a month's sheets G032. What has left cannot be given up meanwhile."""
    for row in (row for row in desk.rows if row.name in ("prepare", "export")):
        desk.prepare(row)
        desk.put(row.before)
        words = list(row.words) + (["-o", "m.json"] if row.name == "prepare" else [])
        call = "renameat2" if row.name == "export" else "renameat"
        status = office.run_failing(desk, words, call, 1, "EIO", on=True)
        code = "G031" if row.name == "export" else "G032"
        if status != office.RECORDED or code.encode() not in desk.err:
            desk.wrong(row, f"{call} fails for good", f"status {status}, and not 6 with {code}")
        if row.name == "export":
            give_up = "ledger cancel 1 --reason mistaken --as Alice --ledger town.db".split()
            if desk.run(give_up) == office.DONE or b"P105" not in desk.err:
                desk.wrong(row, "recorded, and its files not named", "it can be given up")


def rules_out_of_reach(desk):
    """The folder of rules that the environment names cannot be looked at: the machine is at fault, and no word of no folder."""
    row = desk.rows[0]
    desk.prepare(row)
    desk.put(row.before)
    status = office.run_failing(desk, row.words, "newfstatat", 1, "EIO", on=True)
    if status != office.MACHINE or b"DEFRAY_RULES" not in desk.err or b"F008" not in desk.err:
        desk.wrong(row, "newfstatat fails for good", f"status {status}, and not 5 with F008")


def main():
    sweep = office.Sweep(fails_calls=True)
    rows = sweep.prepared()
    work = []
    skip = 1 if os.environ.get("EACH") else int(os.environ.get("SKIP", "20"))
    names = [name for name in ERRORS if ERRORS[name] == WRITING or not office.BLUNT]  # to load the shim takes other calls
    for row in rows:
        places = office.places_of(sweep.desk, row, names, skip)
        if not sweep.all:
            by_name = {name: [k for other, k in places if other == name] for name, _ in places}
            places = [(name, sweep.random.choice(by_name[name])) for name in by_name]
        for name, k in places:
            errors = ERRORS[name].split()
            if not sweep.all:
                errors = [sweep.random.choice(errors)]
            for error in errors:
                both = [False] if error == "EINTR" else [False, True]  # no call is interrupted for ever
                work.append((row, name, k, error, both if sweep.all else [sweep.random.choice(both)]))
    counts = sweep.each(fail, work)
    recorded_without_files(sweep.desk)
    rules_out_of_reach(sweep.desk)
    failed = sum(len(item[-1]) for item in work)
    sweep.tell(f"{len(rows)} commands, {failed} failed calls ({failed - counts['runs']} for good, with no such call behind), {counts['told']} told, {counts['plain']} documents in English, "
               f"{counts['died']} deaths of a library; untrue, torn or lost")


main()
