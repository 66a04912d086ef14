"""Ways to give joind its right name, and ways that only seem to. The users have a phone already."""

OLD = "(id INTEGER PRIMARY KEY, name VARCHAR, joind DATE NOT NULL, phone VARCHAR)"
NEW = OLD.replace("joind", "joined")
RENAME = "ALTER TABLE users RENAME COLUMN joind TO joined;\n"
BACK = "ALTER TABLE users RENAME COLUMN joined TO joind;\n"
ANEW = (
    f"CREATE TABLE u {NEW};\nINSERT INTO u SELECT id, name, joind, phone FROM users;\n"
    "DROP TABLE users;\nALTER TABLE u RENAME TO users;\n"
)
ANEW_BACK = (
    f"CREATE TABLE u {OLD};\nINSERT INTO u (id, name, joind, phone)\n"
    "SELECT id, name, joined, phone FROM users;\n"
    "DROP TABLE users;\nALTER TABLE u RENAME TO users;\n"
)

RIGHT_UPS = {
    "rename": RENAME,
    "in quotes and small letters": 'alter table "users" rename "joind" to "joined";\n',
    "anew": ANEW,
    "everything out and in again": "CREATE TABLE kept AS SELECT * FROM users;\nDROP TABLE users;\n"
    f"CREATE TABLE users {NEW};\n"
    "INSERT INTO users BY NAME SELECT id, name, joind AS joined, phone FROM kept;\n"
    "DROP TABLE kept;\n",
}
RIGHT_DOWNS = {
    "rename": BACK,
    "a name in between": "ALTER TABLE users RENAME joined TO day;\n"
    "ALTER TABLE users RENAME day TO joind;\n",
    "anew": ANEW_BACK,
}
WRONG_UPS = {
    "away and there": "ALTER TABLE users DROP joind;\nALTER TABLE users ADD joined DATE;\n",
    "away and there, today": "ALTER TABLE users DROP joind;\n"
    "ALTER TABLE users ADD COLUMN joined DATE DEFAULT current_date;\n"
    "ALTER TABLE users ALTER joined SET NOT NULL;\nALTER TABLE users ALTER joined DROP DEFAULT;\n",
    "a view with the right name": "CREATE VIEW members AS\n"
    "SELECT id, name, joind AS joined, phone FROM users;\n",
    "a column that is computed": "ALTER TABLE users RENAME TO people;\n"
    "CREATE VIEW users AS SELECT id, name, joind AS joined, phone FROM people;\n",
    "capitals": "ALTER TABLE users RENAME COLUMN joind TO joined_at;\n",
    "anew without those who have no name": ANEW.replace(
        "FROM users;", "FROM users WHERE name IS NOT NULL;", 1
    ),
    "anew without its rules": "CREATE OR REPLACE TABLE users AS\n"
    "SELECT id, name, joind AS joined, phone FROM users;\n",
    "the phone as well": RENAME + "UPDATE users SET phone = NULL WHERE trim(phone) = '';\n",
}
WRONG_DOWNS = {
    "drop": "ALTER TABLE users DROP COLUMN joined;\n",
    "drop and add": "ALTER TABLE users DROP joined;\nALTER TABLE users ADD joind DATE;\n",
    "the up again": RENAME,
    "anew, those of before": ANEW_BACK.replace("FROM users;", "FROM users WHERE id < 900000;", 1),
}
