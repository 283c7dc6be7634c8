#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: .ci/analyse.sh [TOOL...]
# Every compiler and analyser that is installed, over all of src, each with its goal: no finding
# that .ci/analyse.exceptions does not explain. Flags are those of the Makefile. JOBS says how
# many at once. Tools: gcc clang-14 clang-19 fanalyzer scan-build cppcheck clang-tidy.
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 2
work=build/analyse
mkdir -p $work
rm -f $work/*
failed=0
jobs=${JOBS:-$(nproc)}

have() # COMMAND
{
    command -v "$1" >/dev/null 2>&1 || {
        echo "$tool: $1 is not installed, skipped"
        return 1
    }
}

flags() # COMPILER: of the release, without those that only link
{
    "${MAKE:-make}" -s --no-print-directory CC="$1" flags
}

# What clang-tidy checks beside .clang-tidy, whose bugprone and clang-analyzer it keeps. Left out:
#   err33-c: what a printf into a buffer answers; dcl37-c: the names of the system's own switches;
#   narrowing-conversions: what C makes of a char or an int16_t; -Wconversion, in every build, knows
#   which of them may lose something;
#   sizeof-expression: takes the size of a pointer for a slip; our lists of pointers mean it;
#   Padding: the fields of a row stand in the order in which they are read.
tidy_checks=cert-*,-cert-err33-c,-cert-dcl37-c,-cert-dcl51-cpp,-bugprone-narrowing-conversions
tidy_checks=$tidy_checks,-bugprone-sizeof-expression,-clang-analyzer-optin.performance.Padding
export tidy_checks

# run COMMAND…: with each source as its last word, and what it may see. `tidy`: clang-tidy.
run()
{
    for source in src/*/*.c; do
        case $source in
        src/base/*) see=-D_GNU_SOURCE ;;
        *) see=-D_POSIX_C_SOURCE=200809L ;;
        esac
        echo "$see $source"
    done | TOOL="$*" nice -n 10 xargs -P "$jobs" -L 1 sh -c '
        set -f
        case $TOOL in
        tidy) exec clang-tidy --quiet "--checks=$tidy_checks" "$2" -- -std=c11 -Iinclude "$1" \
            "-DDEFRAY_VERSION=\"0\"" ;;
        *) exec $TOOL "$1" "-DDEFRAY_VERSION=\"0\"" "$2" ;;
        esac' runner >$work/"$tool".raw 2>&1
    true
}

# The findings of a tool: `path check line`, once each.
tell()
{
    grep -E '^[^:]*:[0-9]+:([0-9]+:)? (fatal error|error|warning|performance|portability):' \
        $work/"$tool".raw | sed "s|^$PWD/||" | sort -u | sed -E '
            s/ \[CWE-[0-9]+\]//
            s/^([^:]*):([0-9]+):.*\[([^]]*)\]$/\1 \3 \2/
            t
            s/^([^:]*):([0-9]+):.*/\1 error \2/' >$work/"$tool".found
    awk -v tool="$tool" -v used="$work/$tool.used" '
        FILENAME ~ /exceptions$/ {
            if ($1 == tool) reason[$2 " " $3] = NR
            next
        }
        ($1 " " $2) in reason { print reason[$1 " " $2] > used; next }
        { print tool ": " $1 ":" $3 ": " $2 }' .ci/analyse.exceptions $work/"$tool".found \
        >$work/"$tool".left
    touch $work/"$tool".used
    cat $work/"$tool".left
    awk -v tool="$tool" -v used="$work/$tool.used" '
        BEGIN { while ((getline line < used) > 0) needed[line] = 1 }
        $1 == tool && !(NR in needed) {
            print ".ci/analyse.exceptions:" NR ": nothing needs this any more"
            n++
        }
        END { exit n > 0 }' .ci/analyse.exceptions || failed=1
    left=$(wc -l <$work/"$tool".left)
    verdict=PASS
    [ "$left" -eq 0 ] || {
        verdict=FAIL
        failed=1
    }
    explained=$(sort -u $work/"$tool".used | wc -l)
    echo "goal: findings of $tool: $left / 0 $verdict ($explained explained)"
}

tools=${*:-gcc clang-14 clang-19 fanalyzer scan-build cppcheck clang-tidy}
plain="-std=c11 -Iinclude"
# shellcheck disable=SC2046,SC2086 # flags are words
for tool in $tools; do
    case $tool in
    gcc) have gcc && run gcc $(flags gcc) -c -o /dev/null && tell ;;
    clang-tidy) have clang-tidy && run tidy && tell ;;
    clang-*) have "$tool" && run "$tool" $(flags "$tool") -fsyntax-only && tell ;;
    fanalyzer) have gcc && run gcc $plain -O2 -fanalyzer -c -o /dev/null && tell ;;
    scan-build)
        have clang-19 && run clang-19 $plain --analyze -o /dev/null -Xclang \
            -analyzer-output=text && tell
        ;;
    cppcheck)
        have cppcheck && nice -n 10 cppcheck --std=c11 -j "$jobs" -q -Iinclude -D_GNU_SOURCE \
            --enable=warning,performance,portability --suppress=internalAstError \
            -DDEFRAY_VERSION='"0"' src \
            --template='{file}:{line}:{column}: {severity}: {message} [{id}]' \
            >$work/cppcheck.raw 2>&1
        tell
        ;;
    esac
done
exit $failed
