"""Ways to move phone numbers aside and back: every right up goes with every right down."""

DROP = "ALTER TABLE users DROP COLUMN phone;\n"
KEEP = "CREATE TABLE phones_kept AS SELECT id, phone FROM users;\n"
ADD = "ALTER TABLE users ADD COLUMN phone VARCHAR;\n"
FILL = "UPDATE users SET phone = k.phone FROM phones_kept k WHERE k.id = users.id;\n"
GONE = "DROP TABLE phones_kept;\n"

RIGHT_UPS = {
    "a table first, its rows then": "CREATE TABLE phones_kept (id INTEGER, phone VARCHAR);\n"
    "INSERT INTO phones_kept SELECT u.id, u.phone FROM users AS u;\n" + DROP,
    "from first, columns turned round": "CREATE TABLE phones_kept AS FROM users SELECT phone, id;\n"
    + DROP,
    "only those who gave one": 'create table "phones_kept" as select "id", "phone" from "users"'
    " where phone is not null order by id desc;\n" + DROP,
    "bigger types, and a table built anew": "CREATE TABLE phones_kept (phone TEXT, id BIGINT);\n"
    "INSERT INTO phones_kept (id, phone) SELECT id, phone FROM users;\n" + DROP,
}
RIGHT_DOWNS = {
    "an update from the copy": ADD + FILL + GONE,
    "a merge": ADD + "MERGE INTO users USING phones_kept AS k ON k.id = users.id"
    " WHEN MATCHED THEN UPDATE SET phone = k.phone;\n" + GONE,
    "a subquery, for those who are in the copy": ADD
    + "UPDATE users SET phone = (SELECT max(k.phone) FROM phones_kept k WHERE k.id = users.id)"
    " WHERE id IN (SELECT id FROM phones_kept);\n" + GONE,
}
WRONG_UPS = {
    "only numbers with a country": "CREATE TABLE phones_kept AS SELECT id, phone FROM users"
    " WHERE phone LIKE '+%';\n" + DROP,
    "each number once": "CREATE TABLE phones_kept AS SELECT min(id) AS id, phone FROM users"
    " GROUP BY phone;\n" + DROP,
    "tidied on the way": "CREATE TABLE phones_kept AS SELECT id, trim(phone) AS phone FROM users;\n"
    + DROP,
    "a view is no copy": "CREATE VIEW phones_kept AS SELECT id, phone FROM users;\n" + DROP,
    "a temporary table is gone tomorrow": "CREATE TEMP TABLE phones_kept AS SELECT id, phone FROM"
    " users;\n" + DROP,
    "users made anew without key": KEEP
    + "CREATE OR REPLACE TABLE users AS SELECT id, name, joined, email FROM users;\n",
}
WRONG_DOWNS = {
    "one number for all": ADD + "UPDATE users SET phone = (SELECT max(phone) FROM phones_kept);\n"
    + GONE,
    "by place": ADD + "UPDATE users SET phone = k.phone FROM (SELECT phone, row_number() OVER"
    " (ORDER BY id) AS n FROM phones_kept) k, (SELECT id, row_number() OVER (ORDER BY id) AS n FROM"
    " users) u WHERE k.n = u.n AND u.id = users.id;\n" + GONE,
    "an empty text for who has none": ADD + "UPDATE users SET phone = coalesce((SELECT"
    " any_value(k.phone) FROM phones_kept k WHERE k.id = users.id), '');\n" + GONE,
    "who is not in the copy goes": ADD + FILL
    + "DELETE FROM users WHERE id NOT IN (SELECT id FROM phones_kept);\n" + GONE,
    "a default for newcomers": "ALTER TABLE users ADD COLUMN phone VARCHAR DEFAULT 'unknown';\n"
    + FILL + GONE,
    "another name": "ALTER TABLE users ADD COLUMN telephone VARCHAR;\n"
    + FILL.replace("SET phone", "SET telephone") + GONE,
}  # fmt: skip
