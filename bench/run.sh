#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/run.sh PROGRAM
# Runs the jobs of the bench (JOBS: A, B, month, start, stages, input, ledger, simulate), each
# described in its script; bench/table.sh then prints the tables of README.md. PEERS names those
# to compare with: all that are installed, or some of duckdb csv pandas gawk sqlite office bare.
set -eu
. bench/common.sh
mkdir -p "$build/figures"
model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
load=$(cut -d ' ' -f 1 /proc/loadavg)
busy=$(awk -v now="$load" -v most="$(nproc)" 'BEGIN { if (now > most) print " (busy)" }')
echo "$(date -u +%F), $(nproc) × ${model:-$(uname -m)}, $(uname -sr), load $load$busy" |
    tee "$build/figures/machine"
for name in ${JOBS:-A B month start stages input ledger simulate}; do
    case $name in
    A) script=totals ;;
    B) script=workbook ;;
    *) script=$name ;;
    esac
    sh "bench/$script.sh" "$program"
done
