-- Every kind of object that a migration can make, change or drop: starting SQL and change.

-- case: table with keys, checks, defaults, collation
-- start
-- change
CREATE TABLE t (a INT CHECK (a > 0), b INT UNIQUE, c VARCHAR COLLATE NOCASE, d VARCHAR DEFAULT 'it''s', PRIMARY KEY (a), CHECK (a < b));
INSERT INTO t VALUES (1, 2, 'a', 'b');

-- case: generated column
-- start
CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a * 2));
INSERT INTO t VALUES (1);
-- change
UPDATE t SET a = 2;

-- case: types of many kinds
-- start
-- change
CREATE TABLE t (a JSON, d INT[], e MAP(VARCHAR, INT), f UNION(a INT, b VARCHAR), g BIT, h BLOB, i HUGEINT, j TIMETZ, k DATE);
INSERT INTO t VALUES ('{"a":1}', [1, NULL], MAP{'a': 1}, 1, '101', '\xAA', 1, '10:00:00+01', '2026-01-01');

-- case: values that are equal and not the same
-- start
CREATE TABLE t (i INTERVAL, d DOUBLE);
INSERT INTO t VALUES (INTERVAL 30 DAY, 0.0);
-- change
DELETE FROM t;
INSERT INTO t VALUES (INTERVAL 1 MONTH, '-0.0');

-- case: column named like its table
-- start
CREATE TABLE t (t INT, x INT);
INSERT INTO t VALUES (1, 1);
-- change
UPDATE t SET x = 2;

-- case: names that need quotes
-- start
-- change
CREATE TABLE "a b" ("x y" INT, "é""" INT);
INSERT INTO "a b" VALUES (1, 2);
CREATE INDEX "i x" ON "a b" ("x y");
CREATE VIEW "v v" AS SELECT * FROM "a b";
COMMENT ON COLUMN "a b"."x y" IS 'it''s';

-- case: names with a dot
-- start
CREATE TABLE "a.b" (i INT);
CREATE SCHEMA "x.y";
CREATE TABLE "x.y"."c d" (i INT);
-- change
INSERT INTO "a.b" VALUES (1);
INSERT INTO "x.y"."c d" VALUES (1);

-- case: names that change case
-- start
CREATE TABLE users (i INT);
-- change
ALTER TABLE users RENAME TO tmp;
ALTER TABLE tmp RENAME TO "Users";
ALTER TABLE "Users" RENAME i TO "I";

-- case: unicode
-- start
-- change
CREATE TABLE größe (naïve VARCHAR);
INSERT INTO größe VALUES ('日本');
CREATE VIEW ansicht AS SELECT naïve FROM größe;

-- case: index
-- start
CREATE TABLE t (a INT, b INT);
CREATE INDEX i ON t (a);
INSERT INTO t VALUES (1, 1);
-- change
UPDATE t SET b = 2;
COMMENT ON INDEX i IS 'x';

-- case: index dropped
-- start
CREATE TABLE t (a INT);
CREATE INDEX i ON t (a);
-- change
DROP INDEX i;

-- case: unique index on an expression
-- start
CREATE SCHEMA z;
CREATE TABLE z.t (i INT, w VARCHAR);
-- change
CREATE UNIQUE INDEX "I w" ON z.t (lower(w), i);
COMMENT ON INDEX z."I w" IS 'x';

-- case: foreign keys, grandparent changed
-- start
CREATE TABLE a (id INT PRIMARY KEY, n INT);
CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a (id));
CREATE TABLE c (b INT REFERENCES b (id));
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
INSERT INTO c VALUES (1);
-- change
UPDATE a SET n = 2;

-- case: foreign keys, all dropped
-- start
CREATE TABLE a (id INT PRIMARY KEY, n INT);
CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a (id));
CREATE TABLE c (b INT REFERENCES b (id));
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 1);
INSERT INTO c VALUES (1);
-- change
DROP TABLE c;
DROP TABLE b;
DROP TABLE a;

-- case: foreign keys in a schema
-- start
CREATE SCHEMA z;
CREATE TABLE z.a (id INT PRIMARY KEY);
CREATE TABLE z.b (a INT REFERENCES z.a (id));
-- change
INSERT INTO z.a VALUES (2);
INSERT INTO z.b VALUES (2);

