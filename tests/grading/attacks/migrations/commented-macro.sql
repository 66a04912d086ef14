-- a macro that shadows such a function, with comments between its words
-- migrate:up
-- attack
CREATE /* a */ OR /* b */ REPLACE /* c */ TEMP /* d */ FUNCTION /* e */ md5(x) AS 'x';
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
