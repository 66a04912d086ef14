"""Ways to rename under two programs: every right first migration with every right second one."""

ADD = "ALTER TABLE users ADD COLUMN address VARCHAR;\n"
COPY = "UPDATE users SET address = adress;\n"
DROP_NEW = "ALTER TABLE users DROP COLUMN address;\n"
REST = "UPDATE users SET address = adress WHERE address IS NULL;\n"
DROP_OLD = "ALTER TABLE users DROP COLUMN adress;\n"
ADD_OLD = "ALTER TABLE users ADD COLUMN adress VARCHAR;\nUPDATE users SET adress = address;\n"


def both(up: str, down: str) -> str:
    return f"-- migrate:up\n{up}\n-- migrate:down\n{down}"


RIGHT_UPS = {
    "copy all": both(ADD + COPY, DROP_NEW),
    "copy what there is": both(
        ADD + "UPDATE users SET address = adress WHERE adress IS NOT NULL;\n",
        "UPDATE users SET adress = address WHERE adress IS NULL;\n" + DROP_NEW,
    ),
    "anew": both(
        "CREATE TABLE u (id INTEGER PRIMARY KEY, address VARCHAR, name VARCHAR, adress VARCHAR);\n"
        "INSERT INTO u SELECT id, adress, name, adress FROM users;\nDROP TABLE users;\n"
        "ALTER TABLE u RENAME TO users;\n",
        DROP_NEW.replace("DROP COLUMN address", "DROP address"),
    ),
    "statement by statement": "-- migrate:up transaction:false\n"
    + ADD
    + COPY
    + "\n-- migrate:down transaction:false\n"
    + DROP_NEW,
}
RIGHT_DOWNS = {
    "the rest": both(REST + DROP_OLD, ADD_OLD),
    "coalesce": both("UPDATE users SET address = coalesce(address, adress);\n" + DROP_OLD, ADD_OLD),
    "anew": both(
        "CREATE TABLE u (id INTEGER PRIMARY KEY, name VARCHAR, address VARCHAR);\n"
        "INSERT INTO u SELECT id, name, ifnull(address, adress) FROM users;\nDROP TABLE users;\n"
        "ALTER TABLE u RENAME TO users;\n",
        "ALTER TABLE users ADD COLUMN adress VARCHAR;\n"
        "UPDATE users SET adress = address WHERE address IS NOT NULL;\n",
    ),
}
WRONG_UPS = {
    "empty text for none": both(
        ADD + "UPDATE users SET address = coalesce(adress, '');\n", DROP_NEW
    ),
    "only full ones": both(
        ADD + "UPDATE users SET address = adress WHERE adress <> '';\n", DROP_NEW
    ),
    "required": both(
        ADD + COPY + "ALTER TABLE users ALTER COLUMN address SET DEFAULT '';\n", DROP_NEW
    ),
    "the old one is emptied": both(ADD + COPY + "UPDATE users SET adress = NULL;\n", DROP_NEW),
    "a third name": both(
        ADD.replace("address", "addres") + COPY.replace("address =", "addres ="),
        DROP_NEW.replace("address", "addres"),
    ),
    "the name goes too": both(ADD + COPY + "ALTER TABLE users DROP COLUMN name;\n", DROP_NEW),
    "unique": both(ADD + COPY + "CREATE UNIQUE INDEX one_address ON users (address);\n", DROP_NEW),
    "no down": f"-- migrate:up\n{ADD}{COPY}",
}
WRONG_DOWNS = {
    "nothing since": both(DROP_OLD, ADD_OLD),
    "over the new ones": both(COPY + DROP_OLD, ADD_OLD),
    "not back": both(REST + DROP_OLD, "ALTER TABLE users ADD COLUMN adress VARCHAR;\n"),
    "irreversible": f"-- migrate:up\n{REST}{DROP_OLD}\n-- migrate:irreversible it is a rename\n",
}
