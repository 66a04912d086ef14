-- A copy of the shop from before the emails came: three tables, no index, no rule but the keys.
-- The rows are made by arithmetic alone, so everybody gets the same ones.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    joined DATE NOT NULL,
    phone VARCHAR
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    price DECIMAL(8, 2)
);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    price DECIMAL(8, 2)
);

-- 3,000 people. Ids have gaps (accounts that were closed), some names occur many times, and some
-- are empty or blank: forms let people do that.
INSERT INTO users
WITH words AS (
    SELECT
        ['Ada', 'Bram', 'Chiara', 'Dmytro', 'Eleni', 'Farid', 'Gül', 'Håkon', 'Inés', 'Jiří',
         'Keiko', 'Leïla', 'Mateo', 'Ngọc', 'Oluwaseun', 'Priya', 'Quentin', 'Rosa', 'Siobhán',
         'Tomasz', 'Uma', 'Vigdís', 'Wanjiru', 'Xiomara', 'Yusuf', 'Zoë', 'Anne-Marie'] AS first,
        ['Abara', 'Bauer', 'Costa', 'D''Angelo', 'Eriksen', 'Ferreira', 'García', 'Haddad',
         'Ibrahim', 'Jansen', 'Kowalska', 'Lindqvist', 'Müller', 'Nakamura', 'O''Brien', 'Popescu',
         'Quispe', 'Rossi', 'Şahin', 'Trần', 'van den Berg', 'Wójcik', 'Yılmaz'] AS last,
        ['Олена Коваль', 'Γιώργος Παππάς', '山田 花子', '王芳', 'ليلى حداد', 'שירה כהן', '김민준',
         'प्रिया शर्मा', 'ჯემალი', 'สมชาย'] AS elsewhere
)
SELECT
    i + i // 7 + i // 100 AS id,
    CASE
        WHEN i % 211 = 17 THEN ''
        WHEN i % 307 = 40 THEN '   '
        WHEN i % 31 = 3 THEN elsewhere[1 + i // 31 % len(elsewhere)]
        WHEN i % 53 = 11 THEN 'Test User'
        WHEN i % 17 = 2 THEN upper(first[1 + i * 5 % len(first)])
        ELSE first[1 + i * 7 % len(first)] || ' ' || last[1 + (i * 11 + i // 27) % len(last)]
    END AS name,
    DATE '2019-03-04' + CAST(i * 9 // 10 + i * 37 % 23 AS INTEGER) AS joined,
    CASE
        WHEN i % 3 = 0 THEN NULL
        WHEN i % 101 = 8 THEN ''
        WHEN i % 13 = 5 THEN '+47 ' || (20000000 + i * 7919 % 79999999)
        ELSE '+49 ' || (1510 + i % 70) || ' ' || (1000000 + i * 48611 % 8999999)
    END AS phone
FROM range(1, 3001) AS numbers(i), words
ORDER BY i;

-- Four dozen things to sell; a few have no price yet.
INSERT INTO products
WITH words AS (
    SELECT
        ['Tea tin', 'Oak tray', 'Wool blanket', 'Enamel jug', 'Paper lamp', 'Brass hook',
         'Linen towel', 'Clay bowl', 'Cork mat', 'Glass jar', 'Beeswax candle', 'Wire basket']
            AS things,
        ['small', 'large', 'blue', 'second choice'] AS kinds
)
SELECT
    100 + i AS id,
    things[1 + i % 12] || ', ' || kinds[1 + i // 12] AS title,
    CASE WHEN i % 19 = 7 THEN NULL ELSE (390 + i * 277 % 4600) / 100 END AS price
FROM range(0, 48) AS numbers(i), words
ORDER BY i;

-- 1,500 orders of these people. A gift costs nothing (0), and some prices are not settled (NULL).
INSERT INTO orders
WITH people AS (SELECT list(id ORDER BY id) AS ids FROM users)
SELECT
    i AS id,
    ids[1 + i * 17 % len(ids)] AS user_id,
    CASE WHEN i % 29 = 4 THEN NULL WHEN i % 41 = 9 THEN 0 ELSE (450 + i * 613 % 9800) / 100 END AS price
FROM range(1, 1501) AS numbers(i), people
ORDER BY i;
