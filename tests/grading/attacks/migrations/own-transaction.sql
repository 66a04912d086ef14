-- ends the transaction of the check and begins another
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
COMMIT; BEGIN; UPDATE users SET email = 'temp@example.com'; COMMIT;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
