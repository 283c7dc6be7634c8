#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/month.sh PROGRAM
# A real month: 111 members and 8 sessions to a workbook, for three assemblies, with and without
# claims; and a month of poitiers beside what an office would use. Medians of MONTH_RUNS (15).
set -eu
. bench/common.sh
runs=${MONTH_RUNS:-15}
office=$build/office
written_with=' + XlsxWriter'

# A profile of its own, in which formulas are computed on loading, whoever wrote them.
prepare_office()
{
    mkdir -p "$office/user"
    cat >"$office/user/registrymodifications.xcu" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
  oor:op="fuse"><value>0</value></prop></item>
</oor:items>
END
    "$python" bench/peers/formulas.py "$folder" "$folder/office.xlsx"
    recalculate >/dev/null 2>&1 || true # the first start lays out the profile
}

recalculate()
{
    "$@" soffice "-env:UserInstallation=file://$PWD/$office" --headless --convert-to \
        'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,1' \
        --outdir "$folder" "$folder/office.xlsx"
}

book() # NAME: one run of a contender on $folder
{
    out=$folder/out.$1.xlsx
    case $1 in
    ours) pay ours "$out" ;;
    bare) turn bare "$build/cells" "$folder/out.list" "$out" ;;
    csv | pandas) python_peer "$1" "$out" ;;
    office) recalculate turn office ;;
    esac
}

beside() # everybody in turn, on a month of poitiers
{
    month poitiers 111 8
    job month-poitiers
    echo "A month of poitiers, 111 members x 8 sessions, to a workbook"
    those_here ours bare csv pandas office
    case $contenders in *office*) prepare_office ;; esac
    i=0
    while [ $i -lt "$runs" ]; do
        for name in $contenders; do
            [ "$name" != office ] || [ $i -lt "${RUNS:-5}" ] || continue
            book "$name"
            [ $i -eq 0 ] || continue
            case $name in
            ours) "$build/dump" "$out" >"$folder/out.list" && same ours "$out" ;;
            bare) "$build/dump" "$out" | cmp - "$folder/out.list" ;;
            office) same office "$folder/office-Summary.csv" ;;
            *) same "$name" "$out" ;;
            esac
        done
        i=$((i + 1))
    done
    echo "  the same totals from all: checksum ${expected% *}; the bare library writes our" \
        "$(tr -cd '\t' <"$folder/out.list" | wc -c) cells"
    # shellcheck disable=SC2086 # words
    standings $contenders
    [ ! -f "$figures/bare" ] || goal 'month, ours / bare libxlsxwriter, processor' \
        "$(compute "$(median ours processor) / $(median bare processor)")" at-most 2
    for name in csv:5 office:50; do
        [ ! -f "$figures/${name%:*}" ] ||
            goal "month, $(title "${name%:*}") / ours, elapsed" \
                "$(compute "$(median "${name%:*}" elapsed) / $(median ours elapsed)")" \
                at-least "${name#*:}"
    done
}

ours_alone()
{
    job month-ours
    for assembly in poitiers haute-garonne marseille; do
        month "$assembly" 111 8
        i=0
        while [ $i -lt "$runs" ]; do
            pay "$assembly" "$folder/out.ours.xlsx"
            i=$((i + 1))
        done
        goal "month of $assembly, ms of processor time" "$(median "$assembly" processor)" \
            at-most 50
    done
}

beside
ours_alone
