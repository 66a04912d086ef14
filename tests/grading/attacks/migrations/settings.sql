-- settings that change how values compare and print
-- migrate:up
-- attack
SET default_collation = 'nocase'; SET GLOBAL null_order = 'nulls_first'; SET VARIABLE x = 1; PRAGMA default_collation = 'nocase';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
