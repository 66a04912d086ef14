-- an error whose words look like points
-- migrate:up
-- attack
SELECT error('10.0');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