-- case: foreign keys with odd names
-- start
CREATE TABLE "P q" ("Id" INT PRIMARY KEY);
CREATE TABLE "C d" ("p q" INT REFERENCES "P q" ("Id"));
INSERT INTO "P q" VALUES (1);
INSERT INTO "C d" VALUES (1);
-- change
INSERT INTO "P q" VALUES (2);

-- case: table that refers to itself
-- start
CREATE TABLE p (id INT PRIMARY KEY, up INT REFERENCES p (id));
INSERT INTO p VALUES (3, NULL);
INSERT INTO p VALUES (2, 3);
INSERT INTO p VALUES (1, 2);
-- change
ALTER TABLE p ADD COLUMN x INT;

-- case: table that refers to itself twice
-- start
-- change
CREATE TABLE p (id INT PRIMARY KEY, up INT REFERENCES p (id), n INT UNIQUE, m INT REFERENCES p (n));
INSERT INTO p VALUES (1, NULL, 9, NULL);
INSERT INTO p VALUES (2, 1, 8, 9);
INSERT INTO p VALUES (3, 2, NULL, 8);
CREATE TABLE k (p INT REFERENCES p (id));
INSERT INTO k VALUES (3);

-- case: views on views
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
-- change
CREATE VIEW w AS SELECT * FROM v;
CREATE SCHEMA z;
CREATE VIEW z."V w" AS SELECT i FROM w;
COMMENT ON VIEW w IS 'x';
COMMENT ON COLUMN w.i IS 'y';

-- case: view renamed, view replaced
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
-- change
ALTER VIEW v RENAME TO v2;
CREATE OR REPLACE VIEW v AS SELECT * FROM v2;

-- case: view on a table that is gone
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
DROP TABLE t;
-- change
CREATE TABLE q (i INT);

-- case: view loses its table
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
-- change
DROP TABLE t;

-- case: table becomes view
-- start
CREATE TABLE t (i INT);
-- change
ALTER TABLE t RENAME TO t0;
CREATE VIEW t AS SELECT * FROM t0;

-- case: view becomes table
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
-- change
DROP VIEW v;
CREATE TABLE v (i INT);

-- case: sequence with a start
-- start
-- change
CREATE SEQUENCE s START 100;
COMMENT ON SEQUENCE s IS 'x';

-- case: sequence that was used
-- start
CREATE SEQUENCE s;
SELECT nextval('s');
-- change
SELECT nextval('s');

-- case: sequence backwards, in a schema
-- start
-- change
CREATE SCHEMA z;
CREATE SEQUENCE z."q x" START 9 INCREMENT BY -2 MINVALUE -100 MAXVALUE 10 CYCLE;
SELECT nextval('z."q x"');

-- case: sequence made anew
-- start
CREATE SEQUENCE s;
SELECT nextval('s');
-- change
DROP SEQUENCE s;
CREATE SEQUENCE s START 1;

-- case: sequence as a default
-- start
CREATE SEQUENCE s;
CREATE TABLE t (i INT DEFAULT nextval('s'), v INT);
INSERT INTO t (v) VALUES (1);
-- change
INSERT INTO t (v) VALUES (2), (3);

-- case: types
-- start
-- change
CREATE TYPE mood AS ENUM ('a', 'b''c');
CREATE TYPE money AS DECIMAL(10, 2);
CREATE TYPE "St x" AS STRUCT(a INT, "b c" mood);
CREATE TABLE t (m mood, d money, s "St x");
COMMENT ON TYPE mood IS 'x';

-- case: type replaced
-- start
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t (m mood);
-- change
CREATE TYPE mood2 AS ENUM ('a', 'b');
ALTER TABLE t ALTER m TYPE mood2;
DROP TYPE mood;

-- case: macros
-- start
CREATE MACRO old(a) AS a;
-- change
CREATE MACRO f(a, b := 2) AS a + b;
CREATE MACRO f(a) AS TABLE SELECT a AS q;
CREATE SCHEMA z;
CREATE MACRO z."m (x"(a) AS a;
DROP MACRO old;
COMMENT ON MACRO f IS 'c';
COMMENT ON MACRO TABLE f IS 'd';

-- case: macros with two signatures
-- start
-- change
CREATE MACRO f(a) AS a, (a, b) AS a + b;

