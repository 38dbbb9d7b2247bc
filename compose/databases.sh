#!/bin/sh
# Run once, when the volume is new: one role and database for the atlas, one role that makes Temporal's own.
set -eu
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --set=atlas="$ATLAS_DB_PASSWORD" --set=temporal="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role atlas login createdb password :'atlas';
create database atlas owner atlas;
create role temporal login createdb password :'temporal';
SQL
