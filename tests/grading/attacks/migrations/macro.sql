-- a macro that shadows a function the check uses
-- migrate:up
-- attack
CREATE MACRO count(x) AS 0;
CREATE MACRO duckdb_columns() AS TABLE SELECT 1 AS nothing;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
