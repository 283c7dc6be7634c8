#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/trust.sh PROGRAM LIBRARIES
# The program as a file: hardened as it was asked to be, and its bill of materials names what it is
# linked to or loads (LIBRARIES), no more and no less. Status 1 if not, 77 without readelf.
set -u
export LC_ALL=C
program=$(readlink -f "${1:?usage: trust.sh PROGRAM LIBRARIES}")
libraries=$(readlink -f "${2:?usage: trust.sh PROGRAM LIBRARIES}")
cd "$(dirname "$0")/.." || exit 2
command -v readelf >/dev/null || exit 77
failed=0
lacking=
asked=0

has() # WHAT, then a command that succeeds if it is there
{
    what=$1
    shift
    asked=$((asked + 1))
    "$@" >/dev/null 2>&1 || lacking="$lacking; $what"
}
headers=$(readelf -hlW "$program")
dynamic=$(readelf -dW "$program")
symbols=$(readelf -W --dyn-syms "$program")
says() # TEXT PATTERN
{
    printf '%s\n' "$1" | grep -q -E -e "$2"
}
no_executable_stack()
{
    says "$headers" 'GNU_STACK.* RW ' && ! says "$headers" 'GNU_STACK.* RWE'
}
nothing_written_and_run()
{
    ! says "$headers" 'LOAD .* RWE '
}
no_path_compiled_in()
{
    ! says "$dynamic" 'R(UN)?PATH|TEXTREL'
}
has "position independent" says "$headers" 'Type: +DYN'
has "read-only relocations" says "$headers" 'GNU_RELRO'
has "all symbols bound at the start" says "$dynamic" 'BIND_NOW|FLAGS_1.*NOW'
has "stack protector" says "$symbols" '__stack_chk_fail'
has "fortified calls" says "$symbols" '__[a-z]+_chk@'
has "no executable stack" no_executable_stack
has "no memory both written and run" nothing_written_and_run
has "no path and no text relocation" no_path_compiled_in
# Shadow stacks and branch marks: the note is only there if the system's start files have it.
crt=$("${CC:-gcc}" -print-file-name=Scrt1.o 2>/dev/null)
if readelf -n "$crt" 2>/dev/null | grep -q SHSTK &&
    readelf -n "${crt%Scrt1.o}crti.o" | grep -q SHSTK; then
    has "control-flow protection" says "$(readelf -n "$program")" 'IBT.*SHSTK|SHSTK.*IBT'
fi
verdict=PASS
[ -z "$lacking" ] || {
    verdict=FAIL
    failed=1
    echo "not hardened: ${lacking#; }"
}
held=$((asked - $(printf '%s' "$lacking" | grep -o ';' | wc -l)))
echo "goal: hardening of the program: $held / $asked $verdict"

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
VERSION=$(sed -n 's/^VERSION := //p' Makefile) \
    sh .ci/sbom.sh "$program" "$libraries" >"$work/sbom.json"
case $? in
0) ;;
77) exit $failed ;;
*) exit 1 ;;
esac
readelf -dW "$program" "$libraries" |
    sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u >"$work/linked"
python3 - "$work/sbom.json" <<'PYTHON' >"$work/named" || exit 1
import json, sys
bill = json.load(open(sys.argv[1]))
assert bill["bomFormat"] == "CycloneDX" and bill["specVersion"] == "1.5"
assert bill["metadata"]["component"]["name"] == "defray"
names = sorted(c["name"] for c in bill["components"])
assert names == sorted(bill["dependencies"][0]["dependsOn"])
for component in bill["components"]:
    if not component.get("version") or not component["purl"].startswith("pkg:deb/"):
        print("no version of", component["name"], file=sys.stderr)
        sys.exit(1)
print("\n".join(names))
PYTHON
verdict=PASS
cmp -s "$work/linked" "$work/named" || {
    verdict=FAIL
    failed=1
    diff "$work/linked" "$work/named"
}
named=$(comm -12 "$work/linked" "$work/named" | wc -l)
echo "goal: linked libraries in the bill of materials: $named / $(wc -l <"$work/linked") $verdict"
exit $failed
