#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stands in for the program in the cases: runs it, passes on what it says, and notes in a log what it
told on standard error of the persons in the tables that it was given, and whether it went outside.
A line of a sheet of attendance that names people may be quoted: a name counts where it stands in the
table of members alone; and a certificate may be told of whom it should be. DEFRAY_WATCHED is PROGRAM:LOG. See privacy.py."""
import csv
import os
import re
import subprocess
import sys
import tempfile

import outside

PERSONAL = {  # the titles of columns, as the program reads them
    "account": ("iban",), "birth": ("birth_date", "date_naissance"), "means": ("value", "valeur"),
    "name": ("last_name", "nom"),
}


def fields_of(path):
    """(field, value) of each personal cell of a CSV table."""
    whole = whole_of(path)
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = whole.decode("cp1252", errors="replace")
    lines = text.splitlines()
    if len(lines) < 2 or len(lines) > 2000:
        return
    rows = list(csv.reader(lines, delimiter=max(";,\t", key=lines[0].count)))
    for field, titles in PERSONAL.items():
        for at in [i for i, title in enumerate(rows[0]) if title.strip().lower() in titles]:
            for row in rows[1:]:
                value = row[at].strip() if at < len(row) else ""
                if len(value) >= 5 and (field != "means" or re.search(r"\d[.,]\d\d$", value)):
                    yield field, value


def whole_of(path):
    with open(path, "rb") as file:
        return file.read(1 << 20)


def main():
    program, log = os.environ["DEFRAY_WATCHED"].rsplit(":", 1)
    words = sys.argv[1:]
    with tempfile.NamedTemporaryFile() as trace:
        done = subprocess.run([*outside.WATCH, "-o", trace.name, program, *words], stderr=subprocess.PIPE, stdin=sys.stdin, check=False)
        calls = outside.went_outside(trace.read().decode(errors="replace").splitlines())
    sys.stderr.buffer.write(done.stderr)
    said = done.stderr.decode(errors="replace").replace("\u00a0", " ")
    notes = [f"run {' '.join(words[:2])}"]
    where = os.path.basename(os.getcwd())
    if len(calls) != 1:
        notes.append(f"{where}: {' '.join(words)}: went outside: {calls[-1] if calls else 'nothing was seen'}")
    members = {words[i + 1] for i, word in enumerate(words[:-1]) if word == "--members"}
    tables = {word for word in words if word.endswith(".csv") and os.path.isfile(word)}
    sheets = b"\n".join(whole_of(path) for path in tables - members)
    for path in tables:
        for field, value in fields_of(path):
            if field == "name" and (words[0] == "verify" or path not in members or value.encode() in sheets):
                continue
            if re.search(r"(?<![\w,.])" + re.escape(value) + r"(?![\w,.]\d)", said):
                notes.append(f"{where}: {' '.join(words[:1])}: tells {field} of {path}")
    with open(log, "a", encoding="utf-8") as file:
        file.write("\n".join(note.replace("\n", " ") for note in dict.fromkeys(notes)) + "\n")
    sys.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)


main()
