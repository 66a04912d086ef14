-- makes a stored secret
-- migrate:up
-- attack
CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
