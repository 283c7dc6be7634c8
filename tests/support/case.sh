#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: [ACCEPT=1] tests/support/case.sh CASE-FOLDER
# Runs one case and says what differs; status 0 if nothing does. A case folder holds
#   command        a shell script, run with sh -eu in a private copy of the folder
#   exit           the expected status; 0 without this file
#   stdout stderr  what must be printed, exactly; not looked at without these files
#   expect/FILE    files that must exist afterwards, byte for byte
#   absent         names of files that must not exist afterwards, one a line
# and whatever else the command reads. The command sees DEFRAY (the sanitized program),
# DEFRAY_RELEASE, FIXTURES and RULES (absolute), TEST_LOCPATH (for a French locale),
# TZ=UTC, LC_ALL=C.UTF-8, LANGUAGE=en; the folder of the project is taken out of what
# it prints. With ACCEPT=1, stdout, stderr, exit and the files of expect/ become what
# the command gives now. To start a new case: touch stdout stderr, then make accept.
set -u
folder=$(cd "${1:?usage: case.sh CASE-FOLDER}" && pwd) || exit 2
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
name=${folder##*/}
base=$root/build/cases
work=$base/$name
seen=$base/$name.seen # what it did: stdout, stderr, exit
failed=0

rm -rf "$work" "$seen"
mkdir -p "$work" "$seen" || exit 2

copy_inputs()
{
    set --
    for file in "$folder"/* "$folder"/.[!.]*; do
        case ${file##*/} in
        command | exit | stdout | stderr | expect | absent | '*' | '.[!.]*') ;;
        *) set -- "$@" "$file" ;;
        esac
    done
    [ $# -eq 0 ] || cp -R "$@" "$work/" || exit 2
}

run_command()
{
    sanitizers=exitcode=99:print_stacktrace=1
    leaks=suppressions=$root/tests/support/lsan.supp:print_suppressions=0:exitcode=99
    (
        cd "$work" || exit 2
        exec env -i PATH="$PATH" HOME="$work" TZ=UTC LC_ALL=C.UTF-8 LANGUAGE=en \
            DEFRAY="${DEFRAY:-$root/build/san/defray}" \
            DEFRAY_RELEASE="$root/build/defray" DEFRAY_RULES="$root/rules" \
            DEFRAY_LOCALE="$root/build/locale" RULES="$root/rules" \
            FIXTURES="$root/fixtures" TEST_LOCPATH="$root/build/locale-test" \
            ASAN_OPTIONS="$sanitizers:detect_stack_use_after_return=1:handle_sigill=1" \
            UBSAN_OPTIONS="$sanitizers" LSAN_OPTIONS="$leaks" \
            timeout "${CASE_SECONDS:-240}" sh -eu "$folder/command"
    ) >"$seen/stdout" 2>"$seen/stderr" </dev/null
    status=$?
    echo $status >"$seen/exit"
    sed -i "s|$root/||g" "$seen/stdout" "$seen/stderr"
}

differs()
{
    failed=1
    echo "$name: $1"
}

# compare WHAT EXPECTED ACTUAL
compare()
{
    cmp -s "$2" "$3" && return
    differs "$1 differs"
    diff -u --label "expected $1" --label "got $1" "$2" "$3"
}

compare_files()
{
    [ -d "$folder/expect" ] || return
    (cd "$folder/expect" && find . -type f | LC_ALL=C sort) >"$seen/expected"
    while IFS= read -r file; do
        file=${file#./}
        if [ ! -f "$work/$file" ]; then
            differs "$file was not written"
            continue
        fi
        compare "$file" "$folder/expect/$file" "$work/$file"
        if grep -qF "$root" "$work/$file"; then
            differs "$file names the folder of the project"
        fi
    done <"$seen/expected"
}

compare_absent()
{
    if [ -f "$folder/absent" ]; then
        while IFS= read -r file || [ -n "$file" ]; do
            if [ -n "$file" ] && [ -e "$work/$file" ]; then
                differs "$file exists, and must not"
            fi
        done <"$folder/absent"
    fi
    # A staged output that nobody published or removed.
    find "$work" -name '.defray-*' >"$seen/left"
    [ ! -s "$seen/left" ] || differs "staged files were left behind: $(cat "$seen/left")"
}

# Nothing that a sanitizer or the clock ended becomes an expectation.
accept()
{
    case $status in
    99 | 124 | 12[6-9] | 1[3-9][0-9])
        echo "$name: not accepted: status $status"
        return
        ;;
    esac
    for stream in stdout stderr; do
        [ ! -f "$folder/$stream" ] || cp "$seen/$stream" "$folder/$stream"
    done
    if [ "$status" -eq 0 ]; then
        rm -f "$folder/exit"
    else
        cp "$seen/exit" "$folder/exit"
    fi
    [ ! -d "$folder/expect" ] || while IFS= read -r file; do
        [ ! -f "$work/$file" ] || cp "$work/$file" "$folder/expect/$file"
    done <"$seen/expected"
    echo "$name: accepted"
}

if [ ! -f "$folder/command" ]; then
    echo "$name: has no command"
    exit 1
fi
copy_inputs
run_command

wanted=0
[ ! -f "$folder/exit" ] || read -r wanted <"$folder/exit"
if [ "$status" != "$wanted" ]; then
    differs "status $status, expected $wanted"
    [ -f "$folder/stderr" ] || tail -n 40 "$seen/stderr"
fi
for stream in stdout stderr; do
    [ ! -f "$folder/$stream" ] || compare "$stream" "$folder/$stream" "$seen/$stream"
done
compare_files
compare_absent

[ "$failed" -eq 0 ] || [ "${ACCEPT:-0}" != 1 ] || accept
exit "$failed"
