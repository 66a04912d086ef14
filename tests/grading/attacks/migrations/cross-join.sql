-- a join that would take days
-- migrate:up
-- attack
CREATE TABLE t AS SELECT sum(a.range * b.range * c.range) AS s FROM range(10000000) a, range(10000000) b, range(10000000) c;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
