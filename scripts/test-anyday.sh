#!/bin/sh
# Runs the suite, but for the tests that start a browser, on days that are not today.
#   scripts/test-anyday.sh [PYTEST ARGUMENTS]   for example: tests/patients
# Debian's faketime moves the clock of every process that the tests start, PostgreSQL included, by
# the same distance. What only measures how long something takes, and the times of files, stay real.
set -eu

PY="${PY:-.venv/bin/python}"
WORKERS="${WORKERS:-2}"
# The third column says which moment in UTC that is. In London 01:30 does not exist on the day the
# clocks go forward: it is half past one by the old time, when people's clocks show 02:30.
DAYS="${DAYS:-
2027-01-01T00:05 UTC           2027-01-01T00:05
2027-03-28T01:30 Europe/London 2027-03-28T01:30
2028-02-29T23:50 UTC           2028-02-29T23:50
2031-07-16T12:00 UTC           2031-07-16T12:00}
"

say() { printf 'Homeward: %s\n' "$*" >&2; }

library=$(find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)
[ -n "$library" ] || { say "faketime is missing; make test-anyday installs it"; exit 1; }

printed=$(mktemp)
counts=$(mktemp)
trap 'rm -f "$printed" "$counts"' EXIT
failed=0
while read -r day zone moment; do
    [ -n "$day" ] || continue
    say "the suite on $day, $zone"
    away=$(($(date -u -d "$moment" +%s) - $(date +%s)))
    # The pipe's status is tee's, so the run leaves its own.
    { env TZ="$zone" LD_PRELOAD="$library" FAKETIME="$(printf %+d "$away")" \
        FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 PYTHONPATH=scripts/anyday \
        "$PY" -m pytest -q -n "$WORKERS" --dist worksteal -m "not browser" "$@" </dev/null && echo green || echo RED
    } | tee "$printed"
    state=$(tail -n 1 "$printed")
    [ "$state" = green ] || failed=1
    printf '%s %-13s %-5s %s\n' "$day" "$zone" "$state" "$(tail -n 2 "$printed" | head -n 1)" >>"$counts"
done <<EOF
$DAYS
EOF
cat "$counts"
exit "$failed"
