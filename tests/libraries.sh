#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/libraries.sh PROGRAM LIBRARIES
# The libraries that the program loads when it needs them (what LIBRARIES is linked to, and PROGRAM
# is not), each damaged in turn: a month as CSV is paid without them; what needs that one ends with
# status 5 and F010, and leaves every file as it was; what needs another is done. Status 1 if
# not, 77 without readelf.
set -u
export LC_ALL=C LANGUAGE=en
program=$(readlink -f "${1:?usage: libraries.sh PROGRAM LIBRARIES}")
libraries=$(readlink -f "${2:?usage: libraries.sh PROGRAM LIBRARIES}")
cd "$(dirname "$0")/../fixtures/marseille" || exit 2
command -v readelf >/dev/null || exit 77
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
needed()
{
    readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort
}
needed "$program" >"$work/linked"
needed "$libraries" | comm -13 "$work/linked" - |
    grep -v '^lib[cz]\.so' >"$work/loaded"
held=0
asked=0

run() # DAMAGED STATUS WORD…
{
    damaged=$1
    wanted=$2
    shift 2
    mkdir -p "$work/damaged"
    for library in $damaged; do : >"$work/damaged/$library"; done
    LD_LIBRARY_PATH="$work/damaged" "$program" "$@" >"$work/said" 2>&1
    status=$?
    rm -rf "$work/damaged"
    asked=$((asked + 1))
    told=$(grep -c "$damaged.*\[F010\]" "$work/said")
    if [ $status -eq "$wanted" ] && [ $((wanted == 5)) -eq "$told" ]; then
        held=$((held + 1))
    else
        echo "without $damaged, status $status and not $wanted: $*"
        sed 's/^/    /' "$work/said"
    fi
}

kept() # FILE: it holds what it held
{
    asked=$((asked + 1))
    [ "$(cat "$1")" = mine ] && held=$((held + 1)) || echo "$1 is not as it was"
}

# shellcheck disable=SC2046 # the words of the month
set -- $(cat month)
run "$(tr '\n' ' ' <"$work/loaded")" 1 pay marseille "$@" -o "$work/pay.csv"
run '' 0 explain marseille "$@" --member M001 --certificate "$work/member.json"
while read -r library; do
    case $library in
    libhpdf*) made=pay.pdf other=pay.xlsx ;;
    libxlsxwriter* | libzip* | libexpat* | libisal*) made=pay.xlsx other=pay.pdf ;;
    libjansson*)
        run "$library" 5 verify "$work/member.json"
        made=  other=pay.xlsx
        ;;
    libsqlite3*)
        run "$library" 5 ledger create --ledger "$work/town.db"
        asked=$((asked + 1))
        [ ! -e "$work/town.db" ] && held=$((held + 1)) || echo "a ledger was left"
        made=  other=pay.xlsx
        ;;
    *) echo "nobody knows what needs $library" && exit 1 ;;
    esac
    if [ -n "$made" ]; then
        echo mine >"$work/$made"
        run "$library" 5 pay marseille "$@" -o "$work/$made"
        kept "$work/$made"
    fi
    run "$library" 1 pay marseille "$@" -o "$work/$other"
done <"$work/loaded"
verdict=PASS
[ "$held" -eq "$asked" ] && [ "$(wc -l <"$work/loaded")" -gt 0 ] || verdict=FAIL
count=$(wc -l <"$work/loaded")
echo "goal: $count libraries missing, one by one, told and nothing lost: $held / $asked $verdict"
[ $verdict = PASS ]
