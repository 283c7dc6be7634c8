#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/fuzz/campaign.sh ENGINE [TARGET...]    fuzz, one target after the other
#        tests/fuzz/campaign.sh sum                   what the tally says
# ENGINE is checked or fast (libFuzzer, with all sanitizers or with traps), or afl. Programs are
# those of `make fuzz`, `make fuzz-fast` and `make fuzz-afl`. In the environment: SECONDS_EACH of
# a target (60), JOBS at once (1), ROUNDS over all targets (1; 0: until build/fuzz/stop is there),
# GOAL of executions in all (10^8). All is kept in build/fuzz: what was done in tally.tsv, what
# was found in found/, what leads somewhere in corpus/.
set -u
export LC_ALL=C TZ=UTC0
cd "$(dirname "$0")/../.." || exit 2
dir=build/fuzz
tally=$dir/tally.tsv
engine=${1:?an engine: checked, fast, afl}
shift
seconds=${SECONDS_EACH:-60}
jobs=${JOBS:-1}
export LSAN_OPTIONS=suppressions=tests/support/lsan.supp:print_suppressions=0

targets()
{
    [ $# -gt 0 ] || set -- tests/fuzz/*.c
    for target in "$@"; do
        basename "$target" .c
    done
}

dictionary() # the option that names it, if the target has one
{
    [ ! -f "tests/fuzz/$2.dict" ] || echo "$1tests/fuzz/$2.dict"
}

note() # ENGINE TARGET EXECUTIONS
{
    printf '%s\t%s\t%s\t%s\t%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$2" "${3:-0}" \
        "$seconds" >>$tally
    printf '  %-8s %-12s %12s executions\n' "$1" "$2" "${3:-0}"
}

# A slow input is looked at again by processor time: the machine may have been busy.
libfuzzer() # ENGINE TARGET
{
    log=$dir/log/$2-$1
    # shellcheck disable=SC2046
    $dir/"$1"/bin/"$2" -max_total_time="$seconds" -max_len="${MAX_LEN:-4096}" -timeout=10 \
        -report_slow_units=2 -rss_limit_mb=2048 -print_final_stats=1 -reload=0 \
        -artifact_prefix=$dir/found/"$2"- $(dictionary -dict= "$2") \
        $dir/corpus/"$2" tests/fuzz/corpus/"$2" >"$log" 2>&1
    note "$1" "$2" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
}

afl() # TARGET
{
    out=$dir/afl-out/$1
    log=$dir/log/$1-afl
    rm -rf "$out" "$out.in"
    mkdir -p "$out" "$out.in"
    find "tests/fuzz/corpus/$1" "$dir/corpus/$1" -type f -size -64k -exec cp {} "$out.in" \;
    # shellcheck disable=SC2046
    AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_FAST_CAL=1 AFL_NO_STARTUP_CALIBRATION=1 \
        AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_IGNORE_PROBLEMS=1 \
        afl-fuzz -i "$out.in" -o "$out" -V "$seconds" -t 2000+ -m none \
        $(dictionary '-x ' "$1") -- $dir/afl/bin/"$1" >"$log" 2>&1
    for file in "$out"/default/crashes/id* "$out"/default/hangs/id*; do
        [ ! -f "$file" ] || cp "$file" "$dir/found/$1-afl-$(sha256sum <"$file" | cut -c 1-16)"
    done
    for file in "$out"/default/queue/id*+cov; do
        [ ! -f "$file" ] || cp "$file" "$dir/corpus/$1/$(sha256sum <"$file" | cut -c 1-40)"
    done
    note afl "$1" "$(sed -n 's/^execs_done *: *//p' "$out/default/fuzzer_stats" 2>/dev/null)"
}

# What was found, run again with every check and one second of processor time.
open_defects()
{
    for file in $dir/found/*; do
        name=${file##*/}
        target=${name%%-*}
        [ -f "$file" ] && [ -x "$dir/checked/bin/$target" ] || continue
        (
            ulimit -t 2
            exec "$dir/checked/bin/$target" "$file"
        ) >/dev/null 2>&1 || echo "$file"
    done
}

judge() # WHAT VALUE SIGN THRESHOLD
{
    verdict=FAIL
    # shellcheck disable=SC2015
    [ "$2" "$3" "$4" ] && verdict=PASS
    echo "$1: $2 / $4 $verdict"
    [ $verdict = PASS ]
}

conclude()
{
    [ ! -f $tally ] || awk -F '\t' '
        { all[$3] += $4; by[$3 " " $2] += $4; spent[$3] += $5 }
        END {
            printf "%-14s %14s %14s %14s %14s %10s\n", "target", "executions", "checked", "fast",
                "afl", "seconds"
            for (t in all) printf "%-14s %14d %14d %14d %14d %10d\n", t, all[t],
                by[t " checked"], by[t " fast"], by[t " afl"], spent[t] | "sort"
        }' $tally
    open_defects >$dir/open
    sed 's/^/  found: /' $dir/open
    judge "fuzz executions" "$(awk -F '\t' '{ n += $4 } END { printf "%d", n }' $tally)" -ge \
        "${GOAL:-100000000}"
    judge "fuzz crashes, leaks, hangs" "$(wc -l <$dir/open)" -le 0
}

mkdir -p $dir/found $dir/log
touch $tally
case $engine in
sum) conclude ;;
one)
    mkdir -p "$dir/corpus/$2"
    case $1 in
    afl) afl "$2" ;;
    *) libfuzzer "$1" "$2" ;;
    esac
    ;;
checked | fast | afl)
    round=0
    while [ "${ROUNDS:-1}" -eq 0 ] || [ $round -lt "${ROUNDS:-1}" ]; do
        round=$((round + 1))
        targets "$@" | xargs -P "$jobs" -I '{}' sh tests/fuzz/campaign.sh one "$engine" '{}'
        [ ! -e $dir/stop ] || break
    done
    conclude
    ;;
*)
    echo "$0: there is no engine '$engine'" >&2
    exit 2
    ;;
esac
