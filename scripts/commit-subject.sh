#!/bin/sh
# Refuses a commit whose subject is longer than what one line of a log has room for.
set -eu
export LC_ALL=C.UTF-8
subject=$(head -n 1 "$1")
length=$(printf %s "$subject" | wc -m)
if [ "$length" -gt 72 ]; then
    echo "The subject has $length characters; it may have 72: $subject" >&2
    exit 1
fi
