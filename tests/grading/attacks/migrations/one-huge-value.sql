-- one value of four gigabytes
-- migrate:up
-- attack
INSERT INTO users (id, name, joined) SELECT 1000000, repeat('x', 4000000000), DATE '2026-01-01';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
