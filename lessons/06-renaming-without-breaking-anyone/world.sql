-- The shop's database as this lesson finds it: the users of lesson 5, some months later.
-- Their postal addresses are in `adress`, and the countries that the shop sends to in `countrys`.
-- The rows are made by arithmetic alone, so everybody gets the same ones.

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR,
    joined DATE NOT NULL,
    email VARCHAR NOT NULL,
    adress VARCHAR
);

CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    title VARCHAR NOT NULL,
    price DECIMAL(8, 2)
);

-- What a parcel to each country costs. Two have no price yet.
CREATE TABLE countrys (
    id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    postage DECIMAL(6, 2)
);

-- 3,100 people. Ids have gaps, names are missing, blank or written in any alphabet. Many have given
-- no address yet, some typed a blank, families share one.
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
        ['example.com', 'example.org', 'example.net', 'mail.example'] AS hosts,
        ['Harbour Street', 'Mill Road', 'Oak Lane', 'Quay', 'Rue de l''Église', 'Ægirsgade', 'ул. Мира',
         '北京路', 'Calle Mayor', 'Şişli Sk.', 'Hauptstraße'] AS streets
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
        hosts[1 + i * 3 % len(hosts)] AS host,
        streets[1 + i * 3 % len(streets)] AS street
    FROM range(1, 3101) AS numbers(i), words
)
SELECT
    id,
    name,
    joined,
    CASE
        WHEN i % 5 = 1 THEN 'temp@example.com'
        WHEN i % 97 = 30 THEN 'олена' || i || '@пошта.example'
        WHEN i % 53 = 11 THEN 'test@example.com'
        ELSE lower(strip_accents(replace(typed, ' ', ''))) || i % 60 || '@' || host
    END AS email,
    CASE
        WHEN i % 6 = 5 THEN NULL
        WHEN i % 173 = 20 THEN ''
        WHEN i % 229 = 12 THEN '   '
        ELSE street || ' ' || (1 + i * 7 % 97)
    END AS adress
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

-- Twenty countries.
INSERT INTO countrys
WITH words AS (
    SELECT
        ['Austria', 'Belgium', 'Czechia', 'Denmark', 'Estonia', 'Finland', 'France', 'Germany', 'Iceland', 'Ireland',
         'Italy', 'Latvia', 'Norway', 'Poland', 'Portugal', 'Spain', 'Sweden', 'Switzerland', 'Türkiye', 'Ukraine'] AS names
)
SELECT
    1 + i,
    names[1 + i],
    CASE WHEN i % 8 = 4 THEN NULL ELSE (490 + i * 130 % 1100) / 100 END
FROM range(0, 20) AS numbers(i), words
ORDER BY i;
