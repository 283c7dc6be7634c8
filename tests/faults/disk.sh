#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/disk.sh PROGRAM [all]
# Prepare, approve and export on a real disk that is too small: one that has room for 0, 1, 2 …
# pages more than the ledger (a tmpfs, which only root can mount), and under a limit on the size of
# files. The error is clear, nothing is lost, and with room the same command settles it. Without
# `all`, fewer sizes. Says what it cannot do; status 1 if anything was wrong.
set -u
program=$(readlink -f "${1:?usage: disk.sh PROGRAM [all]}")
all=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
. "$root/tests/faults/common.sh"
full=0

# As many pages as it takes until the command succeeds three times running.
on_small_disks()
{
    free=0
    passed=0
    while [ $passed -lt 3 ] && [ $free -lt 400 ]; do
        mount -o remount,size=64m .
        put_back "before-$command"
        used=$(($(stat -f -c '(%b - %f) * %S / 1024' .)))
        mount -o remount,size=$((used + free * 4))k .
        how="$free pages of free space"
        before=$blunt
        run "$command" # what it says goes elsewhere
        status=$?
        mount -o remount,size=64m .
        [ $status -gt 1 ] && passed=0 full=$((full + 1)) || passed=$((passed + 1))
        check_settles
        free=$((free + ${step:-1}))
    done
    [ $passed -ge 3 ] || wrong "it never has room enough"
}

under_limits()
{
    for blocks in 1 8 64 128 256 512 1024; do
        put_back "before-$command"
        how="files of at most $blocks blocks"
        echo "ulimit -f $blocks; exec $blunt \"\$@\"" >limited
        before="sh limited"
        run "$command"
        status=$?
        check_settles
    done
}

for one in $commands; do
    begin_with "$one"
    under_limits
done

mkdir disk
if mount -t tmpfs -o size=64m tmpfs disk 2>/dev/null; then
    trap 'cd /; umount "$work/disk"; rm -rf "$work"' EXIT
    cd disk || exit 2
    ln -s ../before-* ../new.* ../town.cfg ../*.csv .
    ln -s ../out out
    ln -s ../again again
    ln -s ../told told
    [ -n "$all" ] || step=7
    for one in $commands; do
        begin_with "$one"
        on_small_disks
    done
    [ $full -gt 0 ] || { how="small disks" && wrong "none was too small"; }
else
    echo "disk: a tmpfs cannot be mounted here: real small disks are skipped"
fi

tell "disks or files too small $runs, $full of them full; untrue or lost: $problems / 0"
