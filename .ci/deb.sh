#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: .ci/deb.sh, from `make deb`
# A Debian package of what `make install` puts into /usr, in build/deb. No debhelper: the few
# things that it would do are here. The same sources give the same bytes, wherever they lie and
# whenever it is made: every time is that of the changelog.
set -eu
export LC_ALL=C.UTF-8 TZ=UTC
umask 022
cd "$(dirname "$0")/.."
version=$(dpkg-parsechangelog -l .ci/deb/changelog -S Version)
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l .ci/deb/changelog -S Timestamp)
export SOURCE_DATE_EPOCH
if [ "$version" != "$VERSION" ]; then
    echo "deb: .ci/deb/changelog is of version $version, the Makefile of $VERSION" >&2
    exit 1
fi
architecture=$(dpkg --print-architecture)
base=$PWD/build/deb
stage=$base/defray
package=$base/defray_${version}_$architecture.deb
rm -rf "$base"
mkdir -p "$stage/DEBIAN" "$base/debian"
"${MAKE:-make}" -s install build/libraries.so QUIET=1 DESTDIR="$stage" PREFIX=/usr

documents=$stage/usr/share/doc/defray
rm "$documents/LICENSE" # Debian has it once for all
install -m 644 .ci/deb/copyright "$documents/copyright"
install -m 644 .ci/deb/changelog "$documents/changelog"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$stage/usr/bin/defray"
find "$stage/usr/share/man" "$documents/changelog" -type f -exec gzip -9n {} +

# dpkg-shlibdeps wants to stand in a source package. Of a library that is loaded it is told by a
# file that is linked to it.
libraries=$PWD/build/libraries.so
printf 'Source: defray\n\nPackage: defray\nArchitecture: any\n' >"$base/debian/control"
depends=$(cd "$base" && dpkg-shlibdeps -O defray/usr/bin/defray "$libraries" 2>shlibdeps.log |
    sed -n 's/^shlibs:Depends=//p')
if [ -z "$depends" ]; then
    cat "$base/shlibdeps.log" >&2
    exit 1
fi
size=$(find "$stage/usr" -type f -printf '%s\n' |
    awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')
sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/
    s/@SIZE@/$size/; s/@DEPENDS@/$depends/" \
    .ci/deb/control >"$stage/DEBIAN/control"
(cd "$stage" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) >"$stage/DEBIAN/md5sums"
find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$stage" "$package" >/dev/null
if command -v lintian >/dev/null 2>&1; then
    lintian --fail-on error,warning --allow-root "$package"
else
    echo "deb: lintian is not installed: the package is not judged" >&2
fi
echo "$package"
