"""Ways to write the rules of the shop as operations, right and wrong, written before the check had
seen them."""

EMAIL = "lower(name) || '@example.com'"
COLUMN = f'add_column("users", "email", "VARCHAR", not_null=True, fill="{EMAIL}")'
PRICE = 'add_check("orders", "price >= 0")'
KEY = 'add_foreign_key("orders", "user_id", "users", "id")'
UPDATE = f"UPDATE users SET email = {EMAIL}"


def _listed(*operations: str) -> str:
    return "operations = [\n" + "".join(f"    {one},\n" for one in operations) + "]\n"


RIGHT = {
    "three": _listed(COLUMN, PRICE, KEY),
    "the other way round": _listed(KEY, PRICE, COLUMN),
    "filled, then required": _listed(
        f'add_column("users", "email", "VARCHAR", fill="{EMAIL}")',
        'set_not_null("users", "email")',
        PRICE,
        KEY,
    ),
    "an UPDATE between": _listed(
        'add_column("users", "email", "VARCHAR")',
        f'run_sql("{UPDATE}", "")',
        'set_not_null("users", "email")',
        KEY,
        PRICE,
    ),
    "plain SQL for the column": _listed(
        f'run_sql("ALTER TABLE users ADD COLUMN email VARCHAR; {UPDATE}",'
        ' "ALTER TABLE users DROP COLUMN email")',
        'set_not_null("users", "email")',
        PRICE,
        KEY,
    ),
    "not below": _listed(COLUMN, 'add_check("orders", "NOT (price < 0)")', KEY),
    "with NULL in mind": _listed(
        COLUMN, 'add_check("orders", "price IS NULL OR price >= 0.00")', KEY
    ),
    "lists": _listed(COLUMN, PRICE, 'add_foreign_key("orders", ["user_id"], "users", ["id"])'),
    "every argument by its name": _listed(
        'add_foreign_key(table="orders", columns="user_id", references="users", referenced="id")',
        'add_check(table="orders", condition="price >= 0")',
        f'add_column(table="users", column="email", type="VARCHAR", not_null=True, fill="{EMAIL}")',
    ),
    "another word for the type": _listed(
        'add_column("users", "email", "text", not_null=True, fill="concat(lower(name), '
        "'@example.com')\")",
        PRICE,
        KEY,
    ),
    "with a sentence, an import and a type": '"""Rules for the shop."""\n\n'
    "from course_lib.migrations.operations import add_check, add_column, add_foreign_key\n\n"
    f"operations: list = [{COLUMN}, {PRICE}, {KEY}]  # three rules\n",
    "a tuple": f"operations = (\n    {COLUMN},\n    {PRICE},\n    {KEY},\n)\n",
}
WRONG = {
    "required at once": _listed(
        'add_column("users", "email", "VARCHAR", not_null=True)', PRICE, KEY
    ),
    "one email for all": _listed(COLUMN.replace(EMAIL, "'temp@example.com'"), PRICE, KEY),
    "may be empty": _listed(COLUMN.replace("not_null=True, ", ""), PRICE, KEY),
    "a default that stays": _listed(
        f'add_column("users", "email", "VARCHAR", not_null=True, default="\'\'", fill="{EMAIL}")',
        PRICE,
        KEY,
    ),
    "nothing is free": _listed(COLUMN, 'add_check("orders", "price > 0")', KEY),
    "no rule for the price": _listed(COLUMN, KEY),
    "no foreign key": _listed(COLUMN, PRICE),
    "an UPDATE without a way back": _listed(
        'add_column("users", "email", "VARCHAR")',
        f'run_sql("{UPDATE}")',
        'set_not_null("users", "email")',
        PRICE,
        KEY,
    ),
    "required with a fill": _listed(
        'add_column("users", "email", "VARCHAR")',
        f'set_not_null("users", "email", fill="{EMAIL}")',
        PRICE,
        KEY,
    ),
    "an index that nobody asked for": _listed(
        COLUMN, PRICE, KEY, 'add_index("by_user", "orders", "user_id")'
    ),
    "orders without a price go": _listed(
        COLUMN, 'run_sql("DELETE FROM orders WHERE price IS NULL", "")', PRICE, KEY
    ),
    "functions": "def up(db):\n"
    '    db.execute("ALTER TABLE users ADD COLUMN email VARCHAR")\n'
    f'    db.execute("{UPDATE}")\n\n\n'
    'def down(db):\n    db.execute("ALTER TABLE users DROP COLUMN email")\n',
}
