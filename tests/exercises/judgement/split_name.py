"""Ways to split a name and back: every right up goes with every right down."""

ADD = (
    "ALTER TABLE users ADD COLUMN given_name VARCHAR;\n"
    "ALTER TABLE users ADD COLUMN family_name VARCHAR;\n"
)
VIEW = (
    "CREATE OR REPLACE VIEW labels AS SELECT id, CASE WHEN family_name IS NULL THEN given_name"
    " ELSE given_name || ' ' || family_name END AS name FROM users;\n"
)
OLD_VIEW = "CREATE OR REPLACE VIEW labels AS SELECT id, name FROM users;\n"
DROP = "ALTER TABLE users DROP COLUMN name;\n"
JOIN = "coalesce(given_name || ' ' || family_name, given_name)"
DROP_BOTH = (
    "ALTER TABLE users DROP COLUMN family_name;\nALTER TABLE users DROP COLUMN given_name;\n"
)

RIGHT_UPS = {
    "string_split": ADD + "UPDATE users SET given_name = string_split(name, ' ')[1], family_name ="
    " CASE WHEN name LIKE '% %' THEN array_to_string(string_split(name, ' ')[2:], ' ') END;\n"
    + DROP
    + VIEW,
    "rename the old column": "ALTER TABLE users RENAME COLUMN name TO given_name;\n"
    "ALTER TABLE users ADD COLUMN family_name VARCHAR;\n"
    "UPDATE users SET family_name = substr(given_name, strpos(given_name, ' ') + 1)"
    " WHERE strpos(given_name, ' ') > 0;\n"
    "UPDATE users SET given_name = left(given_name, strpos(given_name, ' ') - 1)"
    " WHERE strpos(given_name, ' ') > 0;\n" + VIEW,
    "two updates and a regular expression": ADD
    + "UPDATE users SET given_name = name WHERE NOT contains(name, ' ');\n"
    r"UPDATE users SET given_name = regexp_extract(name, '^([^ ]*) (.*)$', 1),"
    r" family_name = regexp_extract(name, '^([^ ]*) (.*)$', 2) WHERE contains(name, ' ');"
    + "\n"
    + DROP
    + VIEW,
    "a table in between": "CREATE TABLE parts AS SELECT id, split_part(name, ' ', 1) AS g,"
    " CASE WHEN position(' ' IN name) > 0 THEN right(name, length(name) - position(' ' IN name))"
    " END AS f FROM users;\n"
    + ADD
    + "UPDATE users SET given_name = g, family_name = f FROM parts WHERE parts.id = users.id;\n"
    "DROP TABLE parts;\nDROP VIEW labels;\n"
    + DROP
    + f"CREATE VIEW labels(id, name) AS SELECT id, {JOIN} FROM users;\n",
}
RIGHT_DOWNS = {
    "coalesce": "ALTER TABLE users ADD COLUMN name VARCHAR;\n"
    f"UPDATE users SET name = {JOIN};\n" + DROP_BOTH + OLD_VIEW,
    "in steps": "DROP VIEW labels;\nALTER TABLE users ADD COLUMN name VARCHAR;\n"
    "UPDATE users SET name = given_name;\n"
    "UPDATE users SET name = name || ' ' || family_name WHERE family_name IS NOT NULL;\n"
    + DROP_BOTH
    + "CREATE VIEW labels AS SELECT id, name FROM users;\n",
    "anew": "CREATE TABLE u (id INTEGER, joined DATE NOT NULL, name VARCHAR, PRIMARY KEY (id));\n"
    f"INSERT INTO u SELECT id, joined, {JOIN} FROM users;\nDROP TABLE users;\n"
    "ALTER TABLE u RENAME TO users;\n" + OLD_VIEW,
}
WRONG_UPS = {
    "the last blank": ADD
    + r"UPDATE users SET given_name = regexp_replace(name, ' [^ ]*$', ''), family_name ="
    r" CASE WHEN contains(name, ' ') THEN regexp_extract(name, '[^ ]*$') END;" + "\n" + DROP + VIEW,
    "trimmed": ADD
    + "UPDATE users SET given_name = split_part(trim(name), ' ', 1), family_name = CASE WHEN"
    " contains(trim(name), ' ') THEN substr(trim(name), strpos(trim(name), ' ') + 1) END;\n"
    + DROP
    + VIEW,
    "the other way round": ADD
    + "UPDATE users SET family_name = split_part(name, ' ', 1), given_name = CASE WHEN"
    " contains(name, ' ') THEN substr(name, strpos(name, ' ') + 1) END;\n" + DROP + VIEW,
    "nobody's name is empty": ADD
    + "UPDATE users SET given_name = nullif(split_part(name, ' ', 1), ''), family_name = CASE WHEN"
    " contains(name, ' ') THEN substr(name, strpos(name, ' ') + 1) END;\n" + DROP + VIEW,
    "a label of its own for NULL": ADD
    + "UPDATE users SET given_name = split_part(name, ' ', 1), family_name = CASE WHEN"
    " contains(name, ' ') THEN substr(name, strpos(name, ' ') + 1) END;\n"
    + DROP
    + "CREATE OR REPLACE VIEW labels AS"
    " SELECT id, concat_ws(' ', given_name, family_name) AS name FROM users;\n",
    "a view with a column more": RIGHT_UPS["string_split"].replace(
        " AS name FROM", " AS name, joined FROM"
    ),
    "given names are required": RIGHT_UPS["string_split"]
    + "ALTER TABLE users ALTER COLUMN given_name SET DEFAULT '';\n",
    "a copy is kept": "CREATE TABLE users_backup AS SELECT * FROM users;\n"
    + RIGHT_UPS["string_split"],
}
WRONG_DOWNS = {
    "concat": RIGHT_DOWNS["coalesce"].replace(JOIN, "concat(given_name, ' ', family_name)"),
    "concat_ws": RIGHT_DOWNS["coalesce"].replace(JOIN, "concat_ws(' ', given_name, family_name)"),
    "trim": RIGHT_DOWNS["coalesce"].replace(JOIN, f"trim({JOIN})"),
    "name in another place": RIGHT_DOWNS["anew"]
    .replace("joined DATE NOT NULL, name VARCHAR", "name VARCHAR, joined DATE NOT NULL")
    .replace("SELECT id, joined,", "SELECT id,")
    .replace(" FROM users;", ", joined FROM users;", 1),
}
