-- The shop of Lena, Mira's sister, on its first day: paper and ink, and a typo in the name of one column (prize).
-- The rows are made by arithmetic alone, so everybody gets the same ones.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    prize DECIMAL(8, 2)
);

-- 2,000 people, from the list of the stall that Lena had before. Ids have gaps (accounts that were closed), some
-- names occur many times, some were never given (NULL) and some are empty or blank.
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
    i + i // 9 + i // 80 AS id,
    CASE
        WHEN i % 71 = 6 THEN NULL
        WHEN i % 97 = 4 THEN ''
        WHEN i % 131 = 8 THEN '   '
        WHEN i % 29 = 3 THEN elsewhere[1 + i // 29 % len(elsewhere)]
        WHEN i % 19 = 2 THEN lower(first[1 + i * 5 % len(first)])
        ELSE first[1 + i * 7 % len(first)] || ' ' || last[1 + (i * 13 + i // 27) % len(last)]
    END AS name
FROM range(1, 2001) AS numbers(i), words
ORDER BY i;

-- Five dozen things to sell; a few have no price yet.
INSERT INTO products
WITH words AS (
    SELECT
        ['Writing paper', 'Ink', 'Steel nib', 'Brush', 'Envelope', 'Notebook', 'Blotter', 'Pencil',
         'Sketch pad', 'Ruler', 'Paper knife', 'Pen holder'] AS things,
        ['black', 'blue', 'small', 'large', 'second choice'] AS kinds
)
SELECT
    100 + i AS id,
    things[1 + i % 12] || ', ' || kinds[1 + i // 12] AS title,
    CASE WHEN i % 17 = 3 THEN NULL ELSE (120 + i * 311 % 3900) / 100 END AS prize
FROM range(0, 60) AS numbers(i), words
ORDER BY i;
