-- The lesson's database. Make it a few thousand rows, odd in the ways that real ones are odd:
-- NULLs, blanks, duplicates, other alphabets. lessons/04-adding-a-column/world.sql makes such rows.
CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    price DECIMAL(8, 2)
);

INSERT INTO products VALUES (100, 'Tea tin, small', 3.90), (101, 'Oak tray, small', NULL);
