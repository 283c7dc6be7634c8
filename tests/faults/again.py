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

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIM = os.path.join(ROOT, "build/faults/again.so")
HANGS = "hangs"


class Loaded:
    """A program that has been loaded, and waits before its first line."""

    def __init__(self, program, preload):
        self.mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {"LD_PRELOAD": ":".join([SHIM, *preload]), "AGAIN": str(its.fileno())}
        with its:
            self.process = subprocess.Popen([program], env=environment, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(self, command, place, paths, environment, seconds):
        words = [place, *paths, str(len(command)), *command, *(f"{name}={value}" for name, value in environment.items())]
        self.mine.send(b"".join(os.fsencode(word) + b"\0" for word in words))
        child = self.told()
        ended = select.select([self.mine], [], [], seconds)[0]
        if not ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(self.told())
        return status if ended else HANGS

    def told(self):
        answer = self.mine.recv(16)
        if not answer:
            raise RuntimeError(f"again.so ended with status {self.process.wait()}")
        return struct.unpack("i", answer)[0]


LOADED = {}  # by process that asks, program and what is preloaded beside


def run(command, place, paths, environment, seconds):
    """The status, negative for a signal, or HANGS; standard output and standard error are in the two files of `paths`.
    In the environment, LD_PRELOAD stands for what is preloaded."""
    if os.environ.get("FRESH") or not os.path.exists(SHIM):
        return run_fresh(command, place, paths, environment, seconds)
    preload = tuple(filter(None, environment.get("LD_PRELOAD", "").split(":")))
    key = os.getpid(), command[0], preload
    if key not in LOADED:
        LOADED[key] = Loaded(command[0], preload)
    return LOADED[key].run(command, place, paths, environment, seconds)


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
