#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Read by tests/lint.sh --self-test, whose `here` it uses: each check finds the faults that are
# planted for it, and none in a good tree.

# --- negative controls: a check, a file, and what stands in it ---

miss()
{
    echo "lint: $1" >&2
    echo "$1" >>"$tree/missed"
}

# plant CHECK FILE TEXT
plant()
{
    mkdir -p "$tree/$(dirname "$2")"
    printf '/* SPDX-License-Identifier: Apache-2.0 */\n/* Bad. */\n%b\n' "$3" >"$tree/$2"
    LINT_ROOT=$tree sh "$here/lint.sh" "$1" 2>&1 | grep -q "^$2:" ||
        miss "the check '$1' did not find the fault in $2: $3"
    rm -f "$tree/$2"
}

# What two of the checks ask of a tool, where there is one. That the catalogue has the texts of the
# sources takes the Makefile, and is not planted.
plant_tools()
{
    case $(clang-format --version 2>/dev/null) in
    *"version 14."*) plant format src/rules/a.c 'int  x;' ;;
    esac
    command -v msgfmt >/dev/null 2>&1 || return 0
    mkdir "$tree/po"
    cat >"$tree/po/fr.po" <<'PO'
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

#, c-format
msgid "%s"
msgstr "%d"
PO
    LINT_ROOT=$tree sh "$here/lint.sh" catalogue 2>&1 | grep -q '^po/fr.po:6:' ||
        miss "the check 'catalogue' did not find the fault in po/fr.po"
    rm -r "$tree/po"
}

self_test()
{
    tree=$PWD/build/lint/self-test
    long=$(awk 'BEGIN { for (i = 0; i < 71; i++) printf "    x();\\n" }')
    rm -rf "$tree"
    mkdir -p "$tree/src/base" "$tree/src/rules" "$tree/include/defray/codes" "$tree/build/lint"
    cat >"$tree/include/defray/good.h" <<'C'
/* SPDX-License-Identifier: Apache-2.0 */
/* layer: rules */
/* Good: what a free man's system() of time is worth, "double" 'float'. */
#ifndef DEFRAY_GOOD_H
#define DEFRAY_GOOD_H
int good_one(int a, int b);
#endif
C
    cat >"$tree/src/rules/node.c" <<'C'
/* SPDX-License-Identifier: Apache-2.0 */
/* Good. */
#include "defray/good.h"

#include <libconfig.h>

const char *const words[] = {"malloc(1)", "/* double", "it\"s free(x)"};
C
    LINT_ROOT=$tree sh "$here/lint.sh" spdx headings layers words purity functions sizes typedefs \
        tags headers || miss "a check finds fault with a good tree"

    printf 'int x;\n' >"$tree/src/rules/bare.c"
    LINT_ROOT=$tree sh "$here/lint.sh" spdx 2>&1 | grep -q '^src/rules/bare.c:1:' ||
        miss "the check 'spdx' did not find src/rules/bare.c"
    rm "$tree/src/rules/bare.c"
    plant headings src/base/a.c '// a line\nint x;'
    plant headings include/defray/x.h 'int x;'
    plant layers src/base/a.c '#include "defray/good.h"'
    plant layers src/base/a.c '#include "../rules/node.h"'
    plant layers src/base/a.c '#include "../nowhere/node.h"'
    plant layers src/base/a.c '#include "deeper/node.h"'
    plant layers include/defray/lost.h 'int x;'
    plant words src/output/a.c '#include <libconfig.h>'
    plant words src/output/a.c '#include <curl/curl.h>'
    plant words src/rules/a.c 'int f(void)\n{\n    return atoi("1");\n}'
    plant words src/rules/a.c 'static double x;'
    plant words src/rules/a.c 'void f(void)\n{\n    free (0);\n}'
    plant words src/rules/a.c '/* "quoted" */ int x = (int)time(0);'
    plant words src/rules/a.c '/* TODO later */'
    plant purity src/liquidation/a.c '#include <stdio.h>'
    plant functions src/rules/a.c "int\\nf(void)\\n{\\n$long}"
    plant functions src/rules/a.c \
        'int\nf(int a, int b, int c,\n  int d, int e, int (*f)(int, int), int g)\n{\n}'
    plant sizes src/rules/a.c "$(awk 'BEGIN { for (i = 0; i < 499; i++) printf "\\n" }')"
    plant sizes src/rules/a.c "/* $(awk 'BEGIN { for (i = 0; i < 100; i++) printf "x" }') */"
    plant typedefs src/rules/a.c 'typedef int number;'
    plant tags include/defray/x.h 'struct twice {\n    int a;\n};\nenum twice { ONE };'
    plant headers src/rules/a.h 'size_t f(struct unknown x);'
    plant codes include/defray/codes/a.def 'CODE(Z999, SEVERITY_ERROR, "x", "y", "z")'
    mkdir -p "$tree/src/command" "$tree/tests/unit"
    printf 'void f(void)\n{\n    say(CODE_Z998);\n}\n' >"$tree/src/command/z.c"
    printf '/* Z998 where it comes about. */\nint x = "P001;Z998;2";\n' >"$tree/tests/unit/z.c"
    plant codes include/defray/codes/a.def 'CODE(Z998, SEVERITY_ERROR, "x", "y", "z")'
    rm -r "$tree/src/command" "$tree/tests"
    plant private src/rules/a.c '/* see ../share''d/notes */'
    plant_tools
    [ ! -f "$tree/missed" ]
}
