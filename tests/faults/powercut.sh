#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/powercut.sh PROGRAM [all]
# The power goes during prepare, approve and export: see powercut.py. Without `all`, fewer states.
# Status 77 without strace or Python. DEFRAY_CONTROL with PRELOAD blunts the recorded run.
set -u
program=$(readlink -f "${1:?usage: powercut.sh PROGRAM [all]}")
all=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
strace -o /dev/null true 2>/dev/null && python3 -c '' 2>/dev/null || exit 77
. "$root/tests/faults/common.sh"
states=${STATES:-$([ -n "$all" ] && echo 10000 || echo 60)}
: >told
for command in $commands; do # at once, each in a folder of its own
    mkdir "$command"
    cp town.cfg ./*.csv before-* "$command"
    # shellcheck disable=SC2086 # nothing, or one word
    (
        cd "$command" || exit 2
        python3 "$root/tests/faults/powercut.py" "$program" "$command" "$states" ${PRELOAD:-} >told 2>&1 ||
            : >failed
    ) &
done
wait
for command in $commands; do
    [ ! -e "$command/failed" ] || problems=$((problems + 1))
    cat "$command/told"
    cat "$command/told" >>told
done
tell "states after a power cut $(awk -F '[, ]+' '/ states, / { sum += $4 } END { print sum + 0 }' told), torn or lost: $(
    awk -F '[, ]+' '/ states, / { sum += $(NF - 1) } END { print sum + 0 }' told) / 0"
