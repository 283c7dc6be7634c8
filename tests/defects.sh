#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/defects.sh
# What tests/DEFECTS.md names as keeping a defect away exists. Status 1 if something does not.
set -u
cd "$(dirname "$0")/.." || exit 2
missing=0
rows=0
kept=$(mktemp) || exit 2
trap 'rm -f "$kept"' EXIT
awk -F '|' '
    /^\|/ && NF != 6 { print "tests/DEFECTS.md:" NR ": not four columns" > "/dev/stderr" }
    /^\| / && !/^\| what was wrong / { print NR "|" $5 }' tests/DEFECTS.md >"$kept"
while IFS='|' read -r line keepers; do
    rows=$((rows + 1))
    named=$(printf '%s' "$keepers" | grep -o '`[^`]*`' | tr -d '\140')
    [ -n "$named" ] || {
        echo "tests/DEFECTS.md:$line: nothing keeps it away"
        missing=$((missing + 1))
    }
    for name in $named; do
        path=${name%%:*}
        if [ ! -e "$path" ]; then
            echo "tests/DEFECTS.md:$line: there is no $path"
        elif [ "$path" != "$name" ] && ! grep -q -w -e "${name#*:}" "$path"; then
            echo "tests/DEFECTS.md:$line: $path has no ${name#*:}"
        else
            continue
        fi
        missing=$((missing + 1))
    done
done <"$kept"
verdict=FAIL
[ $missing -ne 0 ] || [ $rows -eq 0 ] || verdict=PASS
echo "goal: $rows defects, not kept away: $missing / 0 $verdict"
[ $verdict = PASS ]
