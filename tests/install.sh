#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/install.sh
# Installs what was built into a folder of its own, moves it elsewhere, and uses it from another
# folder as somebody who has nothing but that: pays a month, in French, reads the manual, completes
# a command line. What is removed afterwards is all of it. Status 1 if anything was wrong.
set -u
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.." || exit 2
project=$PWD
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
problems=0

wrong()
{
    problems=$((problems + 1))
    echo "install: $1"
}

# What is built is taken as it is. A prefix is a word like another: this one has a space.
put()
{
    env MAKEFLAGS= make -s -o all "$1" QUIET=1 DESTDIR="$work/stage" PREFIX="/opt/de fray"
}

files()
{
    find "$1" ! -type d | sort
}

umask 022
put install || wrong "make install failed"
stage="$work/stage/opt/de fray"
cmp -s build/defray "$stage/bin/defray" || wrong "another program was installed than was built"
files "$work/stage" | sed "s|$work/stage/opt/de fray/||" >"$work/list"
for file in bin/defray share/defray/rules/poitiers.cfg share/defray/rules/common/smic.cfg \
    share/locale/fr/LC_MESSAGES/defray.mo share/man/man1/defray.1 share/man/fr/man1/defray.1 \
    share/man/man5/defray-rules.5 share/bash-completion/completions/defray \
    share/doc/defray/README.md share/doc/defray/LISEZMOI.md share/doc/defray/rules \
    share/doc/defray/fixtures/poitiers/month; do
    grep -qxF "$file" "$work/list" || wrong "$file is not there"
done
for link in $(grep -oh '](\.*[A-Za-z][^)#:]*' README.md LISEZMOI.md | sed 's/^](//' | sort -u); do
    [ -f "$stage/share/doc/defray/$link" ] || wrong "a document links to $link: not there"
done
unreadable=$(find "$work/stage" ! -type l ! -perm -0444)
[ -z "$unreadable" ] || wrong "not for everybody to read: $unreadable"

# Elsewhere, with no variable that leads back to the project.
mkdir "$work/elsewhere"
mv "$stage" "$work/moved"
cp -RL "$work/moved/share/doc/defray/fixtures/poitiers" "$work/elsewhere/month"
cd "$work/elsewhere/month" || exit 2
use()
{
    env -i PATH="$work/moved/bin:/usr/bin:/bin" TZ=UTC LANG="${language:-en}" "$@"
}

# shellcheck disable=SC2046 # the words of the month
use defray pay poitiers $(cat month) -o mars.xlsx -o mars.json >said 2>&1
[ $? -eq 1 ] && [ -s mars.xlsx ] || wrong "the month of Poitiers is not paid: $(cat said)"
grep -q '2,488.81 €' said || wrong "another sum than 2,488.81 is to be transferred"
! grep -q "$work\|$project" mars.json || wrong "the result names the folder of the installation"
language=fr_FR.UTF-8 use defray check poitiers --members frais.csv >said 2>&1
grep -q 'erreur' said || wrong "no French: $(cat said)"
use defray rules list | grep -c . | grep -qx 10 || wrong "not ten rule files"
use defray rules show lanester >/dev/null || wrong "rules show fails"
mv "$work/moved/share/defray/rules/poitiers.cfg" "$work/poitiers.cfg"
use defray rules check poitiers >said 2>&1
[ $? -eq 3 ] || wrong "a rule file that is not installed is found all the same"
mv "$work/poitiers.cfg" "$work/moved/share/defray/rules/poitiers.cfg"

if man --version 2>/dev/null | grep -q '^man '; then
    use env LC_ALL=C.UTF-8 man -M "$work/moved/share/man" defray 2>&1 | grep -q 'SYNOPSIS' ||
        wrong "man does not find the page"
fi
offered=$(use bash -c 'source "$1"; COMP_WORDS=(defray pay poi); COMP_CWORD=2; _defray 2>/dev/null
    echo "${COMPREPLY[*]}"' bash "$work/moved/share/bash-completion/completions/defray")
[ "$offered" = poitiers ] || wrong "completion offers '$offered'"

# Removed: no file is left, in the place where it was put.
cd "$project" || exit 2
mv "$work/moved" "$stage"
put uninstall || wrong "make uninstall failed"
left=$(files "$work/stage"; find "$work/stage" -name 'defray*')
[ -z "$left" ] || wrong "left behind: $left"
[ "$problems" -eq 0 ]
