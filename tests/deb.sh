#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/deb.sh
# Builds the Debian package twice, in two folders, at two times, under two masks and languages: the
# bytes are the same, and what dpkg-deb unpacks from them pays a month. Status 1 if anything was
# wrong, 77 without dpkg-deb.
set -u
cd "$(dirname "$0")/.." || exit 2
command -v dpkg-deb >/dev/null && command -v dpkg-shlibdeps >/dev/null || exit 77
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

for folder in "$work/a" "$work/a-longer-place"; do
    mkdir -p "$folder" || exit 2
    tar -c --exclude=./build --exclude=./.git . | tar -x -C "$folder" || exit 2
done

build() # FOLDER MASK
{
    (umask "$2" && cd "$1" && env MAKEFLAGS= make -j2 QUIET=1 DEFRAY_DEPS=never deb) || exit 1
}

build "$work/a" 022
LC_ALL=C TZ=Pacific/Auckland build "$work/a-longer-place" 077
same=2
for file in build/deb/*.deb build/defray; do
    # shellcheck disable=SC2086 # one file by its pattern
    cmp "$work"/a/$file "$work"/a-longer-place/$file || same=$((same - 1))
done
verdict=FAIL
[ $same -ne 2 ] || verdict=PASS
echo "goal: program and package of the same bytes, from two places and times: $same / 2 $verdict"
[ $same -eq 2 ] || exit 1
dpkg-deb -x "$work"/a/build/deb/*.deb "$work/root" || exit 1
cd fixtures/poitiers || exit 2
# shellcheck disable=SC2046 # the words of the month
env -i "$work/root/usr/bin/defray" pay poitiers $(cat month) >"$work/said" 2>&1
[ $? -eq 1 ] && grep -q '2,488.81 €' "$work/said" || {
    cat "$work/said"
    echo "deb: what the package holds does not pay a month"
    exit 1
}
