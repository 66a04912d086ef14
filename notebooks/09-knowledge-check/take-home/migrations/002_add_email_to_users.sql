-- The default fills the rows that are there, and goes. So this is one transaction on every table.

-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR DEFAULT 'temp@example.com';
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users ALTER COLUMN email DROP DEFAULT;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
