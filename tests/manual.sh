#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/manual.sh PROGRAM
# The manual pages against the lists of the program: every command, verb, option, exit status,
# extension, environment variable and family of codes is in the pages, with the options that each
# command takes, and the pages tell of nothing else. The keys of rule files and scenarios and the
# columns of tables are compared with their manuals. Then mandoc and man judge the form; where one
# is missing, that is said. MANUALS names another folder than man. Status 1 if anything differs.
set -u
export LC_ALL=C.UTF-8
program=$(readlink -f "${1:?usage: manual.sh PROGRAM}")
cd "$(dirname "$0")/.." || exit 2
man=${MANUALS:-man}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
problems=0
"$program" help --words >"$work/words" || exit 2
common=" --lang --quiet --verbose --json --help --version "

# Of a copy of the pages, only what differs is looked at.
touched() # PAGE
{
    [ "$man" = man ] || ! cmp -s "$1" "man/${1#"$man"/}"
}

wrong()
{
    problems=$((problems + 1))
    echo "$1"
}

# same PAGE WHAT: the lists $work/known and $work/told are one.
same()
{
    sort -u "$work/known" >"$work/known.sorted"
    sort -u "$work/told" >"$work/told.sorted"
    [ -s "$work/known.sorted" ] || wrong "$1: no $2 was found to compare with"
    {
        comm -23 "$work/known.sorted" "$work/told.sorted" | sed 's/^/</'
        comm -13 "$work/known.sorted" "$work/told.sorted" | sed 's/^/>/'
    } >"$work/apart"
    while IFS= read -r word; do
        case $word in
        '>'*) wrong "$1: tells of the $2 '${word#?}', which is not there" ;;
        *) wrong "$1: lacks the $2 '${word#?}'" ;;
        esac
    done <"$work/apart"
}

# The lines of a section, by its number: .Sh in order, so that French pages have the same.
section() # PAGE ENGLISH-NAME
{
    number=$(awk -v name="$2" '/^.Sh / { n++; if (substr($0, 5) == name) print n }' "$man/defray.1")
    case $1 in
    */fr/*) awk -v wanted="$number" '/^\.Sh / { n++ } n == wanted' "$1" ;;
    *) awk -v name="$2" '/^\.Sh / { on = substr($0, 5) == name } on' "$1" ;;
    esac
}

# "command --option" for every option that a block of the section tells of, and "command" itself.
taken() # PAGE SECTION
{
    section "$1" "$2" | awk '
        /^\.It Cm / {
            name = $3
            for (i = 4; i <= NF && $i !~ /^(Ar|Op)$/; i++) name = name " " $i
            if (name != "help") print name
        }
        /^\.El/ { name = "" }
        name != "" && name != "help" {
            for (i = 1; i < NF; i++)
                if (($i == "Fl" || $i == ".Fl") && $(i + 1) ~ /^-/) print name " -" $(i + 1)
        }'
}

compare_commands() # PAGE
{
    awk -F '\t' -v common="$common" '
        $1 == "verb" { verbs[$2] = 1 }
        { line[NR] = $0 }
        END {
            for (i = 1; i <= NR; i++) {
                split(line[i], f, "\t")
                split(f[2], word, " ")
                if (f[1] == "command" && !(f[2] in verbs && f[2] != "ledger")) print f[2]
                if (f[1] == "verb" && f[2] != "ledger") print f[2] " " f[3]
                if (f[1] == "option" && word[1] != "ledger" && f[3] ~ /^--/ &&
                    !(f[2] in verbs) && !index(common, " " f[3] " "))
                    print f[2] " " f[3]
            }
        }' "$work/words" >"$work/known"
    taken "$1" COMMANDS | grep -v '^ledger ' >"$work/told"
    same "$1" command
}

compare_verbs() # PAGE
{
    awk -F '\t' -v common="$common" '
        $1 == "verb" && $2 == "ledger" { print $3 }
        $1 == "option" && $2 ~ /^ledger / && $3 ~ /^--/ && $3 != "--ledger" &&
            $3 != "--folder" && !index(common, " " $3 " ") {
            sub(/^ledger /, "", $2)
            print $2 " " $3
        }
    ' "$work/words" >"$work/known"
    taken "$1" VERBS >"$work/told"
    same "$1" verb
}

# "--output o FILE": the name, the letter or a dash, the argument or a dash.
options_told() # PAGE
{
    section "$1" OPTIONS | awk '/^\.It Fl / {
        letter = "-"; at = 3
        if ($3 !~ /^-/) { letter = $3; at = 6 }
        print "-" $at, letter, (NF > at ? $(at + 2) : "-") }'
}

compare_options()
{
    awk -F '\t' '
        $1 == "option" && $3 ~ /^--/ { argument[$3] = $4 == "" ? "-" : $4; last = $3 }
        $1 == "option" && $3 ~ /^-[a-z]/ { letter[last] = substr($3, 2) }
        END { for (o in argument) print o, (o in letter ? letter[o] : "-"), argument[o] }
    ' "$work/words" >"$work/known"
    { options_told "$man/defray.1"; options_told "$man/defray-ledger.1"; } >"$work/told"
    same "$man" option
    # The other language names its arguments otherwise.
    options_told "$man/defray.1" | cut -d' ' -f1,2 >"$work/known"
    options_told "$man/fr/defray.1" | cut -d' ' -f1,2 >"$work/told"
    same "$man/fr/defray.1" option
}

compare_lists() # PAGE
{
    sed -n 's/^ *EXIT_[A-Z]* = \([0-9]*\),.*/\1/p' src/command/options.h >"$work/known"
    section "$1" "EXIT STATUS" | sed -n 's/^\.It \([0-9]*\)$/\1/p' >"$work/told"
    same "$1" "exit status"
    sed -n 's/^code\t\([A-Z]\).*/\1/p' "$work/words" >"$work/known"
    section "$1" DIAGNOSTICS | sed -n 's/^\.It \([A-Z]\)$/\1/p' >"$work/told"
    same "$1" "family of codes"
    sed -n 's/^extension\t//p' "$work/words" >"$work/known"
    section "$1" FILES | sed -n 's/^\.It Pa \(\.[a-z]*\)$/\1/p' >"$work/told"
    same "$1" extension
    {
        grep -rohE '(getenv|asked_for)\("[A-Z_]+"\)' src | grep -oE '[A-Z_]{4,}'
        grep -ohE '"L(ANGUAGE|C_ALL|C_MESSAGES|ANG)"' src/command/main.c | tr -d '"'
    } >"$work/known"
    section "$1" ENVIRONMENT | sed -n 's/^\.It Ev //p' | tr -d ' ' | tr ',' '\n' >"$work/told"
    same "$1" variable
}

