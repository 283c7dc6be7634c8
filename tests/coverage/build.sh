#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/coverage/build.sh TREE
# Builds program and runner with counters in TREE, a copy of the sources whose build/ is its own:
# every test finds the counting program where it looks for the sanitized one. The suites left out
# prove no code: they read sources or what is shipped, install, or watch each system call, of which
# ours are some.
set -eu
tree=$(sh "$(dirname "$0")/../support/tree.sh" "${1:?usage: build.sh TREE}")
out='lint install manual sandbox trust ledger_faults'
cd "$tree"
mkdir -p build/san build/profiles
suites=
for suite in tests/unit/test_*.c; do
    name=${suite##*/test_}
    case " $out " in
    *" ${name%.c} "*) ;;
    *) suites="$suites $suite" ;;
    esac
done
object=$tree/build/san/profile.o
clang-19 -std=c11 -D_GNU_SOURCE -DPROFILES="\"$tree/build/profiles\"" -O1 -c \
    -o "$object" tests/coverage/profile.c
rm -f build/san/defray build/san/check # which make does not know to depend on it
MAKEFLAGS='' make --no-print-directory -j"${JOBS:-$(nproc)}" QUIET=1 CC=clang-19 \
    SANITIZE='-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc -w' \
    SUITES="$suites" CPPFLAGS=-Itests/coverage/include LDFLAGS="$object -Wl,--wrap=_exit" \
    build/san/defray build/san/check build/locale/fr/LC_MESSAGES/defray.mo \
    build/locale-test/fr_FR.UTF-8 build/faults/blunt.so build/faults/calls.so \
    build/faults/memory.so build/defray.pot
MAKEFLAGS='' make --no-print-directory QUIET=1 build/exhaustive
ln -sf san/defray build/defray
