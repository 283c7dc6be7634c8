# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of this folder: a month of an office in a place of its own, the commands
# under test, each with the ledger it starts from. `program` and `root` are set by the caller.

place=/dev/shm
[ -w $place ] || place=$root/build
work=$(mktemp -d "$place/defray-faults-XXXXXX") || exit 2
trap 'cd /; rm -rf "$work"' EXIT
trap 'exit 2' INT TERM HUP
cd "$work" || exit 2
export LC_ALL=C.UTF-8 LANGUAGE=en SOURCE_DATE_EPOCH=1775138700 DEFRAY_RULES="$root/rules"

cp "$root"/tests/cases/g-ledger-month/town.cfg "$root"/tests/cases/g-ledger-month/*.csv .
month="--members members.csv --attendance march.csv --expenses expenses.csv --period 2026-03"
problems=0
begun=$(date +%s)
commands="prepare approve export"
# STOP=1 stops at the first problem. What takes a precaution of the program away, for controls: see blunt.c.
blunt=${PRELOAD:+env LD_PRELOAD=$PRELOAD}

wrong()
{
    problems=$((problems + 1))
    echo "$command, $how: $1"
    sed 's/^/    /' out
    [ -z "${STOP:-}" ] || tell "stopped at the first problem:"
}

keep() # before-COMMAND.db, and its identities
{
    cp town.db "$1".db
    cp town.db.identities "$1".identities
}

tell() # GOAL: VALUE / THRESHOLD, by the number of problems
{
    verdict=FAIL
    [ $problems -gt 0 ] || verdict=PASS
    echo "goal: $1 $verdict ($(($(date +%s) - begun)) s)"
    [ $verdict = PASS ] || exit 1
}

(
    set -- --ledger town.db -q
    "$program" ledger create "$@" || exit 2
    "$program" ledger confirm town.cfg --members members.csv --as Bernard "$@" || exit 2
    keep before-prepare
    # shellcheck disable=SC2086 # words on purpose
    "$program" ledger prepare town.cfg $month --pay-on 2026-04-15 --as Alice "$@"
    keep before-approve
    "$program" ledger approve 1 --as Bernard "$@"
    keep before-export
) >out 2>&1 || { cat out; exit 2; }
