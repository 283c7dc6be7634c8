#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/ledger.sh PROGRAM
# Prints what a ledger of about a million entries costs: prepare, approve and export them, prove
# them; and how that grows from a hundredth of them. MEMBERS and SESSIONS set another shape.
set -eu
program=${1:?usage: bench/ledger.sh PROGRAM}
build=build/bench
folder=$build/ledger
db=$folder/town.ledger
costs=$build/ledger.costs
export DEFRAY_RULES="${DEFRAY_RULES:-$PWD/rules}"
rm -f "$costs"

cost() # TITLE COMMAND...: a line "title processor_ms elapsed_ms KiB" in $costs.new
{
    title=$1
    shift
    figures=$("$build/measure" 1 "$program" ledger "$@" --ledger "$db" -q) || {
        echo "bench: ledger, $title failed" >&2
        exit 1
    }
    echo "$title $figures" >>"$costs.new"
}

month() # MEMBERS: the life of one batch; its costs, with the number of its entries, in $costs
{
    rm -rf "$folder" "$costs.new"
    mkdir -p "$folder"
    "$build/generate" marseille "$1" "${SESSIONS:-60}" "$folder"
    "$program" ledger create --ledger "$db" -q
    "$program" ledger confirm marseille --members "$folder/members.csv" --ledger "$db" \
        --as Bernard -q
    cost prepare prepare marseille --members "$folder/members.csv" \
        --sessions "$folder/sessions.csv" --attendance "$folder/attendance.csv" \
        --period 2026-03 --as Alice
    cost approve approve 1 --as Bernard
    cost export export 1 -o "$folder/order.csv"
    cost verify verify
    last=$("$program" ledger status 1 --ledger "$db" | tail -n 1)
    set -- $last
    sed "s/$/ $1/" "$costs.new" >>"$costs"
}

members=${MEMBERS:-20000}
month "$((members / 100))"
month "$((members / 10))"
month "$members"
awk '
    BEGIN { goal["prepare"] = 10000; goal["approve"] = "-"; goal["export"] = "-"; goal["verify"] = 5000 }
    { n[$1]++; ms[$1, n[$1]] = $2; elapsed[$1] = $3; kib[$1] = $4; entries[n[$1]] = $5 }
    n[$1] == 3 {
        printf "ledger, %s: %d ms of processor time (goal %s), %d ms elapsed, %d MiB (goal 256)\n",
            $1, $2, goal[$1], $3, $4 / 1024
        printf "  microseconds an entry:"
        for (i = 1; i <= 3; i++) {
            printf " %.1f (%d)", ms[$1, i] * 1000 / entries[i], entries[i]
        }
        printf "; grows with the power %.2f\n",
            log(ms[$1, 3] / ms[$1, 2]) / log(entries[3] / entries[2])
    }' "$costs"
echo "  $last"
du -m "$db" | awk '{ print "  the ledger is " $1 " MiB on the disk" }'
