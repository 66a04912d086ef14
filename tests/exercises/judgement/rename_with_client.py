"""Ways to rename under two programs: every right first migration with every right second one."""

ADD = "ALTER TABLE users ADD COLUMN address VARCHAR;\n"
COPY = "UPDATE users SET address = adress;\n"
DROP_NEW = "ALTER TABLE users DROP COLUMN address;\n"
REST = "UPDATE users SET address = adress WHERE address IS NULL;\n"
ASIDE = "CREATE TABLE addresses_to_ask AS SELECT id, adress FROM users WHERE adress <> address;\n"
DROP_OLD = "ALTER TABLE users DROP COLUMN adress;\n"
ADD_OLD = "ALTER TABLE users ADD COLUMN adress VARCHAR;\nUPDATE users SET adress = address;\n"
KEPT = (
    "UPDATE users SET adress = ask.adress FROM addresses_to_ask AS ask WHERE ask.id = users.id;\n"
)
NO_LIST = "DROP TABLE addresses_to_ask;\n"
BACK = ADD_OLD + KEPT + NO_LIST
PEOPLE = "id INTEGER PRIMARY KEY, name VARCHAR, joined DATE NOT NULL, email VARCHAR NOT NULL"


def both(up: str, down: str) -> str:
    return f"-- migrate:up\n{up}\n-- migrate:down\n{down}"


RIGHT_UPS = {
    "copy all": both(ADD + COPY, DROP_NEW),
    "copy what there is": both(
        ADD + "UPDATE users SET address = adress WHERE adress IS NOT NULL;\n",
        "UPDATE users SET adress = address WHERE adress IS NULL;\n" + DROP_NEW,
    ),
    "anew": both(
        f"CREATE TABLE u ({PEOPLE}, address VARCHAR, adress VARCHAR);\n"
        "INSERT INTO u SELECT id, name, joined, email, adress, adress FROM users;\n"
        "DROP TABLE users;\nALTER TABLE u RENAME TO users;\n",
        DROP_NEW.replace("DROP COLUMN address", "DROP address"),
    ),
    "statement by statement": "-- migrate:up transaction:false\n"
    + ADD
    + COPY
    + "\n-- migrate:down transaction:false\n"
    + DROP_NEW,
}
RIGHT_DOWNS = {
    "the rest, then aside": both(REST + ASIDE + DROP_OLD, BACK),
    "aside, then coalesce": both(
        ASIDE + "UPDATE users SET address = coalesce(address, adress);\n" + DROP_OLD,
        "ALTER TABLE users ADD COLUMN adress VARCHAR;\n"
        "UPDATE users SET adress = coalesce(\n"
        "  (SELECT ask.adress FROM addresses_to_ask AS ask WHERE ask.id = users.id), address);\n"
        + NO_LIST,
    ),
    "anew": both(
        "CREATE TABLE addresses_to_ask (id INTEGER, adress VARCHAR);\n"
        "INSERT INTO addresses_to_ask\n"
        "SELECT id, adress FROM users WHERE adress IS NOT NULL AND NOT adress = address;\n"
        f"CREATE TABLE u ({PEOPLE}, address VARCHAR);\n"
        "INSERT INTO u SELECT id, name, joined, email, ifnull(address, adress) FROM users;\n"
        "DROP TABLE users;\nALTER TABLE u RENAME TO users;\n",
        "ALTER TABLE users ADD COLUMN adress VARCHAR;\n"
        "UPDATE users SET adress = address WHERE address IS NOT NULL;\n" + KEPT + NO_LIST,
    ),
}
WRONG_UPS = {
    "empty text for none": both(
        ADD + "UPDATE users SET address = coalesce(adress, '');\n", DROP_NEW
    ),
    "required": both(
        ADD + COPY + "ALTER TABLE users ALTER COLUMN address SET DEFAULT '';\n", DROP_NEW
    ),
    "the old one is emptied": both(ADD + COPY + "UPDATE users SET adress = NULL;\n", DROP_NEW),
    "the name goes too": both(ADD + COPY + "ALTER TABLE users DROP COLUMN name;\n", DROP_NEW),
    "unique": both(ADD + COPY + "CREATE UNIQUE INDEX one_address ON users (address);\n", DROP_NEW),
    "no down": f"-- migrate:up\n{ADD}{COPY}",
}
WRONG_DOWNS = {
    "nothing since": both(ASIDE + DROP_OLD, BACK),
    "over the new ones": both(ASIDE + COPY + DROP_OLD, BACK),
    "not back": both(
        REST + ASIDE + DROP_OLD, "ALTER TABLE users ADD COLUMN adress VARCHAR;\n" + NO_LIST
    ),
    "irreversible": f"-- migrate:up\n{REST}{ASIDE}{DROP_OLD}\n-- migrate:irreversible a rename\n",
    "nobody is asked": both(REST + DROP_OLD, ADD_OLD),
    "those are asked whose address was copied": both(
        REST + ASIDE.replace("<>", "=") + DROP_OLD, BACK
    ),
}
