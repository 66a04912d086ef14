-- a type that has the name of a built-in one
-- migrate:up
-- attack
CREATE TYPE "VARCHAR" AS INTEGER; CREATE TYPE varchar AS ENUM ('temp@example.com');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
