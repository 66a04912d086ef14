-- names and values that are code of a page and of a terminal
-- migrate:up
-- attack
CREATE TABLE "<script>alert(1)</script>" AS SELECT '<img src=x onerror=alert(1)>' AS "<b>x</b>", chr(27) || '[2J' AS c;
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
