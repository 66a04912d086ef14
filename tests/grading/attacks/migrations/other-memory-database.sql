-- puts a right table into another database of the same name
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
CREATE SCHEMA shop;
CREATE TABLE shop.users AS SELECT *, 'x' AS extra FROM main.users;
UPDATE shop.users SET email = 'temp@example.com';
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
