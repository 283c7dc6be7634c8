#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/memory.sh PROGRAM [all]
# Refuses prepare, approve and export each request for memory, once, and from there for good. What
# was said is true, the ledger holds, and the same command again settles it. Libraries that read
# rule files die of it; then nothing has been written yet, and that is counted apart. Without
# `all`, only some requests; STEP=40 takes each fortieth. Needs build/faults/memory.so.
set -u
program=$(readlink -f "${1:?usage: memory.sh PROGRAM [all]}")
all=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
shim=$root/build/faults/memory.so
[ -f "$shim" ] || exit 77
. "$root/tests/faults/common.sh"
died=0
told=0

for one in $commands; do
    begin_with "$one"
    put_back "before-$command"
    before="env LD_PRELOAD=$shim MEMORY_COUNT=count"
    run "$command"
    count=$(cat count)
    step=${STEP:-1}
    [ -n "$all" ] || step=$((count / 12 + 1))
    k=1
    while [ $k -le "$count" ]; do
        for on in '' MEMORY_ON=1; do
            put_back "before-$command"
            how="no memory at request $k of $count $on"
            before="env LD_PRELOAD=$shim${PRELOAD:+:$PRELOAD} MEMORY_AT=$k $on"
            run "$command" 2>/dev/null
            status=$?
            case $status in
            134 | 139) # a library died, before anything was recorded
                died=$((died + 1))
                [ "$command" = prepare ] || wrong "died by status $status"
                [ "$(state_of)" = "$old" ] || wrong "died after it had recorded"
                status=
                ;;
            5 | 6) told=$((told + 1)) ;;
            esac
            check_settles
        done
        k=$((k + step))
    done
    echo "memory: $command asks $count times"
done

tell "refused memory $runs times, $told told, $died deaths of a library before anything was recorded; untrue or lost: $problems / 0"
