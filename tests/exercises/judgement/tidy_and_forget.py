"""Ways to tidy emails, and to forget people: every right 003 goes with every right 004."""

KEEP = "-- migrate:up\nCREATE TABLE emails_kept AS SELECT id, email FROM users;\n"
TIDY = "UPDATE users SET email = lower(trim(email));\n"
DOWN = "-- migrate:down\n"
BACK = (
    "UPDATE users SET email = k.email FROM emails_kept k"
    " WHERE k.id = users.id AND users.email = lower(trim(k.email));\n"
)
GONE = "DROP TABLE emails_kept;\n"
LIST = "(SELECT user_id FROM forget_requests)"
UP = "-- migrate:up\n"
NO_WAY = "-- migrate:irreversible they asked for it\n"
COPIES = (
    f"DELETE FROM emails_kept WHERE id IN {LIST};\nDELETE FROM phones_kept WHERE id IN {LIST};\n"
)
USERS = f"DELETE FROM users WHERE id IN {LIST};\n"

RIGHT_UPS = {
    "copy, tidy, back where still tidy": KEEP + TIDY + DOWN + BACK + GONE,
    "a regular expression, and a merge back": KEEP
    + "UPDATE users SET email = regexp_replace(lower(email), '^ +| +$', '', 'g');\n"
    + DOWN
    + "MERGE INTO users USING emails_kept k ON k.id = users.id AND"
    " users.email = trim(lower(k.email)) WHEN MATCHED THEN UPDATE SET email = k.email;\n" + GONE,
    "newer ones leave the copy first": KEEP + TIDY + DOWN
    + "DELETE FROM emails_kept USING users WHERE users.id = emails_kept.id"
    " AND users.email <> lower(trim(emails_kept.email));\n"
    "UPDATE users SET email = emails_kept.email FROM emails_kept WHERE emails_kept.id = users.id;\n"
    + GONE,
    "only what changes, from both ends": UP + "CREATE TABLE emails_kept AS SELECT id, email"
    " FROM users WHERE ltrim(rtrim(lower(email))) <> email;\n"
    "UPDATE users SET email = ltrim(rtrim(lower(email)));\n" + DOWN + BACK + GONE,
}  # fmt: skip
RIGHT_DOWNS = {
    "a delete for each table": UP + COPIES + USERS + NO_WAY,
    "users first, with using": UP + "DELETE FROM users USING forget_requests f WHERE f.user_id ="
    " users.id;\n" + COPIES + NO_WAY,
    "the copy made anew": UP + "CREATE OR REPLACE TABLE emails_kept AS SELECT * FROM emails_kept"
    " WHERE id NOT IN (SELECT user_id FROM forget_requests WHERE user_id IS NOT NULL);\n"
    f"DELETE FROM phones_kept WHERE id = ANY {LIST};\n" + USERS + NO_WAY,
}  # fmt: skip
WRONG_UPS = {
    "capitals on the way back": KEEP + TIDY + DOWN + "UPDATE users SET email = upper(email);\n"
    + GONE,
    "whatever differs is put back": KEEP + TIDY + DOWN + "UPDATE users SET email = k.email FROM"
    " emails_kept k WHERE k.id = users.id AND users.email <> k.email;\n" + GONE,
    "the whole table is put back": UP + "CREATE TABLE emails_kept AS SELECT * FROM users;\n"
    + TIDY + DOWN + "DELETE FROM users;\nINSERT INTO users SELECT * FROM emails_kept;\n" + GONE,
    "copied when it was too late": "-- migrate:up\n" + TIDY
    + "CREATE TABLE emails_kept AS SELECT id, email FROM users;\n" + DOWN + BACK + GONE,
    "only one domain": KEEP + "UPDATE users SET email = lower(trim(email)) WHERE email LIKE"
    " '%@Example.com';\n" + DOWN + BACK + GONE,
    "nothing in the down": KEEP + TIDY + DOWN + "SELECT 1;\n",
}  # fmt: skip
WRONG_DOWNS = {
    "users alone": UP + USERS + NO_WAY,
    "one of a list": UP + COPIES + "DELETE FROM users WHERE id = (SELECT max(user_id) FROM"
    " forget_requests);\n" + NO_WAY,
    "made anonymous": UP + COPIES + f"UPDATE users SET name = NULL, email = '' WHERE id IN"
    f" {LIST};\n"
    + NO_WAY,
    "a down that puts them back": UP + f"CREATE TABLE forgotten AS SELECT * FROM users WHERE id IN"
    f" {LIST};\n" + COPIES + USERS + DOWN + "INSERT INTO users SELECT * FROM forgotten;\n"
    "DROP TABLE forgotten;\n",
    "the list goes too": UP + COPIES + USERS + "DELETE FROM forget_requests;\n" + NO_WAY,
    "who has no name goes along": UP + COPIES
    + f"DELETE FROM users WHERE id IN {LIST} OR name IS NULL;\n" + NO_WAY,
}  # fmt: skip
