-- a change of type that DuckDB does not stop for its time
-- migrate:up
-- attack
CREATE TABLE t AS SELECT range AS n FROM range(3000000);
ALTER TABLE t ALTER n TYPE VARCHAR USING (md5(repeat(n::VARCHAR, 5000)));
DROP TABLE t;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
