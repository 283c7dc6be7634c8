#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: tests/lint.sh [CHECK...] | --self-test
# The rules of the house that no compiler checks. Each check is a function that prints
# `file:line: what is wrong` and nothing when all is well. --self-test plants faults of
# each check in a small tree and fails unless they are found (support/lint-controls.sh).
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd) || exit 2
support=$here/support
cd "${LINT_ROOT:-$here/..}" || exit 2

CHECKS="spdx headings layers words purity functions sizes typedefs tags headers codes
    private format catalogue"

bare=build/lint/bare # sources without comments and strings

sources()
{
    cat build/lint/sources
}

prepare()
{
    find src include bench tests/run.c tests/unit tests/support tests/fuzz \
        -name '*.[ch]' 2>/dev/null | sort >build/lint/sources
    rm -rf build/lint/bare
    mkdir -p $bare
    sed "s|^|$bare/|; s|/[^/]*\$||" build/lint/sources | sort -u | xargs -r mkdir -p
    xargs -r awk -v OUT=$bare -f "$support/lint-strip.awk" <build/lint/sources
}

# Searches stripped sources: seek PATTERN FOLDER...
seek()
{
    pattern=$1
    shift
    (cd $bare && grep -rnE -- "$pattern" "$@" 2>/dev/null)
}

word() # the pattern of whole words
{
    echo "(^|[^A-Za-z0-9_])($1)([^A-Za-z0-9_]|\$)"
}

# --- the checks ---

check_spdx()
{
    find Makefile .ci src include rules tests/*.sh tests/*.c tests/unit tests/support bench \
        fixtures -type f \( -name '*.[ch]' -o -name '*.def' -o -name '*.sh' -o -name '*.awk' \
        -o -name '*.cfg' -o -name Makefile -o -name run \) ! -path '*/bad-cases/*' 2>/dev/null |
        sort | xargs -r awk '
            FNR == 1 { first = $0; shebang = /^#!/ }
            FNR == (shebang ? 2 : 1) && !/SPDX-License-Identifier: Apache-2\.0/ {
                print FILENAME ":" FNR ": no SPDX line first" }'
}

# A source says what it is for; a header has its guard.
check_headings()
{
    sources | xargs -r awk '
        function finish() {
            if (file == "") return
            if (!said) print file ":2: no comment says what the file is for"
            if (file ~ /\.h$/ && !guarded) print file ":1: no guard DEFRAY_" guard
            delete unread[file]
        }
        BEGIN { for (i = 1; i < ARGC; i++) unread[ARGV[i]] = 1 }
        FNR == 1 {
            finish()
            file = FILENAME
            said = guarded = 0
            guard = toupper(file)
            sub(/.*\//, "", guard)
            gsub(/[^A-Z0-9]/, "_", guard)
        }
        FNR > 1 && FNR <= 4 && /^\/\*/ { said = 1 }
        /^#ifndef (DEFRAY|TESTS)_/ && $2 ~ guard "$" { guarded = 1 }
        /^[ \t]*\/\// { print file ":" FNR ": a // comment" }
        END {
            finish()
            for (file in unread) print file ":1: an empty file"
        }'
}

# The layer of a header: where its .c lies, else what its own line says.
layer_of()
{
    case $1 in
    *.def)
        echo base
        return
        ;;
    src/*)
        echo "$1" | cut -d/ -f2
        return
        ;;
    esac
    for module in src/*/"$(basename "$1" .h)".c; do
        [ -f "$module" ] && echo "$module" | cut -d/ -f2 && return
    done
    sed -n 's|.*/\* layer: \([a-z]*\) \*/.*|\1|p' "$1" 2>/dev/null | head -n 1
}

