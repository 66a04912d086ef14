"""Twelve ways to add an email and twelve that do not: whole cells, as a learner runs them."""

DOWN = "\n-- migrate:down\nALTER TABLE users DROP COLUMN email;\n"
STEPS = (
    "ALTER TABLE users ADD COLUMN email VARCHAR;\n"
    "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
)
OLD_SHAPE = "(id INTEGER PRIMARY KEY, name VARCHAR, joined DATE NOT NULL, phone VARCHAR)"
NEW_SHAPE = (
    "(id INTEGER PRIMARY KEY, name VARCHAR, joined DATE NOT NULL, phone VARCHAR,"
    " email VARCHAR(255) NOT NULL)"
)
OLD_AGAIN = (
    f"\n-- migrate:down\nCREATE TABLE users_old {OLD_SHAPE};\n"
    "INSERT INTO users_old SELECT id, name, joined, phone FROM users;\n"
    "DROP TABLE users;\nALTER TABLE users_old RENAME TO users;\n"
)

RIGHT = {
    "three steps": "-- migrate:up\n" + STEPS + DOWN,
    "a default that goes again": "-- migrate:up\n"
    "ALTER TABLE users ADD COLUMN email VARCHAR(255) DEFAULT 'temp@example.com';\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
    "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;\n" + DOWN,
    "required at once, then no default": "-- migrate:up\n"
    "ALTER TABLE users ADD email TEXT NOT NULL DEFAULT 'temp@example.com';\n"
    "ALTER TABLE users ALTER email DROP DEFAULT;\n"
    "-- migrate:down\nALTER TABLE users DROP email",
    "a new table takes the old one's place": f"-- migrate:up\nCREATE TABLE users_new {NEW_SHAPE};\n"
    "INSERT INTO users_new SELECT id, name, joined, phone, 'temp@example.com' FROM users;\n"
    "DROP TABLE users;\nALTER TABLE users_new RENAME TO users;\n" + OLD_AGAIN,
    "the rows wait in a temporary table": "-- migrate:up\n"
    "CREATE TEMP TABLE waiting AS SELECT * FROM users;\nDROP TABLE users;\n"
    f"CREATE TABLE users {NEW_SHAPE};\n"
    "INSERT INTO users SELECT *, 'temp@example.com' FROM waiting;\nDROP TABLE waiting;\n" + DOWN,
    "a type change fills": "-- migrate:up\nALTER TABLE users ADD COLUMN email INTEGER;\n"
    "ALTER TABLE users ALTER COLUMN email SET DATA TYPE VARCHAR USING 'temp@example.com';\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
    "\n-- migrate:down\nALTER TABLE users ALTER COLUMN email DROP NOT NULL;\n"
    "ALTER TABLE users DROP COLUMN email;\n",
    "no transaction": "-- migrate:up transaction:false\n"
    + STEPS
    + "\n-- migrate:down transaction:false\nALTER TABLE users DROP COLUMN IF EXISTS email;\n",
    "written on Windows": (
        "-- migrate:up\n-- add; fill; require\n/* one user's name is NULL; that's fine */\n"
        + STEPS.replace("VARCHAR;", "VARCHAR; -- text; for now without a rule")
        + DOWN
    ).replace("\n", "\r\n"),
    "all in capitals": "-- migrate:up\nALTER TABLE USERS ADD COLUMN EMAIL STRING;\n"
    "UPDATE USERS SET EMAIL = 'temp@example.com';\n"
    "ALTER TABLE USERS ALTER COLUMN EMAIL SET NOT NULL;\n"
    "-- migrate:down\nALTER TABLE USERS DROP COLUMN EMAIL;\n",
    "required before it is filled": "-- migrate:up\n"
    "ALTER TABLE users ADD COLUMN email VARCHAR DEFAULT '';\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
    "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;\n"
    "UPDATE users SET email = 'temp@example.com';\n" + OLD_AGAIN,
    "the default is set later": '-- migrate:up\nALTER TABLE main.users ADD COLUMN "email" text;\n'
    "ALTER TABLE users ALTER email SET DEFAULT 'temp@example.com';\n"
    "UPDATE users SET email = DEFAULT;\n"
    "ALTER TABLE users ALTER email DROP DEFAULT;\n"
    "ALTER TABLE users ALTER email SET NOT NULL;\n"
    "\n-- migrate:down\nALTER TABLE users ALTER email DROP NOT NULL;\n"
    "UPDATE users SET email = NULL;\nALTER TABLE users DROP email CASCADE;\n",
    "made from a query, its rules put back": "-- migrate:up\nCREATE OR REPLACE TABLE users AS\n"
    "SELECT *, 'temp@example.com' AS email FROM users;\n"
    "ALTER TABLE users ADD PRIMARY KEY (id);\n"
    "ALTER TABLE users ALTER joined SET NOT NULL;\nALTER TABLE users ALTER email SET NOT NULL;\n"
    "\n-- migrate:down\nCREATE TABLE before AS FROM users SELECT * EXCLUDE (email);\n"
    f"DROP TABLE users;\nCREATE TABLE users {OLD_SHAPE};\n"
    "INSERT INTO users FROM before;\nDROP TABLE before;\n",
}
WRONG = {
    "nothing fills it": "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR;\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n" + DOWN,
    "filled is not required": "-- migrate:up\nALTER TABLE users ADD COLUMN email VARCHAR;\n"
    "UPDATE users SET email = 'temp@example.com';\n" + DOWN,
    "the default stays": "-- migrate:up\n"
    "ALTER TABLE users ADD COLUMN email VARCHAR NOT NULL DEFAULT 'temp@example.com';\n" + DOWN,
    "equal to NULL": "-- migrate:up\n" + STEPS.replace("IS NULL", "= NULL") + DOWN,
    "an empty text will do": "-- migrate:up\n"
    "ALTER TABLE users ADD COLUMN email VARCHAR DEFAULT '';\n"
    "UPDATE users SET email = 'temp@example.com' WHERE email IS NULL;\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
    "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;\n" + DOWN,
    "a copy has the same rules": "-- migrate:up\nCREATE TABLE users_new AS\n"
    "SELECT *, 'temp@example.com' AS email FROM users;\nDROP TABLE users;\n"
    "ALTER TABLE users_new RENAME TO users;\n"
    "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n" + DOWN,
    "who has no name needs no email": "-- migrate:up\nDELETE FROM users WHERE trim(name) = '';\n"
    + STEPS
    + DOWN,
    "an index while at it": "-- migrate:up\n"
    "ALTER TABLE users ADD COLUMN email VARCHAR NOT NULL DEFAULT 'temp@example.com';\n"
    "ALTER TABLE users ALTER COLUMN email DROP DEFAULT;\n"
    "CREATE INDEX users_email ON users (email);\n"
    "\n-- migrate:down\nDROP INDEX users_email;\nALTER TABLE users DROP COLUMN email;\n",
    "the engine finds the way back": "-- migrate:up\n" + STEPS + "\n-- migrate:down\n",
    "only the rule goes back": "-- migrate:up\n"
    + STEPS
    + "\n-- migrate:down\nALTER TABLE users ALTER COLUMN email DROP NOT NULL;\n"
    "UPDATE users SET email = NULL;\n",
    "back means that the filled rows go": "-- migrate:up\n"
    + STEPS
    + "\n-- migrate:down\nDELETE FROM users WHERE email <> 'temp@example.com';\n"
    "ALTER TABLE users DROP COLUMN email;\n",
    "back to a copy of then": "-- migrate:up\nCREATE TABLE users_then AS SELECT * FROM users;\n"
    + STEPS
    + "\n-- migrate:down\nDROP TABLE users;\nALTER TABLE users_then RENAME TO users;\n"
    "ALTER TABLE users ADD PRIMARY KEY (id);\n"
    "ALTER TABLE users ALTER COLUMN joined SET NOT NULL;\n",
}
