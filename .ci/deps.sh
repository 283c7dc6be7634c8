#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: .ci/deps.sh PACKAGE...
# Installs the Debian packages that are missing. When none is, it says nothing and
# needs neither root nor network. DEFRAY_DEPS=never forbids installing anything.
set -u

# Elsewhere than on Debian the headers decide; the list matches the packages.
check_headers()
{
    headers="libconfig.h xlsxwriter.h zip.h expat.h zlib.h isa-l.h hpdf.h jansson.h sqlite3.h"
    case " $* " in
    *" check "*) headers="$headers check.h" ;;
    esac
    lacking=
    for header in $headers; do
        printf '#include <stddef.h>\n#include <%s>\n' "$header" |
            "${CC:-cc}" -fsyntax-only -x c - >/dev/null 2>&1 || lacking="$lacking $header"
    done
    if [ -n "$lacking" ]; then
        echo "deps: this is not a Debian system, and these headers are missing:$lacking" >&2
        echo "deps: install what Debian calls: $*" >&2
        exit 1
    fi
}

# No question asked, another apt waited for, nothing beyond what is named.
apt()
{
    # shellcheck disable=SC2086 # $as_root is a command or nothing
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    check_headers "$@"
    exit 0
fi

missing=
for package in "$@"; do
    # shellcheck disable=SC2016 # the format is dpkg-query's
    state=$(dpkg-query -W -f '${db:Status-Status} ' "$package" 2>/dev/null)
    case " $state" in
    *" installed "*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

# What a person may have to type.
command="apt-get install -y --no-install-recommends$missing"
if [ "${DEFRAY_DEPS:-}" = never ]; then
    echo "deps: missing packages, and DEFRAY_DEPS=never. Type as root: $command" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true >/dev/null 2>&1; then
        echo "deps: missing packages, and neither root nor sudo. Type: sudo $command" >&2
        exit 1
    fi
    as_root="sudo -n"
fi

echo "installing:$missing${as_root:+ (with sudo)}"
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # one word a package
if ! apt install -y --no-install-recommends $missing >"$log" 2>&1 &&
    ! { apt update && apt install -y --no-install-recommends $missing; } >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "deps: the installation failed. Type as root: apt-get update && $command" >&2
    exit 1
fi
