# SPDX-License-Identifier: Apache-2.0
"""An office for faults: the commands of commands.tsv, each with its place, its state and its truth.

A row of the table is run once without a fault, from the state that the row `after` leaves: that is
what is right. A driver then asks for the same under a fault, and `Desk.settle` says whether what
is left is old or new and never torn, whether the exit status told the truth, whether the same
command again settles it, and whether anything personal was said. Each worker has a folder of its own.
"""
import csv
import ctypes
import errno
import glob
import io
import multiprocessing
import os
import random
import re
import shlex
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

import again
import canaries

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DONE, WAITING, USAGE, REFUSED, MACHINE, RECORDED, INVARIANT = 0, 1, 2, 3, 5, 6, 70
# By a fault of its own (again.c tells it) or an assertion of its own; a death of a library's is borne.
DIED_ITSELF = re.compile(rb"^died in .*/defray$|\bsrc/\w+/\w+\.c:\d+: \w+: Assertion", re.M)
STAGED = re.compile(r"^\.defray-\d+-\d+\.(tmp|old|kept)$")
HALF_MADE = re.compile(r"\.defray-[A-Za-z0-9]{6}/")  # a folder of init, which holds no person's data
SCRATCH = re.compile(r"^tmp\.[A-Za-z0-9]{10}$")  # of libxlsxwriter
DRAWN = re.compile(rb"[0-9a-f]{64}|\b[A-Z2-7]{26,32}\b")  # anew each time: digests, references
LEDGER = re.compile(r"\.(db|ledger)(\.identities)?(-journal)?$")
NOT_PUT_BACK = re.compile("could not be put back|could not be removed again|pu être remis|pu être retiré".encode())
CALLS = os.path.join(ROOT, "build/faults/calls.so")
NUMBERS = {}
PATIENCE = 60
PAYMENT = ("prepare-sheets", "approve", "export")  # rows of the table that are one


class Row:
    """A line of the table."""

    def __init__(self, cells):
        self.name, self.after, line, self.writes, self.says, self.holds = cells
        self.words = shlex.split(line)
        self.writes = [] if self.writes == "-" else self.writes.split()
        self.says = set(self.says.split()) - {"-"}
        self.holds = set(self.holds.split()) - {"-"}
        self.before = self.new = None  # the files, before and after
        self.status = self.again = None
        self.stdout = b""


def read_table(path=os.path.join(HERE, "commands.tsv")):
    short, rows = {}, []
    with open(path, encoding="utf-8") as table:
        for cells in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not cells or cells[0].startswith("#"):
                continue
            for name in sorted(short, key=len, reverse=True):
                cells = [cell.replace("$" + name, short[name]) for cell in cells]
            if len(cells) == 2:
                short[cells[0]] = cells[1]
            elif len(cells) == 6:
                rows.append(Row(cells))
            else:
                sys.exit(f"{path}: a row of {len(cells)} cells: {cells}")
    return rows


def environment():
    keep = {name: os.environ[name] for name in ("PATH", "DEFRAY_CONTROL") if name in os.environ}
    return {**keep, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "SOURCE_DATE_EPOCH": "1775138700", "TZ": "UTC",
            "HOME": "/nonexistent", "DEFRAY_RULES": os.path.join(ROOT, "rules"),
            "DEFRAY_LOCALE": os.path.join(ROOT, "build/locale")}


# What takes a precaution of the program away, for controls: preloaded before it.
BLUNT = [os.environ["PRELOAD"]] if os.environ.get("PRELOAD") else []


def blunt(option="env"):
    """What starts the program so, or with strace's option -E, what strace starts so: strace itself stays sharp."""
    return [option, "LD_PRELOAD=" + BLUNT[0]] if BLUNT else []


ROWS = {}  # by what a ledger and its journal hold: most faults leave what was there


