#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: powercut.py PROGRAM COMMAND STATES [PRELOAD]

Run in a folder that common.sh has made: before-COMMAND.db and its identities, the tables, and what
is right afterwards. Records what the command asks of the disk (strace), and replays it up to each
point at which the power may go: writes that were not synced are there, missing or torn, in any
combination; names that were not synced are there up to any one of them. On each state: the ledger
is as before or as after and holds, the same command again settles it, and once the command has
ended with status 0, everything it promised is there. Prints one line; status 1 if anything is wrong.
"""
import codecs
import hashlib
import os
import random
import re
import shutil
import sys

import again

PATIENCE = 60
SECTOR = 512
CALLS = ("openat,open,creat,close,write,pwrite64,writev,fsync,fdatasync,sync_file_range,ftruncate,"
         "truncate,unlink,unlinkat,link,linkat,rename,renameat,renameat2,dup,dup2,dup3,fallocate,"
         "copy_file_range,sendfile,mmap,fcntl")
UNKNOWN = {"writev", "sync_file_range", "truncate", "dup", "dup2", "dup3", "fallocate",
           "copy_file_range", "sendfile", "creat", "open", "link"}
LINE = re.compile(r"^(?:\d+ +)?([a-z_0-9]+)\((.*)\) += (-?\d+)")

COMMANDS = {
    "prepare": ["ledger", "prepare", "town.cfg", "--members", "members.csv", "--attendance",
                "march.csv", "--expenses", "expenses.csv", "--period", "2026-03", "--pay-on",
                "2026-04-15", "--as", "Alice", "-o", "m.json"],
    "approve": ["ledger", "approve", "1", "--as", "Bernard"],
    "export": ["ledger", "export", "1", "-o", "bank.xml", "-o", "bank.json"],
}
OUTPUTS = {"prepare": ["m.json"], "approve": [], "export": ["bank.xml", "bank.json"]}


def strings(text):
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return [codecs.escape_decode(one.encode())[0] for one in found]


class Recording:
    """What the command did, in order: data, names, syncs; by inodes of our own."""

    def __init__(self, folder, trace):
        self.start = {}  # name: inode
        self.bytes = {}  # inode: bytes at the start
        self.operations = []
        self.fds = {}
        self.folder_fds = set()
        self.names = {}
        self.offsets = {}
        for name in ("town.db", "town.db.identities"):
            inode = len(self.bytes)
            with open(os.path.join(folder, name), "rb") as file:
                self.bytes[inode] = file.read()
            self.start[name] = inode
        self.names = dict(self.start)
        for line in open(trace, encoding="latin-1"):
            found = LINE.match(line)
            if found and int(found.group(3)) >= 0:
                self.take(found.group(1), found.group(2), int(found.group(3)))

    def new_inode(self):
        inode = len(self.bytes)
        self.bytes[inode] = b""
        return inode

    def add(self, *operation):
        self.operations.append(operation)

    def take(self, call, words, result):
        first = words.split(",")[0].strip()
        fd = int(first) if first.isdigit() else None
        if call in UNKNOWN and (fd is None or fd in self.fds):
            sys.exit(f"powercut: {call} is not understood: {words[:100]}")
        if call == "mmap" and "MAP_SHARED" in words and "PROT_WRITE" in words:
            sys.exit("powercut: a shared mapping is written")
        if call == "openat":
            self.open(words, result)
        elif call == "fcntl" and "F_DUPFD" in words and fd in self.fds:
            sys.exit("powercut: a descriptor is doubled")
        elif call == "close":
            self.fds.pop(fd, None)
            self.folder_fds.discard(fd)
        elif call in ("pwrite64", "write") and fd in self.fds:
            data = strings(words)[0][:result]
            offset = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else self.offsets[fd]
            self.offsets[fd] = offset + len(data) if call == "write" else self.offsets[fd]
            self.add("write", self.fds[fd], offset, data)
        elif call == "ftruncate" and fd in self.fds:
            self.add("size", self.fds[fd], int(words.rsplit(",", 1)[1]))
        elif call in ("fsync", "fdatasync"):
            if fd in self.fds:
                self.add("sync", self.fds[fd])
            elif fd in self.folder_fds:
                self.add("sync_names")
        elif call in ("unlink", "unlinkat"):
            self.name(strings(words)[0], None)
        elif call == "linkat":
            old, new = strings(words)[:2]
            number = re.fullmatch(rb"/proc/self/fd/(\d+)", old)
            self.name(new, self.fds[int(number.group(1))] if number else self.names[self.plain(old)])
        elif call in ("rename", "renameat", "renameat2"):
            old, new = strings(words)[:2]
            inode = self.names.pop(self.plain(old))
            self.names[self.plain(new)] = inode
            self.add("rename", self.plain(old), self.plain(new), inode)

    @staticmethod
    def plain(name):
        return os.path.basename(name.decode())

    def name(self, name, inode):
        name = self.plain(name)
        if inode is None:
            self.names.pop(name, None)
        else:
            self.names[name] = inode
        self.add("name", name, inode)

    def open(self, words, fd):
        path = strings(words)[0]
        name = self.plain(path)
        if "O_TMPFILE" in words:
            self.fds[fd] = self.new_inode()
        elif "O_DIRECTORY" in words or path in (b".", os.getcwd().encode()):
            self.folder_fds.add(fd)
            return
        elif name in self.names:
            self.fds[fd] = self.names[name]
            if "O_TRUNC" in words:
                self.add("size", self.fds[fd], 0)
        elif "O_CREAT" in words:
            self.fds[fd] = self.new_inode()
            self.name(path, self.fds[fd])
        else:
            return
        self.offsets[fd] = 0


def apply(data, operation, kept=None):
    """One write or change of size; `kept` bytes of a torn write."""
    if operation[0] == "size":
        data[:] = data[:operation[2]] + bytes(max(0, operation[2] - len(data)))
        return
    offset, piece = operation[2], operation[3]
    if kept is not None:
        piece = piece[:kept]
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    data[offset:offset + len(piece)] = piece


def state(recording, point, choose, named):
    """The disk when the power goes before operation `point`. choose(i) says what becomes of an
    unsynced write: None all of it, a number of bytes, or -1 nothing; `named` how many of the
    unsynced changes of names came through."""
    operations = recording.operations[:point]
    last_sync = {}
    names_synced = -1
    for at, one in enumerate(operations):
        if one[0] == "sync":
            last_sync[one[1]] = at
        elif one[0] == "sync_names":
            names_synced = at
    contents = {inode: bytearray(data) for inode, data in recording.bytes.items()}
    names = dict(recording.start)
    for at, one in enumerate(operations):
        if one[0] in ("write", "size"):
            kept = None if at < last_sync.get(one[1], -1) else choose(at)
            if kept != -1:
                apply(contents[one[1]], one, kept)
        elif one[0] in ("name", "rename"):
            if at > names_synced:
                if named == 0:
                    continue
                named -= 1
            if one[0] == "rename":
                names.pop(one[1], None)
                names[one[2]] = one[3]
            elif one[2] is None:
                names.pop(one[1], None)
            else:
                names[one[1]] = one[2]
    return {name: bytes(contents[inode]) for name, inode in names.items()}


def states(recording, most):
    """(state, complete): every point, each with the systematic choices and with random ones."""
    count = len(recording.operations)
    draw = random.Random(20260415)
    points = range(count + 1)
    rounds = max(1, most // (count + 1))
    for point in points:
        operations = recording.operations[:point]
        synced = {}
        dangling = 0
        for at, one in enumerate(operations):
            if one[0] == "sync":
                synced[one[1]] = at
            elif one[0] == "sync_names":
                dangling = 0
            elif one[0] in ("name", "rename"):
                dangling += 1
        loose = [at for at, one in enumerate(operations)
                 if one[0] in ("write", "size") and at >= synced.get(one[1], -1)]
        plans = [({}, dangling), ({}, 0)]
        nothing = {at: -1 for at in loose}
        plans += [(nothing, dangling), (nothing, 0)]
        for at in loose[-12:]:
            plans.append(({at: -1}, dangling))
            plans.append(({**nothing, at: None}, dangling))
        while len(plans) < rounds:
            fates = {}
            for at in loose:
                fates[at] = draw.choice((None, None, -1, -1, 0))
                if fates[at] == 0:
                    one = operations[at]
                    size = len(one[3]) if one[0] == "write" else 0
                    fates[at] = SECTOR * draw.randrange(1 + size // SECTOR) or -1
            plans.append((fates, draw.randint(0, dangling)))
        for fates, named in plans[:max(rounds, 4)]:
            yield state(recording, point, lambda at, f=fates: f.get(at), named), point == count


class Office:
    def __init__(self, program, command):
        self.program, self.command = program, command
        self.environment = dict(os.environ)
        self.settled = set()

    def run(self, *words, before=()):
        """The status; what was said is in `said`."""
        command = [*before, self.program, *words, "--ledger", "town.db", *([] if words[1] in ("status", "verify") else ["-q"])]
        paths = [os.path.abspath(f"../{self.command}.{stream}") for stream in ("out", "err")]
        start = again.run_fresh if before else again.run
        status = start(command, os.getcwd(), paths, self.environment, PATIENCE)
        self.said = ""
        for path in paths:
            with open(path, encoding="utf-8") as file:
                self.said += file.read()
        return status

    def told(self):
        self.run("ledger", "status")
        return re.sub(r" +", " ", "".join(line for line in self.said.splitlines(True) if not line.startswith("head")))

    def run_again(self):
        return self.run(*COMMANDS[self.command])

    def digest(self):
        """Of every file that the program reads or writes, by name and bytes."""
        digest = hashlib.sha256()
        for name in sorted(os.listdir(".")):
            if os.path.isfile(name):
                with open(name, "rb") as file:
                    digest.update(name.encode() + b"\0" + hashlib.sha256(file.read()).digest())
        return digest.digest()

    def clear(self):
        for name in os.listdir("."):
            if name.startswith(("town.db", ".defray-")) or name in sum(OUTPUTS.values(), []):
                os.unlink(name)

    def put(self, files):
        self.clear()
        for name, data in files.items():
            with open(name, "wb") as file:
                file.write(data)


def judge(office, files, complete, old, new, right):
    """What is wrong with the state, or nothing."""
    office.put(files)
    for name in OUTPUTS[office.command]:
        if name in files and files[name] not in right[name]:
            return f"a torn {name}"
    if office.run("ledger", "verify") != 0:
        return "the ledger does not hold"
    now = office.told()
    if now not in (old, new):
        return "neither old nor new: " + now
    if complete and now != new:
        return "said done, and is not: " + now
    if complete and any(name not in files for name in OUTPUTS[office.command]):
        return "said done, and a file is missing"
    if office.run_again() not in (0, 1):
        return "the same command again does not settle it"
    # What lies there now, byte for byte, may have been found to hold after an earlier cut.
    left = office.digest()
    if left not in office.settled:
        if office.run("ledger", "verify") != 0 or office.told() != new:
            return "not settled after all"
        office.settled.add(office.digest())
    for name in OUTPUTS[office.command]:
        with open(name, "rb") as file:
            if file.read() not in right[name]:
                return f"another {name} after all"
    return None


def main():
    program, command, most = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    office = Office(program, command)
    office.clear()
    for ending in (".db", ".identities"):
        name = "town.db" if ending == ".db" else "town.db.identities"
        shutil.copy(f"before-{command}{ending}", name)
    old = office.told()
    start = {name: open(name, "rb").read() for name in ("town.db", "town.db.identities")}
    trace = ["strace", "-f", "-xx", "-s", "16777216", "-o", "cut.trace", "-e", "trace=" + CALLS]
    if len(sys.argv) > 4:
        trace += ["-E", "LD_PRELOAD=" + sys.argv[4]]
    done = office.run(*COMMANDS[command], before=trace)
    if done not in (0, 1):
        sys.exit(f"powercut: {command} gives {done}: {office.said}")
    new = office.told()
    right = {name: [open(name, "rb").read()] for name in OUTPUTS[command]}
    after = {name: open(name, "rb").read() for name in ("town.db", "town.db.identities")}
    office.put(start)
    recording = Recording(".", "cut.trace")
    final = state(recording, len(recording.operations), lambda at: None, 1 << 30)
    if {name: final.get(name) for name in after} != after:
        sys.exit("powercut: the replay does not end where the command ended")
    seen, count, bad = set(), 0, 0
    for files, complete in states(recording, most):
        count += 1
        digest = hashlib.sha256(repr(complete).encode())
        for name in sorted(files):
            digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
        if digest.digest() in seen:
            continue
        seen.add(digest.digest())
        problem = judge(office, files, complete, old, new, right)
        if problem:
            bad += 1
            if "STOP" in os.environ:
                print(f"power cut during {command}: {problem}")
                break
            if bad <= 3:
                print(f"power cut during {command}: {problem}")
    print(f"{command}: {len(recording.operations)} operations, {count} states, {len(seen)} of them "
          f"different, {bad} bad")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
