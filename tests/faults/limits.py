#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/limits.py PROGRAM [all] [ROW…]

Runs each command of commands.tsv where something is short: descriptors closed or few, a small stack,
files or memory limited, standard output on a full disk, real disks with room for 0, 1, 2 … pages and
a folder that is read-only (both need root); and in other surroundings: locales, time zones, umask, no
HOME, a megabyte of arguments. The first may fail and say so; the second give the same bytes. Without
`all`, a sample. Status 1 if anything was wrong.
"""
import os
import signal
import subprocess

import office

PAGES_MAX = 800
SHORT = {
    "three descriptors": "ulimit -n 3", "four descriptors": "ulimit -n 4", "eight descriptors": "ulimit -n 8",
    "a stack of 64 KiB": "ulimit -s 64", "a stack of 512 KiB": "ulimit -s 512",
    "files of no byte": "ulimit -f 0", "files of 1 block": "ulimit -f 1", "files of 8 blocks": "ulimit -f 8",
    "files of 40 blocks": "ulimit -f 40", "files of 64 blocks": "ulimit -f 64", "20 MB of memory": "ulimit -v 20000",
    "200 MB of memory": "ulimit -v 200000", "500 MB of memory": "ulimit -v 500000", "1 GB of memory": "ulimit -v 1000000", "no standard input": "exec <&-", "no standard output": "exec >&-",
    "no standard error": "exec 2>&-", "no descriptor": "exec <&- >&- 2>&-",
    "a full standard output": "exec >/dev/full", "a full standard error": "exec 2>/dev/full",
}
LOCALES = ("C", "fr_FR.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_SA.UTF-8")
ZONES = ("UTC", "Europe/Paris", "Pacific/Apia", "Asia/Kolkata", "America/St_Johns", "nowhere/at all")


def in_short(desk, item):
    row, how = item
    desk.put(row.before)
    shell = ["sh", "-c", SHORT[how] + '; exec "$@"', "sh"]
    status = desk.run(row.words, shell + office.blunt())
    small = "stack" in how  # the loader, or a library, may die of it: nothing has been published then
    started = status not in (126, 127, -signal.SIGKILL) + (() if small else (-signal.SIGSEGV,)) or desk.err
    if not started or b"error while loading shared libraries" in desk.err or b"Cannot fork" in desk.err:
        status = -signal.SIGKILL  # the system could not start it
    desk.settle(row, how, status, may_die=small, mute="standard error" in how or "no descriptor" == how or "files" in how, unfound=True,
                unheard="standard" in how or "no descriptor" == how)


def in_surroundings(desk, item):
    row, how, more, shell = item
    desk.put(row.before)
    status = desk.run(row.words, ["sh", "-c", shell + '; exec "$@"', "sh"], more=more)
    state = desk.settle(row, how, status)
    if status != row.status or state not in ("new", "same"):
        desk.wrong(row, how, f"not as elsewhere: status {status}, {state}")
    desk.put(row.before)


def with_too_many_words(desk, row):
    desk.put(row.before)
    status = desk.run(row.words + ["x" * 100000] * 10, ["env"])
    desk.counts["runs"] += 1
    if status not in (2, 3) or desk.files() != row.before:
        desk.wrong(row, "a megabyte of arguments", f"status {status}")


def on_small_disks(desk, item):
    """From no room on, until the command succeeds three times running."""
    row, step = item
    free, passed = 0, 0
    if not os.path.ismount(desk.place):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", desk.place], check=True)
    while passed < 3 and free < PAGES_MAX:
        remount(desk, "size=64m")
        desk.put(row.before)
        disk = os.statvfs(desk.place)
        remount(desk, f"size={(disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024 + free * 4}k")
        status = desk.run(row.words, shims=office.BLUNT)
        remount(desk, "size=64m")
        desk.settle(row, f"{free} free pages", status)
        passed = passed + 1 if status in (office.DONE, office.WAITING) else 0
        free += step
    if passed < 3:
        desk.wrong(row, "small disks", "it never has room enough")
    desk.put(row.before)
    remount(desk, "ro")
    status = desk.run(row.words, shims=office.BLUNT)
    remount(desk, "rw")
    state = desk.settle(row, "a read-only folder", status, unfound=True)
    if status in (office.DONE, office.WAITING) or state not in ("old", "same"):
        desk.wrong(row, "a read-only folder", f"status {status}, {state}")


def remount(desk, how):
    subprocess.run(["mount", "-o", "remount," + how, desk.place], check=True)


def can_mount(sweep):
    place = os.path.join(sweep.base, "try")
    os.mkdir(place)
    done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0 and subprocess.run(["umount", place], check=True).returncode == 0


def surroundings(sweep):
    """Each by its name: what is put into the environment, and a word of the shell."""
    made = os.path.join(sweep.base, "locales")
    os.mkdir(made)
    for locale in LOCALES if sweep.all else LOCALES[::3]:  # to make one takes a second
        subprocess.run(["localedef", "-i", locale.split(".")[0], "-f", "UTF-8", os.path.join(made, locale)],
                       stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        if locale == "C" or os.path.exists(os.path.join(made, locale)):
            yield f"the locale {locale}", {"LC_ALL": locale, "LANG": locale, "LOCPATH": made}, ":"
        else:
            print(f"limits: the locale {locale} cannot be made here (localedef, locales): left out")
    for zone in ZONES:
        yield f"the time zone {zone}", {"TZ": zone}, ":"
    for mask in ("000", "077", "0777"):
        yield f"umask {mask}", {}, f"umask {mask}"
    yield "no HOME, no PATH", {}, "unset HOME PATH TZ"


def main():
    sweep = office.Sweep(needs_strace=False)
    rows = sweep.prepared()
    some = rows if sweep.all else rows[-2:]
    short = [(row, how) for row in rows for how in (SHORT if sweep.all else sweep.random.sample(sorted(SHORT), 1))]
    elsewhere = list(surroundings(sweep))
    around = [(row, *one) for row in rows for one in (elsewhere if sweep.all else sweep.random.sample(elsewhere, 1))]
    sweep.each(in_short, short)
    sweep.each(in_surroundings, around)
    sweep.each(with_too_many_words, some)
    disks = 0
    if can_mount(sweep):
        disks = sweep.each(on_small_disks, [(row, 1 if sweep.all else 37) for row in some])["runs"]
        subprocess.run(f"umount {sweep.base}/*/place", shell=True, stderr=subprocess.DEVNULL, check=False)
    else:
        print("limits: a tmpfs cannot be mounted here: real small disks are left out")
    sweep.tell(f"{len(rows)} commands, {len(short)} runs short of something, {disks} on small disks, {len(around)} in other "
               "surroundings; untrue, torn or other bytes")


main()
