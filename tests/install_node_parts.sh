#!/usr/bin/env bash
# Fetch what the tests of xlwings Lite and xlwings Server need, once, into a folder in the user's cache:
#   pyodide and playwright-core (npm), the wheels that stand in for what Lite brings along (PyPI), and Debian's Chromium;
#   in its folder rewriters the libraries by which scripts rewrite workbooks (npm).
# Prints the folder. Versions are pinned here and nowhere else; a changed list makes a new folder.
set -euo pipefail

PYODIDE=0.29.0 PYODIDE_PYTHON=3.13
PLAYWRIGHT=1.64.1
REWRITERS="exceljs@4.4.0 xlsx@0.18.5 xlsx-populate@1.21.0"
WHEELS="xlwings==0.37.8 micropip==0.11.1 packaging==26.3"

say() { printf '%s\n' "$*" >&2; }

folder=${JWDT_NODE_PARTS:-${XDG_CACHE_HOME:-$HOME/.cache}/jwdt-tests/node-$PYODIDE-$PLAYWRIGHT-$(printf %s "$WHEELS" | tr -cd '0-9')}

command -v node >/dev/null && command -v npm >/dev/null || {
    say "Node.js 20 or newer with npm is needed for the tests of xlwings Lite: https://nodejs.org"
    exit 1
}
if [ ! -f "$folder/.complete" ]; then
    mkdir -p "$folder"
    npm install --silent --no-audit --no-fund --no-save --prefix "$folder" "pyodide@$PYODIDE" "playwright-core@$PLAYWRIGHT" >&2
    # shellcheck disable=SC2086  # a list of words
    "${PYTHON:-python3}" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
        --python-version "$PYODIDE_PYTHON" --implementation py --abi none --platform any --dest "$folder/wheels" $WHEELS >&2
    touch "$folder/.complete"
fi

rewriters=$folder/rewriters
if [ "$(cat "$rewriters/.complete" 2>/dev/null)" != "$REWRITERS" ]; then
    mkdir -p "$rewriters"
    # shellcheck disable=SC2086  # a list of words
    npm install --silent --no-audit --no-fund --no-save --prefix "$rewriters" $REWRITERS >&2
    printf '%s\n' "$REWRITERS" >"$rewriters/.complete"
fi

if ! command -v chromium >/dev/null; then
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        say "Chromium is needed for the test of the task pane: sudo apt-get install chromium"
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null
fi
printf '%s\n' "$folder"
