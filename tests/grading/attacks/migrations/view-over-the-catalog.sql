-- views that shadow what the check reads of the catalog
-- migrate:up
-- attack
CREATE VIEW duckdb_tables AS SELECT * FROM users; CREATE VIEW duckdb_columns AS SELECT 1 AS column_name; CREATE SCHEMA information_schema2;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