check_layers()
{
    printf '%s %s\n' base 0 rules 1 intake 2 liquidation 3 certificate 4 simulation 4 ledger 5 \
        output 5 command 6 >build/lint/ranks
    find src -mindepth 2 -maxdepth 2 -name '*.c' | sort >build/lint/modules
    # As layer_of, of all headers at once.
    find include/defray -name '*.h' | sort | xargs awk '
        FILENAME == "build/lint/modules" {
            split($0, part, "/")
            sub(/\.c$/, "", part[3])
            if (!(part[3] in place)) place[part[3]] = part[2]
            next
        }
        FNR == 1 {
            name = FILENAME
            gsub(/.*\/|\.h$/, "", name)
            if (name in place) layer[FILENAME] = place[name]
            else layer[FILENAME] = "unknown"
        }
        layer[FILENAME] == "unknown" && match($0, /\/\* layer: [a-z]+ \*\//) {
            layer[FILENAME] = substr($0, RSTART + 10, RLENGTH - 13)
        }
        END { for (header in layer) print header, layer[header] }
        ' build/lint/modules >build/lint/layers
    awk '$2 == "unknown" {
        name = $1
        gsub(/.*\/|\.h$/, "", name)
        print $1 ":1: no src/*/" name ".c and no line /* layer: … */" }' build/lint/layers
    # shellcheck disable=SC2046
    awk '
        FILENAME == "build/lint/ranks" { rank[$1] = $2; next }
        FILENAME == "build/lint/layers" { layer[$1] = $2; next }
        /^#include "/ {
            split(FILENAME, part, "/")
            from = part[1] == "src" ? part[2] : layer[FILENAME]
            split($0, quoted, "\"")
            to = ""
            if (quoted[2] ~ /^defray\/.*\.def$/) to = "base"
            else if (quoted[2] ~ /^defray\//) to = layer["include/" quoted[2]]
            else if (split(quoted[2], up, "/") == 3 && up[1] == "..") to = up[2]
            else if (part[1] == "src" && quoted[2] !~ /\//) to = from
            if (to == "") { print FILENAME ":" FNR ": nobody knows " quoted[2]; next }
            if (from == "unknown" || to == "unknown" || from == to) next
            if (!(from in rank)) { print FILENAME ":" FNR ": " from " is no layer"; next }
            if (!(to in rank)) { print FILENAME ":" FNR ": " to " is no layer"; next }
            if (rank[to] >= rank[from] || (from == "ledger" && to == "simulation"))
                print FILENAME ":" FNR ": " from " must not include " quoted[2] " of " to
        }' build/lint/ranks build/lint/layers $(find src include -name '*.[ch]' | sort)
}

# One door a library. The right column is a pattern of paths.
doors()
{
    cat <<'TABLE'
libconfig.h   ^src/rules/node\.c$
xlsxwriter.h  ^(src/output/libxlsxwriter\.h|bench/cells\.c)$
hpdf.h        ^src/output/libharu\.h$
zip.h         ^(src/intake/libzip\.h|bench/dump\.c)$
expat.h       ^(src/intake/libexpat\.h|(tests/support/markup|tests/fuzz/quick|bench/dump)\.c)$
zlib.h        ^(src/output/libxlsxwriter\.h|tests/unit/test_library\.c)$
isa-l/crc.h   ^include/defray/libisal\.h$
isa-l/igzip_lib.h ^include/defray/libisal\.h$
jansson.h     ^src/intake/libjansson\.h$
sqlite3.h     ^(src/ledger/libsqlite\.h|tests/(unit|support)/[a-z_]*\.c)$
check.h       ^tests/
libintl.h     ^src/base/language\.c$
pwd.h         ^src/command/actor\.c$
sanitizer/asan_interface.h ^src/base/arena_guard\.h$
sanitizer/lsan_interface.h ^tests/run\.c$
stdio_ext.h   ^src/command/streams\.c$
malloc.h      ^src/base/arena\.c$
locale.h      ^src/base/language\.c$
pthread.h     ^(src/base/(parallel|library)\.c$|bench/floor\.c$|tests/)
sched.h       ^(src/base/parallel\.c$|tests/)
linux/audit.h     ^src/base/sandbox\.c$
linux/filter.h    ^(src/base/sandbox\.c$|tests/)
linux/landlock.h  ^src/base/sandbox\.c$
linux/seccomp.h   ^(src/base/sandbox\.c$|tests/)
arpa/inet.h       ^tests/faults/
dlfcn.h           ^(src/base/library\.c$|tests/faults/)
TABLE
}

