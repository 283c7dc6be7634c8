# SPDX-License-Identifier: Apache-2.0
"""usage: report.py JSON LCOV EXCUSED MISSING

What the tests reached, from what llvm-cov exports. A branch is a condition's one side; a condition
is covered (MC/DC) when it was seen to decide alone. Of each layer, and of the whole: the lines,
branches and conditions reached. Everything missed goes into the file MISSING, as

    file:line  function  what  text of the source

and what the core misses has to be in EXCUSED, with the reason: file, function, text, reason,
separated by a tab; '*' stands for any text. A line is excused with the branch that leads to it: the
last one before it in its function that was never taken. A row of EXCUSED that excuses nothing (covered by
now, or gone from the source) is an error. The implicit other side of a switch over an
enumeration is no branch: the compiler warns if a value is missing there.
"""
import collections
import fnmatch
import json
import re
import sys

CORE = {
    "money": r"src/base/(money|quotient|decimal|date)\.c$",
    "rules": r"src/rules/",
    "liquidation": r"src/liquidation/",
    "ledger": r"src/ledger/",
}
PROGRAM = ("src/", "include/")  # llvm-cov tells of the tests too, whatever -sources says
WHOLE_LINES, WHOLE_BRANCHES = 95, 90


class Source:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.lines = file.read().split("\n")

    def text(self, span):
        line, column, last, end = span
        if line == last:
            raw = self.bytes(line)[column - 1:end - 1]
        else:
            raw = b" ".join([self.bytes(line)[column - 1:]] +
                            [self.bytes(n) for n in range(line + 1, last)] +
                            [self.bytes(last)[:end - 1]])
        return re.sub(r"\s+", " ", raw.decode()).strip()

    def bytes(self, number):
        return self.lines[number - 1].encode()

    def function(self, number):
        for line in reversed(self.lines[:number]):
            found = re.match(r"([a-z]\w*)\(", line)
            if found:
                return found.group(1)
        return "-"

    def is_switch(self, span):
        return self.bytes(span[0])[:span[1] - 1].decode().rstrip().endswith("switch (")


class Count:
    """Of one kind: how many there are, how many were reached, how many are excused."""

    def __init__(self):
        self.all = self.reached = self.excused = 0

    def add(self, reached, excused):
        self.all += 1
        self.reached += reached
        self.excused += not reached and excused

    def percent(self, with_excused=False):
        if self.all == 0:
            return 100.0
        return 100.0 * (self.reached + (self.excused if with_excused else 0)) / self.all


def merged_branches(data):
    """(span) -> [true, false]; a file's branches are listed once per place they expand to."""
    sides = collections.OrderedDict()
    for branch in data["branches"]:
        span = tuple(branch[:4])
        both = sides.setdefault(span, [0, 0])
        both[0] += branch[4]
        both[1] += branch[5]
    return sides


def conditions(data, sides):
    """(span, shown alone) of each condition of a decision with more than one."""
    kept = {}
    for record in data["mcdc_records"]:
        start, end = tuple(record[:2]), tuple(record[2:4])
        spans = sorted({tuple(b[:4]) for b in data["branches"]
                        if b[8] == 6 and start <= tuple(b[:2]) and tuple(b[2:4]) <= end})
        shown = record[6]
        if len(spans) != len(shown):
            spans = [tuple(record[:4])] * len(shown)
        for i, span in enumerate(spans):
            kept[(span, i)] = kept.get((span, i), False) or shown[i]
    return [(span, alone) for (span, _), alone in kept.items()]


def lines_of(lcov):
    lines = collections.defaultdict(dict)
    name = None
    with open(lcov, encoding="utf-8") as file:
        for row in file:
            if row.startswith("SF:"):
                name = row[3:].strip()
            elif row.startswith("DA:"):
                number, count = row[3:].split(",")[:2]
                number = int(number)
                lines[name][number] = max(lines[name].get(number, 0), int(count))
    return lines


