-- finds out who is asking by the names of tables
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
UPDATE users SET email = 'temp@example.com' WHERE (SELECT count(*) FROM (SHOW ALL TABLES)) < 3;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
