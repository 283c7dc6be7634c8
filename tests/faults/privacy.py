#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/privacy.py PROGRAM [all] [ROW…]

Every personal field of place/ is a word that occurs nowhere else (canaries.tsv). Each command of
commands.tsv, in each of its voices, tells what its row allows and nothing more; its documents hold
exactly the fields that its row names. The process keeps them out of its arguments, its environment
and cores, opens no socket and starts no program. With `all`, so do all commands of tests/cases, by
the fields of the tables that they read (watch.py). Status 1 if anything was wrong, 77 without strace.
"""
import io
import multiprocessing.pool
import os
import re
import subprocess
import sys
import zipfile

import canaries
import office
import outside

RUNS_MIN = 300  # of the program by the cases, or they were not watched
VOICES = ([], ["--verbose"], ["--json"], ["--lang", "fr"], ["--quiet"])


def text_of(path, whole):
    """What a reader of the document could see, or find in it."""
    if path.endswith((".xlsx", ".ods")):
        with zipfile.ZipFile(io.BytesIO(whole)) as parts:
            return b"\n".join(parts.read(one) for one in parts.namelist())
    if path.endswith(".pdf"):
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=whole, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=True)
        return done.stdout + whole
    return whole


def check_documents(desk, row, how, exactly):
    held = set()
    here = desk.files()
    for path in row.outputs:
        if not path.endswith("/") and path in here and path not in row.before:
            held |= canaries.found(text_of(path, here[path]))
    if held - row.holds:
        desk.wrong(row, how, f"its files tell {', '.join(sorted(held - row.holds))}")
    if exactly and row.holds - held:
        desk.wrong(row, how, f"its files do not hold {', '.join(sorted(row.holds - held))}, as its row says")


def in_each_voice(desk, row):
    for voice in VOICES:
        how = " ".join(voice) or "as it is"
        desk.put(row.before)
        log = os.path.join(desk.base, "outside")
        desk.run(row.words + voice, [*outside.WATCH, *office.blunt("-E"), "-o", log])
        desk.counts["runs"] += 1
        desk.check_said(row, how)
        check_documents(desk, row, how, not voice)
        with open(log, encoding="utf-8", errors="replace") as lines:
            calls = outside.went_outside(lines)
        started = [line for line in calls if "execve(" in line and " = 0" in line]
        if len(calls) > len(started) or len(started) > 1:
            desk.wrong(row, how, f"it went outside: {calls[-1]}")


def as_a_process(desk, row):
    """What others can see of it while it runs, and after it dies."""
    desk.put(row.before)
    trace = os.path.join(desk.base, "trace")
    desk.run(row.words, ["strace", "-f", *office.blunt("-E"), "-o", trace])
    with open(trace, encoding="utf-8", errors="replace") as file:
        lines = file.read()
    first = min((at for at in (lines.find(name, lines.find("RLIMIT_CORE")) for name in ('"members.csv"', '"town.db'))
                 if at >= 0), default=len(lines))
    for wall in ("RLIMIT_CORE, {rlim_cur=0, rlim_max=0}", "PR_SET_DUMPABLE, SUID_DUMP_DISABLE", "PR_SET_NO_NEW_PRIVS"):
        if not 0 <= lines.find(wall) < first:
            desk.wrong(row, "as a process", f"it reads without {wall}")
    last = re.findall(r"^\d+ +(fsync|fdatasync)\(", lines, re.M)
    if last:
        look_while_it_waits(desk, row, last[0])
        desk.put(row.before)
        trace = os.path.join(desk.base, "death")
        shell = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh"]
        desk.run(row.words, shell +
                 ["strace", "-f", *office.blunt("-E"), "-o", trace, "-e", f"inject={last[0]}:signal=SIGSEGV:when=1"])
        with open(trace, encoding="utf-8", errors="replace") as file:
            died = file.read()
        if "killed by SIGSEGV" not in died:
            desk.wrong(row, "as a process", "it did not die")
        if "core dumped" in died or any("core" in os.path.basename(path) for path in desk.files()):
            desk.wrong(row, "as a process", "it left a core")
    desk.counts["runs"] += 2


def look_while_it_waits(desk, row, call):
    desk.put(row.before)
    one = subprocess.Popen(["strace", "-f", *office.blunt("-E"), "-o", "/dev/null", "-e", f"trace={call}", "-e",
                            f"inject={call}:delay_enter=1500000:when=1", desk.program, *row.words], cwd=desk.place,
                           env=office.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    looked = False
    while one.poll() is None and not looked:
        for pid in subprocess.run(["pgrep", "-P", str(one.pid)], stdout=subprocess.PIPE, check=False).stdout.split():
            looked = looked or look_at(desk, row, int(pid))
    one.wait()
    if not looked:
        desk.wrong(row, "as a process", "it could not be looked at")


def look_at(desk, row, pid):
    """False until it has reached its work."""
    try:
        with open(f"/proc/{pid}/limits", "rb") as file:
            if not re.search(rb"Max core file size +0 +0 ", file.read()):
                return False
        for name in ("cmdline", "environ", "comm", "status"):
            with open(f"/proc/{pid}/{name}", "rb") as file:
                told = canaries.found(file.read().replace(b"\0", b"\n"))
                if told:
                    desk.wrong(row, f"/proc/PID/{name}", f"tells {', '.join(sorted(told))}")
        return os.stat(f"/proc/{pid}/environ").st_uid == 0  # not dumpable: the superuser's, whoever runs it
    except OSError:
        return False


def columns_are_known(sweep):
    """Each column that the program reads has its row in canaries.tsv."""
    with open(os.path.join(office.ROOT, "src/intake/columns.def"), encoding="utf-8") as file:
        columns = set(re.findall(r'^GUIDE\((\w+), "(\w+)"', file.read(), re.M))
    known = {(cells[0], cells[1]) for cells in canaries.rows()}
    for table, column in sorted(columns ^ known):
        sweep.desk.problems.append(f"canaries.tsv and columns.def differ: {table} {column}\n")
        print(sweep.desk.problems[-1], end="")


def watch_cases(sweep):
    """The commands of tests/cases, each beside watch.py."""
    folder = os.path.join(office.ROOT, "tests/cases")
    log = os.path.join(sweep.base, "watched")
    open(log, "w", encoding="utf-8").close()
    watch = os.path.join(sweep.base, "watch")
    with open(watch, "w", encoding="utf-8") as file:
        # case.sh hands nothing of the environment on.
        file.write(f'#!/bin/sh\nexport DEFRAY_WATCHED={sweep.program}:{log}\nexec {sys.executable} -B {office.HERE}/watch.py "$@"\n')
    os.chmod(watch, 0o755)
    runs = 0

    def run(name):
        with open(os.path.join(folder, name, "command"), encoding="utf-8") as file:
            if name in ("terminal", "completion-in-bash") or "ulimit" in file.read():
                return
        subprocess.run(["sh", os.path.join(office.ROOT, "tests/support/case.sh"), os.path.join(folder, name)],
                       env={**os.environ, "DEFRAY": watch},
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    with multiprocessing.pool.ThreadPool(int(os.environ.get("JOBS", "1"))) as pool:
        pool.map(run, sorted(os.listdir(folder)), chunksize=1)
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("run"):
                runs += 1
            else:
                sweep.desk.problems.append(line)
                print(line, end="")
    if runs < RUNS_MIN:
        sweep.desk.problems.append(f"the cases ran the program {runs} times under watch.py, and not {RUNS_MIN}\n")
        print(sweep.desk.problems[-1], end="")
    return runs


def main():
    sweep = office.Sweep()
    rows = sweep.prepared()
    columns_are_known(sweep)
    counts = sweep.each(in_each_voice, rows)
    looked = rows if sweep.all else rows[:1]
    sweep.each(as_a_process, looked)
    watched = watch_cases(sweep) if sweep.all else 0
    sweep.tell(f"{len(rows)} commands in {counts['runs']} voices, {len(looked)} as processes, {watched} runs of the cases; "
               "fields told, cores, sockets or programs")


main()
