#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/run.sh PROGRAM
# Runs the jobs of the bench (JOBS: A, B, month, start, stages, input, ledger, simulate), then
# prints the table of README.md. ROWS, RUNS and ASSEMBLIES say how much; README.md says how long.
set -eu
. bench/common.sh
echo "$(date -u +%F), $(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo |
    head -n 1), $(uname -sr); medians; load $(cut -d ' ' -f 1 /proc/loadavg)"
for name in ${JOBS:-A B month start stages input ledger simulate}; do
    case $name in
    A) script=totals ;;
    B) script=workbook ;;
    *) script=$name ;;
    esac
    sh "bench/$script.sh" "$program"
done
