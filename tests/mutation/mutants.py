# SPDX-License-Identifier: Apache-2.0
"""The mutants of a C source: each changes one token or one line inside a function. Asserts are
left alone: what cannot be otherwise is no behaviour. Layout is clang-format's, so that a binary
operator has a space on both sides."""
import collections
import hashlib
import re

# line and column count from 0; `change` is what people read, and what accepted.tsv names.
Mutant = collections.namedtuple("Mutant", "file function line column size text change code")

SWAPS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
    "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["/"],
    "+=": ["-="], "-=": ["+="], "*=": ["+="], "/=": ["*="],
}
BINARY = re.compile(r"(?<= )(<=|>=|==|!=|&&|\|\||\+=|-=|\*=|/=|[<>+\-*/%])(?= |$)")
STEP = re.compile(r"\+\+|--")
NUMBER = re.compile(r"(?<![\w.\"'])(\d+)(?![\w.])")
WORD = re.compile(r"\b(true|false)\b")
NOT = re.compile(r"!(?=[\w(])")
IF = re.compile(r"\bif \((.*)\) \{$")
PAIR = re.compile(r"\b(?!(?:money_add|money_min|ratio_add|ratio_times|product|larger|least|text_equals|digest_same)\()"
                  # of these, what is given first and what last means nothing
                  r"[a-z]\w*\(([a-z][\w.>\-]*), ([a-z][\w.>\-]*)\)")
STATEMENT = re.compile(r"^\s+(?!return |goto |const |struct |static |enum |case |default)"
                       r"[*+\-]*[a-z][^{}]*;$")
DECLARATION = re.compile(r"^\s+(?:unsigned |size_t |bool |char |int\w* |uint\w* |wide |double |"
                         r"long |FILE )\s*\*?\w+(\[|;| =)")


def blank(source):
    """The source with comments, texts and characters replaced by blanks of the same size."""
    def blanks(found):
        return re.sub(r"[^\n]", "\x01", found.group(0))
    pattern = r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
    return re.sub(pattern, blanks, source, flags=re.S)


def functions(lines):
    """(name, first, last) of the bodies: a brace alone on its line opens and closes one."""
    name, start = None, None
    for number, line in enumerate(lines):
        found = re.match(r"([a-z]\w*)\(", line)
        if found and start is None:
            name = found.group(1)
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield name, start + 1, number
            start = None


def changes(line):
    """(column, size, code) of every change of one line without texts and comments."""
    for found in BINARY.finditer(line):
        for code in SWAPS[found.group(1)]:
            yield found.start(), len(found.group(1)), code
    for found in STEP.finditer(line):
        yield found.start(), 2, "--" if found.group(0) == "++" else "++"
    for found in NUMBER.finditer(line):
        value = int(found.group(1))
        for other in ([1] if value == 0 else [value + 1, value - 1]):
            yield found.start(), len(found.group(1)), str(other)
    for found in WORD.finditer(line):
        yield found.start(), len(found.group(1)), "false" if found.group(1) == "true" else "true"
    for found in NOT.finditer(line):
        yield found.start(), 1, ""
    found = IF.search(line)
    if found:
        yield found.start(1), 0, "!("
    for found in PAIR.finditer(line):
        if found.group(1) != found.group(2):
            yield found.start(1), found.end(2) - found.start(1), f"{found.group(2)}, {found.group(1)}"
    if (STATEMENT.match(line) and not DECLARATION.match(line) and line.count("(") == line.count(")")):
        start = len(line) - len(line.lstrip())
        yield start, len(line) - start, ";"


def in_assert(lines, number):
    """True if the statement that the line is part of is an assert."""
    while number > 0 and not re.search(r"[;{}]$|^$", lines[number - 1].rstrip("\x01 ")):
        number -= 1
    return bool(re.match(r"\s*(static_)?assert\(", lines[number]))


def of_file(path):
    with open(path, encoding="utf-8") as file:
        source = file.read()
    plain, bare = source.split("\n"), blank(source).split("\n")
    for name, first, last in functions(bare):
        for number in range(first, last):
            if in_assert(bare, number):
                continue
            for column, size, code in changes(bare[number]):
                old = plain[number][column:column + size]
                text = plain[number].strip()
                if code == "!(":
                    change = "if negated"
                elif code == ";":
                    change = "deleted"
                else:
                    before = plain[number][:column].count(old) if old else 0
                    nth = f" #{before + 1}" if before else ""
                    change = f"{old} -> {code}{nth}"
                yield Mutant(path, name, number, column, size, text, change, code)


def apply(mutant):
    """The mutated source."""
    with open(mutant.file, encoding="utf-8") as file:
        lines = file.read().split("\n")
    line = lines[mutant.line]
    if mutant.code == "!(":
        end = IF.search(line).end(1)
        line = line[:mutant.column] + "!(" + line[mutant.column:end] + ")" + line[end:]
    else:
        line = line[:mutant.column] + mutant.code + line[mutant.column + mutant.size:]
    lines[mutant.line] = line
    return "\n".join(lines)


def key(mutant, source_hash):
    """Names a mutant as long as its file is the same."""
    place = f"{mutant.file}:{mutant.line + 1}:{mutant.column}:{mutant.size}:{mutant.code}"
    return f"{source_hash}\t{place}"


def source_hash(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:12]
