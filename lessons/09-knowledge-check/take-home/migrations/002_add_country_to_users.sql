-- The default fills the rows that are there, and goes. So this is one transaction on every table.

-- migrate:up
ALTER TABLE users ADD COLUMN country VARCHAR DEFAULT 'unknown';
ALTER TABLE users ALTER COLUMN country SET NOT NULL;
ALTER TABLE users ALTER COLUMN country DROP DEFAULT;

-- migrate:down
ALTER TABLE users DROP COLUMN country;
