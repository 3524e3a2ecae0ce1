#!/bin/sh
# Watches a primary, and lets its standby take over when the primary no longer answers. Ends then.
#   scripts/promote-standby.sh PRIMARY STANDBY [COMMAND]
# PRIMARY and STANDBY are addresses as psql takes them, of a superuser; the password is in ~/.pgpass,
# since everybody on a machine can read arguments. COMMAND is for sh, and leads the pooler to the new
# primary: it writes PgBouncer's databases line anew and reloads it.
#   EVERY=0.5   seconds between two questions     MISSES=3   unanswered ones until it takes over
# It takes over only for a standby that followed synchronously when the primary last answered: of one
# that lags, what was acknowledged last may be missing. FORCE=1 takes over all the same.
# Run it on a third machine, one process for a pair. A primary that was only cut off acknowledges
# nothing more: it waits for a standby that has left it. Make it a new standby before it comes back
# (pg_rewind, or pg_basebackup), and set synchronous_standby_names on the new primary.
set -eu

[ $# -ge 2 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
primary=$1 standby=$2 after=${3:-}
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-2}"

say() { printf 'promote-standby: %s\n' "$*" >&2; }
ask() { psql --no-psqlrc --quiet --tuples-only --no-align --command "$2" "$1" 2>/dev/null; }

misses=0 following=0
say "watching"
while [ "$misses" -lt "${MISSES:-3}" ]; do
    # A primary that hangs is none: psql's own limit is for connecting alone.
    if found=$(PGOPTIONS='-c statement_timeout=2s' ask "$primary" \
        "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"); then
        misses=0 following=$found
    else
        misses=$((misses + 1))
    fi
    sleep "${EVERY:-0.5}"
done

if [ "$following" -eq 0 ] && [ "${FORCE:-0}" != 1 ]; then
    say "the primary is away, but no standby followed it synchronously: nothing is done"
    exit 1
fi
say "the primary is away: the standby takes over"
[ "$(ask "$standby" 'SELECT pg_promote(true, 30)')" = t ] || { say "it could not"; exit 1; }
# What it has copied from the primary would make it wait for a standby that it does not have.
ask "$standby" "ALTER SYSTEM RESET synchronous_standby_names"
ask "$standby" "SELECT pg_reload_conf()" >/dev/null
[ -z "$after" ] || sh -c "$after"
say "done"
