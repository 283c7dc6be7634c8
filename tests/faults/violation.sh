#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/faults/violation.sh PROGRAM
# Pays a month with a parser that has been taken over (violation.c) and counts what it could do
# outside the folder of the outputs: nothing. Status 77 where the kernel has neither wall. The same
# deeds in a process that is not shut in must succeed, or the test would prove nothing.
set -eu
rmdir /tmp/defray-breach 2>/dev/null || :
program=$(realpath "${1:?usage: violation.sh PROGRAM}")
folder=$PWD/build/violation
rm -rf "$folder"
mkdir -p "$folder/out" "$folder/elsewhere"
echo "mine" >"$folder/elsewhere/victim"
"${CC:-cc}" -shared -fPIC -o "$folder/violation.so" tests/faults/violation.c -ldl
export DEFRAY_ELSEWHERE="$folder/elsewhere"

cd fixtures/marseille
eval "set -- $(cat month)"
shut_in=$("$program" pay marseille "$@" --verbose -o "$folder/out/m.csv" 2>&1 >/dev/null || :)
case $shut_in in
*"no Landlock"* | *"no seccomp"*) echo "the kernel lacks a wall: $shut_in" && exit 77 ;;
esac

said=$(LD_PRELOAD="$folder/violation.so" "$program" pay marseille "$@" -o "$folder/out/m.xlsx" 2>&1) || [ $? -eq 1 ]
echo "$said" | grep -E '^(BREACH|stopped)' || { echo "the parser was not taken over" && exit 1; }
! echo "$said" | grep -q '^BREACH' || exit 1
[ "$(echo "$said" | grep -c '^stopped')" -eq 9 ] || exit 1
[ "$(cat "$folder/elsewhere/victim")" = mine ] || exit 1
[ ! -e "$folder/elsewhere/stolen" ] && [ ! -e /tmp/defray-breach ] || exit 1
[ -s "$folder/out/m.xlsx" ] || exit 1

cd "$OLDPWD"
"${CC:-cc}" -DUNCONFINED -o "$folder/unconfined" tests/faults/violation.c
# A ring of calls is refused to everybody on some computers.
[ "$("$folder/unconfined" 2>&1 | grep -v 'a ring' | grep -c '^BREACH')" -eq 8 ] || { echo "the deeds fail by themselves" && exit 1; }
rmdir /tmp/defray-breach