other_doors()
{
    system="assert|ctype|dirent|errno|fcntl|getopt|glob|inttypes|limits|poll|signal"
    system="$system|stdalign|stdarg|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string"
    system="$system|stdatomic|strings|sysexits|time|unistd|immintrin|emmintrin|sys/[a-z]+"
    doors >build/lint/doors
    seek '^[ \t]*#[ \t]*include[ \t]*<' src include bench tests |
        awk -F '[:<>]' -v known="^($system)[.]h\$" '
            FILENAME != "-" { split($0, pair, / +/); door[pair[1]] = pair[2]; next }
            # The fields: file, number, "#include ", header.
            $4 in door { if ($1 !~ door[$4]) print $1 ":" $2 ": <" $4 "> has another door"; next }
            $4 !~ known { print $1 ":" $2 ": <" $4 "> has no door (tests/lint.sh, doors)" }
        ' build/lint/doors -
}

# Words and the files that may use them: a path pattern, or - for none. Tests are free.
words()
{
    cat <<'TABLE'
atoi|atol|atoll|atof|strtod|strtof|strtold            -
sprintf|vsprintf|strcpy|strcat|stpcpy|gets|strtok     -
system|popen|alloca|setjmp|longjmp|rand|srand         -
malloc|calloc|realloc|free|strdup|strndup|asprintf    ^src/base/arena\.c$
float|double    ^src/(output/output_xlsx|intake/workbook|simulation/random)[a-z_]*\.[ch]$
setlocale|uselocale|newlocale                         ^src/base/language\.c$
exit|_exit|_Exit|abort                                ^src/(base/arena\.c$|command/)
getenv|secure_getenv                                  ^src/(base/language\.c$|command/)
time|clock|clock_gettime|gettimeofday                 ^src/command/
localtime|gmtime|localtime_r|gmtime_r|mktime|strftime ^src/command/
TODO|FIXME|XXX|HACK                                   -
TABLE
}

forbidden_words()
{
    words | while read -r list allowed; do
        case $list in
        float*) pattern=$(word "$list") ;;
        TODO*)
            grep -rnE "$(word "$list")" src include | sed 's/\(:[0-9]*:\).*/\1 left to do/'
            continue
            ;;
        *) pattern="(^|[^A-Za-z0-9_.>])($list)[ \t]*\\(" ;;
        esac
        seek "$pattern" src include | allowed="$allowed" awk -F : -v list="$list" '
            BEGIN { allowed = ENVIRON["allowed"] }
            $1 !~ allowed || allowed == "-" {
                text = substr($0, length($1) + length($2) + 3)
                count = split(list, word, "|")
                for (i = 1; i <= count; i++)
                    if (text ~ "(^|[^A-Za-z0-9_])" word[i] "([^A-Za-z0-9_]|$)")
                        print $1 ":" $2 ": " word[i] " is not used here (tests/lint.sh, words)"
            }'
    done
}

