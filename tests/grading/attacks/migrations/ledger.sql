-- writes a ledger that says it is applied already
-- migrate:up
-- attack
CREATE SCHEMA updown; CREATE TABLE updown.ledger (version VARCHAR); INSERT INTO updown.ledger VALUES ('001_add_email_to_users');
-- end attack
ALTER TABLE users ADD COLUMN email VARCHAR;

-- migrate:down
ALTER TABLE users DROP COLUMN email;
