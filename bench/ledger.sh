#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/ledger.sh PROGRAM
# Prints what a ledger of about a million entries costs: prepare, approve and export them, prove
# them. MEMBERS and SESSIONS set another shape.
set -eu
program=${1:?usage: bench/ledger.sh PROGRAM}
build=build/bench
folder=$build/ledger
export DEFRAY_RULES="${DEFRAY_RULES:-$PWD/rules}"
rm -rf "$folder"
mkdir -p "$folder"
"$build/generate" marseille "${MEMBERS:-20000}" "${SESSIONS:-60}" "$folder"
db=$folder/town.ledger

tell() # TITLE GOAL COMMAND...
{
    title=$1 goal=$2
    shift 2
    figures=$("$build/measure" 1 "$program" "$@" --ledger "$db" -q) || {
        echo "bench: $title failed" >&2
        exit 1
    }
    echo "$figures" | while read -r processor elapsed memory; do
        printf '%s: %s ms of processor time (goal %s), %s ms elapsed, %s MiB (goal 256)\n' \
            "$title" "$processor" "$goal" "$elapsed" "$((memory / 1024))"
    done
}

"$program" ledger create --ledger "$db" -q
"$program" ledger confirm marseille --members "$folder/members.csv" --ledger "$db" --as Bernard -q
tell "ledger, prepare" 10000 ledger prepare marseille --members "$folder/members.csv" \
    --sessions "$folder/sessions.csv" --attendance "$folder/attendance.csv" --period 2026-03 \
    --as Alice
tell "ledger, approve" - ledger approve 1 --as Bernard
tell "ledger, export to csv" - ledger export 1 -o "$folder/order.csv"
tell "ledger, verify" 5000 ledger verify
"$program" ledger status 1 --ledger "$db" | tail -n 1
du -m "$db" | awk '{ print "  the ledger is " $1 " MiB on the disk" }'
