#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/races.sh [--control]
# Long months in the program as ThreadSanitizer watches it: what two threads touch without an order
# between them is a race, also where nothing came of it yet. What comes out is the same as from one
# processor. --control: the lock of base/parallel.c is taken away, and that must be seen; the run
# ends there, for threads without a lock may wait for each other for ever.
# MEMBERS of the month (4000); LONGEST seconds of one run (600).
set -u
export LC_ALL=C TZ=UTC0
cd "$(dirname "$0")/.." || exit 2
root=$PWD
control=${1:-}
tree=$(sh tests/support/tree.sh "build/races$control")
work=$tree/build/month
[ -z "$control" ] || sed -i 's/pthread_mutex_\(un\)*lock(&crew->lock)/(void)crew/' \
    "$tree/src/base/parallel.c"
(cd "$tree" && MAKEFLAGS='' make --no-print-directory -j"${JOBS:-$(nproc)}" QUIET=1 HARDENED= \
    CFLAGS='-O1 -g -fsanitize=thread -w' LDFLAGS=-fsanitize=thread build/defray) &&
    make --no-print-directory QUIET=1 build/bench/generate build/bench/cells || exit 2

rm -rf "$work"
mkdir -p "$work"
build/bench/generate poitiers "${MEMBERS:-4000}" 9 "$work" >/dev/null || exit 2
awk -F ';' -f bench/wide.awk "$work/attendance.csv" >"$work/list"
build/bench/cells "$work/list" "$work/attendance.xlsx" >/dev/null || exit 2
cd "$work" || exit 2
export DEFRAY_RULES="$root/rules"
export TSAN_OPTIONS="log_path=$work/race exitcode=66${control:+ halt_on_error=1}"
ran=0
other=0

run() # OUTPUT ARGUMENTS: with all processors, then with one, must give the same
{
    out=$1
    shift
    for processors in "" "taskset -c 0"; do
        # shellcheck disable=SC2086 # two words
        timeout "${LONGEST:-600}" $processors "$tree/build/defray" "$@" -o "$out" >told 2>&1
        status=$?
        ran=$((ran + 1))
        [ $status -le 1 ] || [ $status -eq 66 ] || {
            [ -n "$control" ] || echo "races: $* -o $out: status $status"
            other=$((other + 1))
        }
        [ -n "$processors" ] || mv "$out" "all.$out" 2>/dev/null
    done
    cmp -s "$out" "all.$out" || {
        [ -n "$control" ] || echo "races: $out is not the same with one processor and with all"
        other=$((other + 1))
    }
}

pay() # OUTPUT LOG
{
    run "$1" pay poitiers --members members.csv --sessions sessions.csv --attendance "$2" \
        --means means.csv --expenses expenses.csv --period 2026-03
}
pay out.csv attendance.csv
[ -n "$control" ] || {
    pay out.xlsx attendance.csv
    pay out.json attendance.csv
    pay out.html attendance.xlsx
    run budget.html simulate "$root/bench/scenario-111x12.cfg"
}
races=$(cat "$work"/race.* 2>/dev/null | grep -c 'WARNING: ThreadSanitizer')
[ -n "$control" ] || cat "$work"/race.* 2>/dev/null | head -n 60
if [ -n "$control" ]; then
    verdict=$([ "$races" -gt 0 ] && echo PASS || echo FAIL)
    echo "goal: races seen where the lock is gone, in $ran runs: $races / 1 $verdict"
else
    bad=$((races + other))
    verdict=$([ $bad -eq 0 ] && echo PASS || echo FAIL)
    echo "goal: races between threads, and other outcomes, in $ran runs: $bad / 0 $verdict"
fi
[ "$verdict" = PASS ]
