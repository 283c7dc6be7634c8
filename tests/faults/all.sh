#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/all.sh PROGRAM [STEPS]
# The long tier: every kind of fault in full, the controls, and beside them a simulation of STEPS
# (a million). Prints what each tells and its goal; status 1 if one is missed.
set -u
program=$(readlink -f "${1:?usage: all.sh PROGRAM [STEPS]}")
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
cd "$root" || exit 2
begun=$(date +%s)
failed=0
ended=build/faults/life.status
rm -f $ended
{
    JOBS=${JOBS:-1} sh tests/faults/life.sh build/life "${2:-1000000}" >build/faults/life.out 2>&1
    echo $? >$ended
} &

export JOBS="${JOBS:-2}"
for kind in kill.py errors.py memory.py short.py limits.py twice.py rot.py privacy.py syncs.sh race.sh powercut.sh; do
    case $kind in
    *.py) python3 -B tests/faults/$kind "$program" all ;;
    *) sh tests/faults/$kind "$program" all ;;
    esac
    status=$?
    if [ $status -eq 77 ]; then
        echo "$kind: skipped, something it needs is missing"
    elif [ $status -ne 0 ]; then
        failed=1
    fi
done
sh tests/faults/controls.sh "$program" || failed=1
wait
cat build/faults/life.out
[ "$(cat $ended)" = 0 ] || failed=1
took=$(($(date +%s) - begun))
echo "goal: minutes of the long tier: $((took / 60)) / 120 $([ $took -le 7200 ] && echo PASS || echo FAIL)"
exit $failed
