-- tries to unlock the configuration
-- migrate:up
-- attack
RESET lock_configuration; SET lock_configuration = false; SET enable_external_access = true;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