def rows_of(database, journal):
    """The rows of a ledger, without what is drawn anew; None if it cannot be read."""
    key = tuple(read(path) if os.path.exists(path) else None for path in (database, journal))
    if key not in ROWS:
        ROWS[key] = look_at_rows(database, journal)
    return ROWS[key]


def read(path):
    with open(path, "rb") as file:
        return file.read()


def look_at_rows(database, journal):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(database)) as place:
        copy = os.path.join(place, "copy")
        shutil.copy(database, copy)
        if os.path.exists(journal):
            shutil.copy(journal, copy + "-journal")
        try:
            book = sqlite3.connect(copy)
            # A deed that is said again (staff, purge) adds an event that changes nothing.
            lines = list(dict.fromkeys(re.sub(r'^(INSERT INTO "event" VALUES\()\d+,(.*),X.*$', r"\1\2", line)
                                       for line in book.iterdump()))
            book.close()
        except sqlite3.Error:
            return None
    text = "\n".join(lines)
    text = re.sub(r",'[^']*',\d+,'[^']*',1775138700", ",LOGIN", text)  # the machine's word beside the person's
    return re.sub(r"X'[0-9A-Fa-f]*'|[0-9a-f]{32,}|[A-Z2-7]{26,32}", "#", text)


class Desk:
    """A folder in which commands are run, one after the other."""

    def __init__(self, program, base, rows):
        self.program = program
        self.base = tempfile.mkdtemp(prefix="desk-", dir=base)
        self.place = os.path.join(self.base, "place")
        os.mkdir(self.place)
        self.rows = rows
        self.behind = os.path.join(self.base, "behind")  # behind.h
        with open(self.behind, "wb") as file:
            file.write(bytes(struct.calcsize("L")))
        self.proven = {}
        self.problems = []
        self.aloud = False  # whether a problem is printed when it is found
        self.counts = {"runs": 0, "proven": 0, "died": 0, "told": 0, "plain": 0, "missed": 0}
        self.out = self.err = b""

    # --- the folder ---

    def files(self):
        """Every file and folder of the place, by its path from there."""
        found = {}
        for folder, folders, names in os.walk(self.place):
            for name in folders:
                found[os.path.relpath(os.path.join(folder, name), self.place) + "/"] = b""
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.place)] = file.read()
        return found

    def put(self, files):
        """Makes the place hold these, and nothing else."""
        here = self.files()
        for path in sorted(here, reverse=True):
            if path not in files:
                full = os.path.join(self.place, path)
                os.rmdir(full) if path.endswith("/") else os.remove(full)
        for path in sorted(files):
            full = os.path.join(self.place, path)
            if path.endswith("/"):
                os.makedirs(full, exist_ok=True)
            elif here.get(path) != files[path]:
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "wb") as file:
                    file.write(files[path])

    def ask(self, words, name="", before=(), more=None, moment=None, shims=(), within=False):
        """(status, standard output, standard error) of a run, the status negative for a signal. Killed at a moment, if
        one is given; shims are preloaded; within: see again.run. Each of those that run at once has a name."""
        command = [*before, self.program, *words]
        paths = [os.path.join(self.base, stream + name) for stream in ("out", "err")]
        preloaded = {"LD_PRELOAD": ":".join(shims)} if shims else {}
        asked = command, self.place, paths, {**environment(), **preloaded, **(more or {})}, PATIENCE if moment is None else moment
        if moment is not None:  # it may be killed before it has opened them
            for path in paths:
                open(path, "wb").close()
        status = again.run_fresh(*asked) if before else again.run(*asked, within=within)
        if status == again.HANGS and moment is not None:
            status = -signal.SIGKILL
        return status, read(paths[0]), read(paths[1])

    def run(self, words, *how, **more):
        """The status of a run (see ask); what it said is in out and err."""
        status, self.out, self.err = self.ask(words, "", *how, **more)
        return status

    def asked_behind(self):
        """Whether what was refused once was asked for again, in a run that was told to say so (BEHIND)."""
        return struct.unpack("L", read(self.behind))[0] > 0

    # --- what is right ---

    def prepare(self, row):
        """Runs the row without a fault, and once more: what is right after it."""
        if row.new is not None:
            return
        if row.after == "-":
            row.before = fresh()
        else:
            parent = next(other for other in self.rows if other.name == row.after)
            self.prepare(parent)
            row.before = parent.new
        self.put(row.before)
        row.status = self.run(row.words)
        row.stdout, row.stderr = self.out, self.err
        if row.status not in (DONE, WAITING):
            sys.exit(f"{row.name}: status {row.status} without a fault: {self.err.decode()}")
        row.new = self.files()
        missing = [name for name in row.writes if name not in row.new]
        if missing:
            sys.exit(f"{row.name}: {missing} was not written")
        changed = {path for path in row.new if row.new[path] != row.before.get(path)}
        row.outputs = sorted(path for path in changed | set(row.writes) if not is_of_a_ledger(path))
        row.again = self.run(row.words)
        row.again_said = self.out, self.err
        row.plain, row.plain_stdout = {}, row.stdout  # the same where the catalogue of French could not be opened
        row.then = self.files()
        if row.outputs:
            self.put(row.before)
            self.run(row.words, more={"DEFRAY_LOCALE": "/nonexistent"})
            row.plain_stdout, row.plain = self.out, self.files()
        row.old_book, row.new_book, row.then_book = (
            self.book(files) for files in (row.before, row.new, row.then))
        if money(row.then_book) != money(row.new_book):
            sys.exit(f"{row.name}: done again, it moves money again")

    def book(self, files):
        """The ledgers among these files, as text: the deeds, and the identities."""
        self.put(files)
        return self.book_here()

    def book_here(self):
        deeds, identities = [], []
        for folder, _, names in os.walk(self.place):
            if HALF_MADE.search(folder + "/"):
                continue  # what a killed init has not named is none of the office's
            for name in sorted(names):
                path = os.path.join(folder, name)
                if LEDGER.search(name) and not name.endswith("-journal") and os.path.getsize(path):
                    rows = rows_of(path, path + "-journal")
                    if rows is None or "INSERT" in rows:  # else its making was broken off
                        (identities if name.endswith(".identities") else deeds).append(f"{name}\n{rows}")
        return "\n".join(sorted(deeds)), "\n".join(sorted(identities))

    # --- after a fault ---

    def wrong(self, row, how, what):
        self.problems.append(f"{row.name}, {how}: {what}\n" + "".join(
            "    " + line + "\n" for line in self.err.decode(errors="replace").splitlines()[:4]))
        if self.aloud:
            print(self.problems[-1], end="", flush=True)

    def state(self, row, here, twice=False):
        """'old', 'new', 'mixed', or 'same' where both are; None if something is torn."""
        seen = set()
        for path in row.outputs:
            old, new, now = row.before.get(path), row.new[path], here.get(path)
            if now is not None and now != old and now != new:
                if twice and now == row.then.get(path):
                    pass  # a second look at a month that was recorded tells nothing new
                elif now == row.plain.get(path):
                    self.counts["plain"] += 1
                elif facts_of(now) == facts_of(new):
                    self.counts["plain"] += DRAWN.sub(b"#", now) != DRAWN.sub(b"#", new)
                else:
                    return None, f"a torn {path} of {len(now)} bytes"
                now = new
            if old != new and not path.endswith("/"):  # a folder with nothing in it tells nothing
                seen.add("new" if now == new else "old")
        deeds, identities = self.book_here()
        if identities not in (row.old_book[1], row.new_book[1]):
            return None, "identities neither old nor new"
        if deeds == row.new_book[0] and deeds != row.old_book[0]:
            forgets = len(row.new_book[1]) < len(row.old_book[1])  # a person goes after the deed that says so
            if identities != row.new_book[1] and not forgets:
                return None, "a deed without its identities"
            seen.add("new")
        elif deeds != row.old_book[0]:
            return None, "a ledger neither old nor new"
        elif deeds != row.new_book[0]:
            seen.add("old")  # the identities come first, and mean nothing by themselves
        return ("mixed" if len(seen) == 2 else seen.pop() if seen else "same"), ""

    def settle(self, row, how, status, mute=False, may_die=False, scratch=False, unfound=False, unheard=False,
               twice=False):
        """After a fault: `status` is negative if it was killed; `mute` if nothing could be said; `scratch` if
        libxlsxwriter could not remove its own; `unfound` if a file could not be looked for;
        `unheard` if standard output is no longer there; `twice` if it was the second run."""
        self.counts["runs"] += 1
        here = self.files()
        state, why = self.state(row, here, twice)
        if state is None:
            self.wrong(row, how, why)
            return None
        self.check_word(row, how, status, state, mute, may_die, unfound, unheard)
        self.check_said(row, how)
        left = sorted(path for path in here if path not in row.new and path not in row.before)
        for path in left:
            name = os.path.basename(path.rstrip("/"))
            if not (STAGED.match(name) or HALF_MADE.search(path) or SCRATCH.match(name) and (not here[path] or scratch) or path.endswith("-journal")
                    or is_of_a_ledger(path)):
                self.wrong(row, how, f"left behind: {path}")
        key = (row.name, state, tuple((re.sub(r"\d+-\d+", "", path), hash(here[path])) for path in left),
               tuple(path for path in row.outputs if here.get(path) == row.new[path]))
        if key not in self.proven:
            found = len(self.problems)
            self.prove(row, how, state, scratch)
            self.counts["proven"] += 1
            if len(self.problems) == found:
                self.proven[key] = True
        return state

    def is_as_twice(self, row, here):
        """Whether it is as if the command had been given twice: a second look at a month paid tells nothing new."""
        return self.book_here() == row.then_book and all(
            here.get(path) in (row.new[path], row.then[path]) for path in row.outputs)

    def check_word(self, row, how, status, state, mute, may_die, unfound, unheard):
        if status == again.HANGS:
            self.wrong(row, how, f"not done after {PATIENCE} s")
        elif status in (-signal.SIGKILL, 128 + signal.SIGKILL) and not may_die:
            return
        elif status in (-signal.SIGSEGV, -signal.SIGABRT, 134, 139) and may_die:
            self.counts["died"] += 1
            if DIED_ITSELF.search(self.err):
                self.wrong(row, how, f"died by {status} in the program itself")
            if state not in ("old", "same"):
                self.wrong(row, how, f"died by {status} after it had published: {state}")
        elif status in (DONE, WAITING):
            if status != row.status:
                self.wrong(row, how, f"status {status}, and without a fault {row.status}")
            if state not in ("new", "same"):
                self.wrong(row, how, f"said done, and is {state}")
            if not unheard and DRAWN.sub(b"#", self.out) not in [DRAWN.sub(b"#", text) for text in (row.stdout, row.plain_stdout)]:
                self.wrong(row, how, "said done, and standard output is not whole")
        elif status in (MACHINE, RECORDED):
            self.counts["told"] += 1
            if status == MACHINE and state not in ("old", "same") and not NOT_PUT_BACK.search(self.err):
                self.wrong(row, how, f"said nothing changed, and is {state}")
            if not mute and not re.search(rb"error|erreur|memory|\"severity\"", self.err):
                self.wrong(row, how, "no error was told")
            if state == "old" and row.words[0] == "ledger" and row.stdout and DRAWN.sub(b"#", row.stdout) in DRAWN.sub(b"#", self.out):
                self.wrong(row, how, "standard output says that it is done")
        elif status == INVARIANT and b"malformed" in self.err and unfound:  # SQLite takes an unread page for damage
            if state not in ("old", "same"):
                self.wrong(row, how, f"refused, and is {state}")
        elif status == REFUSED and unfound:  # what cannot be found is refused like what is not there
            if state not in ("old", "same"):
                self.wrong(row, how, f"refused, and is {state}")
        else:
            self.wrong(row, how, f"status {status}")

    def check_said(self, row, how):
        for stream, text, allowed in (("standard output", self.out, row.says), ("standard error", self.err, set())):
            told = canaries.found(text) - allowed
            if told:
                self.wrong(row, how, f"{stream} tells {', '.join(sorted(told))}")

    def prove(self, row, how, state, scratch):
        """The same command again makes it as after, whatever is left lying about."""
        said = self.out, self.err
        left = self.files()
        status = self.run(row.words)
        expected = {"old": {row.status}, "new": {row.again}}.get(state, {row.status, row.again})
        if b"U015" in self.err and any(left.get(path, row.new[path]) != row.new[path] for path in row.outputs):
            expected = {USAGE}  # a form that a fault has made in other words or bytes: never written over
        if status not in expected:
            self.wrong(row, how, f"left {state}, the same command again gives status {status}")
        here = self.files()
        now, why = self.state(row, here)
        if now not in ("new", "same") and not (state != "old" and self.is_as_twice(row, here)):
            self.wrong(row, how, f"the same command again leaves it {now} {why}")
        for path in here:
            if path not in row.new and not HALF_MADE.search(path) and (STAGED.match(os.path.basename(path)) or
                                        SCRATCH.match(os.path.basename(path)) and here[path] and not scratch):
                self.wrong(row, how, f"{path} is left for good")
        self.check_holds(row, how, here)
        self.out, self.err = said

    def check_holds(self, row, how, here):
        for path in here:
            if path.endswith((".db", ".ledger")) and not HALF_MADE.search(path) and self.run(["ledger", "verify", "--ledger", path]) != DONE:
                self.wrong(row, how, "the ledger does not hold")


