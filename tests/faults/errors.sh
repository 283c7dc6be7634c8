#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/errors.sh PROGRAM [all]
# Fails prepare, approve and export with EIO and with ENOSPC at each call that writes, syncs, opens
# or names something: once, and from there for good. After each, what was said is true (5: nothing
# changed; 6: it may be recorded), the ledger holds, and the same command again settles it. Without
# `all`, only some places. Status 1 if anything was wrong, 77 if there is no strace.
set -u
program=$(readlink -f "${1:?usage: errors.sh PROGRAM [all]}")
all=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
strace -o /dev/null true 2>/dev/null || exit 77
. "$root/tests/faults/common.sh"
names="write pwrite64 fsync fdatasync renameat linkat ftruncate unlink unlinkat openat fchmod close"

fail_one() # NAME ERROR WHEN
{
    put_back "before-$command"
    how="$2 at $1 $3"
    before="$blunt strace -f -o /dev/null -e inject=$1:error=$2:when=$3"
    run "$command"
    status=$?
    check_settles
}

# Loading the program is not its own doing: counted from the first file of its own it opens.
first_own()
{
    [ "$1" = openat ] || [ "$1" = close ] || { echo 1; return; }
    grep -n -m 1 -E 'openat\(.*town' trace | cut -d: -f1 | {
        read -r line
        head -n "$((${line:-1} - 1))" trace | grep -c "^[0-9]* *$1("
    } | awk '{ print $1 + 1 }'
}

for one in $commands; do
    begin_with "$one"
    put_back "before-$command"
    before="strace -f -o trace"
    run "$command"
    before=
    for name in $names; do
        count=$(grep -c -E "^[0-9]+ +$name\(" trace)
        k=$(first_own "$name")
        step=1
        [ -n "$all" ] || step=$(((count - k + 3) / 2))
        [ $step -gt 0 ] || step=1
        while [ "$k" -le "$count" ]; do
            for error in EIO ENOSPC; do
                [ "$name" != close ] || [ $error = EIO ] || continue
                fail_one "$name" $error "$k"
                fail_one "$name" $error "$k+"
            done
            k=$((k + step))
        done
    done
done

# Recorded, but a file could not be named: status 6 and G031, and the same again settles it.
begin_with prepare
put_back before-prepare
how="renameat fails for good"
before="$blunt strace -o /dev/null -e inject=renameat:error=EIO"
run prepare
status=$?
[ $status -eq 6 ] || wrong "status $status"
grep -q G031 out || wrong "no G031"
check_settles

tell "calls that failed with EIO or ENOSPC $runs; untrue or lost: $problems / 0"
