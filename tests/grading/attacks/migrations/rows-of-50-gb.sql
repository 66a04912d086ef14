-- fifty gigabytes of rows
-- migrate:up
-- attack
INSERT INTO users (id, name, joined) SELECT 1000000 + range, repeat('x', 1000), DATE '2026-01-01' FROM range(50000000);
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
