# SPDX-License-Identifier: Apache-2.0
"""usage: python3 -B tests/mutation/run.py [--sample N] [--seed S] [--jobs N] [--list] [--again]
                                           [--minutes M] [--seconds S] FILE...

Does any test notice if the program is wrong? Every mutant (mutants.py) of every FILE, or N of them
drawn with a seed, is built and run against the tests that reach its line, those about the file
first, then the quickest and deadliest, until one is red. What survives has to be in accepted.tsv,
with the reason why nobody could notice: file, function, line of source, change, reason, separated
by a tab. An entry that is killed, or of which there is no such mutant any more, is an error.

Verdicts are kept in build/mutation/verdicts.tsv while a file is the same; --again runs survivors
once more, against the tests as they are now. What no compiler accepts, or what it makes the same
code of, is no mutant. What the sanitizer of undefined behaviour traps is killed. --seconds spends
no more on a mutant than that: the tests it was not run against are told with it, and --again
without it gives them their say.
"""
import argparse
import collections
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import mutants  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(HERE))
BASE = os.path.join(ROOT, "build/mutation")
ACCEPTED = os.path.join(HERE, "accepted.tsv")
VERDICTS = os.path.join(BASE, "verdicts.tsv")
REACH = os.path.join(BASE, "reach")
# These prove no code, or watch it from outside for minutes.
UNUSED = {"lint", "install", "manual", "sandbox", "ledger_faults", "cases", "readme", "oracle"}
SLOWEST = 9000  # ms, of a test that is worth it
STATEMENT_LINES = 20  # a statement is not longer
EXACT = r"src/base/(money|quotient|decimal|date)\.c$"


class Test:
    def __init__(self, kind, name, milliseconds, lines):
        self.kind, self.name, self.milliseconds, self.lines = kind, name, milliseconds, lines
        self.kills = 0
        self.sound = None  # not tried yet
        unit = os.path.join(ROOT, f"tests/unit/test_{name}.c")
        self.text = open(unit, encoding="utf-8").read() if os.path.exists(unit) else ""

    def is_about(self, path):
        """A suite of the file's name, or one that names it."""
        words = re.split(r"\W|_", path)
        return self.kind == "suite" and (not set(words).isdisjoint(self.name.split("_")) or
                                         f"/{words[-2]}." in self.text)

    def run(self, tree):
        """How it ended: "green", "red" or, past a limit in which it would have ended, "endless"."""
        limit = 20 + 10 * self.milliseconds / 1000
        if self.kind == "suite":
            command = ["build/san/check"]
            environment = dict(os.environ, CK_RUN_SUITE=self.name, CK_DEFAULT_TIMEOUT="60")
        else:
            command = ["sh", "tests/support/case.sh", "tests/cases/" + self.name]
            environment = dict(os.environ)
        child = subprocess.Popen(command, cwd=tree, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 start_new_session=True)
        try:
            return "green" if child.wait(limit) == 0 else "red"
        except subprocess.TimeoutExpired:
            return "endless"
        finally:
            end_session(child.pid)
            child.wait()


def end_session(session):
    """Each test of a runner is a group of its own, and would go on without it."""
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                if int(file.read().rsplit(")", 1)[1].split()[3]) == session:
                    os.kill(int(entry), 9)
        except (OSError, IndexError):
            pass  # it has ended by itself


def say(text):
    print(text, flush=True)


def prepare():
    """Both builds, and what each test reaches."""
    for script, tree in (("coverage", "build/cover"), ("mutation", "build/mutation/tree")):
        subprocess.run(["sh", f"tests/{script}/build.sh", tree], cwd=ROOT, check=True)
    cases = sorted(os.listdir(os.path.join(ROOT, "tests/cases")))
    suites = sorted(re.findall(r'suite_create\("(\w+)"\)', open_all("tests/unit")))
    with open(os.path.join(BASE, "tests"), "w", encoding="utf-8") as file:
        file.writelines(f"suite {s}\n" for s in suites if s not in UNUSED)
        file.writelines(f"case {c}\n" for c in cases)
    subprocess.run(["sh", "tests/mutation/reach.sh", "build/cover", "build/mutation/tests",
                    "build/mutation/reach"], cwd=ROOT, check=True)


def open_all(folder):
    text = ""
    for name in sorted(os.listdir(os.path.join(ROOT, folder))):
        if name.endswith(".c"):
            with open(os.path.join(ROOT, folder, name), encoding="utf-8") as file:
                text += file.read()
    return text


