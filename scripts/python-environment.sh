#!/bin/sh
# Makes .venv from the pins. Give it "base" for the site, "dev" for checks and tests as well.
set -eu

say() { printf 'Homeward: %s\n' "$*" >&2; }

kind="${1:-base}"
venv="${VENV:-.venv}"
python="${PYTHON:-}"
debians=/usr/bin/python3.11
if [ -z "$python" ] && "$debians" -c 'import ensurepip, venv' 2>/dev/null; then
    # Built by profile, Debian's takes up to a tenth less time for the site's work than one which
    # was compiled plainly, as those of version managers are, and comes first in the path.
    python="$debians"
fi
if [ -z "$python" ]; then
    for python in python3.11 python3 python3.13 python3.12; do
        command -v "$python" >/dev/null && "$python" -c \
            'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
        python=""
    done
fi
if [ -z "$python" ]; then
    say "Python 3.11 or newer is needed. On Debian and Ubuntu: apt-get install python3 python3-venv"
    exit 1
fi

if [ ! -x "$venv/bin/python" ]; then
    # Debian keeps the part of Python that makes environments in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
            apt-get update -q >&2 && apt-get install -q -y --no-install-recommends python3-venv >&2
        elif command -v apt-get >/dev/null && command -v sudo >/dev/null; then
            sudo apt-get update -q >&2 \
                && sudo apt-get install -q -y --no-install-recommends python3-venv >&2
        else
            say "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"
            exit 1
        fi
    fi
    say "making the Python environment in $venv"
    "$python" -m venv "$venv"
fi

say "installing the Python packages that requirements/$kind.txt pins"
pip() { "$venv/bin/python" -m pip "$@"; }
if ! { pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt \
    && pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation \
        -r "requirements/$kind.txt"; }; then
    say "pip could not install them; the lines above say why. Then run make again."
    exit 1
fi
