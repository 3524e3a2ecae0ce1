#!/bin/sh
# Installs the system packages that Homeward needs, where they are missing.
#   scripts/system-packages.sh run    for the site: text layout for PDF, and fonts
#   scripts/system-packages.sh test   for the tests: the same, a browser, PDF tools, faketime, pgbouncer
#   scripts/system-packages.sh faults   for make faults: the same, and haproxy
# On Debian and Ubuntu through apt, with sudo where not root. Elsewhere it prints what is missing.
set -eu

# Pango lays out text for WeasyPrint. Noto Sans covers Latin, Greek, Cyrillic, Hebrew and Arabic;
# Noto Sans CJK Chinese, Japanese and Korean; Noto Color Emoji today's emoji, light enough to read in
# black and white; Symbola signs and arrows.
# The word list tells the search which words are no misspelling of another.
RUN="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-core fonts-noto-cjk"
RUN="$RUN fonts-noto-color-emoji fonts-symbola wamerican-small"
TEST="poppler-utils faketime pgbouncer"
FAULTS="haproxy"

say() { printf 'Homeward: %s\n' "$*" >&2; }
any_browser() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
        || command -v google-chrome >/dev/null
}

wanted="$RUN"
browser=""
mode="${1:-run}"
if [ "$mode" != run ]; then
    wanted="$RUN $TEST"
    [ "$mode" != faults ] || wanted="$wanted $FAULTS"
    # The browser's shell is the same engine at half the cost. Debian has it. Elsewhere any Chrome or
    # Chromium of any origin counts, as it does where nobody may install: Ubuntu's chromium package
    # is a snap.
    if ! command -v chromium-headless-shell >/dev/null; then
        any_browser || browser="chromium"
        if grep -qsx 'ID=debian' /etc/os-release && { [ -n "$browser" ] || [ "$(id -u)" -eq 0 ]; }; then
            browser="chromium-headless-shell"
        fi
    fi
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    missing=""
    for library in libpango-1.0 libpangoft2-1.0 libharfbuzz-subset; do
        if command -v ldconfig >/dev/null && ! ldconfig -p | grep -q "$library"; then
            missing="$missing $library"
        fi
    done
    command -v fc-list >/dev/null && fc-list | grep -qi "Noto Sans" || missing="$missing Noto-Sans-fonts"
    [ "$mode" = run ] || command -v pdftoppm >/dev/null || missing="$missing poppler"
    any_browser || missing="$missing${browser:+ chromium}"
    [ -z "$missing" ] && exit 0
    say "this system has no apt. Install these with its own tools, then run make again:$missing"
    exit 1
fi

missing="$browser"
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
    # Without a terminal nobody can type a password.
    [ -t 0 ] || as_root="sudo -n"
    if ! command -v sudo >/dev/null; then
        say "these packages are missing, and this account may not install them: $missing"
        say "ask an administrator for: apt-get install $missing"
        exit 1
    fi
fi

install() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$@" >&2
}

say "installing system packages: $missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || true
# An older Debian has no shell of the browser: then the whole of it.
if [ "$browser" = chromium-headless-shell ]; then
    missing=${missing#"$browser"}
    install "$browser" || any_browser || missing="chromium $missing"
fi
# shellcheck disable=SC2086 (the list is meant to split)
if [ -n "$missing" ] && ! install $missing; then
    say "apt could not install them. Install them by hand, then run make again: $missing"
    exit 1
fi
