#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/input.sh PROGRAM
# A log of ROWS rows (1000000) that comes as a workbook of twelve cells a row, read and checked;
# beside the same log as CSV, and paid the same.
set -eu
. bench/common.sh
rows=${ROWS:-1000000}
[ "$rows" -le 1000000 ] || rows=1000000

check() # NAME: reads and checks the tables of $folder, with $log as the log
{
    # shellcheck disable=SC2046 # arguments, and names without spaces
    turn "$1" "$program" check "$assembly" $(tables) -q
}

rows poitiers "$rows"
job "input-$rows"
book=$folder/attendance.xlsx
newer "$book" "$folder/attendance.csv" || {
    awk -F ';' -f bench/wide.awk "$folder/attendance.csv" >"$folder/out.list"
    "$build/cells" "$folder/out.list" "$book"
}
echo "Input, poitiers: a workbook of $rows rows and $((rows * 12)) cells, and the same log as CSV"
i=0
while [ $i -lt "$runs" ]; do
    log=$book
    check from-workbook
    log=$folder/attendance.csv
    check from-csv
    i=$((i + 1))
done
pay ours "$folder/out.csv.csv" && same ours "$folder/out.csv.csv"
log=$book
pay paid "$folder/out.xlsx.csv" && same paid "$folder/out.xlsx.csv"
standings from-workbook from-csv
goal 'input, seconds to read a workbook' \
    "$(compute "$(median from-workbook elapsed) / 1000")" at-most 5
goal 'input, MiB beyond what the log takes as CSV' \
    "$(compute "($(median from-workbook memory) - $(median from-csv memory)) / 1024" %.0f)" \
    at-most 40
rm -f "$folder"/out.*