def facts_of(document):
    """What a document says, whatever it looks like: the cells of a workbook, without styles and packing; the
    figures of a text, which stay where words fall back to English."""
    if not document.startswith(b"PK"):
        document = DRAWN.sub(b"#", document)
        try:
            return document if document.startswith(b"%PDF") else re.findall(r"\d+", document.decode())
        except UnicodeDecodeError:
            return document
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as whole:
            return [(one.filename, re.findall(rb'<c r="[A-Z0-9]+"|<(?:v|f|t)\b[^>]*>[^<]*',
                                              re.sub(rb"<c [^>]*/>", b"", whole.read(one)))) for one in whole.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError):
        return document


def is_of_a_ledger(path):
    return LEDGER.search(path) is not None


def money(book):
    """The rows of a ledger that move money."""
    return [line for line in book[0].splitlines() if line.startswith(('INSERT INTO "entry"', 'INSERT INTO "payment"'))]


def fresh():
    """The place of an office before it does anything."""
    files = {}
    for name in os.listdir(os.path.join(HERE, "place")):
        with open(os.path.join(HERE, "place", name), "rb") as file:
            files[name] = file.read()
    with open(os.path.join(ROOT, "tests/cases/g-ledger-recovery/town.cfg"), "rb") as file:
        files["town.cfg"] = file.read()
    files["drawn/"] = b""  # for the log of a simulation, whose tables have the names of those above
    return files


