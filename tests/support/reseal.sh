#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/support/reseal.sh CERTIFICATE
# Makes the seal of an altered certificate again, as the manual says that it is made: keys sorted,
# no white space. It reads what 'defray explain --certificate' writes, a value a line.
set -eu
seal=$(LC_ALL=C awk '
    # A value that begins as `text` says; what it holds is on the lines that follow.
    function value(text, top) {
        if (text == "{") return gathered("}", top)
        if (text == "[") return gathered("]", 0)
        return text
    }
    function gathered(end, top,    parts, count, i, held, all) {
        count = 0
        while ((getline line) > 0) {
            sub(/^ */, "", line)
            sub(/,$/, "", line)
            if (line == end) break
            if (top && line ~ /^"seal": /) continue
            if (end == "]") {
                parts[++count] = value(line, 0)
                continue
            }
            i = index(line, ": ")
            held = substr(line, 1, i)
            held = held value(substr(line, i + 2), 0)
            for (i = count++; i > 0 && parts[i] > held; i--) parts[i + 1] = parts[i]
            parts[i + 1] = held
        }
        all = end == "}" ? "{" : "["
        for (i = 1; i <= count; i++) all = all (i > 1 ? "," : "") parts[i]
        return all end
    }
    BEGIN {
        ORS = ""
        getline line
        print value(line, 1)
    }' <"$1" | sha256sum | cut -c 1-64)
sed -i "s/^  \"seal\": \".*\"/  \"seal\": \"$seal\"/" "$1"
