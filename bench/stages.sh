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
echo "$sizes" >"$figures/sizes"
for size in $sizes; do
    rows poitiers "$size"
    i=0
    while [ $i -lt "$runs" ]; do
        one_turn "$size"
        i=$((i + 1))
    done
done

echo 'Stages, poitiers; bytes: memory of the whole run, for each row more'
stage_growth check - | show_growth reading rows
stage_growth compute check | show_growth computing rows
stage_growth csv compute | show_growth CSV rows
stage_growth json compute | show_growth JSON rows
stage_growth xlsx compute | show_growth XLSX rows
