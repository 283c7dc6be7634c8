#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/stages.sh PROGRAM
# What each stage costs, on months of poitiers of 10000 and 1000000 rows (SIZES; ROWS if there
# are more): reading and checking, computing, and writing each kind of file. A stage is what a
# run with it takes beyond a run without it; how it grows is the power of the number of rows.
set -eu
. bench/common.sh
sizes=${SIZES:-"10000 1000000"}
[ "${ROWS:-0}" -le 1000000 ] || sizes="$sizes $ROWS"

one_turn() # SIZE
{
    # shellcheck disable=SC2046 # arguments, and names without spaces
    turn "check-$1" "$program" check "$assembly" $(tables) -q
    pay "compute-$1"
    for kind in csv json xlsx; do
        pay "$kind-$1" "$folder/out.$kind"
        rm -f "$folder/out.$kind"
    done
}

job stages
for size in $sizes; do
    rows poitiers "$size"
    i=0
    while [ $i -lt "$runs" ]; do
        one_turn "$size"
        i=$((i + 1))
    done
done

stage() # NAME WITHOUT TITLE: a line for each size; WITHOUT may be -
{
    for size in $sizes; do
        without=0
        [ "$2" = - ] || without=$(median "$2-$size" processor)
        echo "$size $(median "$1-$size" processor) $without $(median "$1-$size" memory)"
    done | awk -v title="$3" '
        {
            ms = $2 - $3 > 0.1 ? $2 - $3 : 0.1
            grows = before ? sprintf("rows^%.2f", log(ms / before_ms) / log($1 / before)) : ""
            printf "  %-10s %8d rows: %9.1f ms of processor time, %8d rows/s, %5d bytes  %s\n",
                title, $1, ms, $1 / ms * 1000, ($4 - kib) * 1024 / ($1 - before), grows
            before = $1
            before_ms = ms
            kib = $4
        }'
}

echo 'Stages, poitiers (bytes: the most memory of the whole run, a row more than the line before)'
stage check - reading
stage compute check computing
stage csv compute CSV
stage json compute JSON
stage xlsx compute XLSX
