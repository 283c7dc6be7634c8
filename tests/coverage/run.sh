#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: [ORACLE=600] [PLACES=300] [FAULTS="memory errors limits rot"] [TREE=build/cover] tests/coverage/run.sh
# What the tests reach: builds with counters in build/cover, runs units, tables, cases, the second
# reckoning and a few failing machines, and tells lines, branches and conditions (report.py says
# how). Status 1 if a test or a goal fails.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
tree=${TREE:-$root/build/cover}
profile=$tree/build/profile
sh "$root/tests/coverage/build.sh" "$tree"
cd "$tree"
rm -f build/profiles/*
rm -rf build/readme
green=1
CASE_SECONDS=600 DEFRAY_ORACLE=${ORACLE:-600} DEFRAY_PLACES=${PLACES:-300} build/san/check >build/check.log 2>&1 || green=0
[ "$green" = 1 ] || cat build/check.log
# Failing machines, for what they reach: a suite of its own judges them.
for faults in ${FAULTS-memory errors limits rot}; do
    status=0
    FRESH=1 python3 -B "tests/faults/$faults.py" build/defray >"build/$faults.log" 2>&1 </dev/null ||
        status=$?
    case $status in
    0 | 1 | 77) ;;
    *)
        cat "build/$faults.log"
        green=0
        ;;
    esac
done
llvm-profdata-19 merge -o "$profile" build/profiles/*.profraw
shown()
{
    llvm-cov-19 export "$@" build/san/check -object build/san/defray -instr-profile "$profile" \
        -sources src include
}
shown -skip-functions >build/cover.json
shown -format=lcov >build/cover.lcov
python3 -B tests/coverage/report.py build/cover.json build/cover.lcov tests/coverage/excused.tsv \
    build/missing || green=0
[ "$green" = 1 ]
