# SPDX-License-Identifier: Apache-2.0
"""What a program asks of the world outside its files: sockets and other programs."""
import re

WATCH = ["strace", "-f", "--seccomp-bpf", "-e", "trace=%network,execve,execveat,fork,vfork"]


def went_outside(lines):
    """The calls that WATCH tells; not counted is libc's question to the cache of names (nscd), before the
    walls stand."""
    calls = [line for line in lines if "(" in line and "+++" not in line and "---" not in line]
    return [line for line in calls if "/nscd/" not in line and not re.search(r"socket\(AF_UNIX, .* = \d+$", line)]
