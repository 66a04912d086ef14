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

# On a new database: all the way up, as the files say; the newest alone down and up; all the way down, and up again.
updown up --database "$work/check.duckdb" --create
updown verify --database "$work/check.duckdb"
updown redo --database "$work/check.duckdb"
updown down --database "$work/check.duckdb" --to 0
updown up --database "$work/check.duckdb"
