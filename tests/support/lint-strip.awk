# SPDX-License-Identifier: Apache-2.0
# Copies C sources into OUT/<path> with the insides of comments, strings and characters
# gone. Lines keep their numbers; #include lines keep their text.
FNR == 1 {
    if (out != "") {
        close(out)
    }
    out = OUT "/" FILENAME
    in_comment = 0
}

{
    print /^[ \t]*#[ \t]*include/ && !in_comment ? $0 : strip($0) > out
}

function strip(line,    bare, i, end, quote)
{
    bare = ""
    while (line != "") {
        if (in_comment) {
            end = index(line, "*/")
            if (end == 0) {
                return bare
            }
            in_comment = 0
            line = substr(line, end + 2)
            continue
        }
        i = match(line, /["']|\/\*|\/\//)
        if (i == 0) {
            return bare line
        }
        bare = bare substr(line, 1, i - 1)
        quote = substr(line, i, 1)
        if (quote == "/") {
            if (substr(line, i, 2) == "//") {
                return bare "//"
            }
            in_comment = 1
            line = substr(line, i + 2)
            continue
        }
        line = after_literal(substr(line, i + 1), quote)
        bare = bare quote quote
    }
    return bare
}

# What follows the closing quote.
function after_literal(line, quote,    i, c)
{
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\\") {
            i++
        } else if (c == quote) {
            return substr(line, i + 1)
        }
    }
    return ""
}
