# SPDX-License-Identifier: Apache-2.0
"""The personal fields of canaries.tsv, in each form in which a program could tell them."""
import csv
import datetime
import os
import re
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))


def forms(kind, value):
    """What to look for, in bytes without spaces and in lower case."""
    if kind == "date":
        day = datetime.date.fromisoformat(value)
        serial = (day - datetime.date(1899, 12, 30)).days
        yield from (value, f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%Y%m%d}", f">{serial}<")
        for month in ("january february march april may june july august september october november december",
                      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"):
            yield f"{day.day}{month.split()[day.month - 1]}{day.year}"
    elif kind == "figure":
        euros, cents = value.split(".")
        yield from (value, f"{euros},{cents}", f"{euros}{cents}")
        if len(euros) > 3:
            yield from (f"{euros[:-3]},{euros[-3:]}.{cents}", f"{euros[:-3]}\u00a0{euros[-3:]},{cents}")
    elif kind == "account":
        yield value[4:]  # without the country and the check digits
    else:
        yield value
        plain = unicodedata.normalize("NFKD", value.replace("œ", "oe"))
        yield plain.encode("ascii", "ignore").decode()


def rows():
    """The rows of canaries.tsv: table, column, field, form, values."""
    with open(os.path.join(HERE, "canaries.tsv"), encoding="utf-8") as table:
        return [cells for cells in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
                if cells and not cells[0].startswith("#")]


def read():
    """(field, pattern) of each canary."""
    wanted = {}
    for _, _, field, kind, values in rows():
        for value in values.split() if kind != "-" else ():
            for form in forms(kind, value):
                wanted.setdefault(field, set()).add(re.escape(form.lower().encode()))
    return [(field, re.compile(b"|".join(sorted(some)))) for field, some in sorted(wanted.items())]


CANARIES = read()


def found(text):
    """The fields that a text tells something of."""
    if not text:
        return set()
    bare = text.decode(errors="replace").lower()
    bare = re.sub(r"[0-9a-f]{64}", "#", bare)  # a fingerprint may hold any digits
    bare = re.sub("[ \u00a0\u202f\n\f]", "", bare).encode()
    return {field for field, pattern in CANARIES if pattern.search(bare)}
