# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the scripts of the bench share; each is started from the root of the project with the
# program to measure, and reads this file first. Figures stay in build/bench/figures: a folder
# a job, a file a contender, a line "processor_ms elapsed_ms KiB" a run.

program=${1:?usage: $0 PROGRAM}
build=build/bench
# shellcheck disable=SC2034 # used by the jobs
runs=${RUNS:-5} # of each contender
slow_ms=30000 # who takes longer runs once
export DEFRAY_RULES="${DEFRAY_RULES:-$PWD/rules}" LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

# --- the invented months ---

newer() # FILE THAN
{
    [ -f "$1" ] && [ -n "$(find "$1" -newer "$2")" ]
}

# month ASSEMBLY MEMBERS SESSIONS: makes its files, and names their folder in $folder
month()
{
    assembly=$1 folder=$build/$1-$2x$3
    newer "$folder/attendance.csv" "$build/generate" || {
        rm -rf "$folder"
        mkdir -p "$folder"
        "$build/generate" "$1" "$2" "$3" "$folder"
    }
    rm -f "$folder"/out.*
}

# rows ASSEMBLY ROWS: a month of so many rows, nine a member
rows()
{
    month "$1" $((($2 + 8) / 9)) 9
}

# tables: the arguments of defray that name the files of $folder; $log, if set, is its log
tables()
{
    printf '%s' "--members $folder/members.csv --sessions $folder/sessions.csv"
    printf '%s' " --attendance ${log:-$folder/attendance.csv} --period 2026-03"
    [ ! -f "$folder/means.csv" ] || printf ' --means %s' "$folder/means.csv"
    [ ! -f "$folder/expenses.csv" ] || printf ' --expenses %s' "$folder/expenses.csv"
}

# --- the contenders ---

python=
find_python() # MODULE: the first python that has it; a distribution's own may have more
{
    for python in python3 /usr/bin/python3; do
        ! "$python" -c "import $1" 2>/dev/null || return 0
    done
    return 1
}

has() # NAME: may it be measured here?
{
    case $1 in
    duckdb | node) command -v node >/dev/null && [ -d "$build/node_modules/@duckdb" ] ;;
    csv | formulas) find_python xlsxwriter ;;
    pandas) find_python pandas && "$python" -c 'import xlsxwriter' 2>/dev/null ;;
    sqlite) command -v sqlite3 >/dev/null ;;
    office) command -v soffice >/dev/null && find_python xlsxwriter ;;
    gawk) command -v gawk >/dev/null ;;
    NumPy) find_python numpy ;;
    *) true ;;
    esac
}

title() # NAME; $written_with says what it writes workbooks with
{
    case $1 in
    ours) echo defray ;;
    duckdb) echo DuckDB ;;
    node) echo '  of which Node, which carries it' ;;
    csv) echo "python csv${written_with:-}" ;;
    pandas) echo "pandas${written_with:-}" ;;
    office) echo 'LibreOffice, a workbook of formulas' ;;
    sqlite) echo SQLite ;;
    floor1) echo 'floor, one thread' ;;
    floors) echo 'floor, all cores' ;;
    wc) echo 'wc -l of the files' ;;
    bare) echo 'bare libxlsxwriter, the same cells' ;;
    list) echo '  of which reading them from a list' ;;
    *) echo "$1" ;;
    esac
}

wanted() # NAME: one of ours, or of PEERS if that is set
{
    case $1 in
    node) wanted duckdb ;;
    duckdb | csv | pandas | gawk | sqlite | office | bare | NumPy)
        case " ${PEERS-$1} " in *" $1 "*) true ;; *) false ;; esac ;;
    esac
}

# those_here NAME...: sets $contenders; says who is missing, and how to have it
those_here()
{
    contenders=
    for name in "$@"; do
        if ! wanted "$name"; then
            continue
        elif has "$name"; then
            contenders="$contenders $name"
        else
            echo "not installed, not measured: $(title "$name") (make bench-peers)"
        fi
    done
}

# --- runs ---

# job NAME: begins the figures of a job anew
job()
{
    figures=$build/figures/$1
    rm -rf "$figures"
    mkdir -p "$figures"
}

# python_peer NAME OUT: one run of bench/peers/with_NAME.py on $folder
python_peer()
{
    module=$1
    [ "$1" = pandas ] || module=xlsxwriter
    find_python "$module" &&
        turn "$1" "$python" "bench/peers/with_$1.py" "$assembly" "$folder" "$2"
}

# pay NAME OUT...: one run of the program on $folder; without OUT it only computes
pay()
{
    name=$1
    shift
    outputs=
    for out in "$@"; do
        outputs="$outputs -o $out"
    done
    # shellcheck disable=SC2046,SC2086 # arguments, and names without spaces
    turn "$name" "$program" pay "$assembly" $(tables) $outputs -q
}

# turn NAME COMMAND...: one more run of a contender
turn()
{
    name=$1
    shift
    [ ! -f "$figures/$name" ] ||
        awk -v most=$slow_ms '$2 > most { exit 1 }' "$figures/$name" || return 0
    "$build/measure" 1 "$@" >>"$figures/$name" || {
        echo "bench: failed: $*" >&2
        exit 1
    }
}

