-- another magic in the place of the migration's
-- migrate:up
-- attack
%%python
open('../../../stolen.csv', 'w')
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