# Words and headers in the wrong place, but for the exceptions that are written down.
check_words()
{
    { other_doors; forbidden_words; } | sort -u >build/lint/words
    awk -v list="$support/lint-exceptions" -v planted="${LINT_ROOT:-}" '
        FILENAME == list {
            if (/^#/ || !NF) next
            line[$1 " " $2] = FNR
            if (NF < 3) print "tests/support/lint-exceptions:" FNR ": no reason"
            next
        }
        {
            file = $1
            sub(/:.*/, "", file)
            if ((file " " $2) in line) used[file " " $2] = 1
            else print
        }
        END {
            for (at in line) if (!(at in used) && planted == "")
                print "tests/support/lint-exceptions:" line[at] ": nothing needs " at
        }' "$support/lint-exceptions" build/lint/words
}

# The files that may see a figure of the means test: its reader, the test itself, the worked
# examples with their invented figures, the legal team's report, and the place where a run
# turns figures into decisions.
sees_incomes()
{
    echo 'src/intake/means\.c|include/defray/means_test\.h|src/liquidation/means_test\.c|'\
'src/liquidation/invented\.c|src/output/document_eligibility[a-z_]*\.[ch]|'\
'include/defray/eligibility_report\.h|src/command/(cmd_eligibility|run)\.c'
}

# Amounts are computed without a file, and nowhere does a header leak one.
check_purity()
{
    seek '#[ \t]*include[ \t]*(<stdio\.h>|"defray/file\.h")' src/liquidation src/certificate |
        sed 's/\(:[0-9]*:\).*/\1 what computes sees no file/'
    seek '#[ \t]*include[ \t]*"defray/means(_test)?\.h"' src include |
        grep -vE "^($(sees_incomes))" |
        sed 's/\(:[0-9]*:\).*/\1 this file never sees an income (tests\/lint.sh, sees_incomes)/'
}

check_functions()
{
    find $bare/src $bare/tests $bare/bench -name '*.c' 2>/dev/null | sort |
        xargs -r awk -v OUT=$bare -v LINES=70 -v PARAMETERS=6 -f "$support/lint-functions.awk"
}

check_sizes()
{
    { sources; find .ci tests/*.sh tests/support include Makefile -type f \( -name '*.sh' -o \
        -name '*.def' -o -name run -o -name Makefile \) 2>/dev/null; } | sort | xargs awk '
        function finish(    most) {
            most = file ~ /^include\/.*\.h$/ ? 150 : file ~ /\.def$/ ? 2000 : 500
            if (lines > most) print file ":" lines ": " lines " lines, at most " most
        }
        FNR == 1 { if (file != "") finish(); file = FILENAME }
        {
            lines = FNR
            text = $0
            gsub(/[\200-\277]/, "", text)
            # Prose in lists and in texts of their own line, and data in tests, may be wider.
            most = FILENAME ~ /\.def$/ ? 120 : FILENAME ~ /^tests\/unit\// ? 140 : 100
            if (text ~ /^ *"[^"]*"[,;)]*$/) most = 110
            if (length(text) > most)
                print FILENAME ":" FNR ": " length(text) " columns, at most " most
            if (/[ \t]$/) print FILENAME ":" FNR ": space at the end"
            if (/\t/ && FILENAME !~ /Makefile$/) print FILENAME ":" FNR ": a tab"
        }
        END { finish() }'
}

check_typedefs()
{
    seek "$(word typedef)" src include | while IFS=: read -r file line rest; do
        case $(layer_of "$file") in
        base) ;;
        *) echo "$file:$line: a typedef outside base" ;;
        esac
    done
}

# A tag of a public header is one type: no compiler sees two of one name that never meet.
check_tags()
{
    find include/defray -name '*.h' | sort | xargs -r awk '
        /^(struct|enum|union)$/ { alone = 1; next }
        alone || /^(struct|enum|union) [a-z_0-9]+ (\{|ARRAY_OF)/ {
            tag = alone ? $1 : $2
            if (tag in first) print FILENAME ":" FNR ": " tag " is a tag of " first[tag]
            else first[tag] = FILENAME
            alone = 0
        }'
}

# Every header compiles alone.
check_headers()
{
    headers=$(find include src -name '*.h' | sort)
    # shellcheck disable=SC2086
    [ -z "$headers" ] || "${CC:-gcc}" -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -fsyntax-only \
        -x c $headers 2>&1 | grep -E '(error|warning):'
}

# The codes that tests expect: where the program says one, and where a test names one. An id that
# looks like a code and a comment that speaks of one are not expected.
provoked()
{
    code='[A-Z][0-9]{3}'
    find tests/cases -type f \( -name stderr -o -path '*/expect/*' \) \
        -exec grep -ohaE "\[$code\]|\"code\": *\"$code\"" {} +
    find tests/unit tests/faults \( -name '*.c' -o -name '*.py' \) \
        -exec grep -ohE "CODE_$code|\[$code\]|\"$code( $code)*\"" {} +
    find tests/tables -name '*.tsv' -exec grep -ohE "(^|[[:space:]])$code([[:space:]]|\$)" {} +
}

# Every code is declared once, filed somewhere, and provoked by a test.
check_codes()
{
    find include -name '*.def' | sort | xargs -r grep -noE '^CODE\([A-Z][0-9]{3}' /dev/null |
        sed 's/CODE(//' >build/lint/codes
    provoked 2>/dev/null | grep -oE '[A-Z][0-9]{3}' | sort -u >build/lint/codes.tested
    find src -name '*.c' | xargs -r grep -ohE 'CODE_[A-Z][0-9]{3}' | sed 's/CODE_//' |
        sort -u >build/lint/codes.filed
    awk -F: '
        FILENAME ~ /tested$/ { tested[$1] = 1; next }
        FILENAME ~ /filed$/ { filed[$1] = 1; next }
        {
            if (!($3 in tested)) print $1 ":" $2 ": no test provokes " $3
            if (!($3 in filed)) print $1 ":" $2 ": nothing files " $3
            if (seen[$3]++) print $1 ":" $2 ": " $3 " again"
        }' build/lint/codes.tested build/lint/codes.filed build/lint/codes
}

# Nothing in the tree leads to a place that its readers do not have.
check_private()
{
    places='\.\./shar[e]d|/wor[k]/|/tmp/tea[m]|\.librar[y]|issu[e] #|claud[e]'
    grep -rnIiE "$places" --exclude-dir=build --exclude-dir=.git --exclude=.git . |
        sed 's|^\./||; s/\(:[0-9]*:\).*/\1 names a private place/'
}

check_format()
{
    case $(clang-format --version 2>/dev/null) in
    *"version 14."*)
        # shellcheck disable=SC2046
        clang-format --dry-run -Werror $(sources) 2>&1 |
            sed -n 's/\(:[0-9]*\):[0-9]*: error: code should be.*/\1: make format/p' |
            sort -t : -k 1,1 -u
        ;;
    *) echo "lint: clang-format 14 is not installed: the format check is skipped" >&2 ;;
    esac
}

