#!/bin/sh
# Makes Temporal's two databases, or brings them up to date: it may be run again at any time.
set -eu
for part in temporal visibility; do
  database="$DBNAME"
  [ "$part" = visibility ] && database="$VISIBILITY_DBNAME"
  tool() { temporal-sql-tool --plugin "$DB" --endpoint "$POSTGRES_SEEDS" --port "$DB_PORT" --user "$POSTGRES_USER" --database "$database" "$@"; }
  tool create
  tool setup-schema --version 0.0
  tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$part/versioned"
done
