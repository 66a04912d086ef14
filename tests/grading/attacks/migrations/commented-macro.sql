-- the same, with comments between the words
-- migrate:up
-- attack
CREATE /* a */ OR /* b */ REPLACE /* c */ TEMP /* d */ FUNCTION /* e */ md5(x) AS 'x';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
