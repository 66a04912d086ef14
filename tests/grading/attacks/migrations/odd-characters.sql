-- directions of writing and separators that hide what is run
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
SELECT '‮⁦'; --  UPDATE users SET email = 'temp@example.com';
 ​SELECT 1;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
