#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/start.sh PROGRAM
# What it takes to start: nothing done, and a month of one presence, beside a program that does
# nothing. Medians of START_RUNS (25).
set -eu
. bench/common.sh
month marseille 1 1
job start
echo 'Start-up'
i=0
while [ $i -lt "${START_RUNS:-25}" ]; do
    turn true true
    turn version "$program" --version
    pay one-row "$folder/out.csv"
    i=$((i + 1))
done
standings true version one-row
goal 'start-up, ms elapsed' "$(median version elapsed)" at-most 3
rm -f "$folder"/out.*
