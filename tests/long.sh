#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/long.sh PROGRAM [STEPS [BATCHES]]
# The long tier, in lanes side by side: kinds of faults in full, of memory apart; races of
# processes, cuts of the power, the controls, bits turned over and secrets; the proof, every amount,
# races of threads and the package; STEPS of a ledger's life (a million); BATCHES held against the
# reference (100 000). No lane is much longer than the others, so that both processors have work to
# the end. Says when each begins, then what it tells and its goal; status 1 if one is missed.
set -u
program=$(readlink -f "${1:?usage: long.sh PROGRAM [STEPS [BATCHES]]}")
steps=${2:-1000000}
batches=${3:-100000}
cd "$(dirname "$0")/.." || exit 2
told=build/long
rm -rf $told
mkdir -p $told || exit 2
begun=$(date +%s)

minute() { echo $((($(date +%s) - begun) / 60)); }

step() # NAME COMMAND… : what it says is kept, and told whole when it has ended
{
    name=$1
    shift
    echo "minute $(minute): $name begins"
    "$@" >"$told/$name" 2>&1
    status=$?
    case $status in
    0) ;;
    77) echo "$name: skipped, something it needs is missing" >>"$told/$name" ;;
    *) echo "$name" >>$told/.missed ;;
    esac
    cat "$told/$name"
}

faults() # HOW-MANY-AT-ONCE NAME…
{
    jobs=$1
    shift
    for sweep; do
        step "$sweep" env JOBS="$jobs" python3 -B "tests/faults/$sweep.py" "$program" all
    done
}

# Eight processes that wait for each other's lock, and disks that are put together again.
waits()
{
    faults 1 race
    for name in syncs powercut; do
        step $name sh tests/faults/$name.sh "$program" all
    done
    step controls sh tests/faults/controls.sh "$program"
    faults 1 rot privacy
}

# These compute without a pause, so one process at a time.
counts()
{
    step proof env JOBS=1 NICE=0 sh .ci/proof.sh
    step contradictions env JOBS=1 NICE=0 SMOKE=1 sh .ci/proof.sh
    step exhaustive build/exhaustive 20000 400
    step races sh tests/races.sh
    step races-control sh tests/races.sh --control
    step package sh tests/deb.sh
}

waits &
counts &
step life env JOBS=1 sh tests/faults/life.sh build/life "$steps" &
step reference python3 -B tests/oracle/compare.py "$program" rules "$batches" 1 1 &
faults 1 kill errors short limits twice &
faults 2 memory
wait
[ ! -s $told/.missed ] || sed 's/^/missed: /' $told/.missed
took=$(minute)
verdict=$([ "$took" -lt 120 ] && echo PASS || echo FAIL)
echo "goal: minutes of the long tier: $took / 120 $verdict"
[ ! -s $told/.missed ]
