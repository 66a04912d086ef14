-- asks the catalog in a text that is put together when it runs
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
UPDATE users SET email = 'temp@example.com' WHERE (SELECT count(*) FROM query('FROM duck' || 'db_databases()')) > 3;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