# The message ids of a catalogue, one a line, sorted.
texts()
{
    msgcat --no-wrap "${1:--}" 2>/dev/null | awk '
        function flush() { if (text != "") print text; text = ""; on = 0 }
        /^msgid "/ { flush(); on = 1; sub(/^msgid "/, ""); sub(/"$/, ""); text = $0; next }
        /^"/ && on { sub(/^"/, ""); sub(/"$/, ""); text = text $0; next }
        { flush() }
        END { flush() }' | sort -u
}

# One line for all of them: there may be hundreds.
count_texts()
{
    awk -v what="$1" 'NR == 1 { first = $0 }
        END { if (NR) print "po/fr.po:0: " what " " NR " texts, \"" first "\" first" }'
}

check_catalogue()
{
    if ! command -v msgfmt >/dev/null 2>&1; then
        echo "lint: gettext is not installed: the catalogue check is skipped" >&2
        return
    fi
    msgfmt -c -o /dev/null po/fr.po 2>&1 | grep ':[0-9]'
    env MAKEFLAGS= "${MAKE:-make}" -s build/defray.pot >/dev/null 2>build/lint/pot ||
        sed 's/^/po\/fr.po:0: /' build/lint/pot
    [ -f build/defray.pot ] || return
    texts build/defray.pot >build/lint/texts
    texts po/fr.po >build/lint/texts.known
    comm -23 build/lint/texts build/lint/texts.known | count_texts 'make po-update: it lacks'
    comm -13 build/lint/texts build/lint/texts.known | count_texts 'make po-update: nothing says'
    msgattrib --untranslated --no-obsolete --no-wrap po/fr.po | texts |
        count_texts 'not translated'
    msgattrib --only-fuzzy --no-obsolete --no-wrap po/fr.po | texts | count_texts 'fuzzy'
}

mkdir -p build/lint || exit 2
if [ "${1:-}" = --self-test ]; then
    . "$support/lint-controls.sh"
    self_test
    exit
fi
prepare
for check in ${*:-$CHECKS}; do
    "check_$check"
done >build/lint/problems
[ ! -s build/lint/problems ] || {
    cat build/lint/problems >&2
    echo "lint: $(wc -l <build/lint/problems) problems" >&2
    exit 1
}
