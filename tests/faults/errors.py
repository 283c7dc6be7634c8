#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/errors.py PROGRAM [all] [ROW…]

Fails each command of commands.tsv at its system calls: with each error that the call may give, once,
and from there for good. Calls of the same file with the same answer are alike: the first two of each
likeness and each SKIP-th (20) of the others fail, and the last of each name (EACH=1: every call).
Without `all`, only some places. Status 1 if anything was wrong, 77 if there is no strace.
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
    "rename": NAMING, "renameat": NAMING, "link": NAMING, "linkat": NAMING, "unlink": NAMING,
    "unlinkat": NAMING, "mkdir": NAMING, "mkdirat": NAMING, "rmdir": NAMING, "fchmod": NAMING,
    "lseek": "EIO", "fstat": "EIO", "newfstatat": "EIO", "getdents64": "EIO",
    "mmap": "ENOMEM", "fcntl": "EIO EINTR ENOLCK",
}
# Where no lock is granted, the program rests and asks again, for ten seconds: here it asks as often, without resting.
NO_REST = "inject=clock_nanosleep:retval=0"


def fail(desk, item):
    row, name, what, when = item
    desk.put(row.before)
    trace = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={name},clock_nanosleep",
             "-e", f"inject={name}:{what}:when={when}", "-e", NO_REST]
    status = desk.run(row.words, office.blunt() + trace)
    desk.settle(row, f"{name} {when}, {what}", status, mute=name == "write", may_die=True, scratch=name == "unlink",
                unfound=name in ("openat", "newfstatat", "pread64"))


def recorded_without_files(desk):
    """Recorded, but a file could not be named: status 6 and G031."""
    row = next(row for row in desk.rows if row.name == "prepare")
    desk.prepare(row)
    desk.put(row.before)
    words = list(row.words) + ["-o", "m.json"]
    status = desk.run(words, office.blunt() + ["strace", "-f", "-o", "/dev/null", "-e", "inject=renameat:error=EIO"])
    if status != office.RECORDED or b"G031" not in desk.err:
        desk.wrong(row, "renameat fails for good", f"status {status}, and not 6 with G031")


def main():
    sweep = office.Sweep()
    rows = sweep.prepared()
    work = []
    skip = 1 if os.environ.get("EACH") else int(os.environ.get("SKIP", "20"))
    names = [name for name in ERRORS if ERRORS[name] == WRITING or not office.blunt()]  # to load the shim takes other calls
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
                both = [f"{k}"] if error == "EINTR" else [f"{k}", f"{k}+"]  # no call is interrupted for ever
                for when in both if sweep.all else [sweep.random.choice(both)]:
                    work.append((row, name, "error=" + error, when))
    counts = sweep.each(fail, work)
    recorded_without_files(sweep.desk)
    sweep.tell(f"{len(rows)} commands, {len(work)} failed calls, {counts['told']} told, {counts['plain']} documents in English, "
               f"{counts['died']} deaths of a library; untrue, torn or lost")


main()
