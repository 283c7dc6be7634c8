#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/controls.sh PROGRAM
# Shows that the tests of faults have teeth: takes one precaution of the program away (blunt.c) and
# runs the test that must notice. PASS means that the test failed, and not because what is preloaded
# broke the program. Needs build/faults/blunt.so and, for the simulation, build/life.
set -u
program=$(readlink -f "${1:?usage: controls.sh PROGRAM}")
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
cd "$root" || exit 2
blind=0
seen=0
log=build/controls.log
: >$log

must_fail() # WHAT-IS-MISSING CONTROL TEST...
{
    missing=$1
    control=$2
    shift 2
    name=$(echo "$*" | grep -o '[a-z]*\.\(sh\|py\)' | head -n 1)
    echo "-- without $missing: $*" >>$log
    PRELOAD=$root/build/faults/blunt.so DEFRAY_CONTROL=$control STOP=1 "$@" >build/control.out 2>&1
    status=$?
    cat build/control.out >>$log
    if [ $status -eq 77 ]; then
        echo "control: without $missing: skipped"
    elif grep -q -e 'status -11' -e '^Traceback' build/control.out; then
        blind=$((blind + 1))
        echo "control: without $missing, $name does not get as far: FAIL"
    elif [ $status -eq 1 ] && grep -q '^goal: .*FAIL' build/control.out; then
        seen=$((seen + 1))
        echo "control: without $missing, $name fails, as it must: PASS"
    else
        blind=$((blind + 1))
        echo "control: without $missing, $name does not notice: FAIL"
    fi
}

faults=tests/faults
must_fail "a sync of anything" sync sh $faults/powercut.sh "$program"
must_fail "synchronous above OFF" off sh $faults/powercut.sh "$program"
must_fail "synchronous above FULL" full sh $faults/powercut.sh "$program"
python="python3 -B $faults"
must_fail "a journal on the disk" memory $python/kill.py "$program"
must_fail "a look at what write and fsync say" deaf $python/errors.py "$program"
must_fail "a look at what write and fsync say" deaf $python/limits.py "$program"
must_fail "a second write for what the first left" hasty $python/short.py "$program"
must_fail "an exit status that says the truth" liar $python/memory.py "$program"
must_fail "a journal on the disk" memory $python/twice.py "$program"
# Within the loaded program the status goes back before anybody can lie about it.
must_fail "an exit status that says the truth" liar env FRESH=1 $python/rot.py "$program"
must_fail "walls around the process, or none of its cores" open $python/privacy.py "$program"
must_fail "what is personal kept out of messages" chatty $python/privacy.py "$program"
must_fail "order in its syncs" sync sh $faults/syncs.sh "$program"
must_fail "locks" locks $python/race.py "$program"
[ ! -x build/life ] ||
    must_fail "a memory of what was paid" forget env LD_PRELOAD="$root/build/faults/blunt.so" \
        LOG=build/control-life.log sh $faults/life.sh build/life 20000
echo "goal: precautions whose want is noticed: $seen / $((seen + blind)) $([ $blind -eq 0 ] && echo PASS || echo FAIL)"
[ $blind -eq 0 ]