def read_tests():
    """In the order of reach.sh; what is still being made is left out."""
    tests = []
    for entry in sorted(e for e in os.listdir(REACH) if not e.endswith(".new")):
        kind, name = entry.split("-", 1)
        with open(os.path.join(REACH, entry), encoding="utf-8") as file:
            rows = file.read().split("\n")
        milliseconds = int(rows[0].split()[1])
        if milliseconds <= SLOWEST:
            tests.append(Test(kind, name, milliseconds, set(rows[1:])))
    return tests


class Runner:
    def __init__(self, options, tests):
        self.options, self.tests = options, tests
        self.lock = threading.Lock()
        self.tally = collections.Counter()
        self.until = time.time() + options.minutes * 60
        self.originals = {}

    def compile(self, tree, path, source, out):
        command = ["gcc", "-std=c11", "-O1", "-w", "-fPIC", "-shared", "-Iinclude", "-I" +
                   os.path.dirname(path), "-fno-strict-aliasing", "-fno-strict-overflow",
                   "-Werror=incompatible-pointer-types", "-Werror=int-conversion",
                   "-Werror=implicit", "-fsanitize=undefined",
                   "-fsanitize-undefined-trap-on-error",
                   "-D_GNU_SOURCE" if path.startswith("src/base/")
                   else "-D_POSIX_C_SOURCE=200809L", "-x", "c", "-", "-o", out]
        done = subprocess.run(command, cwd=tree, input=source.encode(), check=False,
                              stderr=subprocess.DEVNULL)
        return done.returncode == 0

    def original(self, tree, path):
        """The bytes of the source as it is."""
        with self.lock:
            if path not in self.originals:
                out = os.path.join(tree, "build/san/original.so")
                with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                    assert self.compile(tree, path, file.read(), out), path
                with open(out, "rb") as file:
                    self.originals[path] = file.read()
            return self.originals[path]

    def is_sound(self, tree, test):
        """A test says something only if it is green where nothing is wrong: tried once."""
        if test.sound is None:
            empty, library = (os.path.join(tree, "build/san", n) for n in ("empty.so", "mutant.so"))
            subprocess.run(["gcc", "-shared", "-o", empty, "-x", "c", "/dev/null"], check=True)
            os.replace(empty, library)
            test.sound = test.run(tree) == "green"
            if not test.sound:
                say(f"{test.kind} {test.name} is red without any mutant, and not used")
        return test.sound

    def reaching(self, mutant):
        """The tests that reach its line; of a line within a statement, those that reach where that begins."""
        with open(os.path.join(ROOT, mutant.file), encoding="utf-8") as file:
            lines = file.read().split("\n")
        for number in range(mutant.line, max(-1, mutant.line - STATEMENT_LINES), -1):
            place = f"{mutant.file}\t{lines[number].strip()}"
            reaching = [t for t in self.tests if place in t.lines]
            if reaching:
                return reaching
        return []

    def judge(self, tree, mutant):
        """(verdict, by what)"""
        reaching = self.reaching(mutant)
        reaching.sort(key=lambda t: (not t.is_about(mutant.file),
                                     (t.milliseconds + 100) / (t.kills + 1)))
        new, library = (os.path.join(tree, "build/san", n) for n in ("new.so", "mutant.so"))
        original = self.original(tree, mutant.file)
        if not self.compile(tree, mutant.file, mutants.apply(mutant), new):
            return "refused", "-"
        with open(new, "rb") as file:
            if file.read() == original:
                return "same", "-"
        until, tried = time.time() + self.options.seconds, 0
        for test in reaching:
            if time.time() > until:
                break
            if not self.is_sound(tree, test):
                continue
            tried += 1
            shutil.copyfile(new, library + ".new")
            os.replace(library + ".new", library)
            end = test.run(tree)
            if end != "green":
                with self.lock:
                    test.kills += 1
                return "killed", f"{test.kind} {test.name}{' (endless)' if end == 'endless' else ''}"
        return "survived", f"{tried} of {len(reaching)} tests"

    def work(self, number, queue, verdicts):
        tree = os.path.join(BASE, "tree")
        if number > 0:
            tree = os.path.join(BASE, f"tree{number}")
            shutil.rmtree(tree, ignore_errors=True)
            subprocess.run(["cp", "-Rl", os.path.join(BASE, "tree"), tree], check=True)
            shutil.rmtree(os.path.join(tree, "build/cases"), ignore_errors=True)
        while time.time() < self.until:
            with self.lock:
                if not queue:
                    break
                key, mutant = queue.popleft()
            verdict, by = self.judge(tree, mutant)
            with self.lock:
                verdicts[key] = (verdict, by)
                self.tally[verdict] += 1
                with open(VERDICTS, "a", encoding="utf-8") as file:
                    file.write(f"{key}\t{verdict}\t{by}\n")
                if verdict == "survived":
                    say(f"{mutant.file}:{mutant.line + 1}: {mutant.function}: {mutant.change}: "
                        f"{mutant.text} ({by})")
                if sum(self.tally.values()) % 50 == 0:
                    say(f"  {dict(self.tally)}, {len(queue)} to go")


