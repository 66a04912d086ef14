-- a second part with another up
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
-- migrate:up
UPDATE users SET email = 'temp@example.com';
-- migrate:up
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
