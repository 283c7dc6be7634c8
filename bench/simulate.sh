#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/simulate.sh PROGRAM
# Ten thousand runs of a scenario, against the same draws with NumPy where python3 has it.
set -eu
. bench/common.sh
job simulate
echo 'Simulation, 10000 runs of 111 members x 12 sessions'
those_here ours NumPy
i=0
while [ $i -lt "$runs" ]; do
    turn ours "$program" simulate bench/scenario-111x12.cfg -q
    case $contenders in *NumPy*) turn NumPy "$python" bench/peers/simulate.py ;; esac
    i=$((i + 1))
done
# shellcheck disable=SC2086 # words
standings $contenders
goal 'simulation, ms elapsed' "$(median ours elapsed)" at-most 500