def read_verdicts():
    verdicts = {}
    if os.path.exists(VERDICTS):
        with open(VERDICTS, encoding="utf-8") as file:
            for row in file:
                cells = row.rstrip("\n").split("\t")
                verdicts["\t".join(cells[:2])] = (cells[2], cells[3])
    return verdicts


def read_accepted():
    rows = {}
    with open(ACCEPTED, encoding="utf-8") as file:
        for row in file:
            cells = row.rstrip("\n").split("\t")
            if row.strip() and not row.startswith("#"):
                assert len(cells) == 5 and cells[4], f"accepted.tsv: {row}"
                rows[tuple(cells[:4])] = cells[4]
    return rows


def names(mutant):
    return (mutant.file, mutant.function, mutant.text, mutant.change)


def report(chosen, verdicts, every):
    """Scores, and what is wrong."""
    accepted, failed = read_accepted(), 0
    score = collections.defaultdict(collections.Counter)
    killed_names, survived_names = collections.Counter(), collections.Counter()
    for key, mutant in chosen:
        verdict = verdicts.get(key, ("not run", ""))[0]
        if verdict == "survived":
            survived_names[names(mutant)] += 1
            verdict = "accepted" if names(mutant) in accepted else "survived"
        elif verdict == "killed":
            killed_names[names(mutant)] += 1
        if verdicts.get(key, ("", ""))[1].endswith("(endless)"):
            score["all"]["endless"] += 1
        for where in (mutant.file, "exact" if re.match(EXACT, mutant.file) else "rest", "all"):
            score[where][verdict] += 1
    known = {names(m) for m in every}
    for row in accepted:
        if any(row[0] == m.file for m in every) and row not in known:
            failed = 1
            say(f"accepted.tsv: there is no such mutant: {row}")
        elif killed_names[row] and not survived_names[row]:
            failed = 1
            say(f"accepted.tsv: is killed: {row}")
    for where, counts in sorted(score.items()):
        run = counts["killed"] + counts["survived"]
        share = 100 * counts["killed"] / run if run else 100
        say(f"{where}: {share:.2f} % of {run} ({counts['survived']} survive; {counts['accepted']} "
            f"with a reason, {counts['same']} the same code, {counts['refused']} refused by the "
            f"compiler, {counts['not run']} not run)")
    say(f"{score['all']['endless']} of those killed never ended")
    for where, what, threshold in (("exact", "money, decimals, dates", 100), ("all", "core", 95)):
        counts = score[where]
        run = counts["killed"] + counts["survived"]
        share = 100 * counts["killed"] / run if run else 0
        passed = share >= threshold and counts["not run"] == 0
        failed |= not passed
        say(f"goal: mutation score, {what}: {share:.2f} % / {threshold} % "
            f"{'PASS' if passed else 'FAIL'}")
    return failed


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10000)
    parser.add_argument("--seconds", type=float, default=10000)
    parser.add_argument("--list", action="store_true", help="tell what is known, run nothing")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--unprepared", action="store_true", help="the builds are current")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    os.chdir(ROOT)
    os.makedirs(REACH, exist_ok=True)
    if not options.list and not options.unprepared:
        prepare()
    every = [m for path in options.files for m in mutants.of_file(path)]
    hashes = {path: mutants.source_hash(path) for path in options.files}
    chosen = every
    if options.sample and options.sample < len(every):
        chosen = random.Random(options.seed).sample(every, options.sample)
    chosen = [(mutants.key(m, hashes[m.file]), m) for m in chosen]
    verdicts = read_verdicts()
    queue = collections.deque(
        pair for pair in chosen
        if pair[0] not in verdicts or (options.again and verdicts[pair[0]][0] == "survived"))
    if not options.list:
        runner = Runner(options, read_tests())
        threads = [threading.Thread(target=runner.work, args=(n, queue, verdicts))
                   for n in range(options.jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return report(chosen, verdicts, every)


sys.exit(main())
