-- The shop's database as this lesson finds it: the users of lesson 4, nine months later.
-- Most have given their email by now, many a phone number. No index, no foreign key.
-- The rows are made by arithmetic alone, so everybody gets the same ones.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR,
    joined DATE NOT NULL,
    email VARCHAR NOT NULL,
    phone VARCHAR
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    price DECIMAL(8, 2)
);

-- People who asked the shop to forget them, as the letters came in.
CREATE TABLE forget_requests (
    user_id INTEGER,
    asked DATE NOT NULL
);

-- 3,000 people. Ids have gaps, names are missing, blank or written in any alphabet. Emails are as
-- people typed them: capitals, blanks at the end, families that share one, the old placeholder.
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
         'प्रिया शर्मा', 'ჯემალი', 'สมชาย'] AS elsewhere,
        ['olena.koval', 'g.pappas', 'hanako', 'wangfang', 'layla.h', 'shira.cohen', 'kimminjun',
         'priya.s', 'jemali', 'somchai'] AS handles,
        ['example.com', 'example.org', 'example.net', 'mail.example'] AS hosts
),
people AS (
    SELECT
        i,
        i + i // 7 + i // 100 AS id,
        CASE
            WHEN i % 89 = 5 THEN NULL
            WHEN i % 211 = 17 THEN ''
            WHEN i % 307 = 40 THEN '   '
            WHEN i % 31 = 3 THEN elsewhere[1 + i // 31 % len(elsewhere)]
            WHEN i % 53 = 11 THEN 'Test User'
            WHEN i % 17 = 2 THEN upper(first[1 + i * 5 % len(first)])
            ELSE first[1 + i * 7 % len(first)] || ' ' || last[1 + (i * 11 + i // 27) % len(last)]
        END AS name,
        DATE '2019-03-04' + CAST(i * 9 // 10 + i * 37 % 23 AS INTEGER) AS joined,
        CASE
            WHEN i % 31 = 3 THEN handles[1 + i // 31 % len(handles)]
            WHEN i % 17 = 2 THEN first[1 + i * 5 % len(first)]
            ELSE first[1 + i * 7 % len(first)] || '.' || last[1 + (i * 11 + i // 27) % len(last)]
        END AS typed,
        hosts[1 + i * 3 % len(hosts)] AS host
    FROM range(1, 3001) AS numbers(i), words
)
SELECT
    id,
    name,
    joined,
    CASE
        WHEN i % 5 = 1 THEN 'temp@example.com'
        WHEN i % 97 = 30 THEN 'олена' || i || '@пошта.example'
        WHEN i % 53 = 11 THEN 'test@example.com'
        WHEN i % 7 = 2 THEN strip_accents(replace(typed, ' ', '')) || '@Example.com'
        WHEN i % 23 = 9 THEN lower(strip_accents(replace(typed, ' ', ''))) || '@' || host || '  '
        WHEN i % 41 = 13 THEN upper(strip_accents(replace(typed, ' ', ''))) || '@EXAMPLE.ORG'
        ELSE lower(strip_accents(replace(typed, ' ', ''))) || i % 60 || '@' || host
    END AS email,
    CASE
        WHEN i % 3 = 0 THEN NULL
        WHEN i % 101 = 8 THEN ''
        WHEN i % 157 = 20 THEN 'no phone'
        WHEN i % 61 = 4 THEN '٠٢٢ ' || i
        WHEN i % 13 = 5 THEN '+47 ' || (20000000 + i * 7919 % 79999999)
        WHEN i % 11 = 7 THEN '0' || (30 + i % 60) || '/' || (100000 + i // 2 * 613 % 899999)
        ELSE '+49 ' || (1510 + i % 70) || ' ' || (1000000 + i * 48611 % 8999999)
    END AS phone
FROM people
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

-- Some asked twice, some are no users any more, and one letter had no number in it.
INSERT INTO forget_requests
SELECT
    CASE WHEN i = 9 THEN NULL WHEN i % 8 = 7 THEN 90000 + i ELSE 1 + (i - i % 5 % 2) * 112 END,
    DATE '2026-02-01' + CAST(i * 11 AS INTEGER)
FROM range(0, 24) AS letters(i)
ORDER BY i;
