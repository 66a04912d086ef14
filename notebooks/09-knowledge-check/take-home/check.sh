#!/bin/sh
# What has to hold before a branch is merged. Its word is the branch that others have: sh check.sh main
set -e
base="${1:-origin/main}"
git rev-parse --verify --quiet "$base^{commit}" >/dev/null || {
    echo "check.sh: there is no branch $base here. Name one that is: sh check.sh main" >&2
    exit 2
}
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Beside what others have: nothing edited, gone or late, and no finding that nobody has accepted.
mkdir -p "$work/base/migrations"
git archive "$base" | tar -x -C "$work/base"
updown review --base "$work/base/migrations"

# Nothing goes back past the newest migration that says that it cannot be taken back.
newest="$(ls migrations | sort | tail -n 1)"
stays="$(cd migrations && grep -l '^-- migrate:irreversible' -- *.sql | sort | tail -n 1)"
to="${stays%.sql}"

# On a new database: all the way up, as the files say; the newest alone down and up; down as far as can be, and up again.
updown up --database "$work/check.duckdb" --create
updown verify --database "$work/check.duckdb"
if [ "$newest" != "$stays" ]; then
    updown redo --database "$work/check.duckdb"
fi
updown down --database "$work/check.duckdb" --to "${to:-0}"
updown up --database "$work/check.duckdb"