def known_calls():
    """The number of each system call, from the kernel's own header."""
    for path in glob.glob("/usr/include/*/asm/unistd_64.h"):
        with open(path, encoding="ascii") as header:
            return {name: number for name, number in re.findall(r"#define __NR_(\w+) (\d+)", header.read())}
    return {}


def can_fail_calls():
    return os.path.exists(CALLS) and bool(known_calls()) and ctypes.c_int.in_dll(ctypes.CDLL(CALLS), "CALLS_KNOWN").value != 0


def run_failing(desk, words, name, k, error=None, on=False):
    """Runs with a fault at the k-th call of this name (calls.c): it fails, from there on if `on`, or kills."""
    if not NUMBERS:
        NUMBERS.update(known_calls())
    more = {"CALL": NUMBERS[name], "CALL_AT": str(k), **({"CALL_ON": "1"} if on else {"BEHIND": desk.behind}),
            **({"CALL_ERROR": str(getattr(errno, error))} if error else {})}
    return desk.run(words, more=more, shims=[*BLUNT, CALLS])


# --- a driver's frame ---

class Sweep:
    """Reads the arguments of a driver: PROGRAM [all] [ROW…], and tells its goal at the end.

    JOBS says how many at once, SEED what a sample is drawn with, STOP=1 stops at the first problem.
    """

    def __init__(self, needs_strace=True, fails_calls=False, few=3):
        if needs_strace and subprocess.run(["strace", "-o", "/dev/null", "true"],
                                           stderr=subprocess.DEVNULL, check=False).returncode:
            sys.exit(77)
        if fails_calls and not can_fail_calls():
            sys.exit(77)
        arguments = sys.argv[1:] or sys.exit(f"usage: {sys.argv[0]} PROGRAM [all] [ROW…]")
        self.program = os.path.realpath(arguments[0])
        self.all = "all" in arguments[1:]
        asked = [word for word in arguments[1:] if word != "all"]
        self.begun = time.time()
        self.random = random.Random(int(os.environ.get("SEED", "1")))
        folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else os.path.join(ROOT, "build")
        self.base = tempfile.mkdtemp(prefix="defray-faults-", dir=folder)
        self.rows = read_table()
        self.desk = Desk(self.program, self.base, self.rows)
        self.desk.aloud = True
        self.chosen = [row for row in self.rows if not asked or row.name in asked]
        if not self.all and not asked:  # a payment whole, and some of the others
            some = self.random.sample(self.rows, few)
            self.chosen = [row for row in self.rows if row.name in PAYMENT or row in some]

    def prepared(self):
        """The rows that were asked for, each with what is right."""
        for row in self.chosen:
            self.desk.prepare(row)
        return self.chosen

    def each(self, task, work):
        """task(desk, item) for each item of the work, JOBS at once. The counts of all, added up."""
        global TASK, WORK, SWEEP
        TASK, WORK, SWEEP = task, list(work), self  # the workers are forked, and find them here
        sums = {"runs": 0, "proven": 0, "died": 0, "told": 0, "plain": 0, "missed": 0}
        with multiprocessing.get_context("fork").Pool(int(os.environ.get("JOBS", "1")), begin) as pool:
            for found, counts in pool.imap_unordered(do_one, range(len(WORK)),
                                                     chunksize=max(1, min(50, len(WORK) // 200))):
                for problem in found:
                    print(problem, end="", flush=True)
                self.desk.problems.extend(found)
                sums = {name: sums[name] + counts[name] for name in sums}
                if self.desk.problems and os.environ.get("STOP"):
                    pool.terminate()
                    break
        return sums

    def tell(self, words):
        """The goal: the words, how many problems, PASS or FAIL."""
        shutil.rmtree(self.base, ignore_errors=True)
        verdict = "FAIL" if self.desk.problems else "PASS"
        print(f"goal: {words}: {len(self.desk.problems)} / 0 {verdict} ({time.time() - self.begun:.0f} s)")
        sys.exit(verdict == "FAIL")


SWEEP = TASK = DESK = None
WORK = []


def begin():
    global DESK
    DESK = Desk(SWEEP.program, SWEEP.base, SWEEP.rows)


def do_one(i):
    DESK.problems, DESK.counts = [], dict.fromkeys(DESK.counts, 0)
    TASK(DESK, WORK[i])
    return DESK.problems, DESK.counts


# What changes nothing on a disk: a kill there leaves what a kill at the call before it left.
STILL = set("""read pread64 readv lseek fstat newfstatat stat lstat statx statfs fstatfs access faccessat faccessat2 readlink
    getcwd getdents64 close fcntl dup dup2 dup3 pipe pipe2 ioctl poll fadvise64 mprotect munmap madvise brk futex clone clone3
    set_tid_address set_robust_list rseq arch_prctl prctl prlimit64 rt_sigaction rt_sigprocmask sigaltstack getrandom getpid
    gettid geteuid getuid getgid getegid umask uname sysinfo sched_getaffinity sched_yield clock_gettime clock_nanosleep
    nanosleep socket connect landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp""".split())


def is_still(name, line):
    if name in ("open", "openat"):
        return "O_CREAT" not in line and "O_TRUNC" not in line
    return name in STILL or (name == "mmap" and "MAP_SHARED" not in line)


# Made by threads that begin and end, and by what stops calls: these are not stopped (calls.c). None changes a disk.
NOT_STOPPED = {"rt_sigprocmask", "rt_sigreturn", "sigaltstack", "clone", "clone3", "vfork", "exit", "exit_group", "execve", "brk"}


def calls_in_order(desk, row):
    """(thread, name, line) of each call that the row makes, in order, from the first that is not the loader's."""
    desk.put(row.before)
    trace = os.path.join(desk.base, "trace")
    desk.run(row.words, ["strace", "-f", "-y", "-o", trace])
    calls, own = [], False
    with open(trace, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            match = re.match(r"(\d+) +([a-z_0-9]+)\(", line)
            own = own or (match is not None and "RLIMIT_CORE" in line)
            if own and match and match[2] not in NOT_STOPPED:
                calls.append((match[1], match[2], line))
    return calls


def calls_of(desk, row, names=None):
    """(name, how often) of each system call that the row makes; of threads the one that makes it most, as each counts
    by itself."""
    counts, most = {}, {}
    for thread, name, _ in calls_in_order(desk, row):
        if names is None or name in names:
            counts[name, thread] = counts.get((name, thread), 0) + 1
            most[name] = max(most.get(name, 0), counts[name, thread])
    return sorted(most.items())


def likeness(name, line):
    """What is asked of the kernel, without the numbers: the same call, of the same file, with the same answer."""
    asked = line.split(None, 1)[1]
    if name not in ("openat", "newfstatat"):
        asked = re.sub(r'"(?:\\.|[^"\\])*"', "text", asked)  # what is read or written, not what is named
    return re.sub(r"0x[0-9a-f]+|\d+", "#", asked.replace(".defray-", ""))


def places_of(desk, row, names, skip):
    """(name, k) of the calls of these names: of those that are alike the first two, and each skip-th of the others; for
    each name the last. Threads count by themselves."""
    counts, seen, chosen = {}, {}, {}
    for thread, name, line in calls_in_order(desk, row):
        if name not in names:
            continue
        k = counts[name, thread] = counts.get((name, thread), 0) + 1
        key = likeness(name, line)
        seen[key] = seen.get(key, 0) + 1
        chosen.setdefault(name, set())
        if skip <= 1 or seen[key] <= 2 or seen[key] % skip == 0:
            chosen[name].add(k)
    for (name, _), count in counts.items():
        chosen[name].add(count)
    return [(name, k) for name in sorted(chosen) for k in sorted(chosen[name])]


def moments_of(desk, row):
    """(name, k) of each call of the row that changes something, and of the first one behind it that does not: a kill at
    these leaves every state of the disk that a kill at any call leaves."""
    counts, chosen, seen = {}, [], True
    for thread, name, line in calls_in_order(desk, row):
        counts[name, thread] = counts.get((name, thread), 0) + 1
        still = is_still(name, line)
        if not (still and seen):
            chosen.append((name, counts[name, thread]))
        seen = still
    return list(dict.fromkeys(chosen))
