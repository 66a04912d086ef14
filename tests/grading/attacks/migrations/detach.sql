-- lets go of the database that is checked
-- migrate:up
-- attack
ATTACH ':memory:' AS other; USE other; DETACH shop;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
