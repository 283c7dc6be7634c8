# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of this folder: a month of an office in a place of its own, the commands
# under test, and what must be true after each fault. `program` and `root` are set by the caller.

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
runs=0
proven=0 # states that were not the same as one before
begun=$(date +%s)
commands="prepare approve export"
# STOP=1 stops at the first problem. What takes a precaution of the program away, for controls: see blunt.c.
blunt=${PRELOAD:+env LD_PRELOAD=$PRELOAD}

# The three commands, with what stands before the program: `before`, words.
run()
{
    case $1 in
    prepare) set -- ledger prepare town.cfg $month --pay-on 2026-04-15 --as Alice -o m.json ;;
    approve) set -- ledger approve 1 --as Bernard ;;
    export) set -- ledger export 1 -o bank.xml -o bank.json ;;
    esac
    # shellcheck disable=SC2086 # words on purpose
    $before "$program" "$@" --ledger town.db -q >out 2>&1
}

state_of() # PREPARED… by the program's own word
{
    "$program" ledger status --ledger town.db 2>&1 | grep -v '^head' |
        sed -E 's/ +/ /g; s/ (Alice|>|Bernard)//g'
}

put_back()
{
    rm -rf town.db* m.json bank.xml bank.json .defray-*
    cp "$1".db town.db
    cp "$1".identities town.db.identities
}

wrong()
{
    problems=$((problems + 1))
    echo "$command, $how: $1"
    sed 's/^/    /' out
    [ -z "${STOP:-}" ] || tell "stopped at the first problem:"
}

# What the command made of the state, when it said `status`. Without a number: it was killed.
check_word()
{
    case ${status:-killed} in
    killed) ;;
    0 | 1)
        [ "$now" = "$new" ] || wrong "said done, and is not"
        case $command in
        prepare) [ -n "$has_m" ] || wrong "said done, and there is no m.json" ;;
        export) [ -n "$has_bank" ] || wrong "said done, and the files are not whole" ;;
        esac
        ;;
    5) [ "$now" = "$old" ] || wrong "said nothing changed, and it has" ;;
    6) ;;
    *) wrong "status $status" ;;
    esac
    case $how in *" write "*+) return ;; esac # nor can the message be written
    [ "${status:-0}" -le 1 ] || grep -q -E '(^|: )error: |out of memory' out || wrong "no error was told"
}

# What lies there, as one word: a state that was proven before is not proven again.
fingerprint()
{
    cat town.db* m.json bank.xml bank.json .defray-* 2>/dev/null | sha256sum | cut -c1-64
    ls -A | grep -E '^(town\.db|m\.json|bank|\.defray)' | tr '\n' ':'
}

# The ledger holds, it is as before or as after, and the same command again makes it as after,
# whatever is left lying about.
prove()
{
    now=$(state_of)
    [ "$now" = "$old" ] || [ "$now" = "$new" ] || wrong "neither old nor new: $now"
    "$program" ledger verify --ledger town.db >again 2>&1 || wrong "the ledger does not hold"
    for file in bank.json bank.xml; do
        [ ! -e $file ] || cmp -s $file new.${file#*.} || wrong "a torn $file"
    done
    [ ! -e m.json ] || cmp -s m.json new.m || wrong "a torn m.json"
    cp out told
    run "$command"
    again=$?
    [ $again -le 1 ] || wrong "the same command again gives status $again"
    "$program" ledger verify --ledger town.db >>out 2>&1 || wrong "the ledger does not hold after all"
    [ "$(state_of)" = "$new" ] || wrong "not as after: $(state_of)"
    [ "$command" != prepare ] || cmp -s m.json new.m || wrong "another m.json"
    [ "$command" != export ] || cmp -s bank.xml new.xml || wrong "another bank.xml"
    for file in .defray-*; do
        [ ! -e "$file" ] || wrong "a staged file was left: $file"
    done
    cat told >out
}

# After a fault: what was said of it is true, and the state is proven.
check_settles()
{
    runs=$((runs + 1))
    before=
    here=$(fingerprint | tr '\n' ' ')
    [ -s m.json ] && has_m=1 || has_m=
    cmp -s bank.xml new.xml && cmp -s bank.json new.json && has_bank=1 || has_bank=
    case $known in
    *"[$here=old]"*) now=$old ;;
    *"[$here=new]"*) now=$new ;;
    *)
        found=$problems
        prove
        [ "$problems" -ne "$found" ] || {
            [ "$now" = "$old" ] && known="$known[$here=old]" || known="$known[$here=new]"
        }
        proven=$((proven + 1))
        ;;
    esac
    check_word
    status=
}

# Before each command, its ledger; and what is right after it.
keep()
{
    cp town.db "$1".db
    cp town.db.identities "$1".identities
}
before=
"$program" ledger create --ledger town.db -q || exit 2
"$program" ledger confirm town.cfg --members members.csv --ledger town.db --as Bernard -q || exit 2
keep before-prepare
run prepare
cp m.json new.m
keep before-approve
run approve
keep before-export
run export
cp bank.xml new.xml
cp bank.json new.json

# Sets command, old and new.
begin_with()
{
    command=$1
    put_back "before-$command"
    old=$(state_of)
    run "$command"
    new=$(state_of)
    status=
    known=
}

tell() # GOAL: VALUE / THRESHOLD, by the number of problems
{
    verdict=FAIL
    [ $problems -gt 0 ] || verdict=PASS
    echo "goal: $1 $verdict ($(($(date +%s) - begun)) s)"
    [ $verdict = PASS ] || exit 1
}
