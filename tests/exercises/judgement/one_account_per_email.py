"""Ways to one account for each email. Ups that end in an index go with downs that drop it."""

ASIDE = (
    "CREATE TABLE set_aside AS SELECT id, email, joined FROM users u WHERE EXISTS"
    " (SELECT 1 FROM users o WHERE o.email = u.email AND o.id < u.id);\n"
)
DELETE = "DELETE FROM users WHERE id IN (SELECT id FROM set_aside);\n"
INDEX = "CREATE UNIQUE INDEX users_email ON users (email);\n"
ANEW = (
    "CREATE TABLE u (id INTEGER PRIMARY KEY, email VARCHAR, joined DATE NOT NULL);\n"
    "INSERT INTO u SELECT * FROM users UNION ALL SELECT id, email, joined FROM set_aside;\n"
    "DROP TABLE users;\nDROP TABLE set_aside;\nALTER TABLE u RENAME TO users;\n"
)
DOWN = (
    "DROP INDEX users_email;\nINSERT INTO users SELECT id, email, joined FROM set_aside;\n"
    "DROP TABLE set_aside;\n"
)

RIGHT_UPS = {
    "exists": ASIDE + DELETE + INDEX,
    "a window": "CREATE TABLE set_aside (id INTEGER PRIMARY KEY, email VARCHAR, joined DATE);\n"
    "INSERT INTO set_aside SELECT id, email, joined FROM (SELECT *, row_number() OVER"
    " (PARTITION BY email ORDER BY id) AS n FROM users WHERE email IS NOT NULL) WHERE n > 1;\n"
    + DELETE
    + INDEX,
    "delete with the smaller one": "CREATE TABLE set_aside AS SELECT * FROM users;\n"
    "DELETE FROM users USING users o WHERE o.email = users.email AND o.id < users.id;\n"
    "DELETE FROM set_aside WHERE id IN (SELECT id FROM users);\n" + INDEX,
    "everything out and the right ones in again": "CREATE TABLE set_aside AS SELECT * FROM users;\n"
    "DELETE FROM users;\n"
    "INSERT INTO users SELECT min(id), email, arg_min(joined, id) FROM set_aside"
    " WHERE email IS NOT NULL GROUP BY email"
    " UNION ALL SELECT id, email, joined FROM set_aside WHERE email IS NULL;\n"
    "DELETE FROM set_aside WHERE id IN (SELECT id FROM users);\n" + INDEX,
}
RIGHT_DOWNS = {
    "drop the index": DOWN,
    "anew": ANEW,
    "by name, row by row of set_aside": "DROP INDEX users_email;\n"
    "INSERT INTO users BY NAME SELECT joined, email, id FROM set_aside ORDER BY id;\n"
    "DROP TABLE set_aside;\n",
}
WRONG_UPS = {
    "any of them": "CREATE TABLE set_aside AS SELECT id, email, joined FROM users u WHERE EXISTS"
    " (SELECT 1 FROM users o WHERE o.email = u.email AND o.joined < u.joined);\n" + DELETE + INDEX,
    "all of them": ASIDE.replace("o.id < u.id", "o.id <> u.id") + DELETE + INDEX,
    "capitals do not matter": ASIDE.replace("o.email = u.email", "lower(o.email) = lower(u.email)")
    + DELETE
    + INDEX,
    "an empty email is none": ASIDE.replace("AND o.id", "AND o.email <> '' AND o.id")
    + DELETE
    + "UPDATE users SET email = NULL WHERE email = '';\n"
    + INDEX,
    "copied, not moved": ASIDE + "CREATE INDEX users_email ON users (email);\n",
    "unique with the id": ASIDE
    + DELETE
    + "CREATE UNIQUE INDEX users_email ON users (email, id);\n",
    "nothing is kept": ASIDE + DELETE + INDEX + "DELETE FROM set_aside;\n",
    "emails are required": ASIDE
    + "INSERT INTO set_aside SELECT * FROM users WHERE email IS NULL;\n"
    + DELETE
    + INDEX,
}
WRONG_DOWNS = {
    "the rule alone": "DROP INDEX users_email;\n",
    "without the key": ANEW.replace(" PRIMARY KEY", " NOT NULL"),
    "those of set_aside alone": "DROP INDEX users_email;\nDELETE FROM users;\n"
    "INSERT INTO users SELECT id, email, joined FROM set_aside;\nDROP TABLE set_aside;\n",
    "with new numbers": DOWN.replace("SELECT id,", "SELECT id + 1000000,"),
}
