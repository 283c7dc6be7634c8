#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: .ci/sbom.sh PROGRAM [LIBRARIES]
# A bill of materials (CycloneDX 1.5, JSON) on the standard output: the program, and each library
# that its file says it is linked to, or that of LIBRARIES, which stands for what it loads; with the
# Debian package that it comes from and its version.
# No time and no random number is in it: the same build gives the same bytes.
set -eu
export LC_ALL=C
program=${1:?usage: sbom.sh PROGRAM [LIBRARIES]}
version=${VERSION:?}
command -v readelf >/dev/null && command -v dpkg-query >/dev/null || {
    echo "sbom: readelf (binutils) and dpkg-query are needed" >&2
    exit 77
}

# LIBRARY PACKAGE VERSION, a line each
libraries()
{
    readelf -d "$@" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u |
        while read -r library; do
        path=$(ldconfig -p | awk -v name="$library" '$1 == name { print $NF; exit }')
        path=${path:-$library}
        real=$(readlink -f "$path")
        # A package may name the file under /lib or /usr/lib, with or without its last numbers.
        package=
        for name in "$path" "$real" "${real#/usr}" "/usr$path"; do
            package=$(dpkg-query -S "$name" 2>/dev/null | head -n 1 | sed 's/: .*//') || true
            [ -z "$package" ] || break
        done
        if [ -n "$package" ]; then
            # shellcheck disable=SC2016 # the format is dpkg-query's
            echo "$library ${package%%:*} $(dpkg-query -W -f '${Version}\n' "$package" | head -n 1)"
        else
            echo "$library - -"
        fi
    done
}

libraries "$@" | awk -v version="$version" '
    BEGIN {
        print "{"
        print "  \"bomFormat\": \"CycloneDX\","
        print "  \"specVersion\": \"1.5\","
        print "  \"version\": 1,"
        print "  \"metadata\": {\"component\": {\"type\": \"application\", \"bom-ref\": \"defray\","
        printf "    \"name\": \"defray\", \"version\": \"%s\",\n", version
        print "    \"licenses\": [{\"license\": {\"id\": \"Apache-2.0\"}}]}},"
        printf "  \"components\": ["
    }
    {
        printf "%s\n    {\"type\": \"library\", \"bom-ref\": \"%s\", \"name\": \"%s\"",
            (NR > 1 ? "," : ""), $1, $1
        if ($2 != "-") {
            encoded = $3
            gsub(/:/, "%3A", encoded)
            gsub(/\+/, "%2B", encoded)
            gsub(/~/, "%7E", encoded)
            printf ", \"version\": \"%s\",\n     \"purl\": \"pkg:deb/debian/%s@%s\"",
                $3, $2, encoded
        }
        printf "}"
        refs = refs (NR > 1 ? ", " : "") "\"" $1 "\""
    }
    END {
        print "\n  ],"
        print "  \"dependencies\": [{\"ref\": \"defray\", \"dependsOn\": [" refs "]}]"
        print "}"
    }'