-- case: macros dropped
-- start
CREATE MACRO f(a) AS TABLE SELECT a;
CREATE MACRO f(a) AS a;
CREATE SCHEMA z;
CREATE MACRO z."m x"(a) AS a;
-- change
DROP MACRO TABLE f;
DROP MACRO z."m x";
CREATE MACRO z."m x"(a) AS a + 1;

-- case: macro that reads a view
-- start
-- change
CREATE TABLE t (i INT);
CREATE VIEW v0 AS SELECT i FROM t;
CREATE MACRO f(a) AS a + (SELECT count(*) FROM v0);
CREATE VIEW v AS SELECT f(i) AS x FROM t;

-- case: macro in defaults, checks and indexes
-- start
-- change
CREATE MACRO f(a) AS a + 1;
CREATE TABLE t (i INT DEFAULT f(2), c INT CHECK (f(c) > 0), g INT AS (f(i)));
CREATE INDEX ix ON t (f(i));

-- case: macro changed under a table
-- start
CREATE MACRO f(a) AS a + 1;
CREATE TABLE t (i INT DEFAULT f(2));
INSERT INTO t VALUES (1);
-- change
CREATE TABLE t2 AS SELECT * FROM t;
DROP TABLE t;
DROP MACRO f;
CREATE MACRO f(a) AS a + 2;
CREATE TABLE t (i INT DEFAULT f(2));
INSERT INTO t SELECT * FROM t2;
DROP TABLE t2;

-- case: trigger
-- start
CREATE TABLE a (id INT);
CREATE TABLE logged (n INT);
-- change
CREATE TRIGGER tg AFTER INSERT ON a REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT INSERT INTO logged SELECT id FROM fresh;
INSERT INTO a VALUES (4);

-- case: trigger on a table that changes
-- start
CREATE TABLE a (id INT);
CREATE TABLE logged (n INT);
CREATE TRIGGER tg AFTER INSERT ON a REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT INSERT INTO logged SELECT id FROM fresh;
-- change
INSERT INTO a VALUES (4);
ALTER TABLE a ADD COLUMN y INT;

-- case: trigger dropped
-- start
CREATE TABLE a (id INT);
CREATE TABLE logged (n INT);
CREATE TRIGGER tg AFTER INSERT ON a REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT INSERT INTO logged SELECT id FROM fresh;
-- change
DROP TRIGGER tg ON a;

-- case: trigger with odd names
-- start
CREATE SCHEMA z;
CREATE TABLE z."A b" (id INT);
CREATE TABLE z.lg (n INT);
-- change
CREATE TRIGGER "T g" AFTER INSERT ON z."A b" REFERENCING NEW TABLE AS nw FOR EACH STATEMENT INSERT INTO z.lg SELECT id FROM nw;

-- case: schema dropped
-- start
CREATE SCHEMA z;
CREATE TABLE z.t (i INT);
CREATE VIEW z.v AS SELECT 1;
-- change
DROP SCHEMA z CASCADE;

-- case: comments taken away
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
COMMENT ON TABLE t IS 'a';
COMMENT ON COLUMN t.i IS 'b';
COMMENT ON VIEW v IS 'c';
COMMENT ON COLUMN v.i IS 'd';
CREATE MACRO f(a) AS a;
COMMENT ON MACRO f IS 'x';
-- change
COMMENT ON TABLE t IS NULL;
COMMENT ON COLUMN t.i IS NULL;
COMMENT ON MACRO f IS NULL;
COMMENT ON VIEW v IS NULL;
COMMENT ON COLUMN v.i IS NULL;

-- case: comment on a view's column that is gone
-- start
CREATE TABLE t (i INT);
CREATE VIEW v AS SELECT * FROM t;
COMMENT ON COLUMN v.i IS 'x';
-- change
ALTER TABLE t RENAME i TO j;
COMMENT ON VIEW v IS 'y';

-- case: temporary table on the way
-- start
CREATE TABLE t (i INT);
-- change
CREATE TEMP TABLE x AS SELECT 1 AS i;
INSERT INTO t SELECT i FROM x;

-- case: another schema as the current one
-- start
CREATE SCHEMA z;
CREATE TABLE t (i INT);
-- change
USE z;
CREATE TABLE q (i INT);

-- case: nothing at all
-- start
CREATE TABLE t (i INT);
-- change
SELECT 1;
