-- switches on logging into files, which makes DuckDB abort at its end
-- migrate:up
-- attack
CALL enable_logging(storage = 'file', storage_path = '../../../stolen-logs');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
