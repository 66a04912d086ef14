"""A shop with everything that stands in the way of ALTER, and one operation run on it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from course_lib.migrations import Outcome, Plan, make_plan, read_applied, read_folder, run_plan

from ..test_formats import write

SHOP = """\
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE SEQUENCE numbers START 100;
CREATE TABLE users (
    id INTEGER PRIMARY KEY DEFAULT nextval('numbers'),
    "Full Name" VARCHAR NOT NULL,
    email VARCHAR COLLATE NOCASE UNIQUE,
    age INTEGER DEFAULT 3 CHECK (age >= 0),
    how mood DEFAULT 'good',
    boss INTEGER REFERENCES users (id),
    address STRUCT(city VARCHAR, "po box" INTEGER[]),
    note VARCHAR,
    label VARCHAR GENERATED ALWAYS AS ("Full Name" || ' ' || id)
);
INSERT INTO users VALUES
    (1, 'Ada', 'ada@x', 36, 'good', NULL, {'city': 'London', 'po box': [1, 2]}, 'first');
INSERT INTO users VALUES (2, 'Ab''u; --', NULL, NULL, NULL, 1, NULL, NULL);
INSERT INTO users VALUES (3, 'Zoë', 'zoe@x', 0, 'bad', 2, {'city': 'Oslo', 'po box': NULL}, '007');
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), price DECIMAL(8,2)
);
INSERT INTO orders VALUES (1, 1, 9.50), (2, 3, 0), (3, 3, NULL);
CREATE TABLE lines (order_id INTEGER REFERENCES orders (id), what VARCHAR, n INTEGER DEFAULT 1);
INSERT INTO lines VALUES (1, 'tea', 2), (3, NULL, NULL), (3, 'x', 1);
CREATE TABLE visits (page VARCHAR, times INTEGER, at_night BOOLEAN);
INSERT INTO visits VALUES ('/', 3, true), ('/buy', NULL, NULL), ('/', 3, false);
CREATE TABLE log (n BIGINT);
CREATE TABLE towns (name VARCHAR NOT NULL, people INTEGER);
INSERT INTO towns VALUES ('Oslo', 1), ('Rome', 9);
CREATE TABLE codes (code VARCHAR PRIMARY KEY);
INSERT INTO codes VALUES ('a'), ('');
CREATE INDEX by_name ON users (lower("Full Name"), age);
CREATE UNIQUE INDEX by_what ON lines (order_id, what);
CREATE VIEW grown AS SELECT id, "Full Name" AS name FROM users WHERE age > 17;
CREATE VIEW names AS SELECT name FROM grown;
CREATE MACRO twice(x) AS x * 2;
CREATE TRIGGER counted AFTER INSERT ON orders
    FOR EACH STATEMENT INSERT INTO log SELECT count(*) FROM users;
COMMENT ON TABLE users IS 'people; it''s them';
COMMENT ON COLUMN users.age IS 'in years';
COMMENT ON COLUMN orders.price IS 'in euros';
COMMENT ON INDEX by_name IS 'for the search';
CREATE SCHEMA "s 2";
CREATE TABLE "s 2"."a.b" (id INTEGER PRIMARY KEY, x INTEGER);
CREATE TABLE "s 2".child (id INTEGER REFERENCES "s 2"."a.b" (id), "check" VARCHAR);
INSERT INTO "s 2"."a.b" VALUES (7, 8);
INSERT INTO "s 2".child VALUES (7, 'k');
"""


def shop(path: Path) -> duckdb.DuckDBPyConnection:
    """The shop in a file."""
    con = duckdb.connect(path / "shop.duckdb")
    con.execute(SHOP)
    return con


def migrate(
    con: duckdb.DuckDBPyConnection, path: Path, operations: str, *, shadow: bool = False
) -> Outcome:
    """One up of a migration with these operations."""
    text = f"transaction = {not shadow}\noperations = [\n    {operations},\n]\n"
    folder = write(path, {"001_x.py": text})
    plan = make_plan(read_folder(folder), read_applied(con), "up")
    assert isinstance(plan, Plan), str(plan)
    return run_plan(con, plan)


def take_back(con: duckdb.DuckDBPyConnection, path: Path) -> Outcome:
    """The down of that migration."""
    plan = make_plan(read_folder(path / "migrations"), read_applied(con), "down")
    assert isinstance(plan, Plan), str(plan)
    return run_plan(con, plan)
