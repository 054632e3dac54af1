#!/bin/sh
# Install what the tests with the real LibreOffice need, where it is missing.
#   LibreOffice Calc and Writer >= 25.2 with its Python (UNO) bridge, unoidl-write, the Chinese user interface,
#   a Chinese font (else pictures and PDFs show boxes), poppler-utils (pdftotext, pdftoppm), and Gnumeric (ssconvert).
# Debian 12 gets them from its backports, because the 7.4 in the release itself does not map add-in names when it
# imports .xlsx. Run it as root; it is quick when all is there.
set -eu

MINIMUM=25.2
PACKAGES="libreoffice-calc libreoffice-writer libreoffice-script-provider-python python3-uno libreoffice-dev libreoffice-l10n-zh-cn fonts-noto-cjk poppler-utils gnumeric"

say() { printf '%s\n' "$*" >&2; }

missing() {
    for package in $PACKAGES; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || printf '%s ' "$package"
    done
}

recent_enough() {
    version=$(dpkg-query -W -f '${Version}' libreoffice-calc 2>/dev/null) || return 1
    # backports carry an epoch ("4:25.2.3-2~bpo12+1") on the same number
    dpkg --compare-versions "${version#*:}" ge "$MINIMUM"
}

if ! command -v apt-get >/dev/null 2>&1; then
    say "This script installs on Debian only. Please install by hand:"
    say "  LibreOffice >= $MINIMUM (Calc) with Python scripting (package names like libreoffice-script-provider-python, libreoffice-pyuno),"
    say "  its SDK (unoidl-write), its Chinese language pack, Noto CJK fonts, and poppler (pdftotext)."
    exit 1
fi

if [ -z "$(missing)" ] && recent_enough; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    say "Missing: $(missing)(LibreOffice >= $MINIMUM). Run this script as root: sudo sh $0"
    exit 1
fi

# shellcheck disable=SC1091
. /etc/os-release
release=${VERSION_CODENAME:-}
# The backports entry is the machine's own entry for the release with another suite: same server, same key.
if [ "${ID:-}" = debian ] && [ "$release" = bookworm ]; then
    target=/etc/apt/sources.list.d/jwdt-backports
    if ! grep -rqs -- "^[^#]*$release-backports" /etc/apt/sources.list /etc/apt/sources.list.d --include='*.list' --include='*.sources'; then
        for file in /etc/apt/sources.list.d/*.sources; do
            [ -f "$file" ] || continue
            awk -v release="$release" 'BEGIN { RS = ""; FS = "\n" }
                {
                    found = 0; text = ""
                    for (i = 1; i <= NF; i++) {
                        if ($i ~ /^#/) continue
                        if ($i ~ "^Suites:.*[ \t]" release "([ \t]|$)") { found = 1; $i = "Suites: " release "-backports" }
                        text = text $i "\n"
                    }
                    if (found) { print text; exit }
                }' "$file" >"$target.sources"
            [ -s "$target.sources" ] && break
        done
        if [ ! -s "$target.sources" ]; then
            rm -f "$target.sources"
            sed -n -E "s/^(deb[ \t]+(\[[^]]*\][ \t]+)?[^ \t]+)[ \t]+$release[ \t]+(.*)/\1 $release-backports \3/p" \
                /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | head -n 1 >"$target.list"
        fi
        if ! [ -s "$target.sources" ] && ! [ -s "$target.list" ]; then
            rm -f "$target.list"
            say "No apt source for $release found to derive $release-backports from; add one and run this again."
            exit 1
        fi
    fi
    from="-t $release-backports"
else
    from=""   # newer Debian and derivatives: the release itself may be recent enough, checked below
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # lists of words
apt-get install -qq -y --no-install-recommends $from $PACKAGES >/dev/null
recent_enough || {
    say "LibreOffice here is $(dpkg-query -W -f '${Version}' libreoffice-calc), needed is >= $MINIMUM; get it from libreoffice.org."
    exit 1
}
