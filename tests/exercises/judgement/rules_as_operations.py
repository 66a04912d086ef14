"""Ways to write the rules of the shop as operations, right and wrong, written before the check had
seen them."""

LOGIN = "lower(name) || '@example.com'"
COLUMN = f'add_column("users", "login", "VARCHAR", not_null=True, fill="{LOGIN}")'
PRICE = 'add_check("orders", "price >= 0")'
KEY = 'add_foreign_key("orders", "user_id", "users", "id")'
UPDATE = f"UPDATE users SET login = {LOGIN}"


def _listed(*operations: str) -> str:
    return "operations = [\n" + "".join(f"    {one},\n" for one in operations) + "]\n"


RIGHT = {
    "three": _listed(COLUMN, PRICE, KEY),
    "the other way round": _listed(KEY, PRICE, COLUMN),
    "filled, then required": _listed(
        f'add_column("users", "login", "VARCHAR", fill="{LOGIN}")',
        'set_not_null("users", "login")',
        PRICE,
        KEY,
    ),
    "an UPDATE between": _listed(
        'add_column("users", "login", "VARCHAR")',
        f'run_sql("{UPDATE}", "")',
        'set_not_null("users", "login")',
        KEY,
        PRICE,
    ),
    "plain SQL for the column": _listed(
        f'run_sql("ALTER TABLE users ADD COLUMN login VARCHAR; {UPDATE}",'
        ' "ALTER TABLE users DROP COLUMN login")',
        'set_not_null("users", "login")',
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
        f'add_column(table="users", column="login", type="VARCHAR", not_null=True, fill="{LOGIN}")',
    ),
    "another word for the type": _listed(
        'add_column("users", "login", "text", not_null=True, fill="concat(lower(name), '
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
        'add_column("users", "login", "VARCHAR", not_null=True)', PRICE, KEY
    ),
    "one login for all": _listed(COLUMN.replace(LOGIN, "'temp@example.com'"), PRICE, KEY),
    "may be empty": _listed(COLUMN.replace("not_null=True, ", ""), PRICE, KEY),
    "a default that stays": _listed(
        f'add_column("users", "login", "VARCHAR", not_null=True, default="\'\'", fill="{LOGIN}")',
        PRICE,
        KEY,
    ),
    "nothing is free": _listed(COLUMN, 'add_check("orders", "price > 0")', KEY),
    "no rule for the price": _listed(COLUMN, KEY),
    "no foreign key": _listed(COLUMN, PRICE),
    "an UPDATE without a way back": _listed(
        'add_column("users", "login", "VARCHAR")',
        f'run_sql("{UPDATE}")',
        'set_not_null("users", "login")',
        PRICE,
        KEY,
    ),
    "required with a fill": _listed(
        'add_column("users", "login", "VARCHAR")',
        f'set_not_null("users", "login", fill="{LOGIN}")',
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
    '    db.execute("ALTER TABLE users ADD COLUMN login VARCHAR")\n'
    f'    db.execute("{UPDATE}")\n\n\n'
    'def down(db):\n    db.execute("ALTER TABLE users DROP COLUMN login")\n',
}
