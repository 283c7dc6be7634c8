#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/support/tree.sh TREE
# Copies the sources as they are into TREE, to be built there in another way. What TREE/build holds
# stays, so that a second time builds only what changed. Prints the absolute path of TREE.
set -eu
tree=${1:?usage: tree.sh TREE}
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$tree/build"
tree=$(cd "$tree" && pwd)
for entry in "$root"/* "$root"/.ci "$root"/.clang*; do
    name=${entry##*/}
    [ "$name" = build ] && continue
    rm -rf "${tree:?}/$name"
    cp -Rp "$entry" "$tree/$name"
done
echo "$tree"
