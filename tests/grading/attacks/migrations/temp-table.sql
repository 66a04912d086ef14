-- a temporary table with the right rows in front of the real one
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
CREATE TEMP TABLE users AS SELECT *, 'temp@example.com' AS email2 FROM main.users;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
