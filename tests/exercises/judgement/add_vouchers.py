"""Ways to make the table of vouchers, and tables that are not the one asked for."""

MAKE = "CREATE TABLE vouchers (code VARCHAR PRIMARY KEY, percent INTEGER NOT NULL, ends DATE);\n"
DROP = "DROP TABLE vouchers;\n"

RIGHT_UPS = {
    "in one line": MAKE,
    "rules below, columns in another order": "create table vouchers (\n  percent int not null,\n"
    "  ends date null,\n  code text,\n  primary key (code)\n);\n",
    "rules afterwards": "CREATE TABLE vouchers (code VARCHAR(12), percent INT4, ends DATE);\n"
    "ALTER TABLE vouchers ALTER percent SET NOT NULL;\n"
    "ALTER TABLE vouchers ADD PRIMARY KEY (code);\n",
    "from a query, emptied": "CREATE TABLE v AS\n"
    "SELECT name AS code, id AS percent, joined AS ends FROM users LIMIT 0;\n"
    + MAKE
    + "INSERT INTO vouchers SELECT * FROM v;\nDROP TABLE v;\n",
}
RIGHT_DOWNS = {
    "drop": DROP,
    "emptied, then dropped": "DELETE FROM vouchers;\nDROP TABLE IF EXISTS vouchers;\n",
    "cascade": "drop table main.vouchers cascade;\n",
}
WRONG_UPS = {
    "unique, and no key": MAKE.replace("PRIMARY KEY", "UNIQUE"),
    "a number for a key": MAKE.replace(
        "(code VARCHAR PRIMARY KEY", "(id INTEGER PRIMARY KEY, code VARCHAR"
    ),
    "the key is both": "CREATE TABLE vouchers (code VARCHAR, percent INTEGER, ends DATE,\n"
    "PRIMARY KEY (code, percent));\n",
    "a default percentage": MAKE.replace("NOT NULL", "NOT NULL DEFAULT 10"),
    "a time beside the day": MAKE.replace("ends DATE", "ends TIMESTAMP"),
    "half a percent": MAKE.replace("INTEGER", "DECIMAL(4, 1)"),
    "temporary": MAKE.replace("CREATE TABLE", "CREATE TEMP TABLE"),
    "a voucher for old friends": MAKE
    + "INSERT INTO vouchers SELECT 'FRIEND' || id, 5, NULL FROM users WHERE name = 'Ada';\n",
}
WRONG_DOWNS = {
    "emptied": "TRUNCATE vouchers;\n",
    "another name": "ALTER TABLE vouchers RENAME TO vouchers_old;\n",
    "the column": "ALTER TABLE vouchers DROP COLUMN ends;\n",
    "and the users that came": DROP + "DELETE FROM users WHERE id > 900000;\n",
}
