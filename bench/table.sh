#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/table.sh [en|fr [PAGE.md]]
# Prints the tables of README.md, or of LISEZMOI.md, from the figures of the last `make bench`; or
# puts them into the page, between its two comments.
set -eu
language=${1:-en} page=${2:-}
set -- none
. bench/common.sh

say() # ENGLISH FRENCH
{
    [ "$language" = fr ] && echo "$2" || echo "$1"
}

# Filter: the decimal point and the thousands of the language.
figures_of_language()
{
    [ "$language" = fr ] || { cat && return; }
    sed '/^\*/!s/\([0-9]\)\.\([0-9]\)/\1,\2/g'
}

duration() # MS
{
    awk -v ms="$1" 'BEGIN {
        if (ms < 1000) printf ms < 9.95 ? "%.1f ms" : "%.0f ms", ms
        else if (ms < 600000) printf ms < 9995 ? "%.2f s" : "%.1f s", ms / 1000
        else printf "%.0f min", ms / 60000 }'
}

heading() # NAME
{
    case $language-$1 in
    *-ours) echo '**defray**' ;;
    fr-wc) echo 'wc -l des fichiers' ;;
    fr-floor1) echo 'plancher, un fil' ;;
    fr-floors) echo 'plancher, tous les cœurs' ;;
    fr-node) echo 'dont Node, qui le porte' ;;
    fr-bare) echo 'libxlsxwriter seule, les mêmes cellules' ;;
    fr-list) echo "dont leur lecture d’une liste" ;;
    fr-office) echo 'LibreOffice, un classeur de formules' ;;
    *) title "$1" | sed 's/^ *//' ;;
    esac
}

ratio() # THEIRS OURS
{
    awk -v theirs="$1" -v ours="$2" 'BEGIN {
        times = theirs / ours
        printf times < 0.1 ? "%.3f" : times < 1 ? "%.2f" : times < 9.95 ? "%.1f" : "%.0f", times }'
}

sizes() # JOB: those measured that say something, the least first
{
    for size in "$build/figures/$1-"*; do
        [ ! -s "$size/ours" ] || echo "${size##*-}"
    done | sort -n | awk '$1 >= 1000000'
}

contest() # FOLDER TITLE NAME...: the rows of one job
{
    figures=$build/figures/$1
    [ -s "$figures/ours" ] || return 0
    echo "| **$2** | | | | | |"
    shift 2
    for name in "$@"; do
        [ -s "$figures/$name" ] || continue
        elapsed=$(median "$name" elapsed) processor=$(median "$name" processor)
        printf '| %s | %s | %s | %s | %s | %.0f |\n' "$(heading "$name")" \
            "$(duration "$elapsed")" "$(ratio "$elapsed" "$(median ours elapsed)")" \
            "$(duration "$processor")" "$(ratio "$processor" "$(median ours processor)")" \
            "$(compute "$(median "$name" memory) / 1024")"
    done
}

thousands() # NUMBER: with commas, or no-break spaces in French
{
    echo "$1" | sed -e ':a' -e "s/\\([0-9]\\)\\([0-9]\\{3\\}\\)\\($\\|[^0-9]\\)/\\1_\\2\\3/;ta" |
        sed "s/_/$(say , ' ')/g"
}

# What one machine carries, from the month and from the largest log. Communes of 2024; the lists of jurors
# have one name for 1300 inhabitants (code de procédure pénale, art. 260).
communes=34875 jurors=53000
demand()
{
    figures=$build/figures/month-poitiers
    [ -s "$figures/ours" ] || return 0
    month_ms=$(median ours processor)
    rows=$(sizes A-poitiers | tail -n 1)
    [ -n "$rows" ] || return 0
    figures=$build/figures/A-poitiers-$rows
    row_ms=$(compute "$(median ours elapsed) / $rows" %.9f)
    row_bytes=$(compute "$(median ours memory) * 1024 / $rows" %.0f)
    presences=$((communes * 111 * 8)) jury=$((jurors * 20))
    say "| the largest demand | presences | this machine |" \
        "| la plus grande demande | présences | cette machine |"
    echo '|---|---:|---:|'
    case=$(say "every commune of France with its own month, $(thousands $communes) workbooks" \
        "toutes les communes de France, chacune son mois, $(thousands $communes) classeurs")
    echo "| $case | $(thousands $presences) |" \
        "$(duration "$(compute "$communes * $month_ms / $(nproc)")") |"
    echo "| $(say 'the same in one single log, to totals' \
        'les mêmes en un seul journal, aux totaux') | $(thousands $presences) |" \
        "$(duration "$(compute "$presences * $row_ms")")," \
        "$(compute "$presences * $row_bytes / 1e9" %.1f) $(say GB Go) |"
    case=$(say "every juror of a year: $(thousands $jurors) people, 20 days, to totals" \
        "tous les jurés d’une année : $(thousands $jurors) personnes, 20 jours, aux totaux")
    echo "| $case | $(thousands $jury) | $(duration "$(compute "$jury * $row_ms")") |"
}

stage_row() # TITLE: the last line of a growth
{
    tail -n 1 | {
        read -r count _ speed bytes power
        echo "| $1 | $(thousands "$count") | $(thousands "$speed") | $bytes | $power |"
    }
}

stages()
{
    say '| stage | rows | rows a processor second | bytes a row | grows as rows to |' \
        '| étape | lignes | lignes par seconde | octets par ligne | croît en lignes puissance |'
    echo '|---|---:|---:|---:|---:|'
    figures=$build/figures/stages
    if [ -s "$figures/sizes" ]; then
        stage_growth check - | stage_row "$(say 'reading and checking' 'lire et vérifier')"
        stage_growth compute check | stage_row "$(say computing calculer)"
        for kind in csv json xlsx; do
            stage_growth $kind compute |
                stage_row "$(say writing écrire) .$kind"
        done
    fi
    figures=$build/figures/ledger
    [ ! -s "$figures/entries" ] || {
        step_growth prepare | stage_row "$(say 'posting to the ledger' 'écrire au registre')"
        step_growth verify | stage_row "$(say 'proving the ledger' 'prouver le registre')"
    }
    echo
}

tables_of_page()
{
    sed -n 's/^/*/; s/$/*/p' "$build/figures/machine"
    echo
    say '| | elapsed | × | processor time | × | MiB |' \
        '| | durée | × | temps processeur | × | Mio |'
    echo '|---|---:|---:|---:|---:|---:|'
    written_with=
    for rows in $(sizes A-poitiers); do
        contest "A-poitiers-$rows" "$(say "Totals of $(thousands "$rows") presences" \
            "Totaux de $(thousands "$rows") présences")" \
            ours wc floor1 floors duckdb node pandas csv gawk sqlite
    done
    written_with=' + XlsxWriter'
    for rows in $(sizes B-poitiers); do
        contest "B-poitiers-$rows" "$(say "Workbook of $(thousands "$rows") presences" \
            "Classeur de $(thousands "$rows") présences")" ours bare list pandas csv
    done
    contest month-poitiers "$(say 'Workbook of a month, 111 members, 8 sessions' \
        "Classeur d’un mois, 111 membres, 8 séances")" ours bare csv pandas office
    echo
    stages
    demand
}

tables_of_page | figures_of_language >"$build/figures/table"
if [ -z "$page" ]; then
    cat "$build/figures/table"
else
    sed -i "/^<!-- figures/,/^<!-- end of figures/ {
        /^<!-- figures/r $build/figures/table
        /^<!--/!d
    }" "$page"
fi
