#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/mutation/reach.sh TREE TESTS OUT
# Which lines of the core each test reaches: TREE is what tests/coverage/build.sh made, TESTS a
# list of "suite NAME" and "case NAME", and OUT gets a file a test with its time, then the file
# and the text of each line, which stay true when lines move. What is there already stays: remove
# OUT to begin again.
set -u
tests=$(realpath "$2")
mkdir -p "$3"
out=$(realpath "$3")
cd "$1" || exit 2
while read -r kind name; do
    reach=$out/$kind-$name
    [ ! -f "$reach" ] || continue
    rm -f build/profiles/*
    before=$(date +%s%N)
    if [ "$kind" = suite ]; then
        CK_RUN_SUITE=$name timeout 20 build/san/check
    else
        timeout 20 sh tests/support/case.sh "tests/cases/$name"
    fi >/dev/null 2>&1 </dev/null || { echo "$kind $name is red, and not used" >&2; continue; }
    after=$(date +%s%N)
    llvm-profdata-19 merge -o build/reach build/profiles/*.profraw 2>/dev/null || continue
    llvm-cov-19 export -format=lcov build/san/check -object build/san/defray \
        -instr-profile build/reach -sources src/base src/rules src/liquidation src/ledger |
        awk -v ms=$(((after - before) / 1000000)) -F '[:,]' '
            BEGIN { print "!ms " ms }
            $1 == "SF" {
                file = $2
                for (n = 1; (getline text[n] < file) > 0; n++) sub(/^ +/, "", text[n])
                close(file)
            }
            $1 == "DA" && $3 > 0 && text[$2] != "" { print file "\t" text[$2] }' | LC_ALL=C sort -u >"$reach.new" && mv "$reach.new" "$reach"
done <"$tests"
