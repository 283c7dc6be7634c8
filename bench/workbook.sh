#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/workbook.sh PROGRAM
# Job B: from the files of a month of poitiers to a workbook, for ROWS rows (1000000, and no
# more: a sheet ends there). Ours has more cells than the twelve a row of the others; the bare
# library writes just the cells of ours.
set -eu
. bench/common.sh
rows=${ROWS:-1000000}
[ "$rows" -le 1000000 ] || rows=1000000
written_with=' + XlsxWriter'

book() # NAME: one run of a contender on $folder
{
    out=$folder/out.$1.xlsx
    case $1 in
    ours) pay ours "$out" ;;
    list) turn list "$build/cells" "$folder/out.list" ;;
    bare) turn bare "$build/cells" "$folder/out.list" "$out" ;;
    csv | pandas) python_peer "$1" "$out" ;;
    esac
}

cells() # LIST: how many
{
    tr -cd '\t' <"$1" | wc -c
}

same_cells() # the bare library wrote what we wrote
{
    [ "$("$build/dump" "$folder/out.bare.xlsx" | cksum)" = "$(cksum <"$folder/out.list")" ] || {
        echo "bench: the cells of $folder/out.bare.xlsx are not ours" >&2
        exit 1
    }
}

rows poitiers "$rows"
job "B-poitiers-$rows"
echo "Job B, poitiers: $rows rows to a workbook"
those_here ours list bare csv pandas
i=0
while [ $i -lt "$runs" ]; do
    for name in $contenders; do
        book "$name"
        [ $i -eq 0 ] || continue
        case $name in
        ours)
            "$build/dump" "$folder/out.ours.xlsx" >"$folder/out.list"
            same ours "$folder/out.ours.xlsx"
            ;;
        bare) same_cells ;;
        csv | pandas) same "$name" "$folder/out.$name.xlsx" ;;
        esac
    done
    i=$((i + 1))
done
written=$(cells "$folder/out.list")
echo "$written $((($(wc -l <"$folder/members.csv") + rows + 1) * 12))" >"$figures/cells"
read -r _ theirs <"$figures/cells"
echo "  the same totals from all: checksum ${expected% *}; $written cells of ours and of the bare" \
    "library, $theirs of the others"
# shellcheck disable=SC2086 # words
standings $contenders
elapsed=$(median ours elapsed)
case $contenders in
*bare*)
    goal 'workbook, bare libxlsxwriter without its reading / ours, elapsed' \
        "$(compute "($(median bare elapsed) - $(median list elapsed)) / $elapsed")" at-least 4
    ;;
esac
case $contenders in
*pandas*)
    goal 'workbook, pandas + XlsxWriter / ours, elapsed' \
        "$(compute "$(median pandas elapsed) / $elapsed")" at-least 18
    echo "  a cell: $(compute "$(median pandas elapsed) / $theirs / ($elapsed / $written)") times"
    ;;
esac
goal 'workbook, MiB' "$(compute "$(median ours memory) / 1024" %.0f)" at-most 256
rm -f "$folder"/out.*
