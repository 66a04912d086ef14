"""Ways to make numbers of prices and back: every right up goes with every right down."""

KEEP = (
    "ALTER TABLE products ADD COLUMN price_typed VARCHAR;\n"
    "UPDATE products SET price_typed = price;\n"
)
CHANGE = "ALTER TABLE products ALTER COLUMN price TYPE DECIMAL(10,2) USING "
CLEAN = "replace(trim(price), ',', '')"
FIRST = (
    f"CASE trim(price) WHEN '' THEN NULL WHEN 'free' THEN 0 ELSE CAST({CLEAN} AS DECIMAL(10,2)) END"
)

RIGHT_UPS = {
    "case": KEEP + CHANGE + FIRST + ";\n",
    "clean first, then cast": KEEP + "UPDATE products SET price = replace(trim(price), ',', '');\n"
    "UPDATE products SET price = '0' WHERE price = 'free';\n"
    "UPDATE products SET price = NULL WHERE price = '';\n"
    "ALTER TABLE products ALTER COLUMN price TYPE DECIMAL(10,2);\n",
    "try_cast after cleaning": KEEP
    + CHANGE
    + f"coalesce(TRY_CAST({CLEAN} AS DECIMAL(10,2)), CASE WHEN trim(price) = 'free' THEN 0 END);\n",
    "anew": "CREATE TABLE p (id INTEGER PRIMARY KEY, title VARCHAR NOT NULL, price_typed VARCHAR,"
    f" price DECIMAL(10,2));\nINSERT INTO p SELECT id, title, price, {FIRST} FROM products;\n"
    "DROP TABLE products;\nALTER TABLE p RENAME TO products;\n",
}
BACK = "coalesce(price_typed, CAST(price AS VARCHAR))"
RIGHT_DOWNS = {
    "type": f"ALTER TABLE products ALTER COLUMN price TYPE VARCHAR USING {BACK};\n"
    "ALTER TABLE products DROP COLUMN price_typed;\n",
    "in steps": "ALTER TABLE products ALTER COLUMN price TYPE VARCHAR;\n"
    "UPDATE products SET price = price_typed WHERE price_typed IS NOT NULL;\n"
    "ALTER TABLE products DROP COLUMN price_typed;\n",
    "anew": "CREATE TABLE p (id INTEGER PRIMARY KEY, title VARCHAR NOT NULL, price VARCHAR);\n"
    f"INSERT INTO p SELECT id, title, {BACK} FROM products;\n"
    "DROP TABLE products;\nALTER TABLE p RENAME TO products;\n",
}
WRONG_UPS = {
    "nothing is free": KEEP + CHANGE + f"TRY_CAST({CLEAN} AS DECIMAL(10,2));\n",
    "blank is free": KEEP + CHANGE + FIRST.replace("WHEN '' THEN NULL", "WHEN '' THEN 0") + ";\n",
    "NULL is free": KEEP + CHANGE + f"coalesce({FIRST}, 0);\n",
    "a comma is a decimal point": KEEP
    + CHANGE
    + "TRY_CAST(replace(nullif(replace(trim(price), 'free', '0'), ''), ',', '.')"
    " AS DECIMAL(10,2));\n",
    "one decimal": KEEP + CHANGE.replace("10,2", "10,1") + FIRST.replace("10,2", "10,1") + ";\n",
    "whole cents": KEEP + CHANGE.replace("DECIMAL(10,2)", "BIGINT") + f"100 * ({FIRST});\n",
    "the cleaned text is kept": KEEP.replace("= price;", "= trim(price);") + CHANGE + FIRST + ";\n",
    "required": KEEP
    + CHANGE
    + FIRST
    + ";\nALTER TABLE products ALTER COLUMN price SET DEFAULT 0;\n"
    + "ALTER TABLE products ALTER COLUMN title DROP NOT NULL;\n",
}
WRONG_DOWNS = {
    "the number": RIGHT_DOWNS["type"].replace(BACK, "CAST(price AS VARCHAR)"),
    "the old text alone": RIGHT_DOWNS["type"].replace(BACK, "price_typed"),
    "free stands for every 0": RIGHT_DOWNS["type"].replace(
        BACK,
        "CASE WHEN price = 0 THEN 'free' ELSE coalesce(price_typed, CAST(price AS VARCHAR)) END",
    ),
    "without the key": RIGHT_DOWNS["anew"].replace(" PRIMARY KEY", " NOT NULL"),
}
