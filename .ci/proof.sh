#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: .ci/proof.sh [--controls]
# Proves the contracts (ACSL, in the comments that begin with an @) of money, ratios, rates,
# ceilings and dates with Frama-C: for all inputs within the limits that they require, the result
# is what they ensure, nothing overflows, nothing is divided by nothing, no assert fails, every
# loop ends. --controls breaks the same sources on purpose: a fault that is still proved is a
# failure. SMOKE=1 looks instead for contracts that contradict themselves, from which all would
# follow: code that they leave nothing to reach. What an assert refuses is such code, so that it
# is done without them, and what the contracts ensure is left to the other run; with --controls,
# contradictions are put there, and each must be seen. Status 77 if the
# tools are missing. The functions of dates are named: the rest of that file is text and
# structures, which tests read.
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 2
for tool in frama-c why3 z3 cvc4; do
    command -v $tool >/dev/null 2>&1 || {
        echo "proof: $tool is missing. Type as root: apt-get install frama-c-base why3 z3 cvc4"
        exit 77
    }
done
work=$PWD/build/proof${1:-}
rm -rf "$work"
mkdir -p "$work"
export WHY3CONFIG="$work/why3.conf"
why3 config detect >"$work/why3.log" 2>&1 || { cat "$work/why3.log"; exit 2; }

ensured=-@requires,-@ensures,-@assigns,-@assert,-@invariant,-@variant,-@exits,-@terminates,-@lemma

dates=is_leap,month_length,days_from_civil,civil_from_days,civil_of,date_make,date_compare
dates=$dates,date_is_none,date_is_open,date_add_days,date_year,date_month,date_month_index
dates=$dates,date_month_last,date_age,period_contains,period_overlaps

# What is proved: a source, and of it these functions, or all.
proved()
{
    cat <<TABLE
src/base/quotient.c
src/base/money.c
src/base/date.c $dates
src/liquidation/ceiling.c
TABLE
}

# prove SOURCE [FUNCTIONS] : what WP says of it
prove()
{
    # shellcheck disable=SC2086 # options on purpose
    nice -n "${NICE:-10}" frama-c -c11 -machdep gcc_x86_64 \
        -cpp-extra-args="-Iinclude -D_GNU_SOURCE -I${1%/*} ${SMOKE:+-DNDEBUG}" \
        -wp -wp-rte -warn-unsigned-overflow \
        ${SMOKE:+-wp-smoke-tests -wp-smoke-timeout 2 -wp-prop=$ensured} \
        -wp-prover z3,cvc4 -wp-timeout "${SECONDS_A_GOAL:-60}" -wp-par "${JOBS:-2}" \
        ${2:+-wp-fct $2} "$1" 2>&1
}

# A fault a row: source, functions, what is looked for, what is put there, why it is one.
controls()
{
    cat <<'TABLE'
src/base/money.c|rounds_up|return rest >= below;|return rest > below;|half a cent goes down
src/base/money.c|money_checked|cents <= MONEY_MAX|cents < MONEY_MAX|the limit is refused
src/base/money.c|product|return a * b;|return b * b;|another product is given
src/base/quotient.c|quotient_of|b <= INT64_MAX / c|b <= INT64_MAX|a product that 64 bits do not hold
src/base/date.c|date_make|day > month_length(year, month)|day > 31|there is a 31 February
src/liquidation/ceiling.c|ceiling_left|left.cents < 0 ?|left.cents < -1 ?|a ceiling takes money back
TABLE
}

# Contradictions, in the same form.
contradictions()
{
    cat <<'TABLE'
src/base/money.c|nearer|requires g > 0 &&|requires g > h && h > g &&|what begins cannot be
src/base/money.c|ratio_times|ensures (x * z)|ensures x < x && (x * z)|what is given cannot be
TABLE
}

if [ "${1:-}" = --controls ]; then
    found=0
    all=0
    while IFS='|' read -r source functions from to why; do
        all=$((all + 1))
        copy=$work/${source%/*}
        mkdir -p "$copy"
        cp "${source%/*}"/*.h "$copy" 2>/dev/null
        FROM=$from TO=$to awk '
            { at = index($0, ENVIRON["FROM"]) }
            at {
                $0 = substr($0, 1, at - 1) ENVIRON["TO"] substr($0, at + length(ENVIRON["FROM"]))
                n++
            }
            { print }
            END { exit n != 1 }' "$source" >"$work/$source" || {
            echo "proof: '$from' is not once in $source"
            continue
        }
        SECONDS_A_GOAL=10
        prove "$work/$source" "$functions" >"$work/control.$all"
        if grep -q '^\[wp\] Proved goals:' "$work/control.$all" &&
            grep -q -E '^\[wp\] \[(Failed|Timeout|Unknown|Unsuccess)' "$work/control.$all"; then
            found=$((found + 1))
        else
            echo "proof: nothing says that $why ($source)"
        fi
    done <<TABLE
$(if [ -n "${SMOKE:-}" ]; then contradictions; else controls; fi)
TABLE
    verdict=FAIL
    [ "$found" -ne "$all" ] || verdict=PASS
    what='faults that the proof refuses'
    [ -z "${SMOKE:-}" ] || what='contradictions put there, and seen'
    echo "goal: $what: $found / $all $verdict"
    [ $verdict = PASS ]
    exit
fi

begun=$(date +%s)
goals=0
done=0
whole=1
while read -r source functions; do
    log=$work/$(basename "$source").log
    prove "$source" "$functions" >"$log"
    line=$(sed -n 's|^\[wp\] Proved goals: *\([0-9]*\) */ *\([0-9]*\).*|\1 \2|p' "$log")
    if [ -z "$line" ]; then
        tail -n 5 "$log"
        whole=0
        continue
    fi
    done=$((done + ${line% *}))
    goals=$((goals + ${line#* }))
    grep -E '^\[wp\] \[(Failed|Timeout|Unknown|Unsuccess|Doomed)' "$log" | sed "s|^|$source: |"
    ! grep -q -E 'Warning: (Missing|Annotating|No code nor)' "$log" || {
        grep -E -A 1 'Warning: (Missing|No code nor)' "$log"
        whole=0
    }
done <<TABLE
$(proved)
TABLE
verdict=FAIL
[ $whole -eq 0 ] || [ "$goals" -eq 0 ] || [ "$done" -ne "$goals" ] || verdict=PASS
echo "goal: proof: $done of $goals goals / all $verdict ($(($(date +%s) - begun)) s)"
[ $verdict = PASS ]
