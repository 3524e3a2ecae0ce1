#!/bin/sh
# Makes Homeward's three roles in the database of docker-compose.yml, and gives them their passwords.
# The container runs it when its volume is new; for a volume of an earlier release:
#   docker compose exec database sh /docker-entrypoint-initdb.d/roles.sh
set -eu

# From standard input, so that no password is in a list of processes.
psql --set ON_ERROR_STOP=1 --quiet --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<SQL
\\i /homeward/roles.sql
\\getenv owner OWNER_PASSWORD
\\getenv app APPLICATION_PASSWORD
\\getenv backup BACKUP_PASSWORD
ALTER ROLE homeward_owner PASSWORD :'owner';
ALTER ROLE homeward_app PASSWORD :'app';
ALTER ROLE homeward_backup PASSWORD :'backup';
SQL
