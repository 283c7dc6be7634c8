#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/totals.sh PROGRAM
# Job A: from the files of a month to one line a member, for ROWS rows (1000000) of each of
# ASSEMBLIES, by everybody in turn, RUNS times (5).
set -eu
. bench/common.sh
rows=${ROWS:-1000000}
files='members means sessions attendance expenses'

there() # the files of $folder, in the order in which they are read
{
    for file in $files; do
        [ ! -f "$folder/$file.csv" ] || printf '%s ' "$folder/$file.csv"
    done
}

# totals NAME: one run of a contender on $folder, to $folder/out.NAME.csv
totals()
{
    out=$folder/out.$1.csv
    # shellcheck disable=SC2046 # names without spaces
    case $1 in
    ours) pay ours "$out" ;;
    floor1) turn floor1 "$build/floor" "$folder" 1 "$out" ;;
    floors) turn floors "$build/floor" "$folder" "$(nproc)" "$out" ;;
    wc) turn wc wc -l $(there) ;;
    node) turn node node bench/peers/duckdb.js "$PWD/$build/node_modules" ;;
    duckdb) turn duckdb node bench/peers/duckdb.js "$PWD/$build/node_modules" \
        "$folder/script.duckdb" ;;
    sqlite) turn sqlite sh -c "exec sqlite3 :memory: <$folder/script.sqlite" ;;
    gawk) turn gawk sh -c "LC_ALL=C exec gawk -F ';' -v assembly=$assembly \
        -f bench/peers/totals.awk $(there) >$out" ;;
    csv | pandas) python_peer "$1" "$out" ;;
    esac
}

goals()
{
    elapsed=$(median ours elapsed)
    case $contenders in
    *duckdb*) goal "totals, DuckDB without Node's start / ours, elapsed" \
        "$(compute "($(median duckdb elapsed) - $(median node elapsed)) / $elapsed")" at-least 4 ;;
    esac
    case $contenders in
    *floors*) goal 'totals, ours / floor on all cores, elapsed' \
        "$(compute "$elapsed / $(median floors elapsed)")" at-most 2 ;;
    esac
    # shellcheck disable=SC2002,SC2046
    [ "$rows" -lt 1000000 ] || goal 'totals, bytes a row beyond the files' "$(compute "($(median ours memory) * 1024 \
        - $(cat $(there) | wc -c)) / $rows" %.0f)" at-most 40
}

for assembly in ${ASSEMBLIES:-poitiers haute-garonne marseille}; do
    rows "$assembly" "$rows"
    job "A-$assembly-$rows"
    echo "Job A, $assembly: $rows rows to totals"
    floors=
    [ "$assembly" != poitiers ] || floors='wc floor1 floors'
    # shellcheck disable=SC2086 # words
    those_here ours $floors duckdb node csv pandas gawk sqlite
    for dialect in duckdb sqlite; do
        sh bench/peers/sql.sh $dialect "$assembly" "$folder" "$folder/out.$dialect.csv" \
            >"$folder/script.$dialect"
    done
    i=0
    while [ $i -lt "$runs" ]; do
        for name in $contenders; do
            totals "$name"
            [ $i -gt 0 ] || [ ! -f "$folder/out.$name.csv" ] || same "$name" "$folder/out.$name.csv"
        done
        i=$((i + 1))
    done
    echo "  the same totals from all: checksum ${expected% *}"
    # shellcheck disable=SC2086
    standings $contenders
    goals
    rm -f "$folder"/out.*
done
