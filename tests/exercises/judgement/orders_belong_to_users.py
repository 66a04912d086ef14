"""Ways to a foreign key on a full table: every right up goes with every right down."""

LOST = (
    "CREATE TABLE lost_users AS SELECT id AS order_id, user_id FROM orders o"
    " WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = o.user_id);\n"
)
EMPTY = "UPDATE orders SET user_id = NULL WHERE id IN (SELECT order_id FROM lost_users);\n"
KEPT = "CREATE TABLE kept AS SELECT * FROM orders;\nDROP TABLE orders;\n"
TABLE = (
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id),"
    " total DECIMAL(8,2) NOT NULL);\n"
)
FILL = "INSERT INTO orders SELECT id, user_id, total FROM kept;\nDROP TABLE kept;\n"
INDEX = "CREATE INDEX orders_user ON orders (user_id);\n"
PLAIN = TABLE.replace(" REFERENCES users(id)", "")
BACK = "UPDATE orders SET user_id = l.user_id FROM lost_users l WHERE l.order_id = orders.id;\n"
DROP = "DROP TABLE lost_users;\n"

RIGHT_UPS = {
    "empty, then anew": LOST + EMPTY + KEPT + TABLE + FILL + INDEX,
    "anew, with a join": LOST
    + KEPT
    + TABLE
    + "INSERT INTO orders SELECT k.id, u.id, k.total FROM kept k LEFT JOIN users u"
    " ON u.id = k.user_id;\nDROP TABLE kept;\n" + INDEX,
    "by renaming": LOST
    + TABLE.replace("orders (", "fresh (")
    + "INSERT INTO fresh SELECT id, CASE WHEN user_id IN (SELECT id FROM users) THEN user_id END,"
    " total FROM orders;\nDROP TABLE orders;\nALTER TABLE fresh RENAME TO orders;\n" + INDEX,
    "columns in another order": "CREATE TABLE lost_users (user_id INTEGER, order_id INTEGER);\n"
    "INSERT INTO lost_users SELECT user_id, id FROM orders ANTI JOIN users"
    " ON users.id = orders.user_id WHERE user_id IS NOT NULL;\n"
    + EMPTY
    + KEPT
    + "CREATE TABLE orders (id INTEGER, total DECIMAL(8,2) NOT NULL, user_id INTEGER,"
    " PRIMARY KEY (id), FOREIGN KEY (user_id) REFERENCES users (id));\n"
    "INSERT INTO orders BY NAME SELECT * FROM kept;\nDROP TABLE kept;\n"
    "CREATE INDEX another_name ON orders (user_id);\n",
}
RIGHT_DOWNS = {
    "anew, then the numbers": KEPT + PLAIN + FILL + BACK + INDEX + DROP,
    "anew, with a join": "CREATE TABLE kept AS SELECT o.id, coalesce(l.user_id, o.user_id)"
    " AS user_id, o.total FROM orders o LEFT JOIN lost_users l ON l.order_id = o.id;\n"
    "DROP TABLE orders;\n" + PLAIN + FILL + INDEX + DROP,
    "by renaming": PLAIN.replace("orders (", "plain (")
    + "INSERT INTO plain SELECT id, user_id, total FROM orders;\nDROP TABLE orders;\n"
    "ALTER TABLE plain RENAME TO orders;\n" + BACK + DROP + INDEX,
}
WRONG_UPS = {
    "no foreign key": LOST + EMPTY + KEPT + PLAIN + FILL + INDEX,
    "no index": LOST + EMPTY + KEPT + TABLE + FILL,
    "another index": LOST + EMPTY + KEPT + TABLE + FILL + INDEX.replace("(user_id)", "(total)"),
    "no key": LOST + EMPTY + KEPT + TABLE.replace(" PRIMARY KEY", "") + FILL + INDEX,
    "total may be NULL": LOST + EMPTY + KEPT + TABLE.replace(" NOT NULL", "") + FILL + INDEX,
    "a user for lost orders": LOST
    + "INSERT INTO users SELECT DISTINCT user_id, 'lost' FROM lost_users;\n"
    + KEPT
    + TABLE
    + FILL
    + INDEX,
    "the old table stays": LOST
    + EMPTY
    + KEPT
    + TABLE
    + FILL.replace("DROP TABLE kept;\n", "")
    + INDEX,
    "every lost order is nobody's": LOST.replace("user_id FROM", "NULL::INTEGER AS user_id FROM")
    + EMPTY
    + KEPT
    + TABLE
    + FILL
    + INDEX,
}
WRONG_DOWNS = {
    "the numbers are not given back": KEPT + PLAIN + FILL + INDEX + DROP,
    "the index is gone": KEPT + PLAIN + FILL + BACK + DROP,
    "the table of numbers stays": KEPT + PLAIN + FILL + BACK + INDEX,
    "the rule stays": EMPTY + DROP,
}
