-- has DuckDB write its profile into a file
-- migrate:up
-- attack
SET profiling_output = '../../../stolen.json'; PRAGMA enable_profiling = 'json';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
