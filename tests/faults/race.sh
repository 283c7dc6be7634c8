#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/race.sh PROGRAM [all]
# Eight processes at once prepare the same month, then approve the batch, then export it, round
# after round. One does it, the seven others say that it was done; there is one batch, one payment
# of each person, and the ledger holds. Without `all`, few rounds.
set -u
program=$(readlink -f "${1:?usage: race.sh PROGRAM [all]}")
all=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
. "$root/tests/faults/common.sh"
rounds=${ROUNDS:-$([ -n "$all" ] && echo 1000 || echo 5)}
processes=8

# Starts them all, waits for each; what they say is in told.1 to told.8.
at_once()
{
    pids=
    for i in $(seq $processes); do
        # shellcheck disable=SC2086 # words on purpose
        $blunt "$program" "$@" --ledger town.db >"told.$i" 2>&1 &
        pids="$pids $!"
    done
    failed=0
    for pid in $pids; do
        wait "$pid"
        [ $? -le 1 ] || failed=$((failed + 1))
    done
    [ $failed -eq 0 ] || { cat told.* >out; wrong "$failed of $processes failed"; }
}

one_did() # WORDS OTHER-WORDS
{
    won=$(grep -l "$1" told.? | wc -l)
    told=$(grep -l "$2" told.? | wc -l)
    [ "$won" -eq 1 ] && [ "$told" -eq $((processes - 1)) ] ||
        { cat told.* >out; wrong "$won did it and $told say that it was done"; }
}

begin_with export
after=$new
round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    how="round $round"
    put_back before-prepare
    command=prepare
    at_once ledger prepare town.cfg $month --pay-on 2026-04-15 --as Alice
    one_did "batch 1 prepared" "nothing to record"
    command=approve
    at_once ledger approve 1 --as Bernard
    one_did "batch 1: approved$" "nothing changed"
    command=export
    at_once ledger export 1 -o bank.xml -o bank.json
    cmp -s bank.xml new.xml && cmp -s bank.json new.json || wrong "torn files"
    "$program" ledger verify --ledger town.db >out 2>&1 || wrong "the ledger does not hold"
    "$program" ledger status 1 --ledger town.db >out 2>&1
    [ "$(grep -c ' export ' out)" -le 1 ] || wrong "exported twice"
    [ "$(state_of)" = "$after" ] || wrong "not as one alone would leave it"
done
tell "rounds of eight processes at once $rounds; done twice or torn: $problems / 0"
