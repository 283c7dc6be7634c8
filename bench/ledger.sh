#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/ledger.sh PROGRAM
# Posting to the ledger: a month of marseille of 12000, 120000 and 1200000 presences (MEMBERS
# and SESSIONS set another shape) is prepared, approved, exported, and the whole proven.
set -eu
. bench/common.sh
members=${MEMBERS:-20000}
sessions=${SESSIONS:-60}
home=$build/ledger
db=$home/town.ledger

step() # NAME COMMAND...: one act on the ledger
{
    name=$1
    shift
    turn "$name" "$program" ledger "$@" --ledger "$db" -q
}

life() # MEMBERS: of one batch; the number of its entries in the figures too
{
    month marseille "$1" "$sessions"
    rm -rf "$home"
    mkdir -p "$home"
    "$program" ledger create --ledger "$db" -q
    "$program" ledger confirm marseille --members "$folder/members.csv" --ledger "$db" \
        --as Bernard -q
    # shellcheck disable=SC2046 # arguments, and names without spaces
    step prepare prepare marseille $(tables) --as Alice
    step approve approve 1 --as Bernard
    step export export 1 -o "$folder/out.csv"
    step verify verify
    last=$("$program" ledger status 1 --ledger "$db" | tail -n 1)
    echo "$last" | awk '{ print $1 }' >>"$figures/entries"
}

job ledger
for part in 100 10 1; do
    life $((members / part))
done
echo 'Ledger, marseille; bytes: memory of the run, for each entry more'
for name in prepare approve export verify; do
    step_growth $name | show_growth $name entries
done
goal 'ledger, prepare, ms of processor time' "$(tail -n 1 "$figures/prepare" | cut -d ' ' -f 1)" \
    at-most 10000
goal 'ledger, verify, ms of processor time' "$(tail -n 1 "$figures/verify" | cut -d ' ' -f 1)" \
    at-most 5000
goal 'ledger, MiB' "$(cat "$figures"/[a-df-z]* "$figures/export" | awk '
    $3 > most { most = $3 } END { printf "%d", most / 1024 }')" at-most 256
echo "  $last"
du -m "$db" | awk '{ print "  the ledger is " $1 " MiB on the disk" }'
rm -rf "$home"
