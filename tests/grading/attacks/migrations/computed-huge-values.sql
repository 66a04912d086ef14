-- a computed column that takes no room until the check reads it
-- migrate:up
-- instead: ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
CREATE TABLE u2 (id INTEGER PRIMARY KEY, name VARCHAR, joined DATE NOT NULL, phone VARCHAR, email VARCHAR,
  big VARCHAR GENERATED ALWAYS AS (repeat('x', 100000000)) VIRTUAL);
INSERT INTO u2 SELECT id, name, joined, phone, NULL FROM users;
DROP TABLE users;
ALTER TABLE u2 RENAME TO users;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
