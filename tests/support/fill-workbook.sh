#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/support/fill-workbook.sh BOOK.xlsx SHEET-NUMBER CELL=TEXT | CELL:=NUMBER ...
# Fills blank cells of a workbook that has them already, as a person would: a text becomes a text, a
# number keeps the format of its cell (45997 in a cell of dates is a day). A cell that is not there,
# or not blank, is a fault of the test.
set -eu
book=$1 sheet=$2
shift 2
inside=$(mktemp -d)
trap 'rm -rf "$inside"' EXIT
unzip -q "$book" -d "$inside"
part=$inside/xl/worksheets/sheet$sheet.xml
for pair in "$@"; do
    cell=${pair%%=*}
    text=${pair#*=}
    case $cell in
    *:) cell=${cell%:} filled="><v>$text</v>" ;;
    *) filled=" t=\"inlineStr\"><is><t>$text</t></is>" ;;
    esac
    grep -q "<c r=\"$cell\"[^>]*/>" "$part" || {
        echo "fill-workbook: $book has no blank cell $cell on sheet $sheet" >&2
        exit 1
    }
    sed -i "s|<c r=\"$cell\"\\([^>]*\\)/>|<c r=\"$cell\"\\1$filled</c>|" "$part"
done
rm "$book"
book=$PWD/$book
(cd "$inside" && zip -q -r "$book" .)
