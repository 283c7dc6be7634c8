#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/peers.sh PROGRAM
# What people would use instead, side by side, on the log of an invented month of poitiers:
# ROWS rows (100000 unless said), runs in turn, RUNS of each (5), the median of processor time
# (user and system). And how our own time grows from a tenth of the rows to all.
set -eu
program=${1:?usage: bench/peers.sh PROGRAM}
build=build/bench rows=${ROWS:-100000} runs=${RUNS:-5}
export DEFRAY_RULES="${DEFRAY_RULES:-$PWD/rules}"
folder=$build/peers
mkdir -p "$folder"

# files ROWS FOLDER: the month; its log also as a workbook
files()
{
    mkdir -p "$2"
    "$build/generate" poitiers $((($1 + 8) / 9)) 9 "$2"
    "$build/cells" "$2/attendance.csv" "$2/attendance.xlsx"
}

# ours FOLDER LOG OUTPUT
ours()
{
    "$build/measure" 1 "$program" pay poitiers --members "$1/members.csv" --sessions "$1/sessions.csv" \
        --attendance "$1/$2" --means "$1/means.csv" --period 2026-03 -o "$1/$3"
}

# try NAME COMMAND...: adds a run to the name's figures
try()
{
    name=$1
    shift
    rm -f "$folder"/*/out.* && "$@" >>"$folder/$name.runs"
}

# median NAME FIELD: processor ms (1), KiB (3)
median()
{
    sort -n -k "$2,$2" "$folder/$1.runs" | awk -v field="$2" '{ all[NR] = $field } END { print all[int((NR + 1) / 2)] }'
}

python=
for candidate in python3 /usr/bin/python3; do
    ! "$candidate" -c 'import xlsxwriter' 2>/dev/null || python=$candidate
done
rm -f "$folder"/*.runs
files "$rows" "$folder/all"
files $((rows / 10)) "$folder/tenth"
turn=0
while [ $turn -lt "$runs" ]; do
    for part in all tenth; do
        try csv-csv-$part ours "$folder/$part" attendance.csv out.csv
        try xlsx-csv-$part ours "$folder/$part" attendance.xlsx out.csv
        try csv-xlsx-$part ours "$folder/$part" attendance.csv out.xlsx
    done
    try bare "$build/measure" 1 "$build/cells" "$folder/all/attendance.csv" "$folder/all/out.bare.xlsx"
    [ -z "$python" ] || try python "$build/measure" 1 "$python" bench/cells.py \
        "$folder/all/attendance.csv" "$folder/all/out.python.xlsx"
    turn=$((turn + 1))
done

ours "$folder/all" attendance.csv out.csv >/dev/null
sum=$(cksum <"$folder/all/out.csv")
ours "$folder/all" attendance.xlsx out.csv >/dev/null
[ "$sum" = "$(cksum <"$folder/all/out.csv")" ] || {
    echo "bench: the log as a workbook is not paid like the log as CSV" >&2
    exit 1
}
ours "$folder/all" attendance.csv out.xlsx >/dev/null
written=$(unzip -p "$folder/all/out.xlsx" 'xl/worksheets/*' | grep -o '<c ' | wc -l)

# grows NAME: the exponent of the time from a tenth to all
grows()
{
    echo "$(median "$1-tenth" 1) $(median "$1-all" 1)" | awk '{ printf "rows^%.2f", log($2 / $1) / log(10) }'
}
printf '%s rows to totals: %s ms, %s KiB, %s\n' "$rows" "$(median csv-csv-all 1)" "$(median csv-csv-all 3)" "$(grows csv-csv)"
printf 'the same from a workbook of %s cells: %s ms, %s KiB, %s (the same totals)\n' $((rows * 12)) \
    "$(median xlsx-csv-all 1)" "$(median xlsx-csv-all 3)" "$(grows xlsx-csv)"
printf '%s rows to a workbook of %s cells: %s ms, %s KiB, %s\n' "$rows" "$written" \
    "$(median csv-xlsx-all 1)" "$(median csv-xlsx-all 3)" "$(grows csv-xlsx)"
for peer in bare python; do
    [ -f "$folder/$peer.runs" ] || { echo "python + XlsxWriter: not installed (make bench-peers)"; continue; }
    echo "$(median $peer 1) $((rows * 12)) $(median csv-xlsx-all 1) $written" | awk -v peer=$peer '{
        printf "%s: %s ms for %s cells; a cell takes %.1f times as long as ours, computed and read back\n",
            peer == "bare" ? "bare libxlsxwriter" : "python + XlsxWriter", $1, $2, ($1 / $2) / ($3 / $4) }'
done
