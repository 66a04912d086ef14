-- a default that counts how often it is asked
-- migrate:up
-- attack
CREATE SEQUENCE n; ALTER TABLE users ALTER name SET DEFAULT (nextval('n')::VARCHAR);
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
