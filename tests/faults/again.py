# SPDX-License-Identifier: Apache-2.0
"""Starts a program many times at a fraction of what loading it costs (again.c). With FRESH=1, or where
build/faults/again.so was not built, each start is as any other."""
import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIM = os.path.join(ROOT, "build/faults/again.so")
HANGS = "hangs"


class Loaded:
    """A program that has been loaded, and waits before its first line."""

    def __init__(self, program, preload):
        self.mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {"LD_PRELOAD": ":".join([SHIM, *preload]), "AGAIN": str(its.fileno())}
        self.runs, self.where = 0, None
        with its:
            self.process = subprocess.Popen([program], env=environment, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def can_go_on(self, place, paths):
        if self.process.poll() is None and self.runs < WITHIN_MAX and self.where == (place, paths):
            return True
        self.mine.close()
        self.process.wait()
        return False

    def run(self, command, place, paths, environment, seconds, within):
        self.where = place, paths
        self.runs += 1
        words = [place, *paths, "within" if within else "apart", str(len(command)), *command,
                 *(f"{name}={value}" for name, value in environment.items())]
        self.mine.send(b"".join(os.fsencode(word) + b"\0" for word in words))
        child = self.told()
        if not select.select([self.mine], [], [], seconds)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            self.told()
            return HANGS
        status = self.told()
        return None if status is None else os.waitstatus_to_exitcode(status)

    def told(self):
        """None if it is no more: what ran within may have died of a fault."""
        answer = self.mine.recv(16)
        return struct.unpack("i", answer)[0] if answer else None


LOADED = {}  # by process and thread that asks, program and what is preloaded beside
WITHIN_MAX = 12  # runs within one process: each puts walls around it


def run(command, place, paths, environment, seconds, within=False):
    """The status, negative for a signal, or HANGS; standard output and standard error are in the two files of `paths`.
    In the environment, LD_PRELOAD stands for what is preloaded. Within: in one process for twelve of them, which is cheaper
    still, where no fault is made in it; all of one worker in one folder."""
    if os.environ.get("FRESH") or not os.path.exists(SHIM):
        return run_fresh(command, place, paths, environment, seconds)
    preload = tuple(filter(None, environment.get("LD_PRELOAD", "").split(":")))
    key = os.getpid(), threading.get_ident(), command[0], preload, within
    loaded = LOADED.get(key)
    if loaded is None or within and not loaded.can_go_on(place, paths):
        loaded = LOADED[key] = Loaded(command[0], preload)
    status = loaded.run(command, place, paths, environment, seconds, within)
    return loaded.process.wait() if status is None else status


def run_fresh(command, place, paths, environment, seconds):
    with open(paths[0], "wb") as out, open(paths[1], "wb") as err:
        one = subprocess.Popen(command, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                               start_new_session=True)
    done = ends_within(one, seconds)
    if not done:
        os.killpg(one.pid, signal.SIGKILL)
    status = one.wait()
    return status if done else HANGS


def ends_within(process, seconds):
    """Whether it does. Popen.wait with a time limit looks now and then, later each time: half of a sweep would be
    spent asleep beside what has long ended."""
    watched = os.pidfd_open(process.pid)
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)
