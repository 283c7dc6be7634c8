#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/mutation/build.sh TREE
# Builds in TREE, a copy of the sources, a program and a runner that take the library from a file
# of its own, and before it from mutant.so: what that defines goes first, so that one source is
# changed without linking anything again.
set -eu
tree=$(sh "$(dirname "$0")/../support/tree.sh" "${1:?usage: build.sh TREE}")
cd "$tree"
mkdir -p build/san
MAKEFLAGS='' make --no-print-directory -j"${JOBS:-1}" QUIET=1 SANITIZE='-g0 -fPIC -w' \
    build/san/defray build/san/check build/locale/fr/LC_MESSAGES/defray.mo \
    build/locale-test/fr_FR.UTF-8
libs='-lconfig -lxlsxwriter -lz -lisal -lzip -lexpat -lhpdf -ljansson -lsqlite3'
tests='-lcheck_pic -lsubunit -lm -lrt -pthread'
cd build/san
# What was moved or removed since the last time has left its object.
find src tests -name '*.o' | while read -r object; do
    [ -f "$tree/${object%.o}.c" ] || rm -f "$object"
done
# shellcheck disable=SC2046,SC2086 # lists; no name here holds a space
{
    gcc -shared -o libdefray.so $(find src -name '*.o' ! -name main.o) $libs
    gcc -shared -o mutant.so -x c /dev/null
    gcc -o defray src/command/main.o -Wl,--no-as-needed,-rpath,'$ORIGIN' -L. -l:mutant.so \
        -l:libdefray.so $libs
    gcc -o check registry.o $(find tests -name '*.o') -Wl,--no-as-needed,-rpath,'$ORIGIN' \
        -L. -l:mutant.so -l:libdefray.so $libs $tests
}
ln -sf san/defray ../defray
