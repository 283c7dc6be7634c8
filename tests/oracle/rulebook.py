# SPDX-License-Identifier: Apache-2.0
"""A rule file as plain Python values: a reader of the small language that rule files are
written in, and the dated values they hold. Nothing here is taken from the program."""
import os
import re
from datetime import date
from fractions import Fraction

TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*|//[^\n]*)"""
    r"""|(?P<text>"(?:[^"\\]|\\.)*")"""
    r"""|(?P<word>[A-Za-z*][-A-Za-z0-9_*]*)"""
    r"""|(?P<number>-?[0-9]+)"""
    r"""|(?P<mark>[={};,()\[\]])"""
)
CLOSING = {"(": ")", "[": "]"}


def tokens_of(source):
    at = 0
    while at < len(source):
        found = TOKEN.match(source, at)
        if not found:
            raise ValueError(f"not understood: {source[at:at + 20]!r}")
        at = found.end()
        if found.lastgroup != "skip":
            yield found.lastgroup, found.group()
    yield "end", ""


class Reader:
    def __init__(self, source):
        self.tokens = list(tokens_of(source))
        self.at = 0

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self):
        return self.tokens[self.at][1]

    def group(self, end):
        settings = {}
        while self.peek() != end:
            _, key = self.take()
            assert self.take()[1] == "=", key
            settings[key] = self.value()
            if self.peek() == ";":
                self.take()
        self.take()
        return settings

    def value(self):
        kind, token = self.take()
        if kind == "text":
            return token[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        if kind == "number":
            return int(token)
        if kind == "word":
            return {"true": True, "false": False}[token]
        if token == "{":
            return self.group("}")
        items = []
        while self.peek() != CLOSING[token]:
            items.append(self.value())
            if self.peek() == ",":
                self.take()
        self.take()
        return items


def read(path):
    with open(path, encoding="utf-8") as file:
        return Reader(file.read()).group("")


def cents(euros, mode="half_up"):
    """Euros, exact, to whole cents."""
    exact = euros * 100
    whole, rest = int(exact // 1), exact % 1
    if mode == "down" or rest == 0:
        return whole
    if mode == "up":
        return whole + 1
    if rest != Fraction(1, 2):
        return whole + (rest > Fraction(1, 2))
    return whole + (1 if mode == "half_up" else whole % 2)


def day(text):
    return date.fromisoformat(text)


def holds(entry, on):
    return day(entry["from"]) <= on and ("to" not in entry or on <= day(entry["to"]))


def at(entries, on):
    """The entry of a dated list that holds on a day: the one adopted last, if a later text
    reaches back over an older one; None if there is none."""
    found = [entry for entry in entries if holds(entry, on)]
    if not found:
        return None
    return max(found, key=lambda entry: (entry.get("retroactive", False), entry.get("adopted", "")))


class Book:
    """The rules of one assembly, with the shared files that it names."""

    def __init__(self, path, common):
        self.rules = read(path)
        self.common = common
        self.shared = {}

    def series(self, name):
        if name not in self.shared:
            self.shared[name] = read(os.path.join(self.common, name + ".cfg"))
        return self.shared[name]

    def amount(self, entries, on):
        """What a dated list says on a day, exactly: in euros, or in units."""
        entry = at(entries, on)
        if entry is None:
            return None
        for key in ("amount", "quantity", "at_most", "below"):
            if key in entry:
                return Fraction(entry[key])
        index = entry["index"]
        taken = {
            "january_first": date(on.year, 1, 1),
            "on_the_day": on,
            "frozen": day(index["on"]) if "on" in index else None,
        }[index["taken"]]
        series = self.series(index["series"])["values"]
        exact = Fraction(index["base"]) + Fraction(index["factor"]) * self.amount(series, taken)
        return Fraction(cents(exact, index["rounding"]), 100) if "rounding" in index else exact

    def mandate(self, on):
        """Which interval of the assembly's life holds a day."""
        for number, life in enumerate(self.rules["life"]):
            if holds(life, on):
                return number
        return None
