-- installs and loads an extension
-- migrate:up
-- attack
INSTALL httpfs; LOAD httpfs; CREATE TABLE net AS SELECT * FROM read_text('http://127.0.0.1:9/secret');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
