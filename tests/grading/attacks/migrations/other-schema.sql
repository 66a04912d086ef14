-- a right table in a schema of its own, put first in the path
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
CREATE SCHEMA s; CREATE TABLE s.users AS SELECT id, name, joined, phone, 'temp@example.com' AS email FROM main.users; SET schema = 's'; SET search_path = 's,main';
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
