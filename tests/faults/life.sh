#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/life.sh PROGRAM [STEPS [SEED]]
# Lives random lives of ledgers (tests/unit/test_ledger_life.c) in parts, as many at once as there
# are processors or JOBS says, adds up what they tell, and prints the goal. PROGRAM is build/life.
set -u
program=$(readlink -f "${1:?usage: life.sh PROGRAM [STEPS [SEED]]}")
steps=${2:-1000000}
seed=${3:-1}
part=$((steps < 100000 ? steps : 100000)) # so long that how often things happen is no chance
log=${LOG:-build/life.log}
begun=$(date +%s)

# A part lives part/200 ledgers, each with a seed of its own.
i=0
while [ $((i * part)) -lt "$steps" ]; do
    echo $((seed + i * part / 200))
    i=$((i + 1))
done | xargs -P "${JOBS:-$(nproc)}" -I {} env DEFRAY_STEPS=$part DEFRAY_SEED={} \
    sh -c '"$1" >"$2.$DEFRAY_SEED" 2>&1; cat "$2.$DEFRAY_SEED"; rm "$2.$DEFRAY_SEED"' \
    - "$program" "$log" >"$log"

# "20000 steps: 1215 batches, 7221 refusals, …": each figure before its words.
sed -n 's/^\([0-9]* steps\):/\1,/p' "$log" | awk -F ', ' '
    { for (i = 1; i <= NF; i++) { figure = $i + 0; words = $i; sub(/^[0-9]+ /, "", words)
        if (!(words in sum)) order[++n] = words
        sum[words] += figure } }
    END { for (i = 1; i <= n; i++) printf "%s  %d %s\n", "life:", sum[order[i]], order[i] }'
done=$(awk '/ steps: / { sum += $1 } END { print sum + 0 }' "$log")
verdict=FAIL
[ "$done" -lt "$steps" ] || grep -q -E 'failure in|error in' "$log" || verdict=PASS
[ $verdict = PASS ] || grep -E 'failure in|error in' "$log" | head
echo "goal: steps of a ledger's life, every check after each: $done / $steps $verdict ($(($(date +%s) - begun)) s)"
[ $verdict = PASS ]