# median NAME processor|elapsed|memory: of the runs so far; ms or KiB
median()
{
    case $2 in
    processor) field=1 ;;
    elapsed) field=2 ;;
    *) field=3 ;;
    esac
    sort -n -k "$field,$field" "$figures/$1" |
        awk -v field=$field '{ all[NR] = $field } END { print all[int((NR + 1) / 2)] }'
}

compute() # EXPRESSION [FORMAT]
{
    awk "BEGIN { printf \"${2:-%.2f}\", $1 }"
}

# standings NAME...: a line a contender; the ratios are to the first
standings()
{
    printf '  %-35s %12s %12s %9s  %s\n' '' 'elapsed ms' 'processor ms' MiB 'times the first'
    first=$1
    for name in "$@"; do
        elapsed=$(median "$name" elapsed) processor=$(median "$name" processor)
        printf '  %-35s %12s %12s %9.1f  %.2f elapsed, %.2f processor; runs: %d\n' \
            "$(title "$name")" "$elapsed" "$processor" \
            "$(compute "$(median "$name" memory) / 1024")" \
            "$(compute "$elapsed / $(median "$first" elapsed)" %.4f)" \
            "$(compute "$processor / $(median "$first" processor)" %.4f)" \
            "$(wc -l <"$figures/$name")"
    done
}

# growth: filter; from lines "count ms KiB", the least first, to "count ms per_second bytes power":
# bytes of one more, and the power of the count with which the time grows; both "-" at first
growth()
{
    awk '{
        ms = $2 > 0.1 ? $2 : 0.1
        printf "%d %.1f %d ", $1, ms, $1 / ms * 1000
        if (NR == 1) print "- -"
        if (NR > 1) printf "%d ", ($3 - kib) * 1024 / ($1 - count)
        if (NR > 1) printf "%.2f\n", log(ms / before) / log($1 / count)
        count = $1; before = ms; kib = $3
    }'
}

# stage_growth NAME WITHOUT: of what a run takes beyond a run without it; WITHOUT may be -
stage_growth()
{
    for size in $(cat "$figures/sizes"); do
        without=0
        [ "$2" = - ] || without=$(median "$2-$size" processor)
        echo "$size $(compute "$(median "$1-$size" processor) - $without")" \
            "$(median "$1-$size" memory)"
    done | growth
}

# step_growth NAME: of an act on the ledger, by its entries
step_growth()
{
    paste -d ' ' "$figures/entries" "$figures/$1" | cut -d ' ' -f 1,2,4 | growth
}

show_growth() # TITLE UNIT
{
    while read -r count ms speed bytes power; do
        printf '  %-10s %8d %s: %9.1f ms of processor time, %8d %s/s, %6s bytes, %s^%s\n' \
            "$1" "$count" "$2" "$ms" "$speed" "$2" "$bytes" "$2" "$power"
    done
}

# goal TEXT VALUE at-least|at-most THRESHOLD
goal()
{
    awk -v text="$1" -v value="$2" -v sense="$3" -v most="$4" 'BEGIN {
        met = sense == "at-least" ? value + 0 >= most : value + 0 <= most
        printf "goal: %s: %s / %s %s\n", text, value, most, met ? "PASS" : "FAIL" }'
}

# --- the same result ---

# cells_of BOOK SHEET: its rows of a dump, each cell in its column, as CSV
cells_of()
{
    "$build/dump" "$1" "$2" | awk -F '\t' '
        /^[0-9]/ {
            split("", value)
            for (i = 2; i <= NF; i++) {
                head = $i
                sub(/ .*/, "", head)
                value[head + 0] = substr($i, length(head) + 2)
            }
            line = value[0]
            for (i = 1; i < 16; i++) line = line ";" value[i]
            print line
        }'
}

# canonical FILE: "member;stipend;transport;total" in cents, of those who get anything
canonical()
{
    case $1 in
    *.xlsx) { cells_of "$1" Paie && cells_of "$1" Summary | cut -d ';' -f 1,8-12; } ;;
    *) tr -d '\r' <"$1" ;;
    esac | awk -F ';' '
        $1 !~ /^P[0-9]+$/ { next }
        NF > 6 { id[$1]; if ($5 == "stipend") stipend[$1] += $11; else way[$1] += $11; next }
        $6 > 0 { id[$1]; stipend[$1] = $4; way[$1] = $5 }
        END { for (i in id) printf "%s;%d;%d;%d\n", i, stipend[i], way[i], stipend[i] + way[i] }
    ' | sort
}

# same NAME FILE: everybody's totals are those of $expected, or nothing is compared at all
same()
{
    sum=$(canonical "$2" | cksum)
    if [ "$1" = ours ]; then
        expected=$sum
    elif [ "$sum" != "$expected" ]; then
        echo "bench: the totals of $(title "$1") in $2 are not ours: $sum, not $expected" >&2
        exit 1
    fi
}
