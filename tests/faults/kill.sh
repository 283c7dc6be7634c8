#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/kill.sh PROGRAM [all]
# Kills prepare, approve and export at their system calls, one after the other, and at random
# moments. After each: the ledger holds, old or new and never torn; the same command again settles
# it; one batch, one sum, nothing paid twice. Without `all`, only some of the calls that change
# something on the disk, and few moments. Status 1 if anything was wrong, 77 if there is no strace.
set -u
program=$(readlink -f "${1:?usage: kill.sh PROGRAM [all]}")
all=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
strace -o /dev/null true 2>/dev/null || exit 77
. "$root/tests/faults/common.sh"
moments=${MOMENTS:-$([ -n "$all" ] && echo 334 || echo 8)}
calls=0

# The calls of the command, one kind a line: NAME COUNT.
count_calls()
{
    put_back "before-$command"
    before="strace -f -o trace"
    run "$command"
    before=
    sed -E 's/^[0-9]+ +//; s/\(.*//' trace | grep -E '^[a-z_0-9]+$' |
        grep -v -E '^(exit|brk|exit_group|execve)$' | sort | uniq -c | awk -v all="$all" '
            all == "all" || $2 ~ /^(pwrite64|write|fdatasync|fsync|unlink|linkat|renameat)$/ {
                print $2, $1 }'
}

at_every_call()
{
    count_calls >counts
    while read -r name count; do
        k=1
        step=1 # without `all`, at most three places of each call
        [ -n "$all" ] || step=$(((count + 2) / 3))
        while [ $k -le "$count" ]; do
            put_back "before-$command"
            how="killed at $name $k"
            before="$blunt strace -f -o /dev/null -e inject=$name:signal=SIGKILL:when=$k"
            run "$command"
            check_settles
            calls=$((calls + 1))
            k=$((k + step))
        done
    done <counts
}

# Killed at moments that no call marks: spread over three times what the command takes.
at_random_moments()
{
    put_back "before-$command"
    start=$(date +%s%N)
    run "$command"
    took=$((($(date +%s%N) - start) / 1000))
    i=0
    while [ $i -lt "$moments" ]; do
        i=$((i + 1))
        put_back "before-$command"
        moment=$(awk -v i="$i" -v most="$took" -v salt="${#command}" \
            'BEGIN { srand(salt * 7919 + i); printf "%.6f", rand() * most * 1.2 / 1e6 }')
        how="killed after $moment s"
        before="$blunt timeout --foreground -s KILL $moment" # which waits until it is gone
        run "$command"
        check_settles
    done
}

for one in $commands; do
    begin_with "$one"
    at_every_call
    at_random_moments
done

# Synced before the end: the journal before the ledger is touched, the ledger before the journal
# goes, the folder after it; read from the trace of an approval.
durable()
{
    awk '
        /openat\(.*town\.db-journal/ && / = [0-9]+$/ { journal = $NF }
        /openat\(.*town\.db"/ && / = [0-9]+$/ { ledger = $NF }
        { split($0, part, /[(,)]/); fd = part[2] }
        /pwrite64\(/ && fd == journal { unsynced = 1 }
        /(fdatasync|fsync)\(/ && fd == journal { unsynced = 0; guarded = 1 }
        /pwrite64\(/ && fd == ledger { if (unsynced || !guarded) bad = "ledger before journal"; dirty = 1 }
        /(fdatasync|fsync)\(/ && fd == ledger { dirty = 0 }
        /unlink\(.*town\.db-journal/ { if (dirty) bad = "journal gone before ledger"; gone = 1; synced = 0; journal = -1 }
        /(fdatasync|fsync)\(/ && fd != ledger && fd != journal { synced = 1 }
        END { if (!gone || !synced) bad = bad " folder not synced"; if (bad) { print bad; exit 1 } }' "$1"
}
put_back before-approve
command=approve how="order of syncs"
$blunt strace -o trace -e trace=openat,pwrite64,fdatasync,fsync,unlink "$program" ledger approve 1 \
    --ledger town.db --as Bernard -q >out 2>&1
durable trace >out || wrong "not durable"
# The check has teeth: without its syncs, the same trace is refused.
grep -v -E 'fdatasync|fsync' trace >blunt
! durable blunt >out || wrong "a missing sync was not seen"

tell "killed at system calls $calls, at random moments $((moments * 3)); torn or paid twice: $problems / 0"
