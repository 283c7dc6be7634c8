#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: tests/faults/memory.py PROGRAM [all] [ROW…]

Refuses each command of commands.tsv each request for memory, once, and from there for good (which
is the same run where nothing asks for memory behind the one that was refused). Requests
from the same place in the program (the same calls, memory.c) are alike: the first of each place and
each SKIP-th of the others are refused (EACH=1: every one). libconfig and libxlsxwriter may die
of it: then nothing has been published or recorded, and that is counted apart. Without `all`, only a
sample. Needs build/faults/memory.so. Status 1 if anything was wrong.
"""
import os
import sys

import office

SHIM = os.path.join(office.ROOT, "build/faults/memory.so")


def places_of(desk, row):
    """The place of each request, as one word, in order."""
    desk.put(row.before)
    places = os.path.join(desk.base, "places")
    desk.run(row.words, more={"MEMORY_PLACES": places}, shims=[SHIM])
    with open(places, encoding="ascii") as lines:
        return lines.read().split()


def worth(places, sweep):
    """The requests to refuse, counted from 1."""
    if os.environ.get("EACH"):
        return range(1, len(places) + 1)
    skip = int(os.environ.get("SKIP", "20"))
    seen, chosen = {}, []
    for k, place in enumerate(places, 1):
        seen[place] = seen.get(place, 0) + 1
        if seen[place] == 1 or sweep.random.randrange(skip) == 0:
            chosen.append(k)
    return chosen if sweep.all else sorted(sweep.random.sample(chosen, min(4, len(chosen))))


def refuse(desk, item):
    row, k = item
    refuse_once(desk, row, k, False)
    if desk.asked_behind():
        refuse_once(desk, row, k, True)


def refuse_once(desk, row, k, for_good):
    desk.put(row.before)
    more = {"MEMORY_AT": str(k), **({"MEMORY_ON": "1"} if for_good else {"BEHIND": desk.behind})}
    status = desk.run(row.words, more=more, shims=[SHIM, *office.BLUNT])
    if status == 2 and b"out of dynamic memory in libconfig" in desk.err:
        status = 134
    desk.settle(row, f"no memory at request {k}{' and after' if for_good else ''}", status, may_die=True,
                unfound=True)


def main():
    if not os.path.exists(SHIM):
        sys.exit(77)
    sweep = office.Sweep(needs_strace=False)
    work, asked, places = [], 0, set()
    for row in sweep.prepared():
        requests = places_of(sweep.desk, row)
        asked += len(requests)
        places |= set(requests)
        work += [(row, k) for k in worth(requests, sweep)]
    counts = sweep.each(refuse, work)
    sweep.tell(f"{len(sweep.chosen)} commands ask for memory {asked} times, {2 * len(work)} refusals "
               f"({2 * len(work) - counts['runs']} for good, with no request behind), {counts['told']} told, "
               f"{counts['died']} deaths of a library before anything was published, {counts['plain']} documents plainer or in English; untrue, torn or lost")


main()