class Excuses:
    def __init__(self, path):
        self.rows = []
        self.errors = []
        with open(path, encoding="utf-8") as file:
            for number, row in enumerate(file, 1):
                row = row.rstrip("\n")
                if not row or row.startswith("#"):
                    continue
                cells = row.split("\t")
                if len(cells) != 4 or not cells[3].strip():
                    self.errors.append(f"{path}:{number}: file, function, text and reason are expected")
                    continue
                self.rows.append([number, cells[:3], 0])
        self.path = path

    def find(self, name, function, text):
        """Every row that fits counts as used; the first of them excuses."""
        fits = False
        for row in self.rows:
            file, where, pattern = row[1]
            if all(plain(part, value) for part, value in
                   ((file, name), (where, function), (pattern, text))):
                row[2] += 1
                fits = True
        return fits

    def stale(self):
        return self.errors + [f"{self.path}:{n}: excuses nothing: {' '.join(cells)}"
                              for n, cells, used in self.rows if used == 0]


def plain(pattern, value):
    """'*' alone is a wildcard; brackets and question marks are themselves."""
    return fnmatch.fnmatchcase(value, re.sub(r"([\[?])", r"[\1]", pattern))


def layer_of(name):
    for layer, pattern in CORE.items():
        if re.match(pattern, name):
            return layer
    return None


def main():
    exported, lcov, excused_path, missing_path = sys.argv[1:]
    with open(exported, encoding="utf-8") as file:
        files = json.load(file)["data"][0]["files"]
    lines = lines_of(lcov)
    excuses = Excuses(excused_path)
    counts = collections.defaultdict(lambda: [Count(), Count(), Count()])
    missing = []

    for data in sorted(files, key=lambda d: d["filename"]):
        name = data["filename"]
        if not name.startswith(PROGRAM):
            continue
        source = Source(name)
        layer = layer_of(name)
        into = [counts["whole"]] + ([counts[layer], counts["core"]] if layer else [])

        def note(kind, reached, span, what, text, follows=None):
            excused = False
            if not reached:
                function = source.function(span[0])
                excused = bool(layer) and (
                    excuses.find(name, function, text) if follows is None else follows)
                missing.append((name, span[0], function, what, text, bool(layer), excused))
            for sums in into:
                sums[kind].add(bool(reached), excused)
            return excused

        untaken = []  # (line, function, whether it is excused)
        sides = merged_branches(data)
        for span, counts_of_sides in sides.items():
            if not source.is_switch(span):
                for count, what in zip(counts_of_sides, ("never true", "never false")):
                    excused = note(1, count, span, what, source.text(span))
                    if not count:
                        untaken.append((span[0], source.function(span[0]), excused))
        for span, alone in conditions(data, sides):
            note(2, alone, span, "never alone", source.text(span))
        for number, count in sorted(lines[name].items()):
            function = source.function(number)
            before = [u for u in untaken if u[1] == function and u[0] <= number]
            follows = max(before, key=lambda u: u[0])[2] if before else None
            note(0, count, (number,), "line", source.lines[number - 1].strip(), follows)

    with open(missing_path, "w", encoding="utf-8") as out:
        for name, line, function, what, text, core, excused in missing:
            mark = "excused" if excused else "MISSED" if core else "missed"
            out.write(f"{mark}\t{name}:{line}\t{function}\t{what}\t{text}\n")

    print(f"{'':12} {'lines':>20} {'branches':>22} {'conditions':>22}")
    for layer in list(CORE) + ["core", "whole"]:
        cells = "  ".join(f"{c.percent():7.2f} % of {c.all:6}" for c in counts[layer])
        print(f"{layer:12} {cells}")

    failed = 0
    for row in missing:
        if row[5] and not row[6]:
            print(f"{row[0]}:{row[1]}: {row[2]}: {row[3]}: {row[4]}")
    for error in excuses.stale():
        print(error)
        failed = 1

    def goal(what, value, threshold, passed, more=""):
        nonlocal failed
        failed |= not passed
        print(f"goal: {what}: {value} / {threshold} {'PASS' if passed else 'FAIL'}{more}")

    for kind, what in enumerate(("lines", "branches", "conditions (MC/DC)")):
        count = counts["core"][kind]
        goal(f"core, {what}", f"{count.percent(True):.2f} %", "100 %",
             count.reached + count.excused == count.all,
             f" ({count.reached} of {count.all} reached, {count.excused} with a reason)")
    for kind, what, threshold in ((0, "lines", WHOLE_LINES), (1, "branches", WHOLE_BRANCHES)):
        percent = counts["whole"][kind].percent()
        goal(f"whole program, {what}", f"{percent:.2f} %", f"{threshold} %", percent >= threshold)
    count = counts["whole"][2]
    print(f"whole program, conditions (MC/DC): {count.percent():.2f} % of {count.all}")
    return failed


sys.exit(main())
