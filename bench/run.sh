#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/run.sh PROGRAM
# Prints what a month of 111 members and 8 sessions costs, workbook included, for
# three assemblies: processor time (user and system, median of fifteen runs) and the
# greatest memory. Then ten thousand runs of a scenario, against the same draws with NumPy
# where python3 has it. ROWS=1000000 adds a log of that many rows, nine a member.
set -eu
program=${1:?usage: bench/run.sh PROGRAM}
build=build/bench
export DEFRAY_RULES="${DEFRAY_RULES:-$PWD/rules}"

# pay ASSEMBLY FOLDER RUNS OUTPUT CLAIMS: prints processor ms, elapsed ms, KiB
pay()
{
    assembly=$1 folder=$2 runs=$3 output=$4 claims=$5
    set -- --members "$folder/members.csv" --sessions "$folder/sessions.csv" \
        --attendance "$folder/attendance.csv" --period 2026-03
    [ "$claims" = no ] || [ ! -f "$folder/expenses.csv" ] || set -- "$@" --expenses "$folder/expenses.csv"
    [ ! -f "$folder/means.csv" ] || set -- "$@" --means "$folder/means.csv"
    rm -f "$folder/out.$output"
    "$build/measure" "$runs" "$program" pay "$assembly" "$@" -o "$folder/out.$output" &&
        [ -s "$folder/out.$output" ]
}

# measure_one ASSEMBLY MEMBERS SESSIONS RUNS OUTPUT TITLE GOAL [CLAIMS]
measure_one()
{
    folder=$build/$1-$2x$3
    mkdir -p "$folder"
    "$build/generate" "$1" "$2" "$3" "$folder"
    figures=$(pay "$1" "$folder" "$4" "$5" "${8:-yes}") || {
        echo "bench: $1 failed or wrote nothing: $program pay $1 with the files of $folder" >&2
        exit 1
    }
    echo "$figures" | while read -r processor elapsed memory; do
        printf '%s: %s ms of processor time%s, %s ms elapsed, %s MiB\n' "$6" "$processor" \
            "${7:+ (goal $7)}" "$elapsed" "$((memory / 1024))"
    done
}

for assembly in poitiers haute-garonne marseille; do
    measure_one $assembly 111 8 15 xlsx "month 111 x 8, $assembly" 50 no
done
for assembly in poitiers haute-garonne; do
    measure_one $assembly 111 8 15 xlsx "the same with expense claims, $assembly" ''
done
# took COMMAND...: milliseconds of processor time and elapsed, medians of five
took()
{
    "$build/measure" 5 "$@" | { read -r processor elapsed _ && echo "$processor $elapsed"; }
}

ours=$(took "$program" simulate bench/scenario-111x12.cfg -q)
echo "$ours" | awk '{
    printf "simulate, 10000 runs of 111 x 12: %s ms elapsed (goal 500), %s ms of processor time\n", $2, $1 }'
python=python3 # a distribution's own may have what another has not
"$python" -c 'import numpy' 2>/dev/null || python=/usr/bin/python3
if "$python" -c 'import numpy' 2>/dev/null; then
    theirs=$(PYTHONDONTWRITEBYTECODE=1 took "$python" bench/simulate.py)
    echo "$ours $theirs" | awk '{
        printf "the same draws with NumPy: %s ms elapsed, %s ms of processor time: %.1f and %.1f times as long\n",
            $4, $3, $4 / $2, $3 / $1 }'
else
    echo "the same draws with NumPy: not measured, python3 has no numpy here"
fi
if [ -n "${ROWS:-}" ]; then
    for assembly in poitiers haute-garonne marseille; do
        measure_one $assembly $(((ROWS + 8) / 9)) 9 3 csv "$ROWS rows to csv, $assembly" ''
        measure_one $assembly $(((ROWS + 8) / 9)) 9 1 xlsx "$ROWS rows to xlsx, $assembly" ''
    done
fi
