# SPDX-License-Identifier: Apache-2.0
# Over stripped sources, in which a brace in the first column opens and closes a
# function: at most LINES lines between the braces and at most PARAMETERS parameters.
FNR == 1 {
    opened = 0
    head = ""
}

/^\{/ {
    opened = FNR
    count = parameters(head)
    if (count > PARAMETERS) {
        printf "%s:%d: %d parameters, at most %d\n", name(), FNR, count, PARAMETERS
    }
    next
}

/^\}/ {
    if (opened && FNR - opened - 1 > LINES) {
        printf "%s:%d: a function of %d lines, at most %d\n", name(), opened,
            FNR - opened - 1, LINES
    }
    opened = 0
    head = ""
    next
}

!opened {
    head = /^[ \t]*$|;[ \t]*$|^#/ ? "" : head " " $0
}

function name()
{
    return substr(FILENAME, length(OUT) + 2)
}

# Commas at depth one of the last parenthesis that is not an attribute's.
function parameters(head,    i, c, depth, commas, inside)
{
    gsub(/__attribute__[ ]*\(\(.*\)\)/, "", head)
    depth = commas = 0
    inside = ""
    for (i = 1; i <= length(head); i++) {
        c = substr(head, i, 1)
        if (c == "(") {
            depth++
        } else if (c == ")") {
            depth--
        } else if (depth == 1 && c == ",") {
            commas++
        } else if (depth > 0 && c != " ") {
            inside = inside c
        }
    }
    return inside == "" || inside == "void" ? 0 : commas + 1
}
