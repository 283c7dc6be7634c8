#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/errors.py PROGRAM [all] [ROW…]

Fails each command of commands.tsv at its system calls: with each error that the call may give, once,
and from there for good. Without `all`, only some places; SKIP=20 with it: the first, the last and a
twentieth of the others, of each kind.
Status 1 if anything was wrong, 77 if there is no strace.
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


def fail(desk, item):
    row, name, what, when = item
    desk.put(row.before)
    trace = ["strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=" + name,
             "-e", f"inject={name}:{what}:when={when}"]
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
    skip = int(os.environ.get("SKIP", "1"))
    for row in rows:
        for name, first, last in office.calls_of(sweep.desk, row, ERRORS):
            places = range(first, last + 1)
            if not sweep.all:
                places = sweep.random.sample(places, min(1, len(places)))
            elif skip > 1:
                places = [k for k in places if k in (first, last) or sweep.random.randrange(skip) == 0]
            for k in places:
                errors = ERRORS[name].split()
                if not sweep.all:
                    errors = [sweep.random.choice(errors)]
                for error in errors:
                    both = [f"{k}"] if error == "EINTR" else [f"{k}", f"{k}+"]  # no call is interrupted for ever
                    for when in both if sweep.all else [sweep.random.choice(both)]:
                        work.append((row, name, "error=" + error, when))
    counts = sweep.each(fail, work)
    recorded_without_files(sweep.desk)
    sweep.tell(f"{len(rows)} commands, {len(work)} failed calls, {counts['told']} told, {counts['plain']} documents in English, {counts['died']} deaths of a library; untrue, torn or lost")


main()
