-- attaches a database file of its own
-- migrate:up
-- attack
ATTACH '../../../stolen.duckdb' AS mine; CREATE TABLE mine.t AS SELECT * FROM users;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