# Keys: the first cells of the tables in the manual of the format, and the tags of the page.
# Keys stand in the tables of the manual and in its examples.
compare_keys() # PAGE MANUAL; what stands under "Output" are fields of a result, and no keys
{
    sed '/^## Output/,$d' "$2" >"$work/input"
    {
        sed -n 's/^| \(`[a-z_`, ]*`\) |.*/\1/p' "$work/input" | tr -d '` ' | tr ',' '\n'
        sed -n 's/"[^"]*"//g; s/#.*//; s/^    //p' "$work/input" |
            grep -oE '[a-z_]+ = ' | cut -d' ' -f1
    } >"$work/known"
    sed -n 's/^\.It Va //p' "$1" | tr -d ' ' | tr ',' '\n' >"$work/tags"
    tr -cs 'a-z_' '\n' <"$1" >"$work/told"
    for key in $(sort -u "$work/known"); do
        grep -qx "$key" "$work/told" || wrong "$1: lacks the key $key of $2"
    done
    for key in $(sort -u "$work/tags"); do
        grep -qE "(^|[^a-z_])$key([^a-z_]|\$)" "$2" ||
            wrong "$1: tells of the key $key, unknown to $2"
    done
}

compare_columns()
{
    sed -n '/^| table | option | English/,/^$/p' README.md | awk -F '|' 'NR > 2 && NF > 5 {
        for (i = 4; i <= 5; i++) {
            cell = $i
            gsub(/then a column a session.*|\(or [a-z]+ and [a-z]+\)|\*/, "", cell)
            gsub(/\(or | or |\)|;/, ",", cell)
            count = split(cell, column, ",")
            for (j = 1; j <= count; j++) {
                gsub(/^ +| +$/, "", column[j])
                if (column[j] ~ /^[a-z_]+$/) print column[j]
            }
        }
    }' >"$work/known"
    sed -n 's/^\.It Cm //p' "$man/defray-tables.5" | tr -d ' ' | tr ',' '\n' >"$work/told"
    same "$man/defray-tables.5" column
}

judge_form()
{
    pages=$(find "$man" -name '*.[15]' | sort)
    for page in $pages; do
        touched "$page" || continue
        if command -v mandoc >/dev/null 2>&1; then
            # The first section of a French page has a French name.
            said=$(mandoc -Tlint -W warning "$page" 2>&1 |
                grep -vE 'fr/.*(not "NAME"|outside NAME)')
            [ -z "$said" ] || wrong "$said"
        fi
        if man --version 2>/dev/null | grep -q '^man '; then
            said=$(MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
            [ -z "$said" ] || wrong "$page: $said"
        fi
    done
    command -v mandoc >/dev/null 2>&1 ||
        echo "manual: mandoc is not installed: the form of the pages is not judged" >&2
}

compare_options
for page in "$man/defray.1" "$man/fr/defray.1"; do
    touched "$page" || continue
    compare_commands "$page"
    compare_lists "$page"
done
! touched "$man/defray-ledger.1" || compare_verbs "$man/defray-ledger.1"
! touched "$man/defray-rules.5" || compare_keys "$man/defray-rules.5" rules/README.md
! touched "$man/defray-scenario.5" || compare_keys "$man/defray-scenario.5" rules/SCENARIOS.md
! touched "$man/defray-tables.5" || compare_columns
judge_form
[ "$problems" -eq 0 ]
